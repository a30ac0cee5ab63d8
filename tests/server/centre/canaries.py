"""A centre in which every row, file, device and person bears a word that says whose it is, and those who ask it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, Table, delete, insert, select, update

from app.store.codec import Record
from app.store.engine import Engines
from app.store.rows import SYNCED
from app.store.wrapping import entrust
from sync.client.identity import Identity, fresh_key
from sync.protocol.loads import LoadAsked
from sync.protocol.results import Rejected, pack_result
from sync.protocol.scope import CATALOGUE_TABLES, PORTFOLIO_ROOT, TABLES, load, portfolio, team
from sync.protocol.standing import Role
from sync.server.clock import now_us
from sync.server.database import in_one_write, own_picture
from sync.server.facts import fact
from sync.server.feed import Feed, write
from sync.server.grants.enrolment import hash_of, new_code
from sync.server.grants.people import NewUser, add_user
from sync.server.grants.rights import Caller
from sync.server.loads.service import drop_load, make_load
from sync.server.tables import (
    APPLIED,
    BLOB,
    BROUGHT,
    CODE,
    DELETED,
    DEPOSIT,
    DEVICE,
    LOAD,
    PIECE,
    RESCUE,
    SEARCHED,
    TOKEN,
    UPLOAD,
)

PASSWORD = "correct horse battery"
HOUR = 3_600_000_000
NORD, SUD = "zqnordteamzq", "zqsudteamzq"
PEOPLE = {
    "marie": (NORD, Role.REP),
    "karim": (NORD, Role.REP),
    "paul": (SUD, Role.REP),
    "chief": (NORD, Role.MANAGER),
    "boss": ("", Role.ADMINISTRATOR),
}
THINGS = {
    "own": "marie",
    "deleted": "marie",
    "loaded": "karim",
    "over": "karim",
    "colleague": "karim",
    "foreign": "paul",
    "buried": "paul",
    "left": "paul",
}
"""Accounts by what they are to Marie, and whose they are: `over` was loaded once, `left` was Marie's until it moved."""
FURTHER = frozenset({"deleted", "loaded", "over", "buried", "left"})
"""Accounts of people who have another one."""
GONE = frozenset({"deleted"})
BURIED = frozenset({"deleted", "buried"})
"""Of the second the account is there, and nothing that belonged to it."""
PARTS = [name for name in TABLES if "account_id" in SYNCED.tables[name].c]
_SOUND: Mapping[str, Record] = {"proposal": {"status": "draft", "kind": "apart"}}
"""Columns that hold one of a few words, in tables whose rows come back to life."""


def word(of: str, kind: str) -> str:
    """The word by which something is known again: of letters alone, so that a search finds it."""
    return f"zq{of}x{kind}zq"


def row_id(table: str, of: str) -> str:
    return hashlib.blake2b(f"{table}/{of}".encode(), digest_size=16).hexdigest()


def content_of(thing: str) -> bytes:
    return (word(thing, "file") * 40).encode()


@dataclass(frozen=True, slots=True)
class Mark:
    """What a byte string gives away: of whom or which account, and what kind of thing."""

    of: str
    kind: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks: a device of a person, in whatever state, or nobody at all."""

    name: str
    login: str = ""
    identity: Identity | None = None
    loads: frozenset[str] = frozenset()
    state: str = "live"
    """`live`, `leaving` (told to wipe itself: it may still send) or `out`."""

    @property
    def team(self) -> str:
        return PEOPLE[self.login][0] if self.login else ""

    @property
    def is_administrator(self) -> bool:
        return self.login == "boss" and self.state == "live"

    def is_of_team(self, login: str) -> bool:
        return login == self.login or (bool(self.team) and PEOPLE.get(login, ("",))[0] == self.team)

    def holds(self, thing: str) -> bool:
        """Whether an account that is there is this device's to read and write."""
        return thing not in GONE and (THINGS.get(thing) == self.login or thing in self.loads)


@dataclass(frozen=True, slots=True)
class Aim:
    """What is asked about: an account with all that belongs to it, and the person whose it is; or nothing there is."""

    thing: str
    login: str
    rep: str
    team: str
    device: str
    upload: str
    store: str
    code: str
    sha256: str
    rows: Mapping[str, str]

    @property
    def account(self) -> str:
        return self.rows[PORTFOLIO_ROOT]

    @property
    def scopes(self) -> tuple[str, ...]:
        return str(load(self.account)), str(portfolio(self.rep)), str(team(self.team))


