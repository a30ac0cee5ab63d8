"""The bench of growth measures what arrived, and refuses figures of a log that holds more than it may."""

from __future__ import annotations

from pathlib import Path

import pytest
from argon2 import PasswordHasher

from sync.server.grants import people
from tests.bench.sync import growth
from tests.bench.sync.centre import serving
from tests.bench.sync.device import empty_store
from tests.bench.sync.growth import Portfolio, table


def test_an_old_portfolio_has_an_entry_for_each_row_and_each_tombstone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(growth, "TURNS", 1)
    with serving(f"sqlite:///{tmp_path}/centre.db") as centre:
        portfolio = Portfolio(centre, empty_store(tmp_path), 150)
        portfolio.grow_old(changes=2, gone=30)
        line = portfolio.measure()
        portfolio._gone -= 1
        with pytest.raises(RuntimeError, match="680 entries for 150 rows and 29 gone"):
            portfolio.measure()
    assert (line["rows"], line["gone"], line["log"]) == (150, 30, 680)
    assert [float(line[key]) > 0 for key in ("first_pull", "delta_100", "empty", "memory_mb")] == [True] * 4
    assert table([line]).count("\n") == 1
