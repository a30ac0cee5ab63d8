"""Calls that follow one another: devices enter, read, write and are shut out, with what the centre gave before."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TypeVar

import msgspec

from app.store import wrapping
from app.store.rows import REVISION, SYNCED
from sync.client.enrolment import _certificate_request
from sync.client.identity import Identity, fresh_key
from sync.protocol import transfer
from sync.protocol.buckets import COUNT
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.protocol.devices import (
    CodeAsked,
    Deposit,
    Recover,
    Rescue,
    WipeNews,
    WipeStep,
    read_code_made,
    read_recovered,
)
from sync.protocol.enrolment import Enrol, read_enrolled
from sync.protocol.frames import Ask, Columns, Frame, Mark, Push, Rows, Told, Verify
from sync.protocol.handshake import PROTOCOL, Cursor, Hello, read_welcome
from sync.protocol.loads import LoadAsked, read_made
from sync.protocol.renewal import Renew, read_renewed
from sync.protocol.scope import TABLES
from sync.server.clock import now_us
from tests.server.centre.described_calls import Answer, Calls, Code, Found, Held, message, read
from tests.sync.world import PASSWORD, an_id

LOGINS = ("boss", "marie", "paul", "nobody")
PIECE = 100
T = TypeVar("T")
MOST_REMEMBERED = 6
"""Rows and marks of one answer that later calls take up."""


VALUES: tuple[Value, ...] = (
    None,
    True,
    *(-1, 0, 1, 3, 2**31, 2**53, -(2**63), 2**63, 10**30, 1.5, 1e300),
    *("", "é", "\x00", "\ud7ff", "x" * 5_000, "[]", "{", "2026-11-22", "9999-99-99"),
    *(an_id(1), an_id(2), "0" * 32, "nobody"),
)
"""What somebody might write into a column: sound, of another kind, or beyond every limit."""


class Nothing(Exception):
    """Nothing was given yet of which a step could make use."""


class Walk:
    """Any described call in any order, drawn from a seed, with the ids, tokens, codes and marks that earlier ones gave.

    After `LONGEST` steps all is forgotten but the centre's own memory, and fresh devices enter.
    """

    LONGEST = 80

    def __init__(self, calls: Calls, rng: random.Random) -> None:
        self.calls = calls
        self._rng = rng
        self._devices: list[Held] = []
        self._codes: list[Code] = []
        self._recoveries: list[Code] = []
        self._cursors: list[Cursor] = []
        self._resumes: list[tuple[str, str]] = []
        self._rows: list[Found] = []
        self._uploads: list[tuple[str, Held]] = []
        self._stores: list[tuple[str, Held]] = []
        self._ordered: list[Held] = []
        self._receipts: list[str] = []
        for login in ("boss", "marie", "paul"):
            self._enter(login, calls.centre.code(login))
        self._accounts = [calls.centre.account(rep) for rep in calls.reps]
        self._content = self._signed_document()
        self._steps = (
            *(self.ask_a_code, self.enter, self.entrust, self.ask_a_recovery_code, self.recover, self.renew),
            *(self.greet, self.greet, self.hear_the_order, self.hear_the_order, self.read_a_scope, self.read_on),
            *(self.exchange, self.write_anything, self.write_what_was_read, self.write_it_a_second_time),
            *(self.write_anything, self.write_what_was_read),
            *(self.hear_again, self.repair, self.listen, self.load, self.unload, self.search),
            *(self.begin_a_file, *[self.bring_pieces] * 3, self.end_a_file, self.fetch, self.ask_of_tus),
            *(self.look, self.look, self.shut_out, self.tell_of_the_wipe, self.leave_what_was_not_sent),
        )

    def go(self) -> None:
        """Take the steps of one walk."""
        for _ in range(self.LONGEST):
            with suppress(Nothing):
                self._rng.choice(self._steps)()

    def _one(self, given: Sequence[T]) -> T:
        """One of what was given, rather of the last."""
        if not given:
            raise Nothing
        return self._rng.choice(given if self._rng.random() < 0.5 else given[-3:])

    def _some(self, given: Sequence[T], most: int) -> tuple[T, ...]:
        return tuple(self._one(given) for _ in range(self._rng.randrange(most + 1)) if given)

    def _maybe(self) -> bool:
        return self._rng.random() < 0.5

    def _few(self) -> int:
        return self._rng.randrange(4)

    @property
    def _by(self) -> Held:
        return self._one(self._devices)

    def _of(self, login: str) -> Held:
        """Mostly a device of somebody who may, else anybody's."""
        theirs = [device for device in self._devices if device.login == login]
        return self._one(theirs) if theirs and self._rng.random() < 0.8 else self._by

    # ------------------------------------------------------------------------------------------ entering
    def _enter(self, login: str, code: str, password: str = PASSWORD) -> None:
        key, public = fresh_key()
        _, request = _certificate_request()
        wish = Enrol(
            login=login, password=password, code=code, name="x", public_key=public, certificate_request=request
        )
        answer = self.calls.ask("POST", "/centre/v1/enrol", None, wish)
        if answer.is_good:
            given = read_enrolled(answer.body)
            self._devices.append(Held(login, Identity(given.device, given.token, key), given.recovery_public_key))

    def _signed_document(self) -> bytes:
        content = b"%PDF " + self._rng.randbytes(400)
        row = {"proposal_id": an_id(), "kind": "signed_order_form", "number": "1", "state": "signed_to_confirm"}
        named: dict[str, Value] = {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content), "made_at": 1}
        self.calls.centre.load("document", {"id": an_id(), "account_id": self._accounts[0], **row, **named})
        return content

    def ask_a_code(self) -> None:
        login = self._rng.choice(LOGINS)
        answer = self.calls.ask("POST", "/centre/v1/codes", self._of("boss"), CodeAsked(login=login))
        if answer.is_good:
            self._codes.append(Code(login, read_code_made(answer.body).code))

    def enter(self) -> None:
        code = self._one(self._codes)
        self._enter(code.login, code.code, PASSWORD if self._maybe() else "wrong")

    def entrust(self) -> None:
        by, store = self._by, secrets.token_hex(16)
        key = by.organisation if self._rng.random() < 0.8 else fresh_key()[1]
        content = msgspec.json.encode(wrapping.entrust(bytes(32), key, store.encode())).decode()
        if self.calls.ask("PUT", "/centre/v1/deposit", by, Deposit(store=store, content=content)).is_good:
            self._stores.append((store, by))

    def ask_a_recovery_code(self) -> None:
        of, by = self._one(self._stores)[1] if self._maybe() else self._by, self._of("boss")
        answer = self.calls.ask("POST", "/centre/v1/devices/{device}/recovery", by, device=of.identity.device)
        if answer.is_good:
            self._recoveries.append(Code(of.login, read_code_made(answer.body).code))

    def recover(self) -> None:
        key, public = fresh_key()
        code, store = self._one(self._recoveries), self._one(self._stores)[0]
        wish = Recover(login=code.login, password=PASSWORD, code=code.code, store=store, public_key=public)
        answer = self.calls.ask("POST", "/centre/v1/recover", None, wish)
        if answer.is_good:
            given = read_recovered(answer.body)
            identity = Identity(given.device, given.token, key)
            self._devices.append(Held(code.login, identity, given.recovery_public_key))

    def renew(self) -> None:
        by, (key, public) = self._by, fresh_key()
        wish = Renew(public_key=public, first=max(1, by.last_n + self._few()))
        answer = self.calls.ask("POST", "/centre/v1/device/renew", by, wish)
        if answer.is_good:
            given = read_renewed(answer.body)
            self._devices.append(Held(by.login, Identity(given.device, given.token, key), by.organisation, by.last_n))

    # ------------------------------------------------------------------------------------------ reading, writing
    def greet(self) -> None:
        by = self._by
        hello = Hello(
            protocol=PROTOCOL,
            revision=REVISION,
            epoch=by.epoch,
            cursors=self._some(self._cursors, 2),
            last=by.last_n,
            answered=self._few(),
        )
        answer = self.calls.ask("POST", "/sync/v1/hello", by, hello)
        if answer.is_good:
            welcome = read_welcome(answer.body)
            by.epoch, by.last_n = welcome.epoch, welcome.last_n
            self._cursors += (Cursor(scope=head.scope, seq=head.head, tag=head.tag) for head in welcome.scopes)

    def hear_the_order(self) -> None:
        by = self._one(self._ordered)
        answer = self.calls.ask("POST", "/sync/v1/hello", by, Hello(protocol=PROTOCOL, revision=REVISION))
        if answer.is_good:
            self._receipts += filter(None, [read_welcome(answer.body).standing.wipe])

    def read_a_scope(self) -> None:
        at = self._one(self._cursors)
        frames = read(self.calls.ask("GET", "/sync/v1/snapshot", self._by, query={"scope": at.scope}))
        marks = [frame for frame in frames if isinstance(frame, Mark)]
        self._resumes += [(mark.scope, mark.resume) for mark in marks if mark.resume][:MOST_REMEMBERED]
        self._rows += _rows(frames)

    def read_on(self) -> None:
        scope, resume = self._one(self._resumes)
        named = scope if self._maybe() else self._one(self._cursors).scope
        self.calls.ask("GET", "/sync/v1/snapshot", self._by, query={"scope": named, "resume": resume})

    def exchange(self) -> None:
        self._exchange(self._by, self._some(self._cursors, 3))

    def write_anything(self) -> None:
        by, table, op = self._by, self._rng.choice(TABLES), self._rng.choice(tuple(Op))
        new = {} if op is Op.DELETE else self._values_of(table)
        self._push(by, Entry(table=table, row=an_id(self._rng.randrange(1, 40)), op=op, new=new))

    def write_what_was_read(self) -> None:
        by, found = self._by, self._one(self._rows)
        is_update = self._rng.random() < 0.7
        new = self._values_of(found.table) if is_update else {}
        old = {name: found.values.get(name) for name in new} if is_update else found.values
        row, ver = str(found.values["id"]), found.values.get("ver")
        base, op = ver if isinstance(ver, int) else 0, Op.UPDATE if is_update else Op.DELETE
        self._push(by, Entry(table=found.table, row=row, op=op, base_ver=base, old=old, new=new))

    def write_it_a_second_time(self) -> None:
        found = self._one(self._rows)
        self._push(self._by, Entry(table=found.table, row=an_id(), op=Op.CREATE, new=found.values))

    def _values_of(self, table: str) -> dict[str, Value]:
        columns = [column.name for column in SYNCED.tables[table].columns if column.name != "ver"]
        named = self._rng.sample(columns, min(len(columns), self._few() + 1))
        return {name: self._rng.choice(VALUES) for name in named}

    def _push(self, by: Held, entry: Entry) -> None:
        """The next changeset, one said before, another one under its number, or one that leaves a gap."""
        turn = self._rng.choice(("next", "next", "next", "again", "other", "gap"))
        n = {"next": by.last_n + 1, "gap": by.last_n + 3}.get(turn, max(by.last_n, 1))
        mid, at = secrets.token_hex(16), now_us()
        said = by.said.get(n) if turn == "again" else None
        if said is None:
            said = Changeset(n=n, mid=mid, name="edit", at=at, revision=REVISION, final=True, entries=(entry,))
        by.said[n] = said
        self._exchange(by, (), Push(changeset=said))

    def _exchange(self, by: Held, claimed: Iterable[Cursor], *pushes: Push) -> None:
        at = tuple(Cursor(scope=each.scope, seq=max(0, each.seq - self._few()), tag=each.tag) for each in claimed)
        first = min([push.changeset.n for push in pushes], default=by.last_n + 1)
        ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=by.epoch, cursors=at, first=first)
        frames = read(self.calls.ask("POST", "/sync/v1/exchange", by, message(ask, *pushes)))
        self._rows += _rows(frames)
        for frame in frames:
            if isinstance(frame, Told):
                by.last_n = frame.last_n

    def hear_again(self) -> None:
        first = self._few()
        self.calls.ask("GET", "/sync/v1/results", self._by, query={"first": first, "last": first + self._few()})

    def repair(self) -> None:
        by, at = self._by, self._one(self._cursors)
        sums = (f"{self._rng.getrandbits(128):032x}" if self._maybe() else "", *("",) * (COUNT - 1))
        verify = Verify(protocol=PROTOCOL, revision=REVISION, epoch=by.epoch, scope=at.scope, buckets=sums)
        self.calls.ask("POST", "/sync/v1/repair", by, message(verify))

    def listen(self) -> None:
        """A device of another epoch is answered at once; any other may wait for 25 seconds."""
        at = self._some(self._cursors, 2)
        ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch="another", cursors=at, first=1)
        self.calls.ask("POST", "/sync/v1/pull", self._by, message(ask))

    # ------------------------------------------------------------------------------------------ loads, files
    def load(self) -> None:
        until = max(0, now_us() + self._rng.randrange(-1, 2_000) * 3_600_000_000)
        wish = LoadAsked(account_id=self._rng.choice([*self._accounts, "nothing"]), until=until)
        answer = self.calls.ask("POST", "/sync/v1/loads", self._by, wish)
        if answer.is_good:
            self._cursors.append(Cursor(scope=read_made(answer.body).scope, seq=0, tag=""))

    def unload(self) -> None:
        account = self._rng.choice(self._accounts)
        self.calls.ask("DELETE", "/sync/v1/loads/{account_id}", self._by, account_id=account)

    def search(self) -> None:
        words = self._rng.choice(("rose", "é", "r", "% _", "\x00\x00\x00", "x" * 500))
        self.calls.ask("GET", "/centre/v1/accounts", self._by, query={"q": words})

    def begin_a_file(self) -> None:
        named = transfer.metadata_of(hashlib.sha256(self._content).hexdigest())
        size, by = len(self._content) + self._rng.choice((0, 0, 0, 0, 1, 10**9)), self._of("marie")
        headers = {"Tus-Resumable": transfer.TUS, "Upload-Length": str(size), "Upload-Metadata": named}
        answer = self.calls.ask("POST", "/sync/v1/blobs", by, headers=headers)
        if answer.is_good:
            self._uploads.append((answer.headers["location"].rpartition("/")[2], by))

    def bring_pieces(self) -> None:
        """From where the centre says it stands, by small pieces or all the rest at once."""
        upload, by = self._upload_of()
        length = self._rng.choice((PIECE, 0, len(self._content), len(self._content)))
        begins = int(self._upload("HEAD", by, upload).headers.get("upload-offset", 0))
        for _ in range(self._few()):
            part = self._content[begins : begins + length]
            headers = {"Content-Type": transfer.OCTETS, "Upload-Offset": str(begins)}
            headers["Upload-Checksum"] = transfer.checksum_of(part if self._rng.random() < 0.8 else b"another")
            self._upload("PATCH", by, upload, part, headers)
            begins += len(part)

    def end_a_file(self) -> None:
        upload, by = self._upload_of()
        self._upload("DELETE", by, upload)

    def _upload_of(self) -> tuple[str, Held]:
        """A file that was begun, with who began it or sometimes another."""
        upload, by = self._one(self._uploads)
        return upload, by if self._rng.random() < 0.8 else self._by

    def _upload(
        self, method: str, by: Held, upload: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> Answer:
        spoken = {"Tus-Resumable": transfer.TUS, **(headers or {})}
        return self.calls.ask(method, "/sync/v1/blobs/uploads/{upload}", by, body, spoken, upload=upload)

    def fetch(self) -> None:
        asked = {"Range": f"bytes={self._rng.randrange(500)}-"} if self._maybe() else {}
        name, method = hashlib.sha256(self._content).hexdigest(), self._rng.choice(("GET", "HEAD"))
        self.calls.ask(method, "/sync/v1/blobs/{sha256}", self._of("marie"), headers=asked, sha256=name)

    def ask_of_tus(self) -> None:
        self.calls.ask("OPTIONS", "/sync/v1/blobs", self._by)

    # ------------------------------------------------------------------------------------------ devices
    def look(self) -> None:
        what = self._rng.choice(("devices", "users", "arrived", "health"))
        self.calls.ask("GET", f"/centre/v1/{what}", self._by)

    def shut_out(self) -> None:
        what, of, by = self._rng.choice(("revoke", "wipe", "wipe", "wipe/cancel")), self._by, self._of("boss")
        answer = self.calls.ask("POST", f"/centre/v1/devices/{{device}}/{what}", by, device=of.identity.device)
        if answer.is_good and what == "wipe":
            self._ordered.append(of)

    def tell_of_the_wipe(self) -> None:
        news = WipeNews(receipt=self._one(self._receipts), step=self._rng.choice(tuple(WipeStep)))
        self.calls.ask("POST", "/centre/v1/wiped", None, news)

    def leave_what_was_not_sent(self) -> None:
        left = Rescue(receipt=self._one(self._receipts), content=b"\x00sealed")
        self.calls.ask("PUT", "/centre/v1/rescue", None, left)


def _rows(frames: list[Frame]) -> list[Found]:
    found: list[Found] = []
    columns: dict[str, tuple[str, ...]] = {}
    for frame in frames:
        if isinstance(frame, Columns):
            columns[frame.table] = frame.columns
        elif isinstance(frame, Rows):
            row = frame.rows[-1]
            found.append(Found(frame.table, dict(zip(columns[frame.table], row, strict=True))))
    return found[:MOST_REMEMBERED]
