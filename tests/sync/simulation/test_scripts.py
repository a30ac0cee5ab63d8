"""Each script holds wherever it is struck: device or centre killed, connection cut, network gone, at each point."""

from __future__ import annotations

import os
import random

import pytest

from tests.sync.simulation import points
from tests.sync.simulation.conftest import Place
from tests.sync.simulation.points import Blow
from tests.sync.simulation.prepared import Prepared
from tests.sync.simulation.scripts import SCRIPTS
from tests.sync.simulation.stage import play
from tests.sync.simulation.telling import Tell
from tests.sync.simulation.test_simulation import IS_SOAK, SEED

pytestmark = [pytest.mark.expects_log, pytest.mark.timeout(36_000 if IS_SOAK else 120)]

STRIKE = os.environ.get("TOURNEE_STRIKE", "")
"""One strike to be seen again, as a red run tells it."""
STRIKES_EACH = 1
"""Strikes a script takes in the check, drawn by the seed; the soak takes every one."""


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_holds_wherever_it_is_struck(name: str, place: Place, prepared: Prepared, tell: Tell) -> None:
    script = SCRIPTS[name]
    with place() as places:
        passed = play(script, prepared, places.folder)
    blows = passed.blows()
    if STRIKE:
        blows = [Blow.parse(STRIKE)]
    drawn = blows if IS_SOAK else random.Random(f"{SEED} {name}").sample(blows, min(STRIKES_EACH, len(blows)))
    for blow in drawn:
        with place() as places:
            play(script, prepared, places.folder, blow)
    tell("scripts", 1)
    tell("strikes", len(drawn))
    print(f"TOURNEE_SEED={SEED or ''} {name}: {len(passed.passed)} points, {len(drawn)} of {len(blows)} strikes held")


def test_a_script_passes_the_same_points_each_time(place: Place, prepared: Prepared) -> None:
    script = SCRIPTS["an_order_form_is_signed_offline"]
    with place() as places:
        first = play(script, prepared, places.folder).passed
    with place() as places:
        assert play(script, prepared, places.folder).passed == first


def test_every_kind_of_point_is_passed(place: Place, prepared: Prepared) -> None:
    with place() as places:
        passed = play(SCRIPTS["an_order_form_is_signed_offline"], prepared, places.folder).passed
    assert {name.partition(":")[0].rpartition(".")[2] for name in passed} == {"commit", *points.AT_STEP}
    assert {"marie1.commit:sign_order_form#1", "marie1.piece:exchange/answer#2", "marie1.sent:hello#1"} <= set(passed)


def test_a_strike_is_read_as_it_is_written() -> None:
    for name in ("marie1.commit:answer#2", "centre.commit:take#1", "paul1.piece:exchange/rows#3"):
        for strike in points.strikes_at(name):
            assert Blow.parse(str(Blow(name, strike))) == Blow(name, strike)
