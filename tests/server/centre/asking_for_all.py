"""What is asked of each route by somebody after something, and the policy by which the answer is judged."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from random import Random
from urllib.parse import quote

import msgspec

from app.store.codec import Record
from app.store.rows import REVISION
from sync.client.identity import fresh_key
from sync.protocol import transfer
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.frames import Ask, Frame, FrameWriter, Push, Verify
from sync.protocol.handshake import PROTOCOL, Cursor, Hello
from sync.server.clock import now_us
from tests.server.centre.canaries import (
    BURIED,
    FURTHER,
    GONE,
    HOUR,
    PASSWORD,
    THINGS,
    Aim,
    Asker,
    Mark,
    Stage,
    row_id,
    word,
)

TUS = {"Tus-Resumable": transfer.TUS}


@dataclass(frozen=True, slots=True)
class Request:
    """One question: how it is sent, whether what it names is the asker's, and what it names (no answer tells that)."""

    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    is_own: bool = False
    tells_apart: str = ""
    """Why this question alone may be answered otherwise where what it names is another's than where it is not there."""
    named: tuple[str, ...] = ()


Asking = Callable[[Stage, Asker, Aim, Random], list[Request]]
Telling = Callable[[Asker, Mark], bool]


@dataclass(frozen=True, slots=True)
class Policy:
    """Who is answered by a route, what of whose it may tell, what it is asked about, and what is asked."""

    who: str
    """`device`: one that proved itself and stands; `anyone`."""
    tells: Telling
    about: str
    """`account` or `person` where something of one is named, `nothing` else."""
    ask: Asking
    refuses: bool = True
    """Whether it refuses what names something that is not the asker's."""


# ---------------------------------------------------------------------------------------------- what may be told
def _nothing(_: Asker, __: Mark) -> bool:
    return False


def _rows(asker: Asker, mark: Mark) -> bool:
    """The own portfolio and what is loaded; of what left it or was deleted that it did; the team's names."""
    if asker.state != "live":
        return False
    if mark.kind == "person":
        return asker.is_of_team(mark.of)
    if mark.kind in {"id", "account"} and asker.login == "marie" and mark.of in {"left", "deleted"}:
        return True
    if mark.kind == "file" or mark.of in BURIED:
        return mark.kind in {"id", "account", "found", "inner"} and asker.login == "paul" and mark.of == "buried"
    return mark.kind in {"id", "account", "found", "inner"} and asker.holds(mark.of)


def _exchanged(asker: Asker, mark: Mark) -> bool:
    """The same, to one that is leaving as far as answers to what it sends tell it.

    And to who had an account until it left, the name it goes by, with the refusal of a late edit.
    """
    if mark == Mark("left", "found"):
        return asker.login in {"marie", "paul"}
    if asker.state == "leaving":
        return mark.kind in {"person", "inner", "id", "account"} and mark.of in {"marie", "own"}
    return _rows(asker, mark)


def _answers(asker: Asker, mark: Mark) -> bool:
    return mark == Mark(asker.name, "answer") or _exchanged(asker, mark)


def _file(asker: Asker, mark: Mark) -> bool:
    return asker.state == "live" and mark.kind in {"file", "id"} and asker.holds(mark.of) and mark.of not in BURIED


def _found(asker: Asker, mark: Mark) -> bool:
    if asker.state != "live":
        return False
    owners = {"own": "marie", "loaded": "karim", "over": "karim", "colleague": "karim"}
    owners |= {"foreign": "paul", "buried": "paul", "left": "paul"}
    whose = mark.of if mark.kind == "person" else owners.get(mark.of, "")
    return mark.kind in {"person", "found", "account"} and bool(whose) and asker.is_of_team(whose)


def _devices(asker: Asker, mark: Mark) -> bool:
    is_own = mark.of == asker.login and asker.state != "out"
    return mark.kind in {"device", "person"} and (is_own or asker.is_administrator)


def _itself(asker: Asker, mark: Mark) -> bool:
    """Its own name, in the lease and the scopes it is told; the names of its scopes."""
    return mark.of == asker.login and mark.kind in {"device", "person"} and asker.state != "out"


