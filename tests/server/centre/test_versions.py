"""What a version says: it grows with each edit, is the same for the same edit anywhere, and another for any other."""

from __future__ import annotations

from app.store.codec import Record
from app.store.rows import SYNCED
from sync.server.feed import Feed, write
from sync.server.versions import FIRST, version_above, versions_of_rows
from tests.sync.world import Centre, an_id

LARGEST = 2**63
RECORD: Record = {"id": "a", "ver": 7, "name": "Rose", "position": 1, "email": None}


def test_a_version_is_above_the_last_one_whatever_the_row_says() -> None:
    versions = [FIRST]
    for place in range(200):
        versions.append(version_above(versions[-1], "contact", {**RECORD, "position": place} if place % 7 else None))
    assert versions == sorted(set(versions))
    assert version_above(1_796_715_707_240_000, "contact", RECORD) > 1_796_715_707_240_000, "a time, as grants had once"


def test_a_million_edits_later_it_still_fits_everywhere() -> None:
    assert version_above(1_000_000 << 24, "contact", RECORD) < 2**53 < LARGEST


def test_it_says_what_the_row_holds_and_nothing_of_its_name_or_version() -> None:
    ver = version_above(FIRST, "contact", RECORD)
    assert ver == version_above(FIRST, "contact", {**RECORD, "id": "b", "ver": 9})
    others: tuple[Record, ...] = ({"name": "Lys"}, {"position": 2}, {"email": ""}, {"name": None, "email": "Rose"})
    assert len({ver, *(version_above(FIRST, "contact", {**RECORD, **other}) for other in others)}) == 5


def test_edits_in_another_order_give_other_versions_unless_they_come_to_the_same() -> None:
    a: Record = {**RECORD, "name": "A"}
    b: Record = {**RECORD, "name": "B"}
    first, other = (version_above(version_above(FIRST, "contact", x), "contact", y) for x, y in ((a, b), (b, a)))
    assert first != other
    assert version_above(version_above(FIRST, "contact", RECORD), "contact", b) == first


def test_both_databases_give_the_same(centre: Centre) -> None:
    """Words with signs of all kinds and numbers of all sizes, read back from the database."""
    rep, row = centre.user(), "5" * 32
    account = centre.account(rep, contacts=0)
    said: Record = {
        "id": row,
        "account_id": account,
        "position": 1,
        "name": "É\u00a0« œ »\n\t\"'\\ 你好 🌷",
        "role": "\u2028\x7f",
    }
    centre.load("contact", said)
    with centre.engines.reader.connect() as connection:
        found = versions_of_rows(connection, "contact", {row: FIRST})[row]
    defaults: Record = {c.name: getattr(c.default, "arg", None) for c in SYNCED.tables["contact"].c}
    assert found == version_above(FIRST, "contact", {**defaults, **said})


def test_rows_that_may_come_again_say_at_once_what_they_hold(centre: Centre) -> None:
    account = centre.account(centre.user(), contacts=0)
    rows: list[Record] = [
        {"id": an_id(), "account_id": account, "position": place, "name": f"N{place}"} for place in range(3)
    ]
    write(centre.engines, lambda _, feed: feed.load("contact", rows[:1]))

    def again(_: object, feed: Feed) -> None:
        feed.load("contact", rows[1:], may_come_again=True)

    write(centre.engines, again)
    versions = [centre.value("SELECT ver FROM contact WHERE id = :row", row=row["id"]) for row in rows]
    assert versions[0] == FIRST
    assert len(set(versions)) == 3
