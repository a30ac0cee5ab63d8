"""Requests: read strictly, limited in size, answered with a code."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence

import msgspec
import pytest
from sqlalchemy import Connection

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import Record
from app.store.rows import REVISION
from sync.client.transport import with_query
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.digest import digest_of
from sync.protocol.frames import Answer, Ask, Cloned, Frame, FrameReader, FrameWriter, Gap, Mark, Push, Told, read_all
from sync.protocol.handshake import PROTOCOL, Cursor, Limits
from sync.protocol.results import Applied, Rejected
from sync.server.exchange import push, service
from sync.server.grants.rights import Caller
from tests.sync.world import Device, World, an_id


def message(
    *changesets: Changeset, first: int = 1, revision: str = REVISION, answered: int = 0, digest: str = ""
) -> bytes:
    writer = FrameWriter()
    ask = Ask(protocol=PROTOCOL, revision=revision, epoch="", cursors=(), first=first, answered=answered, digest=digest)
    return writer.lines((ask, *(Push(changeset=changeset) for changeset in changesets))) + writer.end()


def asked(device: Device, body: bytes, path: str = "/sync/v1/exchange", method: str = "POST") -> list[Frame]:
    with device.road.lines(method, path, body) as pieces:
        return read_all(b"".join(pieces))


def changeset(n: int, *entries: Entry, mid: str = "") -> Changeset:
    return Changeset(n=n, mid=mid or an_id(), name="test", at=1, revision=REVISION, entries=entries)


def task(device: Device, subject: str = "Rappeler") -> Entry:
    account = str(device.value("SELECT id FROM account"))
    new: Record = {
        "account_id": account,
        "kind": "task",
        "subject": subject,
        "at": 1,
        "detail": "",
        "seconds": 0,
        "place": "",
    }
    more: Record = {"contact_id": None, "rep_id": None, "author": "", "due_on": None, "done_at": None}
    return Entry(table="activity", row=an_id(), op=Op.CREATE, new={**new, **more})


def test_the_same_changeset_twice_is_answered_the_same_and_done_once(world: World, device: Device) -> None:
    body = message(changeset(1, task(device)))
    for _ in range(3):
        _, answer, _ = asked(device, body)
        assert isinstance(answer, Answer)
        assert answer.result == Applied()
    assert world.centre.value("SELECT count(*) FROM activity") == 1
    assert world.centre.value("SELECT count(*) FROM sync_applied") == 1


def test_another_content_under_a_known_number_is_a_clone(world: World, device: Device) -> None:
    asked(device, message(changeset(1, task(device))))
    _, answer, _ = asked(device, message(changeset(1, task(device, "Autre")), changeset(2, task(device))))
    assert answer == Cloned(n=1)
    assert world.centre.value("SELECT count(*) FROM activity") == 1


def test_who_names_another_content_as_answered_last_is_a_clone_and_nothing_of_it_is_taken(
    world: World, device: Device
) -> None:
    first = changeset(1, task(device))
    asked(device, message(first))
    body = message(changeset(2, task(device)), answered=1, digest=digest_of(changeset(1, task(device, "Autre"))))
    _, *answers, _ = asked(device, body)
    assert answers == [Cloned(n=1)]
    assert world.centre.value("SELECT count(*) FROM activity") == 1
    for n, (answered, digest) in ((2, (1, digest_of(first))), (3, (9, "of one never taken"))):
        _, answer, _ = asked(device, message(changeset(n, task(device)), answered=answered, digest=digest))
        assert isinstance(answer, Answer)
    with world.centre.engines.writer.begin() as connection:  # as `tidy` does with what is 400 days old
        connection.exec_driver_sql("DELETE FROM sync_applied WHERE n = 1")
    _, answer, _ = asked(device, message(changeset(4, task(device)), answered=1, digest="another"))
    assert isinstance(answer, Answer)
    assert world.centre.value("SELECT count(*) FROM activity") == 4


def test_the_first_of_many_are_answered_before_the_last_are_taken(
    world: World, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (push, service):
        monkeypatch.setattr(module, "MOST_TOGETHER", 2)
    heard, were_heard, true = threading.Event(), [], push._take_together

    def take(connection: Connection, caller: Caller, lot: Sequence[Changeset]) -> list[push.Reply]:
        if lot[0].n > 2:
            were_heard.append(heard.wait(10))
        return true(connection, caller, lot)

    monkeypatch.setattr(push, "_take_together", take)
    reader = FrameReader()
    body = message(*(changeset(n, task(device)) for n in range(1, 6)))
    with device.road.lines("POST", "/sync/v1/exchange", body) as pieces:
        _, *first = reader.feed(next(pieces))
        heard.set()
        rest = [frame for piece in pieces for frame in reader.feed(piece)]
    reader.close()
    assert were_heard == [True, True]
    assert [frame.n for frame in (*first, *rest) if isinstance(frame, Answer)] == [1, 2, 3, 4, 5]
    assert len(first) == 2
    assert world.centre.value("SELECT count(*) FROM activity") == 5


def test_a_gap_is_asked_for(world: World, device: Device) -> None:
    asked(device, message(changeset(1, task(device))))
    _, answer, _ = asked(device, message(changeset(3, task(device)), changeset(4, task(device))))
    assert answer == Gap(expected=2)
    assert world.centre.value("SELECT count(*) FROM activity") == 1


def test_a_new_identity_of_the_same_device_sends_its_actions_again_without_doubling(
    world: World, device: Device
) -> None:
    actions = [changeset(1, task(device)), changeset(2, task(device))]
    asked(device, message(*actions))
    again = world.device(path=None)
    _, first, second, third, _ = asked(again, message(*actions, changeset(3, task(device))))
    for answer in (first, second, third):
        assert isinstance(answer, Answer)
        assert answer.result == Applied()
    assert world.centre.value("SELECT count(*) FROM activity") == 3


def test_a_device_with_an_older_outbox_begins_at_its_first_number(world: World, device: Device) -> None:
    fresh = world.device()
    _, answer, _ = asked(fresh, message(changeset(41, task(device)), first=41))
    assert isinstance(answer, Answer)
    assert answer.result == Applied()


def test_answers_are_given_again(device: Device) -> None:
    asked(device, message(changeset(1, task(device)), changeset(2, Entry(table="x", row="y", op=Op.DELETE))))
    told, first, second, _ = asked(device, b"", with_query("/sync/v1/results", first=1, last=9), "GET")
    assert isinstance(told, Told)
    assert told.last_n == 2
    assert isinstance(first, Answer)
    assert isinstance(second, Answer)
    assert isinstance(second.result, Rejected)
    assert (first.n, second.n, second.result.code) == (1, 2, "CHANGESET_UNSOUND")


def test_unsound_changesets_are_refused_and_hold_nothing_up(world: World, device: Device) -> None:
    account = str(device.value("SELECT id FROM account"))
    contact = str(device.value("SELECT id FROM contact"))

    def update(table: str = "contact", row: str = contact, **new: object) -> Entry:
        values = msgspec.convert(new, dict[str, str | int | float | bool | None])
        here = device.row(table, row) if table == "account" else {}
        old = {name: here.get(name, "") for name in values}
        return Entry(table=table, row=row, op=Op.UPDATE, base_ver=1, old=old, new=values)

    entries = [
        update("sync_scope", x="1"),
        update("sqlite_master; DROP TABLE account", x="1"),
        update(row="short", name="x"),
        update(nothing="x"),
        update(ver=9),
        update(id=an_id()),
        update(name=None),
        update(name=3),
        update(name="a\x00b"),
        update(position="1"),
        update(position=True),
        update(position=2**63),
        update(position=1.5),
        Entry(table="contact", row=contact, op=Op.UPDATE, new={"name": "x"}),
        Entry(table="contact", row=an_id(), op=Op.CREATE, new={"name": "x"}),
        Entry(table="contact", row=contact, op=Op.DELETE, old={"nothing": 1}),
        update("account", account, status="no such status"),
        update("account", account, renew_by="tomorrow"),
        update("account", account, trade_name="x" * 200_000),
    ]
    body = message(*(changeset(place, entry) for place, entry in enumerate(entries, 1)), changeset(20, task(device)))
    _, *answers, _ = asked(device, body)
    codes = [a.result.code for a in answers if isinstance(a, Answer) and isinstance(a.result, Rejected)]
    assert codes == ["CHANGESET_UNSOUND"] * 18 + ["CHANGESET_TOO_LARGE"]
    assert isinstance(answers[-1], Answer)
    assert answers[-1].result == Applied()
    assert world.centre.value("SELECT name FROM contact") == "Rose 0"


def test_a_changeset_of_another_revision_is_refused(device: Device) -> None:
    other = msgspec.structs.replace(changeset(1, task(device)), revision="99")
    _, answer, _ = asked(device, message(other))
    assert isinstance(answer, Answer)
    assert isinstance(answer.result, Rejected)
    assert answer.result.code == "REVISION_UNKNOWN"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "MESSAGE_UNSOUND"),
        (b"<html></html>\n", "MESSAGE_UNSOUND"),
        (FrameWriter().end(), "MESSAGE_UNSOUND"),
        (message(*(changeset(n) for n in range(1, Limits().changesets + 2))), "TOO_MANY_CHANGESETS"),
        (b"x" * (Limits().request + 1), "BODY_TOO_LARGE"),
    ],
    ids=["empty", "no lines", "nothing asked", "too many", "too large"],
)
def test_messages_that_are_none_are_refused_whole(device: Device, body: bytes, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        device.road.document("POST", "/sync/v1/exchange", body)


def test_a_device_of_another_protocol_is_told_so(device: Device) -> None:
    with pytest.raises(Trouble, match="CENTRE_SPEAKS_OTHERWISE"):
        device.road.document("POST", "/sync/v1/exchange", message(revision="99"))


def test_cursors_that_are_none_of_this_centre_s_are_reset(world: World, device: Device) -> None:
    epoch = str(world.centre.value("SELECT value FROM sync_meta WHERE name = 'epoch'"))
    scope = f"rep:{device.me}"
    head = world.centre.rows("SELECT head, head_tag FROM sync_scope WHERE scope = :scope", scope=scope)[0]
    cases = [
        (int(str(head[0])), str(head[1]), False),
        (int(str(head[0])), "another", True),
        (int(str(head[0])) + 1, str(head[1]), True),
        (1, "another", True),
        (0, "", False),
    ]
    for seq, tag, is_reset in cases:
        writer = FrameWriter()
        cursors = (Cursor(scope=scope, seq=seq, tag=tag), Cursor(scope="rep:" + "f" * 32, seq=0, tag=""))
        ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=epoch, cursors=cursors, first=1)
        frames = asked(device, writer.line(ask) + writer.end())
        (mark,) = (frame for frame in frames if isinstance(frame, Mark))
        assert (mark.scope, mark.reset) == (scope, is_reset)


@pytest.mark.parametrize("scope", ["rep:" + "f" * 32, "team:sud", "load:1", "nonsense"])
def test_another_s_scope_is_not_read(device: Device, scope: str) -> None:
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        asked(device, b"", with_query("/sync/v1/snapshot", scope=scope), "GET")


@pytest.mark.parametrize("resume", ["x", "1.2.3", "1.t.sync_meta.x", "-1.t.account.x", f"{'9' * 30}.t.account.x"])
def test_a_place_that_was_never_given_is_refused(device: Device, resume: str) -> None:
    with pytest.raises(Refusal, match="RESUME_UNKNOWN"):
        asked(device, b"", with_query("/sync/v1/snapshot", scope="catalogue", resume=resume), "GET")


def test_what_arrived_can_be_counted(device: Device) -> None:
    asked(device, message(changeset(1, task(device))))
    told = json.loads(device.road.document("GET", "/centre/v1/arrived"))
    assert told == {"rows": {"account": 1, "contact": 1, "activity": 1, "rep": 1}, "changesets": 1}


def test_signed_documents_are_never_changed_by_a_device(world: World, device: Device) -> None:
    account = str(device.value("SELECT id FROM account"))
    row = an_id()
    signed: Record = {
        "id": row,
        "account_id": account,
        "proposal_id": an_id(),
        "kind": "signed_order_form",
        "number": "1",
    }
    more: Record = {"state": "signed_to_confirm", "sha256": "a" * 64, "size": 1, "made_at": 1}
    world.centre.load("document", {**signed, **more})
    kept = world.centre.rows("SELECT * FROM document")
    change = Entry(table="document", row=row, op=Op.UPDATE, base_ver=1, old={"number": "1"}, new={"number": "2"})
    confirm = Entry(
        table="document",
        row=row,
        op=Op.UPDATE,
        base_ver=1,
        old={"state": "signed_to_confirm"},
        new={"state": "confirmed"},
    )
    drop = Entry(table="document", row=row, op=Op.DELETE, base_ver=1, old={"number": "1"})
    body = message(*(changeset(n, entry) for n, entry in enumerate((change, confirm, drop), 1)))
    _, *answers, _ = asked(device, body)
    codes = [a.result.code for a in answers if isinstance(a, Answer) and isinstance(a.result, Rejected)]
    assert codes == ["DOCUMENT_KEPT"] * 3
    assert world.centre.rows("SELECT * FROM document") == kept


def test_a_proposal_is_not_signed_without_its_signed_form(device: Device) -> None:
    account = str(device.value("SELECT id FROM account"))
    new: Record = {
        "account_id": account,
        "name": "x",
        "edition": 2027,
        "kind": "default",
        "status": "signed_to_confirm",
    }
    more: Record = {"version": 1, "plan_template": None, "first_due_on": None}
    entry = Entry(table="proposal", row=an_id(), op=Op.CREATE, new={**new, **more})
    _, answer, _ = asked(device, message(changeset(1, entry)))
    assert isinstance(answer, Answer)
    assert isinstance(answer.result, Rejected)
    assert answer.result.code == "SIGNATURE_MISSING"


def test_a_part_needs_its_owner_and_an_owner_leaves_no_part_behind(world: World, device: Device) -> None:
    account = str(device.value("SELECT id FROM account"))
    proposal, other = an_id(), an_id()
    new: Record = {
        "account_id": account,
        "name": "x",
        "edition": 2027,
        "kind": "default",
        "status": "draft",
        "version": 1,
    }
    made = Entry(table="proposal", row=proposal, op=Op.CREATE, new={**new, "plan_template": None, "first_due_on": None})
    payment: Record = {"account_id": account, "position": 0, "due_on": "2027-01-15", "gross": 1}
    orphan = Entry(table="instalment", row=an_id(), op=Op.CREATE, new={**payment, "proposal_id": other})
    part = Entry(table="instalment", row=an_id(), op=Op.CREATE, new={**payment, "proposal_id": proposal})
    drop = Entry(table="proposal", row=proposal, op=Op.DELETE, base_ver=1, old=made.new)
    body = message(*(changeset(n, entry) for n, entry in enumerate((orphan, made, part, drop), 1)))
    _, *answers, _ = asked(device, body)
    results = [answer.result for answer in answers if isinstance(answer, Answer)]
    assert [r.code if isinstance(r, Rejected) else "applied" for r in results] == [
        "OWNER_GONE",
        "applied",
        "applied",
        "PARTS_STAND",
    ]
    assert world.centre.value("SELECT count(*) FROM instalment") == 1
