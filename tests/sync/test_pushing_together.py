"""Changesets that share a transaction have the very outcome that each alone would have had, one after the other."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import CheckConstraint, UniqueConstraint, text

from app.store.engine import Engines, open_url
from app.store.rows import REVISION, SYNCED
from sync.protocol.changeset import LAST_INSTANT, Changeset, Entry, Op
from sync.protocol.frames import Answer
from sync.protocol.results import Applied, Rejected
from sync.protocol.sums import sum_of_all
from sync.server.exchange import push, slots
from sync.server.exchange.push import Reply, take, take_all
from sync.server.grants.rights import Caller
from sync.server.versions import version_above
from tests.conftest import SEED
from tests.sync.drawn_day import MARIE, TABLES, Day, callers, full
from tests.sync.world import an_id, prepared

DAYS = int(os.environ.get("TOURNEE_RANDOM_DAYS", "100" if os.environ.get("TOURNEE_SOAK") else "2"))


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def twins(request: pytest.FixtureRequest, tmp_path: Path, migrated_file: Path) -> Iterator[tuple[Engines, Engines]]:
    """Two centres that hold the same."""
    addresses = []
    for name in ("one", "other"):
        if request.param == "sqlite":
            shutil.copy(migrated_file, tmp_path / f"{name}.db")
            addresses.append(f"sqlite:///{tmp_path / name}.db")
        else:
            copy: Callable[[Callable[[str], None]], str] = request.getfixturevalue("postgres_copy")
            addresses.append(copy(prepared))
    one, other = (open_url(address) for address in addresses)
    yield one, other
    one.dispose()
    other.dispose()


def one_by_one(engines: Engines, caller: Caller, changesets: Sequence[Changeset]) -> list[Reply]:
    replies: list[Reply] = []
    for changeset in changesets:
        replies.append(take(engines, caller, changeset))
        if not isinstance(replies[-1], Answer):
            break
    return replies


def timeless(reply: Reply) -> bytes:
    """An answer but for when the centre took what stands in a conflict's way."""
    return re.sub(rb'"at":\d+', b"", msgspec.json.encode(reply))


def held(engines: Engines) -> Mapping[str, object]:
    """All that a centre holds that does not depend on when it was asked."""
    asked = {name: f"SELECT * FROM {name}" for name in TABLES}
    asked |= {
        "applied": "SELECT device, n, mid, hash, length(result) FROM sync_applied",
        "conflicts": "SELECT mid, n, table_name, row_id, column_name, base, mine, theirs, kept FROM sync_conflict",
        "entries": "SELECT scope, table_name, row_id, op, ver, writer FROM sync_entry",
        "graves": "SELECT table_name, row_id, mid, content FROM sync_deleted",
        "devices": "SELECT device, last_n FROM sync_device",
        "holds": "SELECT slot_id, reservation_id, line_id FROM slot_hold",
        "sums": "SELECT scope, state_sum FROM sync_scope",
    }
    with engines.reader.connect() as connection:
        return {name: sorted(map(repr, connection.execute(text(words)))) for name, words in asked.items()}


def feed_is_right(engines: Engines) -> None:
    """Heads are those of the last entries, sequences single, sums those of the rows at the versions they have."""
    with engines.reader.connect() as connection:
        for scope, head, total in connection.execute(text("SELECT scope, head, state_sum FROM sync_scope")).all():
            entries = connection.execute(
                text("SELECT seq, table_name, row_id, op, ver FROM sync_entry WHERE scope = :scope"), {"scope": scope}
            ).all()
            assert max(row.seq for row in entries) == head
            assert len({row.seq for row in entries}) == len(entries)
            assert sum_of_all((row.table_name, row.row_id, row.ver) for row in entries if row.op == "U") == total


@pytest.mark.parametrize("day", range(DAYS))
@pytest.mark.expects_log
def test_a_random_day_pushed_together_is_that_day_pushed_one_by_one(
    twins: tuple[Engines, Engines], day: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "now_us", lambda: 10**15)  # until when a place is held counts from when it was asked for
    made = Day(SEED % 1_000_000 + day, twins)
    codes: set[str] = set()
    for _ in range(30):
        made.look()
        if made.chance.random() < 0.3:
            made.at_the_centre()
        device, caller = made.chance.choice(list(callers().items()))
        lot = made.lot(device)
        together = list(take_all(twins[0], caller, lot))
        alone = one_by_one(twins[1], caller, lot)
        assert list(map(timeless, together)) == list(map(timeless, alone))
        assert held(twins[0]) == held(twins[1])
        feed_is_right(twins[0])
        answers = [reply for reply in together if isinstance(reply, Answer)]
        codes |= {a.result.code if isinstance(a.result, Rejected) else type(a.result).__name__ for a in answers}
        # The device knows what was answered: what it sends next follows on that.
        with twins[0].reader.connect() as connection:
            last = text("SELECT last_n FROM sync_device WHERE device = :device")
            made.numbers[device] = connection.execute(last, {"device": device}).scalar_one()
    assert {"Applied", "Merged", "Conflict", "OUT_OF_SCOPE", "CHANGESET_UNSOUND"} <= codes, codes


def test_plain_changesets_share_a_transaction(twins: tuple[Engines, Engines], monkeypatch: pytest.MonkeyPatch) -> None:
    made = Day(1, twins)
    monkeypatch.setattr(push, "take", None)
    entries = [made.made("contact", an_id(made.id()), made.contact(made.accounts[0])) for _ in range(30)]
    lot = [
        Changeset(n=n, mid=an_id(made.id()), name="x", at=1, revision=REVISION, entries=(entry,))
        for n, entry in enumerate(entries, 1)
    ]
    assert len(list(take_all(twins[0], callers()["one"], lot))) == len(lot)


