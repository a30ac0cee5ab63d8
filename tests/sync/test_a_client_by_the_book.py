"""Another team's client, written from sync/README.md alone, holds what the centre holds and is heard exactly once."""

from __future__ import annotations

import copy
import hashlib
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.architecture.sources import imported, tree
from tests.sync import a_client_by_the_book, lines_by_the_book
from tests.sync.a_client_by_the_book import ClientByTheBook, Damaged
from tests.sync.lines_by_the_book import Line, Row
from tests.sync.world import PASSWORD, Centre, an_id

TEAM = "Île & Forêt"
"""What a path does not bear as it is."""


class Watched(ClientByTheBook):
    """The client, with an ear on its line, which can break in the middle of an answer."""

    def __init__(self, centre: Centre) -> None:
        super().__init__(centre.url, "marie", PASSWORD, centre.code("marie"))
        self.most: int | None = None
        self.heard: set[str] = set()

    def pieces(self, answer: requests.Response) -> Iterator[bytes]:
        said = b"".join(super().pieces(answer))
        yield said[: self.most]
        self.most = None

    def hear(self, answer: requests.Response) -> Iterator[Line]:
        for line in super().hear(answer):
            self.heard.add(line.f)
            yield line

    def became(self, *mids: str) -> list[str]:
        return [self.results[mid].r for mid in mids]

    def portfolio(self) -> str:
        (name,) = (name for name in self.scopes if name.startswith("rep:"))
        return name


def holds_what_the_centre_holds(centre: Centre, client: ClientByTheBook) -> None:
    """Assert that scopes, sums and rows are the centre's, column by column."""
    sums = {(name, client.sums(name)[-1]) for name in client.scopes}
    assert sums - {("catalogue", "")} == set(centre.rows("SELECT scope, state_sum FROM sync_scope WHERE head > 0"))
    assert client.rows.keys() == set(centre.rows("SELECT table_name, row_id FROM sync_entry WHERE op = 'U'"))
    for table in {table for table, _ in client.rows}:
        columns = client.columns[table]
        held = [tuple(row[name] for name in columns) for (its, _), row in client.rows.items() if its == table]
        assert sorted(held, key=str) == sorted(centre.rows(f"SELECT {', '.join(columns)} FROM {table}"), key=str)


def a_new(client: ClientByTheBook, table: str, **values: str | int | None) -> str:
    """Make a row; gives the `mid` of its changeset."""
    empty: Row = dict.fromkeys(set(client.columns[table]) - {"id", "ver"}, "")
    return client.create(table, an_id(), **(empty | values))


def a_note(client: ClientByTheBook, account: str) -> str:
    nothing = {"contact_id": None, "rep_id": None, "due_on": None, "done_at": None}
    return a_new(
        client,
        "activity",
        account_id=account,
        kind="note",
        subject="Été : « 10 € » / \\ \n",
        at=1,
        seconds=0,
        **nothing,
    )


def test_another_hand_reads_pushes_and_hears_what_became_of_it(centre: Centre) -> None:
    account = centre.account(centre.user(team=TEAM), contacts=3)
    first, second = Watched(centre), Watched(centre)
    second.round()

    # a first reading that is cut goes on behind the last sound mark
    first.hello()
    first.most = 900
    with pytest.raises(Damaged):
        first.read(first.portfolio())
    assert first.scopes[first.portfolio()].resume
    assert len(first.rows) == 1
    first.round()
    holds_what_the_centre_holds(centre, first)

    # a reply that is lost: sent again, the same number has its stored answer and takes no effect again
    note = a_note(first, account)
    assert first.send().content
    first.round()
    assert first.became(note) == ["applied"]
    assert centre.value("SELECT count(*) FROM activity") == 1

    # a changeset that is left out
    contact = str(centre.value("SELECT id FROM contact WHERE position = 0"))
    edits = first.edit("contact", contact, role="Chef"), first.edit("contact", contact, phone="0237000000")
    first.answered += 1
    assert first.take(first.send())
    assert "gap" in first.heard
    first.round()
    assert first.became(*edits) == ["applied", "applied"]
    assert int(str(centre.value("SELECT ver FROM contact WHERE id = :id", id=contact))) >> 24 == 2, "edits made it"

    # both change the same row, the same field, and a row that is nobody's
    theirs = second.edit("contact", contact, email="second@example.org")
    second.round()
    mine = [first.edit("contact", contact, name="Rosa"), first.edit("contact", contact, email="first@example.org")]
    mine.append(a_note(first, an_id()))
    assert first.seen("contact", contact)["email"] == "first@example.org"
    first.round()
    assert (second.became(theirs), first.became(*mine)) == (["merged"], ["merged", "conflict", "rejected"])
    (contest,) = first.results[mine[1]].fields
    assert (contest["mine"], contest["theirs"]) == ("first@example.org", "second@example.org")
    assert first.seen("contact", contact)["email"] == "second@example.org", "until the rep chooses"
    assert first.results_again(1, len(first.made)) == first.results

    # what one deletes the other is told of
    gone = second.delete("contact", str(centre.value("SELECT id FROM contact WHERE position = 2")))
    second.round()
    for client in (first, second):
        client.round()
        holds_what_the_centre_holds(centre, client)
    assert second.became(gone) == ["applied"]
    assert "gone" in first.heard