def _greeted(asker: Asker, mark: Mark) -> bool:
    return _itself(asker, mark) or (mark.kind == "account" and mark.of in asker.loads)


# ---------------------------------------------------------------------------------------------- what is asked
def _once(path: str, body: bytes = b"") -> Asking:
    return lambda _stage, _asker, _aim, _random: [Request(path, body, is_own=True)]


def _message(*frames: Frame) -> bytes:
    writer = FrameWriter()
    return writer.lines(frames) + writer.end()


def _all_scopes(asker: Asker, aim: Aim) -> dict[str, bool]:
    """The scopes about something, and whether each is the asker's."""
    load, rep, team = aim.scopes
    of_own = {
        load: aim.thing in asker.loads,
        rep: aim.login == word(asker.login, "login"),
        team: asker.team == aim.team,
    }
    return {scope: asker.state == "live" and is_own for scope, is_own in of_own.items()}


def _scopes(asker: Asker, aim: Aim) -> dict[str, bool]:
    """The same, those of a person with several accounts once."""
    scopes = list(_all_scopes(asker, aim).items())
    return dict(scopes[:1] if aim.thing in FURTHER else scopes)


def _epoch(stage: Stage, asker: Asker) -> str:
    """One that is leaving has no scopes: with the present epoch it would wait for them."""
    return "" if asker.state == "leaving" else stage.epoch


def _cursors(aim: Aim, random: Random, *more: Cursor) -> tuple[Cursor, ...]:
    return (*more, *(Cursor(scope=scope, seq=random.choice((0, 0, 1)), tag="") for scope in aim.scopes))


def _is_some_own(asker: Asker, aim: Aim) -> bool:
    return any(_all_scopes(asker, aim).values())