@dataclass
class Stage:
    """The centre, who asks it, what there is to ask about, and what gives whom away."""

    engines: Engines
    epoch: str = ""
    reps: dict[str, str] = field(default_factory=dict)
    askers: dict[str, Asker] = field(default_factory=dict)
    aims: dict[str, Aim] = field(default_factory=dict)
    marks: dict[bytes, Mark] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    said: dict[str, set[str]] = field(default_factory=dict)
    """What a device named in what it pushed: the answers that it may hear again name it too."""
    most_pushed: int = 7
    """How many of the things that may be tried on rows are tried at once."""
    recovery_key: str = ""
    nothing: Aim = field(init=False)
    _callers: dict[str, Caller] = field(default_factory=dict)

    def deposit_of(self, store: str) -> str:
        """Give a key as a device of the organisation deposits it."""
        return msgspec.json.encode(entrust(b"k" * 32, self.recovery_key, store.encode())).decode()

    def last_n(self, asker: Asker) -> int:
        """The number of the last changeset taken from a device."""
        device = "" if asker.identity is None else asker.identity.device
        with own_picture(self.engines) as connection:
            found = connection.execute(select(DEVICE.c.last_n).where(DEVICE.c.device == device)).scalar()
        return int(found or 0)

    def put_back_loads(self) -> None:
        """Let the loads be again as they were: what was asked may have been allowed."""
        marie = self._callers["marie"]
        with own_picture(self.engines) as connection:
            made = {(row.account_id, row.device) for row in connection.execute(select(LOAD))}
            renewed = set(connection.execute(select(DEVICE.c.device).where(DEVICE.c.renewed_from != "")).scalars())
        wanted = {(self.aims[name].account, marie.device) for name in ("loaded", "over")}
        for account, device in made - wanted:
            if device not in renewed:
                drop_load(self.engines, Caller(device=device, login="", rep_id="", team=""), account)
        for name in ("loaded", "over"):
            if name == "loaded" and (self.aims[name].account, marie.device) in made:
                continue
            make_load(self.engines, marie, LoadAsked(account_id=self.aims[name].account, until=now_us() + HOUR))
        in_one_write(self.engines, self._end_load)

    def _end_load(self, connection: Connection) -> None:
        over = LOAD.c.account_id == self.aims["over"].account
        connection.execute(update(LOAD).where(over).values(expires_at=1))
        connection.execute(delete(SEARCHED))

    def of_others(self, asker: Asker) -> dict[tuple[str, str], str]:
        """Everything that is not this one's to change, by table and key."""
        things = {aim.account: name for name, aim in self.aims.items()}
        with own_picture(self.engines) as connection:
            whose = dict(connection.execute(select(DEVICE.c.device, DEVICE.c.login)).tuples().all())
            return dict(self._of_others(connection, asker, things, whose))

    def _of_others(
        self, connection: Connection, asker: Asker, things: Mapping[str, str], whose: Mapping[str, str]
    ) -> Iterator[tuple[tuple[str, str], str]]:
        for name in TABLES:
            for row in connection.execute(select(SYNCED.tables[name])).mappings():
                account = row["id"] if name == PORTFOLIO_ROOT else row.get("account_id", "")
                if name in CATALOGUE_TABLES or not asker.holds(things.get(account, "")):
                    yield (name, row["id"]), str(tuple(row.values()))
        yield from self._of_centre(connection, asker, whose)
        for row in connection.execute(select(DELETED)).mappings():
            if f'"account_id":"{self.aims["buried"].account}"' in row["content"] and asker.login != "paul":
                yield ("sync_deleted", row["table_name"] + row["row_id"]), row["content"]

    def _of_centre(
        self, connection: Connection, asker: Asker, whose: Mapping[str, str]
    ) -> Iterator[tuple[tuple[str, str], str]]:
        tables: tuple[Table, ...] = (DEPOSIT, RESCUE, LOAD, UPLOAD, APPLIED)
        if not asker.is_administrator:
            tables = (*tables, DEVICE, TOKEN)
        for table in tables:
            columns = [column for column in table.c if column.name not in {"seen_at", "exchanged_at", "lease_until"}]
            for row in connection.execute(select(*columns)).mappings():
                if whose.get(row["device"]) != word(asker.login, "login"):
                    yield (
                        (table.name, str([row[column.name] for column in table.primary_key])),
                        str(tuple(row.values())),
                    )
        for row in connection.execute(select(PIECE.c.upload, PIECE.c.start, PIECE.c.content)).mappings():
            yield ("blob_piece", f"{row['upload']}/{row['start']}"), bytes(row["content"]).hex()
        for row in connection.execute(select(CODE.c.id, CODE.c.login, CODE.c.used_at)).mappings():
            if row["login"] != word(asker.login, "login") and not asker.is_administrator:
                yield ("device_code", row["id"]), str(row["used_at"])