@pytest.mark.expects_log
@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_another_hand_waits_repairs_brings_files_and_knows_that_it_was_copied(centre: Centre) -> None:
    account = centre.account(centre.user(team=TEAM))
    client = Watched(centre)
    client.skew = 3_600_000_000  # a clock an hour fast: the refusal tells the right time
    client.round()
    assert abs(client.skew) < 60_000_000
    (contact,) = (row for table, row in client.rows if table == "contact")

    with ThreadPoolExecutor() as aside:
        waiting = aside.submit(client.wait)
        centre.change("contact", contact, phone="0237000000")
        assert waiting.result() == [client.portfolio()]
    client.round()
    assert client.seen("contact", contact)["phone"] == "0237000000"

    # one row spoilt, one lost, one that no centre knows
    client.rows["contact", contact] |= {"name": "?", "ver": 7}
    client.rows["contact", an_id(7)] = client.rows["contact", contact] | {"id": an_id(7)}
    client.scopes[client.portfolio()].keys |= {("contact", an_id(7))}
    client.scopes[client.portfolio()].keys -= {("account", account)}
    client.round()
    assert "differing" in client.heard
    holds_what_the_centre_holds(centre, client)

    content = random.Random("a form").randbytes(600_000)
    sha256, size = hashlib.sha256(content).hexdigest(), len(content)
    paper = {"account_id": account, "proposal_id": an_id(), "kind": "quote", "state": "shown"}
    a_new(client, "document", **paper, sha256=sha256, size=size, made_at=1)
    client.round()
    assert next(client.bring(content)) < len(content)
    first_piece_again, *_, last = client.bring(content)
    assert first_piece_again > a_client_by_the_book.PIECE, "goes on where it broke"
    assert last == size
    assert client.is_safe(sha256)
    assert client.fetch(sha256, 0, 299_999) + client.fetch(sha256, 300_000, 599_999) == content

    # a store that is copied: both copies go on, each under an identity of its own, and nothing is lost
    identity = client.me.device
    copied, put_back = copy.deepcopy(client), copy.deepcopy(client)
    notes = a_note(client, account), a_note(copied, account), a_note(put_back, account)
    client.round()
    assert copied.take(copied.send())
    assert "cloned" in copied.heard
    copied.round()
    put_back.round()
    assert len({each.me.device for each in (client, copied, put_back)}) == 3
    assert client.me.device == identity, "the digest of what was answered last is the centre's"
    assert [copied.became(notes[1]), put_back.became(notes[2])] == [["applied"], ["applied"]]
    for each in (client, copied, put_back):
        each.round()
        holds_what_the_centre_holds(centre, each)
    assert centre.value("SELECT count(*) FROM activity") == 3


def test_it_imports_nothing_of_the_product() -> None:
    its_own = {Path(str(module.__file__)) for module in (a_client_by_the_book, lines_by_the_book)}
    named = {module for path in its_own for module, _ in imported(tree(path))}
    allowed = {"cryptography", "msgspec", "requests", "zstandard", *sys.stdlib_module_names}
    assert {module for module in named if module.split(".")[0] not in allowed} == {lines_by_the_book.__name__}
