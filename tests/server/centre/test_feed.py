"""The scopes' feed: dense, tagged, complete under many writers, and right about what moved and what went."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from app.domain.identifiers import AccountId
from app.store.codec import Record
from app.store.guard import Writer, writing
from app.store.unit_of_work import SqlWork
from app.usecases.accounts.edit_account import EditAccount, edit_account
from sync.protocol.sums import sum_of_all
from sync.server.database import in_one_write, step
from sync.server.feed import Feed, FeedJournal, write
from sync.server.versions import FIRST, version_above, versions_of_rows
from tests.sync.world import Centre, Moving, an_id

LOG = "SELECT seq, table_name, row_id, op, ver FROM sync_entry WHERE scope = :scope ORDER BY seq"


def state_is_right(centre: Centre) -> None:
    """Every scope: its head is its last entry's, sequences are unique, its sum is that of the rows themselves."""
    for scope, head, tag, total in centre.rows("SELECT scope, head, head_tag, state_sum FROM sync_scope"):
        entries = centre.rows("SELECT seq, tag, table_name, row_id, op, ver FROM sync_entry WHERE scope = :s", s=scope)
        assert max((row[0], row[1]) for row in entries) == (head, tag)
        assert len({row[0] for row in entries}) == len(entries)
        there = [(str(row[2]), str(row[3]), int(str(row[5]))) for row in entries if row[4] == "U"]
        assert sum_of_all(there) == total
        for table, row, ver in there:
            assert centre.value(f"SELECT ver FROM {table} WHERE id = :row", row=row) == ver


def edited(centre: Centre, table: str, row: str, told: int) -> int:
    """Give the version of a row as it is now, one edit above another version."""
    with centre.engines.reader.connect() as connection:
        return versions_of_rows(connection, table, {row: told})[row]


def test_an_update_moves_the_row_s_entry_to_a_new_sequence(centre: Centre) -> None:
    rep = centre.user()
    account = centre.account(rep, contacts=2)
    scope = f"rep:{rep}"
    assert [row[0] for row in centre.rows(LOG, scope=scope)] == [1, 2, 3]
    centre.change("account", account, city="Chartres")
    log = centre.rows(LOG, scope=scope)
    assert [row[0] for row in log] == [2, 3, 4]
    assert log[-1][1:] == ("account", account, "U", edited(centre, "account", account, FIRST))
    state_is_right(centre)


def test_an_account_that_gets_another_rep_takes_all_its_rows_along(centre: Centre) -> None:
    marie, paul = centre.user(), centre.user("paul", "sud")
    account = centre.account(marie, contacts=3)
    other = centre.account(marie)
    centre.change("account", account, rep_id=paul)
    left = {row[2] for row in centre.rows(LOG, scope=f"rep:{marie}") if row[3] == "L"}
    arrived = {row[2] for row in centre.rows(LOG, scope=f"rep:{paul}") if row[3] == "U"}
    assert left == arrived
    assert len(arrived) == 4
    assert other not in left
    state_is_right(centre)
    centre.change("account", account, rep_id=marie)
    assert all(row[3] == "U" for row in centre.rows(LOG, scope=f"rep:{marie}"))
    state_is_right(centre)


def test_a_deletion_leaves_a_tombstone_and_a_row_made_again_goes_on_counting(centre: Centre) -> None:
    rep = centre.user()
    account = centre.account(rep, contacts=0)
    contact = an_id()
    values: Record = {"id": contact, "account_id": account, "position": 0, "name": "Rose"}
    centre.load("contact", values)

    def delete(connection: Connection, feed: Feed) -> None:
        connection.execute(text("DELETE FROM contact WHERE id = :row"), {"row": contact})
        feed.touch("contact", (contact,))

    write(centre.engines, delete)
    gone = version_above(FIRST, "contact", None)
    assert centre.rows(LOG, scope=f"rep:{rep}")[-1][2:] == (contact, "D", gone)
    state_is_right(centre)
    centre.load("contact", values)
    assert centre.rows(LOG, scope=f"rep:{rep}")[-1][2:] == (contact, "U", edited(centre, "contact", contact, gone))
    state_is_right(centre)


