"""The bench of many reps does true work: what it times has arrived, and pgbench writes what an exchange writes."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.bench.sync.lean_rep import WARM_UP, Drive, LeanRep, drive
from tests.bench.sync.many_reps import _members
from tests.bench.sync.pgbench import by_hand
from tests.server.centre.test_feed import state_is_right
from tests.sync.world import Centre, prepared

REPS = 2


@pytest.mark.postgres
def test_lean_reps_and_pgbench_leave_the_rows_they_are_timed_for(
    postgres_copy: Callable[[Callable[[str], None]], str], tmp_path: Path
) -> None:
    centre = Centre(postgres_copy(prepared))
    try:
        members = _members(centre.engines, REPS, rows=4)
        taken = drive(Drive(centre.url, members, at_once=REPS, seconds=0.1, latest=time.monotonic() + 60))
        state_is_right(centre)
        exchanged = len(taken) + REPS * WARM_UP
        assert centre.value("SELECT count(*) FROM sync_applied") == exchanged
        assert centre.value("SELECT sum(last_n) FROM sync_device") == exchanged
        rep = LeanRep(centre.url, members[0])
        rep.greet()
        centre.change("activity", members[0].rows[0], place="ailleurs")
        rep.exchange(edits=0)
        rep.close()
        assert rep.received == 1
        notes = "SELECT count(*) FROM device_nonce"
        before = int(str(centre.value(notes)))
        assert by_hand(centre.database, REPS, at_once=2, seconds=1, folder=tmp_path) > 0
        by_pgbench = int(str(centre.value("SELECT count(*) FROM sync_applied"))) - exchanged
        assert by_pgbench == int(str(centre.value(notes))) - before > 0
        with centre.engines.reader.connect() as connection:
            heads = connection.execute(text("SELECT max(head) FROM sync_scope")).scalar_one()
        assert heads > by_pgbench // REPS // 2
    finally:
        centre.close()
