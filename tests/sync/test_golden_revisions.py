"""What an app of any revision that was shipped sends is taken by today's centre, and answered as it was then."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert

from app.store.codec import Record
from app.store.rows import REVISION, SYNCED
from sync.protocol.frames import Answer
from sync.protocol.loads import LoadAsked
from sync.server.clock import now_us
from sync.server.exchange.push import take_all
from sync.server.exchange.revisions import WINDOW
from sync.server.feed import Feed, write
from sync.server.grants.people import NewUser, add_user
from sync.server.grants.rights import Caller
from sync.server.loads.service import make_load
from sync.server.versions import FIRST
from tests.sync.golden import FOLDER, Loaded, Owner, Row, Sent, changeset_in, read
from tests.sync.world import PASSWORD, World

ROOT = Path(__file__).parents[2]
AS_ANOTHER = {"reprice_line", "keep_signed_form"}
"""Actions that say something only after the centre did: under a new price list, the columns of `replace_product`; where
a place was lost to another, the document and the note of a signature."""
FILES = sorted(FOLDER.glob("*.jsonl"))


def test_every_revision_of_the_window_has_its_file() -> None:
    assert {path.stem for path in FILES} >= {REVISION, *WINDOW.pushable}


def test_the_file_of_this_revision_holds_every_action_of_the_app() -> None:
    actions = {
        name
        for path in (ROOT / "app" / "usecases").rglob("*.py")
        for name in re.findall(r'(?:\bbegin|\bedit_proposal)\("(\w+)"', path.read_text())
    }
    assert len(actions) >= 29
    sent = [changeset_in(line) for line in read(FOLDER / f"{REVISION}.jsonl") if isinstance(line, Sent)]
    assert {changeset.name for changeset in sent} >= (actions - AS_ANOTHER) | {"undo"}


def _hold(table: str, records: list[Record], connection: Connection, feed: Feed) -> None:
    """Let the centre hold rows in the versions in which the device that was recorded had seen them."""
    connection.execute(insert(SYNCED.tables[table]), records)
    feed.touch(table, [str(record["id"]) for record in records])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_sent_then_is_taken_today(path: Path, world: World) -> None:
    lines = read(path)
    (owner,) = (line for line in lines if isinstance(line, Owner))
    by_table: dict[str, list[Row]] = {}
    for line in lines:
        if isinstance(line, Row):
            by_table.setdefault(line.table, []).append(line)
    centre = world.centre
    for table, rows in by_table.items():
        write(centre.engines, partial(_hold, table, [{"ver": FIRST, **row.values} for row in rows]))
    new = NewUser(login="golden", name="Golden", password=PASSWORD, rep=owner.rep)
    write(centre.engines, lambda connection, feed: add_user(connection, feed, new))
    device = world.device("golden")
    assert device.road.identity is not None
    loads = tuple(line.account for line in lines if isinstance(line, Loaded))
    caller = Caller(device=device.road.identity.device, login="golden", rep_id=owner.rep, team="nord", loads=loads)
    for account in loads:
        make_load(centre.engines, caller, LoadAsked(account_id=account, until=now_us() + 86_400_000_000))
    sent = [line for line in lines if isinstance(line, Sent)]
    changesets = [WINDOW.to_present(changeset_in(line)) for line in sent]
    replies = list(take_all(centre.engines, caller, changesets))
    assert [reply.n for reply in replies if isinstance(reply, Answer)] == [changeset.n for changeset in changesets]
    found = [reply.result.__struct_config__.tag for reply in replies if isinstance(reply, Answer)]
    assert found == [line.state for line in sent]