def test_what_is_rolled_back_leaves_no_trace_in_the_feed(centre: Centre) -> None:
    rep = centre.user()
    centre.account(rep)
    before = centre.rows("SELECT * FROM sync_scope ORDER BY scope")

    def fail(_connection: Connection, feed: Feed) -> None:
        feed.load("account", [{"id": an_id(), "number": "1", "trade_name": "x", "rep_id": rep}])
        feed.seal()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write(centre.engines, fail)
    assert centre.rows("SELECT * FROM sync_scope ORDER BY scope") == before


def test_a_reader_by_sequence_misses_nothing_while_many_write(centre: Centre) -> None:
    """Eight writers of two scopes at once; a reader that goes on from the head it read sees every row."""
    reps = [centre.user(), centre.user("paul", "sud")]
    for rep in reps:
        centre.account(rep, contacts=0)
    seen: set[str] = set()
    made: list[str] = []
    stop = threading.Event()

    def write_some(number: int) -> None:
        for place in range(12):
            account = an_id()
            row: Record = {"id": account, "number": "1", "trade_name": "x", "rep_id": reps[(number + place) % 2]}
            both: Record = {"id": an_id(), "number": "2", "trade_name": "y", "rep_id": reps[(number + place + 1) % 2]}
            centre.load("account", row, both)
            made.extend([account, str(both["id"])])

    def read_on() -> None:
        heads = dict.fromkeys(reps, 0)
        done = False
        while not done:
            done = stop.is_set()
            for rep in reps:
                asked = "SELECT seq, row_id FROM sync_entry WHERE scope = :scope AND seq > :seq ORDER BY seq"
                for seq, row in centre.rows(asked, scope=f"rep:{rep}", seq=heads[rep]):
                    assert int(str(seq)) == heads[rep] + 1, "the sequence has a hole"
                    heads[rep] = int(str(seq))
                    seen.add(str(row))

    reader = threading.Thread(target=read_on)
    writers = [threading.Thread(target=write_some, args=(number,)) for number in range(8)]
    for thread in (reader, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    assert len(made) == 8 * 12 * 2
    assert set(made) <= seen
    state_is_right(centre)


def test_a_step_that_fails_is_taken_back_alone(centre: Centre) -> None:
    def work(connection: Connection) -> None:
        insert = text("INSERT INTO sync_meta (name, value) VALUES (:name, '')")
        connection.execute(insert, {"name": "kept"})
        with suppress(ZeroDivisionError), step(connection):
            connection.execute(insert, {"name": "not kept"})
            raise ZeroDivisionError

    in_one_write(centre.engines, work)
    names = {row[0] for row in centre.rows("SELECT name FROM sync_meta")}
    assert "kept" in names
    assert "not kept" not in names


def test_the_centre_s_own_use_cases_write_the_feed(centre: Centre) -> None:
    rep = centre.user()
    account = centre.account(rep)
    work = SqlWork(centre.engines.writer, Moving(), rep, FeedJournal())
    edit_account(EditAccount(account_id=AccountId(account), legal_name="Rose SARL"), work)
    ver = edited(centre, "account", account, FIRST)
    assert centre.rows(LOG, scope=f"rep:{rep}")[-1][1:] == ("account", account, "U", ver)
    state_is_right(centre)


def _unguarded(centre: Centre, statement: str) -> None:
    with centre.engines.writer.begin() as connection:
        connection.execute(text(statement))


def _guarded(centre: Centre, statement: str) -> None:
    with centre.engines.writer.begin() as connection, writing(connection, Writer.UNIT_OF_WORK):
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("how", "statement"),
    [
        (_unguarded, "UPDATE account SET city = 'x'"),
        (_guarded, "UPDATE document SET sha256 = 'x'"),
        (_guarded, "DELETE FROM document"),
    ],
)
def test_the_database_itself_refuses(centre: Centre, how: Callable[[Centre, str], None], statement: str) -> None:
    """A write past the one door, and any change to what was signed."""
    rep = centre.user()
    account = centre.account(rep)
    signed: Record = {
        "id": an_id(),
        "account_id": account,
        "proposal_id": an_id(),
        "kind": "signed_order_form",
        "state": "signed_to_confirm",
        "number": "1",
        "sha256": "a" * 64,
        "size": 1,
        "made_at": 0,
    }
    centre.load("document", signed)
    with pytest.raises(DBAPIError):
        how(centre, statement)
    assert centre.value("SELECT sha256 FROM document") == "a" * 64