def test_a_row_that_is_made_again_goes_on_counting_within_a_transaction(twins: tuple[Engines, Engines]) -> None:
    made = Day(3, twins)
    made.look()
    account = next(key[1] for key, row in made.rows.items() if key[0] == "account" and row["rep_id"] == MARIE)
    contact, new = an_id(made.id()), made.contact(account)
    create = Entry(table="contact", row=contact, op=Op.CREATE, new=new)
    edit = Entry(table="contact", row=contact, op=Op.UPDATE, old={"name": "Rose"}, new={"name": "Lys"})
    deeds = (create, Entry(table="contact", row=contact, op=Op.DELETE, base_ver=1, old=new), create, edit, edit)
    lot = [
        Changeset(n=n, mid=an_id(made.id()), name="x", at=1, revision=REVISION, entries=(deed,))
        for n, deed in enumerate(deeds, 1)
    ]
    caller = callers()["one"]
    assert list(take_all(twins[0], caller, lot)) == one_by_one(twins[1], caller, lot)
    assert held(twins[0]) == held(twins[1])
    made.look()
    ver = 0
    for record in (new, None, new, {**new, "name": "Lys"}):  # made, deleted, made again, changed
        ver = version_above(ver, "contact", record)
    assert made.rows["contact", contact]["ver"] == ver


@pytest.mark.expects_log
def test_one_that_breaks_the_tables_takes_nobody_down(
    twins: tuple[Engines, Engines], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Day(2, twins)
    made.look()
    (_, account), *_ = [key for key in made.rows if key[0] == "account" and made.rows[key]["rep_id"] == MARIE]
    tasks = [full("contact", account_id=account, position=0, name=f"Rose {n}") for n in range(5)]
    entries = [Entry(table="contact", row=an_id(made.id()), op=Op.CREATE, new=task) for task in tasks]
    lot = [
        Changeset(n=n, mid=an_id(made.id()), name="x", at=1, revision=REVISION, entries=(entry,))
        for n, entry in enumerate(entries, 1)
    ]
    # What the checks let through and no table takes: a row without its owner.
    monkeypatch.setattr("sync.server.exchange.patch.must_be_whole", lambda _picture: None)
    monkeypatch.setattr("sync.server.exchange.patch.must_be_own", lambda *_: None)
    broken = full("contact", account_id=an_id(9), position=0, name="Nobody")
    lot[2] = Changeset(
        n=3,
        mid=an_id(made.id()),
        name="x",
        at=1,
        revision=REVISION,
        entries=(Entry(table="contact", row=an_id(made.id()), op=Op.CREATE, new=broken),),
    )
    answers = [reply for reply in take_all(twins[0], callers()["one"], lot) if isinstance(reply, Answer)]
    assert [type(answer.result) for answer in answers] == [Applied, Applied, Rejected, Applied, Applied]
    feed_is_right(twins[0])


def test_one_too_large_and_one_of_no_calendar_are_refused_and_hold_nobody_up(twins: tuple[Engines, Engines]) -> None:
    made = Day(4, twins)
    made.look()
    lot = [
        Changeset(n=n, mid=an_id(made.id()), name="x", at=1, revision=REVISION, entries=tuple(made.make(MARIE)[:1]))
        for n in range(1, 5)
    ]
    lot[1] = msgspec.structs.replace(lot[1], facts={"note": "x" * 1_000_000})
    lot[2] = msgspec.structs.replace(lot[2], at=LAST_INSTANT + 1)
    caller = callers()["one"]
    answers = [reply for reply in take_all(twins[0], caller, lot) if isinstance(reply, Answer)]
    assert answers == one_by_one(twins[1], caller, lot)
    codes = [answer.result.code if isinstance(answer.result, Rejected) else "" for answer in answers]
    assert codes[1:3] == ["CHANGESET_TOO_LARGE", "CHANGESET_UNSOUND"]
    assert len(codes) == len(lot)
    assert list(take_all(twins[0], caller, lot)) == answers  # stored: heard again it is the same


def test_no_synced_table_refuses_what_a_later_changeset_would_mend() -> None:
    """Rows that several changesets touch are written once: nothing may judge what they were in between."""
    for table in SYNCED.sorted_tables:
        judging = [c for c in table.constraints if isinstance(c, CheckConstraint | UniqueConstraint)]
        assert not judging, table.name
        assert not [index for index in table.indexes if index.unique], table.name


def test_of_several_rows_of_which_nothing_can_be_made_the_same_is_named(twins: tuple[Engines, Engines]) -> None:
    made = Day(4, twins)
    visit = full("discovery", account_id=made.accounts[0], answers="none")
    prospect = full("account", number="9", trade_name="Lys", status="never", rep_id=MARIE)
    lot = [
        Changeset(n=n, mid=an_id(made.id()), name="x", at=1, revision=REVISION, entries=entries)
        for n, entries in enumerate(
            (
                (made.made("contact", an_id(made.id()), made.contact(made.accounts[0])),),
                (made.made("discovery", an_id(made.id()), visit), made.made("account", an_id(made.id()), prospect)),
            ),
            1,
        )
    ]
    together = [timeless(reply) for reply in take_all(twins[0], callers()["one"], lot)]
    assert b'"table":"account","column":"","why":"value"' in together[1]
    assert together == [timeless(reply) for reply in one_by_one(twins[1], callers()["one"], lot)]