# ---------------------------------------------------------------------------------------------- made
def staged(engines: Engines) -> Stage:
    """Fill a migrated centre."""
    stage = Stage(engines)
    write(engines, lambda connection, feed: _people(stage, connection, feed))
    for login in PEOPLE:
        for kind in ("login", "name"):
            stage.marks[word(login, kind).encode()] = Mark(login, "person")
        stage.marks[stage.reps[login].encode()] = Mark(login, "person")
    write(engines, lambda _connection, feed: _fill(stage, feed))
    in_one_write(engines, lambda connection: _centre_rows(stage, connection))
    marie = stage.askers["marie"]
    assert marie.identity is not None
    stage._callers["marie"] = Caller(
        device=marie.identity.device, login=word("marie", "login"), rep_id=stage.reps["marie"], team=NORD
    )
    stage.put_back_loads()
    write(engines, _delete)
    write(engines, lambda connection, feed: _move(stage, connection, feed))
    return stage


def _people(stage: Stage, connection: Connection, feed: Feed) -> None:
    for login, (team_name, role) in PEOPLE.items():
        called = {"login": word(login, "login"), "name": word(login, "name")}
        new = NewUser(**called, password=PASSWORD, team=team_name, role=role)
        stage.reps[login] = str(add_user(connection, feed, new))


def _fill(stage: Stage, feed: Feed) -> None:
    for table in TABLES:
        if table in CATALOGUE_TABLES:
            feed.load(table, [_row(table, "all")])
        elif table == PORTFOLIO_ROOT:
            reps = {name: stage.reps["marie" if name == "left" else login] for name, login in THINGS.items()}
            feed.load(table, [_row(table, name) | {"rep_id": reps[name]} for name in THINGS])
        elif table in PARTS:
            # A document is never deleted, so that one account has none: nothing names its file any more.
            feed.load(table, [_row(table, name) for name in THINGS if table != "document" or name not in BURIED])
    for name in THINGS:
        for kind in ("found", "inner", "file"):
            stage.marks[word(name, kind).encode()] = Mark(name, kind)
        for table in (PORTFOLIO_ROOT, *PARTS):
            kind = "account" if table == PORTFOLIO_ROOT else "id"
            stage.marks[row_id(table, name).encode()] = Mark(name, kind)
        stage.marks[hashlib.sha256(content_of(name)).hexdigest().encode()] = Mark(name, "id")


def _row(table: str, of: str) -> Record:
    """A row that says of which account it is, wherever it can say anything; of one that moves, before it did."""
    row: Record = {"id": row_id(table, of)}
    for column in SYNCED.tables[table].columns:
        owner = next((key.column.table.name for key in column.foreign_keys), None)
        if owner is not None or column.name == "account_id":
            row[column.name] = row_id(owner or PORTFOLIO_ROOT, of)
        elif column.name == "sha256":
            row[column.name] = hashlib.sha256(content_of(of)).hexdigest()
        elif column.name not in ("id", "ver") and not column.nullable:
            is_found = table == PORTFOLIO_ROOT and column.name in ("number", "trade_name", "city")
            said = "before" if of == "left" and table in (PORTFOLIO_ROOT, "contact") else of
            row[column.name] = word(said, "found" if is_found else "inner") if column.type.python_type is str else 0
    return row | _SOUND.get(table, {})


def _centre_rows(stage: Stage, connection: Connection) -> None:
    stage.epoch, stage.recovery_key = fact(connection, "epoch"), fact(connection, "recovery_public_key")
    for login in PEOPLE:
        stage.askers[login] = _device(stage, connection, login, login)
        _spare(stage, connection, login)
    stage.askers["marie"] = _with(stage.askers["marie"], loads=frozenset({"loaded"}))
    stage.askers["tablet"] = _device(stage, connection, "tablet", "marie")
    stage.askers["leaving"] = _device(stage, connection, "leaving", "marie", wipe_asked_at=1, wipe_receipt="heard")
    stage.askers["shut out"] = _device(stage, connection, "shutout", "marie", revoked_at=1)
    stage.askers["wiped"] = _device(stage, connection, "wiped", "marie", revoked_at=1, wipe_asked_at=1, wipe_done_at=1)
    marie, paul = stage.askers["marie"].identity, stage.askers["paul"].identity
    assert marie is not None
    assert paul is not None
    stage.askers["thief"] = Asker("thief", identity=Identity(marie.device, marie.token, paul.key), state="out")
    stage.askers["nobody"] = Asker("nobody", state="out")
    stage.aims = {name: _aim(stage, name, login) for name, login in THINGS.items()}
    stage.aims["boss"] = _aim(stage, "boss", "boss")
    stage.nothing = _aim(stage, "nothing", "nothing")
    for name in THINGS:
        content, named = content_of(name), stage.aims[name].sha256
        connection.execute(insert(BLOB).values(sha256=named, size=len(content), content=content))
        connection.execute(insert(BROUGHT).values(sha256=named, account_id=row_id(PORTFOLIO_ROOT, name)))


