"""`make bench-sync`: sync against its floor, its gates and goals, and other engines, all in one interleaved run."""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.bench import writing_locally
from tests.bench.sync.centre import serving
from tests.bench.sync.durable_postgres import durable_postgres
from tests.bench.sync.floor import Floor
from tests.bench.sync.ours import Ours, load_now
from tests.bench.sync.peers import KEYS, folder_named, found_in
from tests.bench.sync.rows import as_tuples
from tests.bench.sync.verdicts import against_peers, median_line, table, verdicts


def main() -> int:
    """Measures and prints: a JSON line for the floor, ours and each peer, then the table."""
    asked = _asked()
    peers, left_out = found_in(folder_named(asked.peers))
    began = load_now()
    _say("local writes")
    write = writing_locally.measure()
    with (
        tempfile.TemporaryDirectory(prefix="tournee-bench-") as folder,
        _database(asked, folder) as database,
        serving(database) as centre,
    ):
        ours = Ours(centre, Path(folder), asked.records)
        floor = Floor(as_tuples(ours.prepare()))
        for number in range(asked.rounds):
            _say(f"round {number + 1} of {asked.rounds}")
            gc.collect()
            floor.measure()
            ours.measure(number)
            for peer in peers:
                _say(f"  {peer.name}")
                peer.measure()
            _say(f"  so far: {_as_json(floor.line())} {_as_json(ours.line())}")
        _say("bytes, cuts, memory")
        ours.weigh(asked.cuts, random.Random(asked.seed))
        _say("the window's waiting")
        ours.watch_window()
    line = ours.line() | {"local_write": write.value, "load": f"{began}, then {load_now()}"}
    others = {peer.name: median_line(peer.lines) for peer in peers}
    for one in (floor.line(), line, *others.values()):
        print(_as_json(one))
    print(table(verdicts(line, ours.first_pulls, floor.sums, write.value, others)))
    for words in against_peers(line, others, KEYS):
        print(f"times ours: {words}")
    if left_out:
        print(f"left out: {'; '.join(left_out)}")
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.sync", description=__doc__)
    parser.add_argument("--peers", type=Path, metavar="FOLDER", help="where other engines' programs are")
    parser.add_argument("--rounds", type=int, default=3, help="how often all sides take their turn")
    parser.add_argument("--records", type=int, default=50_000, help="rows of a first pull (at least 1,000)")
    parser.add_argument("--cuts", type=int, default=5, help="first pulls that are cut at a random byte")
    parser.add_argument("--seed", type=int, default=7, help="of the bytes at which is cut")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--postgres", action="store_true", help="the centre on a durable PostgreSQL of its own")
    where.add_argument("--database", metavar="URL", help="the centre on this empty database")
    return parser.parse_args()


@contextmanager
def _database(asked: argparse.Namespace, folder: str) -> Iterator[str]:
    if asked.postgres:
        with durable_postgres() as url:
            yield url
    else:
        yield asked.database or f"sqlite:///{folder}/centre.db"


def _as_json(line: Mapping[str, float | int | str]) -> str:
    return json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in line.items()})


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