def _hello(stage: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    hello = Hello(protocol=PROTOCOL, revision=REVISION, epoch=stage.epoch, cursors=_cursors(aim, random))
    return [Request("/sync/v1/hello", msgspec.json.encode(hello), is_own=_is_some_own(asker, aim), named=aim.scopes)]


def _snapshot(_: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    resume = random.choice(("", "", f"1.{'0' * 16}.account.{aim.account}", f"1.{'0' * 16}.contact.{'0' * 32}"))
    packed = random.choice(((), (("Accept-Encoding", "zstd"),)))
    return [
        Request(f"/sync/v1/snapshot?scope={quote(scope)}&resume={resume}", b"", packed, is_own, named=(scope, resume))
        for scope, is_own in _scopes(asker, aim).items()
    ]


def _exchange(stage: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=stage.epoch, cursors=_cursors(aim, random), first=1)
    named = (*aim.scopes, *aim.rows.values())
    asked = [Request("/sync/v1/exchange", _message(ask), is_own=_is_some_own(asker, aim), named=named)]
    if asker.state == "out":
        return asked
    n = stage.last_n(asker)
    own = row_id("account", {"marie": "own", "karim": "colleague", "paul": "foreign"}.get(asker.login, "none"))
    silent = msgspec.structs.replace(ask, cursors=())
    entries = _entries(asker, aim, own, random, row_id("fresh", f"{asker.name}/{n}"))
    for entry, apart in random.sample(entries, min(stage.most_pushed, len(entries))):
        n += 1
        push = Changeset(
            n=n, mid=row_id("mid", f"{asker.name}/{n}"), name="test", at=1, revision=REVISION, entries=(entry,)
        )
        body = _message(silent, Push(changeset=push))
        is_own = asker.holds(aim.thing) or aim.thing in {"left", *BURIED}
        asked.append(Request("/sync/v1/exchange", body, (), is_own, apart, (*named, entry.row)))
        stage.said.setdefault(asker.name, set()).update((*named, entry.row))
    # What was answered to another, asked for as if it were sent once more.
    push = Changeset(n=n + 1, mid=row_id("mid", aim.thing), name="test", at=1, revision=REVISION)
    return [*asked, Request("/sync/v1/exchange", _message(silent, Push(changeset=push)), is_own=True, named=named)]


_KNOWN = "whoever knows the id of a row, 74 bits of chance that only its own scopes are told, learns that it is there"


def _entries(asker: Asker, aim: Aim, own: str, random: Random, fresh: str) -> list[tuple[Entry, str]]:
    """Everything that a device may try on rows of another's: change, delete, make, make again, point at, take over."""
    if aim.thing in BURIED and THINGS[aim.thing] == asker.login:
        return []  # its own to bring back to life
    rows = aim.rows
    said = {name: word(aim.thing, "inner") for name in ("name", "role", "email", "mobile", "phone")}
    instalment: Record = {
        "account_id": own,
        "proposal_id": rows["proposal"],
        "position": 0,
        "due_on": "2030-01-01",
        "gross": 0,
    }
    item: Record = {"position": 0, "subject": "test", "is_done": 0}
    field = random.choice(sorted(said))
    mine: Record = {field: said[field] + "x"}
    contact: Record = {"account_id": own, "position": 0, "is_signatory": 0, **dict.fromkeys(said, "test")}
    again = fresh if aim.thing in BURIED else rows["contact"]  # the id of what is gone is free, for who knows it
    return [
        (Entry(table="contact", row=rows["contact"], op=Op.UPDATE, old={field: said[field]}, new=mine), _KNOWN),
        (Entry(table="preparation_item", row=rows["preparation_item"], op=Op.DELETE), _KNOWN),
        (Entry(table="preparation_item", row=fresh, op=Op.CREATE, new={"account_id": rows["account"], **item}), ""),
        (Entry(table="contact", row=again, op=Op.CREATE, new=contact), _KNOWN),
        (Entry(table="instalment", row=fresh, op=Op.CREATE, new=instalment), _KNOWN),
        (Entry(table="account", row=rows["account"], op=Op.DELETE), _KNOWN),
        (Entry(table="account", row=rows["account"], op=Op.UPDATE, old={"rep_id": ""}, new={"rep_id": ""}), _KNOWN),
    ]


def _results(stage: Stage, asker: Asker, _: Aim, random: Random) -> list[Request]:
    path = f"/sync/v1/results?first=1&last={random.randint(1, 2_000)}"
    return [Request(path, is_own=True, named=tuple(stage.said.get(asker.name, ())))]


def _repair(stage: Stage, asker: Asker, aim: Aim, _: Random) -> list[Request]:
    return [
        Request(
            "/sync/v1/repair",
            _message(
                Verify(protocol=PROTOCOL, revision=REVISION, epoch=stage.epoch, scope=scope, buckets=("0" * 16,) * 256)
            ),
            is_own=is_own,
            named=(scope,),
        )
        for scope, is_own in _scopes(asker, aim).items()
    ]


def _pull(stage: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    cursors = _cursors(aim, random, Cursor(scope="catalogue", seq=0, tag=""))
    ask = Ask(protocol=PROTOCOL, revision=REVISION, epoch=_epoch(stage, asker), cursors=cursors, first=1)
    return [Request("/sync/v1/pull", _message(ask), is_own=_is_some_own(asker, aim), named=aim.scopes)]


def _create(_: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    said = (("Upload-Length", str(random.randint(0, 9_999))), ("Upload-Metadata", transfer.metadata_of(aim.sha256)))
    is_own = asker.holds(aim.thing) and aim.thing not in BURIED
    return [Request("/sync/v1/blobs", b"", (*TUS.items(), *said), is_own, named=(aim.sha256,))]


def _upload(_: Stage, __: Asker, aim: Aim, random: Random) -> list[Request]:
    offset = str(random.choice((0, len(word("paul", "piece")))))
    said = (*TUS.items(), ("Content-Type", transfer.OCTETS), ("Upload-Offset", offset))
    body = random.choice((b"", b"of another"))
    return [Request(f"/sync/v1/blobs/uploads/{aim.upload}", body, said, named=(aim.upload,))]


def _fetch(_: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    ranged = random.choice(((), (("Range", "bytes=0-99"),), (("Range", "bytes=7-"), ("If-Range", '"other"'))))
    is_own = asker.state == "live" and asker.holds(aim.thing) and aim.thing not in BURIED
    return [Request(f"/sync/v1/blobs/{aim.sha256}", b"", ranged, is_own, named=(aim.sha256,))]


def _load(_: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    body = msgspec.json.encode({"account_id": aim.account, "until": now_us() + random.choice((1, 9)) * HOUR})
    login = aim.login.removeprefix("zq").partition("x")[0]
    is_own = aim.thing not in GONE and asker.state != "out" and asker.is_of_team(login)
    return [Request("/sync/v1/loads", body, is_own=is_own, named=(aim.account,))]


def _unload(_: Stage, __: Asker, aim: Aim, ___: Random) -> list[Request]:
    return [Request(f"/sync/v1/loads/{aim.account}", named=(aim.account,))]


def _search(_: Stage, asker: Asker, aim: Aim, random: Random) -> list[Request]:
    words = random.choice((word(aim.thing, "found"), word(aim.thing, "found").upper(), word(aim.thing, "found")[:-3]))
    login = aim.login.removeprefix("zq").partition("x")[0]
    is_own = asker.state != "out" and asker.is_of_team(login)
    return [Request(f"/centre/v1/accounts?q={q}", is_own=is_own, named=(q,)) for q in (words, word(aim.thing, "inner"))]


def _of_device(what: str, *, is_for_own: bool = False) -> Asking:
    def ask(_: Stage, asker: Asker, aim: Aim, __: Random) -> list[Request]:
        is_own = asker.is_administrator or (is_for_own and aim.login == word(asker.login, "login"))
        return [Request(f"/centre/v1/devices/{aim.device}/{what}", is_own=is_own, named=(aim.device,))]

    return ask


def _code(_: Stage, asker: Asker, aim: Aim, __: Random) -> list[Request]:
    return [
        Request(
            "/centre/v1/codes", msgspec.json.encode({"login": aim.login}), (), asker.is_administrator, "", (aim.login,)
        )
    ]


def _renew(_: Stage, __: Asker, ___: Aim, ____: Random) -> list[Request]:
    body = {"public_key": fresh_key()[1], "first": 2}
    return [Request("/centre/v1/device/renew", msgspec.json.encode(body), is_own=True)]


def _deposit(stage: Stage, _: Asker, aim: Aim, random: Random) -> list[Request]:
    content = random.choice(("{}", stage.deposit_of(aim.store)))
    apart = "a store that nobody has is taken in; its id is as much chance as a row's" if content != "{}" else ""
    body = msgspec.json.encode({"store": aim.store, "content": content})
    return [Request("/centre/v1/deposit", body, tells_apart=apart, named=(aim.store,))]


def _enrol(stage: Stage, _: Asker, aim: Aim, random: Random) -> list[Request]:
    """The right password with a code of somebody else, and a right code with another password."""
    others = [code for login, code in sorted(stage.codes.items()) if word(login, "login") != aim.login]
    secret = random.choice(((PASSWORD, random.choice(others)), ("another word", aim.code)))
    body = {"login": aim.login, "password": secret[0], "code": secret[1], "name": "x", "public_key": fresh_key()[1]}
    more = {"certificate_request": "x"}
    return [Request("/centre/v1/enrol", msgspec.json.encode(body | more), named=(aim.login,))]


def _recover(stage: Stage, _: Asker, aim: Aim, random: Random) -> list[Request]:
    login = random.choice((aim.login, word("karim", "login")))
    body = {"login": login, "password": PASSWORD, "code": aim.code, "store": aim.store, "public_key": fresh_key()[1]}
    return [Request("/centre/v1/recover", msgspec.json.encode(body), named=(aim.login, aim.store))]


def _receipt(path: str, more: Mapping[str, str]) -> Asking:
    def ask(_: Stage, __: Asker, aim: Aim, random: Random) -> list[Request]:
        receipt = random.choice((aim.device, aim.store, aim.login, ""))
        return [Request(path, msgspec.json.encode({"receipt": receipt, **more}), named=(receipt,) if receipt else ())]

    return ask


POLICIES: Mapping[tuple[str, str], Policy] = {
    ("GET", "/centre/v1/openapi.json"): Policy("anyone", _nothing, "nothing", _once("/centre/v1/openapi.json")),
    ("HEAD", "/centre/v1/openapi.json"): Policy("anyone", _nothing, "nothing", _once("/centre/v1/openapi.json")),
    ("GET", "/centre/v1/health"): Policy("anyone", _nothing, "nothing", _once("/centre/v1/health")),
    ("POST", "/sync/v1/hello"): Policy("device", _greeted, "account", _hello, refuses=False),
    ("GET", "/sync/v1/snapshot"): Policy("device", _rows, "account", _snapshot),
    ("POST", "/sync/v1/exchange"): Policy("device", _exchanged, "account", _exchange, refuses=False),
    ("GET", "/sync/v1/results"): Policy("device", _answers, "nothing", _results),
    ("POST", "/sync/v1/repair"): Policy("device", _rows, "account", _repair),
    ("POST", "/sync/v1/pull"): Policy("device", _greeted, "account", _pull, refuses=False),
    ("OPTIONS", "/sync/v1/blobs"): Policy("device", _nothing, "nothing", _once("/sync/v1/blobs")),
    ("POST", "/sync/v1/blobs"): Policy("device", _nothing, "account", _create),
    ("HEAD", "/sync/v1/blobs/uploads/{upload}"): Policy("device", _nothing, "person", _upload),
    ("PATCH", "/sync/v1/blobs/uploads/{upload}"): Policy("device", _nothing, "person", _upload),
    ("DELETE", "/sync/v1/blobs/uploads/{upload}"): Policy("device", _nothing, "person", _upload),
    ("HEAD", "/sync/v1/blobs/{sha256}"): Policy("device", _file, "account", _fetch),
    ("GET", "/sync/v1/blobs/{sha256}"): Policy("device", _file, "account", _fetch),
    ("POST", "/sync/v1/loads"): Policy("device", _nothing, "account", _load),
    ("DELETE", "/sync/v1/loads/{account_id}"): Policy("device", _nothing, "account", _unload, refuses=False),
    ("GET", "/centre/v1/accounts"): Policy("device", _found, "account", _search, refuses=False),
    ("GET", "/centre/v1/arrived"): Policy("device", _nothing, "nothing", _once("/centre/v1/arrived")),
    ("GET", "/centre/v1/devices"): Policy("device", _devices, "nothing", _once("/centre/v1/devices")),
    ("GET", "/centre/v1/users"): Policy("device", _devices, "nothing", _once("/centre/v1/users")),
    ("POST", "/centre/v1/devices/{device}/revoke"): Policy(
        "device", _nothing, "person", _of_device("revoke", is_for_own=True)
    ),
    ("POST", "/centre/v1/devices/{device}/wipe"): Policy("device", _nothing, "person", _of_device("wipe")),
    ("POST", "/centre/v1/devices/{device}/wipe/cancel"): Policy(
        "device", _nothing, "person", _of_device("wipe/cancel")
    ),
    ("POST", "/centre/v1/devices/{device}/recovery"): Policy("device", _nothing, "person", _of_device("recovery")),
    ("POST", "/centre/v1/codes"): Policy("device", _nothing, "person", _code),
    ("POST", "/centre/v1/device/renew"): Policy("device", _nothing, "nothing", _renew),
    ("PUT", "/centre/v1/deposit"): Policy("device", _nothing, "person", _deposit, refuses=False),
    ("POST", "/centre/v1/enrol"): Policy("anyone", _nothing, "person", _enrol),
    ("POST", "/centre/v1/recover"): Policy("anyone", _nothing, "person", _recover),
    ("POST", "/centre/v1/wiped"): Policy("anyone", _nothing, "person", _receipt("/centre/v1/wiped", {"step": "done"})),
    ("PUT", "/centre/v1/rescue"): Policy(
        "anyone", _nothing, "person", _receipt("/centre/v1/rescue", {"content": b64encode(b"x").decode()})
    ),
}
"""Every route that the centre has, with its policy."""