def _aim(stage: Stage, thing: str, login: str) -> Aim:
    return Aim(
        thing=thing,
        login=word(login, "login"),
        rep=stage.reps.get(login, row_id("rep", login)),
        team=PEOPLE[login][0] if login in PEOPLE else "zqxxxxteamzq",
        device=row_id("spare", login),
        upload=row_id("upload", login),
        store=row_id("store", login),
        code=stage.codes.get(login, "ABCD-EFGH"),
        sha256=hashlib.sha256(content_of(thing)).hexdigest(),
        rows={table: row_id(table, thing) for table in (PORTFOLIO_ROOT, *PARTS)},
    )


def _spare(stage: Stage, connection: Connection, login: str) -> None:
    """One more device of a person, that never asks: what happens to it, others did."""
    device = row_id("spare", login)
    _device(stage, connection, f"spare{login}", login, device=device)
    content, store, upload = word(login, "piece").encode(), row_id("store", login), row_id("upload", login)
    stage.marks[content] = Mark(login, "piece")
    of_upload = {"id": upload, "device": device, "sha256": "0" * 64, "size": 999, "done": len(content)}
    connection.execute(insert(UPLOAD).values(of_upload | {"expires_at": now_us() + 24 * HOUR}))
    connection.execute(insert(PIECE).values(upload=upload, start=0, content=content))
    deposit = {"store": store, "device": device, "content": stage.deposit_of(store), "at": 1}
    connection.execute(insert(DEPOSIT).values(deposit))
    connection.execute(insert(RESCUE).values(device=device, content=content, at=1))
    stage.codes[login] = new_code(connection, word(login, "login"))


def _device(stage: Stage, connection: Connection, name: str, login: str, *, device: str = "", **state: object) -> Asker:
    key, public_key = fresh_key()
    identity = Identity(device or row_id("device", name), row_id("token", name), key)
    values = {"device": identity.device, "login": word(login, "login"), "name": word(name, "device")}
    said = {"public_key": public_key, "certificate": "", "enrolled_at": 1, "last_n": 1}
    connection.execute(insert(DEVICE).values(values | said | state))
    connection.execute(insert(TOKEN).values(token_hash=hash_of(identity.token), device=identity.device, made_at=1))
    result = pack_result(Rejected(code="ROW_UNKNOWN", parameters={"table": word(name, "answer")}))
    answer = {"device": identity.device, "n": 1, "mid": row_id("mid", name), "hash": "", "result": result, "at": 1}
    connection.execute(insert(APPLIED).values(answer))
    stage.marks[identity.device.encode()] = stage.marks[word(name, "device").encode()] = Mark(login, "device")
    stage.marks[word(name, "answer").encode()] = Mark(name, "answer")
    stood = "out" if "revoked_at" in state else "leaving" if state else "live"
    return Asker(name, login if stood != "out" else "", identity, state=stood)


def _with(asker: Asker, *, loads: frozenset[str]) -> Asker:
    return Asker(asker.name, asker.login, asker.identity, loads, asker.state)


def _delete(connection: Connection, feed: Feed) -> None:
    """Delete an account, and the parts of another, as a device would: what they held is kept for a late edit."""
    for of in sorted(BURIED):
        for name in reversed((PORTFOLIO_ROOT, *PARTS)):
            table, row = SYNCED.tables[name], row_id(name, of)
            found = connection.execute(select(table).where(table.c.id == row)).mappings().first()
            if found is not None and (name != PORTFOLIO_ROOT or of in GONE):
                # Each by an action of its own, as it may come back by itself.
                feed.bury(row_id("mid", f"{of}/{name}"), [((name, row), dict(found))], 1)
                connection.execute(delete(table).where(table.c.id == row))
                feed.touch(name, [row])


def _move(stage: Stage, connection: Connection, feed: Feed) -> None:
    """Give an account of Marie's to another team, which then writes of it what she must not read."""
    account, contact = SYNCED.tables[PORTFOLIO_ROOT], SYNCED.tables["contact"]
    names = ("number", "trade_name", "city")
    moved = dict.fromkeys(names, word("left", "found")) | {"rep_id": stage.reps["paul"], "iban": word("left", "inner")}
    connection.execute(update(account).where(account.c.id == row_id(PORTFOLIO_ROOT, "left")).values(moved))
    told = {"name": word("left", "inner"), "email": word("left", "inner")}
    connection.execute(update(contact).where(contact.c.id == row_id("contact", "left")).values(told))
    feed.touch(PORTFOLIO_ROOT, [row_id(PORTFOLIO_ROOT, "left")])
    feed.touch("contact", [row_id("contact", "left")])
