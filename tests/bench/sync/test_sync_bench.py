"""The bench of sync judges rightly, says who is left out, and moves what it says it moves."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from sync.protocol.changeset import Value
from sync.server.grants import people
from tests.bench.sync.centre import serving
from tests.bench.sync.durable_postgres import durable_postgres
from tests.bench.sync.floor import Floor
from tests.bench.sync.ours import Ours
from tests.bench.sync.peers import KEYS, Peer, found_in
from tests.bench.sync.rows import COLUMNS, account_rows, activity_rows, as_tuples
from tests.bench.sync.verdicts import Verdict, against_peers, median_line, table, verdicts
from tests.bench.sync.window_waiting import Beats, waits_of
from tests.postgres import binaries

Figures = dict[str, float | int | str]

OURS: Figures = {
    "peer": "tournee",
    "records": 50_000,
    "first_pull_rows": 800.0,
    "push_1000": 260.0,
    "push_1000_as_one_action": 100.0,
    "pull_100": 12.0,
    "empty": 4.0,
    "empty_at_rest": 3.0,
    "nothing": 2.0,
    "bytes_per_row": 50.0,
    "memory_mb": 70.0,
    "resent_frames": 0.5,
    "window_blocked_p99": 12.0,
}
ANKI: Figures = {"peer": "anki", "first_pull_rows": 2_000.0, "push_1000": 60.0, "pull_100": 18.0, "empty": 1.0}


def _word(ours: Figures, what: str, peers: dict[str, Figures]) -> str:
    found = verdicts(ours, [800.0, 820.0], [400.0, 410.0], 1.4, peers)
    (verdict,) = [one for one in found if one.what.startswith(what)]
    return verdict.word


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("first pull", "gate passed, goal missed"),
        ("delta pull", "gate passed, goal missed"),
        ("push of 1,000 patches, an action each", "GATE MISSED"),
        ("push of 1,000 patches in one action", "goal reached"),
        ("empty exchange", "gate passed, goal missed"),
        ("bytes per row", "goal reached"),
        ("memory", "GATE MISSED"),
        ("resent", "goal reached"),
        ("window blocked", "gate passed, goal missed"),
    ],
)
def test_each_measure_is_judged_by_its_gate_and_its_goal(what: str, word: str) -> None:
    assert _word(OURS, what, {"anki": ANKI}) == word


def test_a_goal_set_by_a_peer_is_not_reached_without_that_peer() -> None:
    assert _word(OURS, "push of 1,000 patches in one action", {}) == "gate passed"


def test_a_delta_pull_must_also_be_ahead_of_anki() -> None:
    ours = OURS | {"pull_100": 9.0}
    assert _word(ours, "delta pull", {"anki": ANKI}) == "goal reached"
    assert _word(ours, "delta pull", {"anki": ANKI | {"pull_100": 8.0}}) == "gate passed, goal missed"


def test_peers_are_told_in_times_ours() -> None:
    assert against_peers(OURS, {"anki": ANKI}, ("first_pull_rows", "pull_100")) == [
        "anki: first_pull_rows 2.50 ×, pull_100 1.50 ×"
    ]


def test_lines_of_several_rounds_become_their_median() -> None:
    lines: list[Figures] = [{"peer": "anki", "empty": value} for value in (1.0, 9.0, 2.0)]
    assert median_line(lines) == {"peer": "anki", "empty": 2.0}


def test_the_table_shows_a_missed_gate() -> None:
    assert "GATE MISSED" in table([Verdict("push", 251.0, "ms", 250.0, None)])


def test_who_is_left_out_is_said_with_what_would_help(tmp_path: Path) -> None:
    (tmp_path / "anki_peer.py").touch()
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").touch()
    (tmp_path / "pouchdb_peer").mkdir()
    (tmp_path / "pouchdb_peer" / "peer.js").touch()
    peers, left_out = found_in(tmp_path)
    assert peers == []
    (anki, pouchdb) = left_out
    assert anki.startswith("anki: ")
    assert "pip install anki" in anki
    assert pouchdb.startswith("pouchdb: ")
    assert "npm install" in pouchdb


def test_without_a_folder_it_is_said_how_to_name_one() -> None:
    peers, left_out = found_in(None)
    assert peers == []
    assert ["--peers" in words for words in left_out] == [True]


def test_a_peer_that_gives_no_figures_is_an_error_with_its_own_words() -> None:
    with pytest.raises(RuntimeError, match="express is missing"):
        Peer("pouchdb", ("sh", "-c", "echo express is missing >&2; exit 1")).measure()


def test_a_loop_that_stood_still_kept_all_waiting_that_was_due_meanwhile() -> None:
    assert waits_of([0.0, 4.0, 8.5, 21.5], 4.0) == [0.0, 0.5, 9.0, 5.0, 1.0]


def test_the_wait_for_a_processor_that_others_had_is_none_of_the_window_s() -> None:
    beats = Beats(at=[0.0, 4.0, 20.0], waited=[1.0, 1.0, 10.0])
    assert beats.waits(for_processor=False) == [0.0, 3.0]
    assert beats.waits(for_processor=True) == [0.0, 12.0, 8.0, 4.0]


def _rows(count: int) -> list[dict[str, Value]]:
    chance = random.Random(1)
    return activity_rows(count, account_rows("r" * 32, chance), chance)


def test_rows_are_as_large_and_as_hard_to_pack_as_true_ones() -> None:
    rows = _rows(200)
    assert len({row["id"] for row in rows}) == 200
    assert all(len(row) == len(COLUMNS) == 14 for row in as_tuples(rows))
    assert all(re.fullmatch(r"[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}", str(row["id"])) for row in rows)
    assert 280 <= len(json.dumps(rows, separators=(",", ":"))) / len(rows) <= 300


def test_the_floor_moves_all_rows() -> None:
    floor = Floor(as_tuples(_rows(300)))
    floor.measure()
    assert floor.sums == [floor.inserts[0] + floor.loopbacks[0]]
    assert floor.line()["records"] == 300


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/centre.db"
    elif binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    else:
        with durable_postgres() as url:
            yield url


def test_a_round_on_a_small_portfolio_gives_every_figure(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with serving(database) as centre:
        ours = Ours(centre, tmp_path, records=1_000, pushed=20, pulled=10)
        ours.prepare()
        ours.measure(0)
        ours.weigh(1, random.Random(1))
    line = ours.line()
    assert all(float(line[key]) > 0 for key in (*KEYS, "empty_at_rest", "nothing", "bytes_per_row", "memory_mb"))
    assert database.startswith(str(line["database"]))


def test_a_figure_is_refused_when_the_rows_did_not_arrive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with serving(f"sqlite:///{tmp_path}/centre.db") as centre:
        ours = Ours(centre, tmp_path, records=1_000, pushed=20, pulled=10)
        ours.prepare()
        ours.records = 1_001
        with pytest.raises(RuntimeError, match="rows on the device: 1000, not 1001"):
            ours.measure(0)


@pytest.mark.postgres
def test_the_bench_s_own_postgres_keeps_what_it_acknowledged() -> None:
    if binaries() is None:
        pytest.skip("PostgreSQL is not installed")
    with durable_postgres() as url, psycopg.connect(url.replace("+psycopg", "")) as link:
        shown = [
            link.execute(f"SHOW {name}").fetchone() for name in ("fsync", "synchronous_commit", "full_page_writes")
        ]
    assert shown == [("on",)] * 3
