"""The bench counts rightly, and what it measures is what it says."""

from __future__ import annotations

import json
import random

from app.domain.sales.anomalies import AnomalyCode, Circumstances, Signatory
from tests.bench import recomputing
from tests.bench.figures import Figure, interleaved, median_ratio, p95, table


def test_works_take_turns_and_warm_rounds_do_not_count() -> None:
    turns: list[str] = []
    taken = interleaved({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, times=2, warm=1)
    assert turns == ["a", "b", "a", "b", "a", "b"]
    assert [len(values) for values in taken.values()] == [2, 2]


def test_a_ratio_is_taken_round_by_round() -> None:
    assert median_ratio([2.0, 30.0, 4.0], [1.0, 10.0, 4.0]) == 2.0


def test_nineteen_of_twenty_stay_under_the_p95() -> None:
    assert p95([float(value) for value in range(1, 101)]) == 95.0


def test_a_missed_goal_is_shown_as_missed() -> None:
    figure = Figure("start", "time to a window", 1.7, 1.5, "×", {"ms": 300.0})
    assert "MISSED" in table([figure])
    assert json.loads(figure.as_json()) == {
        "bench": "start",
        "value": 1.7,
        "unit": "×",
        "goal": 1.5,
        "reached": False,
        "ms": 300.0,
    }


def test_the_proposal_of_500_lines_meets_rules_of_every_kind() -> None:
    proposal = recomputing.proposal_of_500_lines(random.Random(1))
    around = Circumstances(on=recomputing.ON, discount_limit=1_000, signatory=Signatory())
    after, found = recomputing.recomputed(proposal, around)
    assert len(after.lines) == 500
    assert after.totals != proposal.totals
    codes = {anomaly.code for anomaly in found}
    assert {AnomalyCode.DISCOUNT_OVER_LIMIT, AnomalyCode.PRICE_LIST_EXPIRED, AnomalyCode.NAME_NOT_TELLING} <= codes
    assert {AnomalyCode.NEGATIVE_SUBORDER, AnomalyCode.EMAIL_MISSING} <= codes
