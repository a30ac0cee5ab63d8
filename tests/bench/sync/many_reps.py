"""`make bench-sync REPS=100,300,1000`: many reps on one PostgreSQL, beside pgbench."""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import random
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Connection, insert, text

from app.store.engine import Engines
from sync.client.identity import fresh_key
from sync.server.clock import now_us
from sync.server.database import in_one_write
from sync.server.feed import Feed, write
from sync.server.grants.enrolment import hash_of
from sync.server.tables import DEVICE, TOKEN, USER
from tests.bench.sync.centre import serving
from tests.bench.sync.durable_postgres import durable_postgres
from tests.bench.sync.lean_rep import DETAIL, WARM_UP, Drive, Member, drive, must_be_before
from tests.bench.sync.ours import load_now
from tests.bench.sync.pgbench import by_hand
from tests.bench.sync.rows import TABLE, account_rows, activity_rows

PROCESSES = 2
"""That play the reps; one alone would be the bottleneck."""
_ACCOUNTS = 10
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Measure and print: a JSON line for each number of reps."""
    asked = _asked()
    for reps in asked.reps:
        _print(_many(reps, asked))
    return 0


def _asked() -> argparse.Namespace:
    def numbers(words: str) -> list[int]:
        return [int(word) for word in words.split(",") if word]

    parser = argparse.ArgumentParser(prog="python -m tests.bench.sync.many_reps", description=__doc__)
    parser.add_argument("reps", type=numbers, nargs="?", default=[100, 300])
    parser.add_argument("--rows", type=int, default=200, help="activities of each of many reps")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--at-once", type=int, default=8, help="exchanges that are under way at one time")
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--patience", type=float, default=600.0, help="seconds that one number of reps may take in all")
    return parser.parse_args()


# ---------------------------------------------------------------------------------------------- many
def _many(reps: int, asked: argparse.Namespace) -> dict[str, float | int | str]:
    began, latest = load_now(), time.monotonic() + asked.patience
    with (
        tempfile.TemporaryDirectory(prefix="tournee-bench-") as folder,
        durable_postgres() as database,
        serving(database, "--workers", str(asked.workers)) as centre,
    ):
        members = _members(centre.engines, reps, asked.rows, latest)
        server = _postmaster(centre.engines)
        halves = [[replace(member, rows=member.rows[half:-1:2]) for member in members] for half in (0, 1)]
        spent = -_cpu(centre.process), -_cpu(server)
        first = _driven(centre.url, halves[0], asked, latest)
        spent = spent[0] + _cpu(centre.process), spent[1] + _cpu(server)
        plain = by_hand(database, reps, asked.at_once, round(asked.seconds), Path(folder))
        second = _driven(centre.url, halves[1], asked, latest)
        rate = statistics.mean((len(first), len(second))) / asked.seconds
        done = len(first) + len(members) * (1 + WARM_UP)  # greetings and warming up are paid for too
        cuts = statistics.quantiles(first + second, n=100)
        return {
            "reps": reps,
            "workers": asked.workers,
            "at_once": asked.at_once,
            "exchanges_per_second": rate,
            "p50": cuts[49],
            "p95": cuts[94],
            "p99": cuts[98],
            "centre_cpu_ms": spent[0] * 1000 / done,
            "database_cpu_ms": spent[1] * 1000 / done,
            "pgbench_per_second": plain,
            "pgbench_ratio": plain / rate,
            "load": f"{began}, then {load_now()}",
        }


def _driven(url: str, members: Sequence[Member], asked: argparse.Namespace, latest: float) -> list[float]:
    """Let the reps exchange, pgbench's place taken in between; gives the milliseconds of each exchange."""
    each = max(1, asked.at_once // PROCESSES)
    jobs = [Drive(url, members[place::PROCESSES], each, asked.seconds, latest) for place in range(PROCESSES)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        return [took for part in pool.map(drive, jobs) for took in part]


def _members(engines: Engines, reps: int, rows: int, latest: float = math.inf) -> list[Member]:
    """Let reps in past the counter (a password costs a second each); their portfolios come through the feed."""
    members: list[Member] = []
    for place in range(reps):
        must_be_before(latest, "letting reps in")
        members.append(_member(engines, place, rows))
    by_number = [
        {"i": place, "device": member.device, "scope": f"rep:{member.rep}", "activity": member.rows[-1]}
        for place, member in enumerate(members, 1)
    ]

    def name_them(connection: Connection) -> None:
        connection.execute(text("CREATE TABLE bench_rep (i int PRIMARY KEY, device text, scope text, activity text)"))
        connection.execute(text("INSERT INTO bench_rep VALUES (:i, :device, :scope, :activity)"), by_number)

    in_one_write(engines, name_them)
    with engines.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))
    return members


def _member(engines: Engines, place: int, rows: int) -> Member:
    rep, device, token = secrets.token_hex(16), secrets.token_hex(16), secrets.token_urlsafe(32)
    login, (key, public) = f"rep-{place}-{rep[:6]}", fresh_key()
    chance = random.Random(place)
    accounts = account_rows(rep, chance)[:_ACCOUNTS]
    activities = [{**row, "detail": DETAIL} for row in activity_rows(rows, accounts, chance)]

    def work(connection: Connection, feed: Feed) -> None:
        feed.load("rep", [{"id": rep, "login": login, "name": login, "team": login}])
        feed.load("account", accounts)
        feed.load(TABLE, activities)
        at = now_us()
        person = {"login": login, "name": login, "password_hash": "", "rep_id": rep, "made_at": at}
        connection.execute(insert(USER).values(person))
        made = {"device": device, "login": login, "name": "bench", "public_key": public, "certificate": ""}
        connection.execute(insert(DEVICE).values(made | {"enrolled_at": at}))
        connection.execute(insert(TOKEN).values(token_hash=hash_of(token), device=device, made_at=at))

    write(engines, work)
    return Member(rep, device, token, key, [str(row["id"]) for row in activities])


# ---------------------------------------------------------------------------------------------- what it cost
def _postmaster(engines: Engines) -> int:
    """The process of the database server, of which every connection is a child."""
    with engines.reader.connect() as connection:
        backend = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return int(Path(f"/proc/{backend}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])


def _cpu(process: int) -> float:
    """Seconds of processor that a process, its children, and those that ended have used."""
    ticks = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:15]
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return sum(map(int, ticks)) / _TICKS + sum(_cpu(int(child)) for child in children)


def _print(line: dict[str, float | int | str]) -> None:
    print(json.dumps({key: round(value, 2) if isinstance(value, float) else value for key, value in line.items()}))
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
