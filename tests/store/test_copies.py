"""Copies are made by themselves: none before there is something to copy, soon while something is not sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.bootstrap.copies import CopyKeeper
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from app.store.opening import Store
from app.store.quick_lists import QuickLists
from tests.store import trade
from tests.store.samples import FixedClock


def test_copies_are_made_in_time_by_themselves(store: Store, clock: FixedClock) -> None:
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    at = [clock.now()]
    keeper = CopyKeeper(store, feed, lambda: at[0])
    assert not keeper.look(), "nothing was read yet"
    with feed.writing() as connection:
        connection.exec_driver_sql("INSERT INTO sync_cursor (scope, phase) VALUES ('catalogue', 'first')")
    assert not keeper.look(), "a first reading is under way"
    with feed.writing() as connection:
        connection.exec_driver_sql("UPDATE sync_cursor SET phase = 'live'")
    assert keeper.look()
    assert not keeper.look()
    at[0] += timedelta(minutes=11)
    assert not keeper.look(), "nothing was done since"
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(trade.account())
        tx.commit()
    assert keeper.look()
    assert len(store.backups.copies()) == 2


def test_a_copy_that_cannot_be_made_is_said_and_leaves_the_others(store: Store, clock: FixedClock) -> None:
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    with feed.writing() as connection:
        connection.exec_driver_sql("INSERT INTO sync_cursor (scope, phase) VALUES ('catalogue', 'live')")
    store.backups.folder.write_text("a file where the folder should be")
    with pytest.raises(Trouble, match="DISK_FAILS"):
        CopyKeeper(store, feed, clock.now).look()


def test_it_ends_at_once(store: Store, clock: FixedClock) -> None:
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    keeper = CopyKeeper(store, feed, clock.now)
    keeper.start()
    keeper.stop()
    assert not keeper._thread.is_alive()
