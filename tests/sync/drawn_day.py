"""A day that devices and the centre spend, drawn from one seed and told to two centres alike."""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec
from sqlalchemy import Connection, text

from app.store.codec import Record
from app.store.engine import Engines
from app.store.rows import REVISION, SYNCED
from app.store.rows.base import unsaid
from sync.protocol.changeset import Changeset, Entry, Op, Value
from sync.server.feed import Feed, write
from sync.server.grants.rights import Caller
from sync.server.tables import DEVICE
from tests.sync.selling_places import AREA, CATALOGUE, COVER, DISPLAY, HEADING, LOIRET
from tests.sync.world import an_id

MARIE, PAUL = "a" * 32, "b" * 32
REPS = {"one": MARIE, "two": MARIE, "three": PAUL}
"""Devices and their reps."""
TABLES = ("account", "contact", "discovery", "activity", "proposal", "proposal_sub_order", "instalment", "document")


def full(table: str, **told: Value) -> dict[str, Value]:
    """All columns of a row, what is not told as empty as it may be."""
    values: dict[str, Value] = {}
    for column in SYNCED.tables[table].columns:
        if column.name not in ("id", "ver"):
            number = column.type.python_type is int
            values[column.name] = None if column.nullable else 0 if number else ""
    return values | told


class Day:
    """What devices send and what the centre does in between, drawn from one seed, told to both centres."""

    def __init__(self, seed: int, twins: tuple[Engines, Engines]) -> None:
        self.chance = random.Random(seed)
        self.twins = twins
        self.numbers = dict.fromkeys(REPS, 0)
        self.sent: dict[str, list[Changeset]] = {device: [] for device in REPS}
        self.names = iter(range(seed * 10_000_000, seed * 10_000_000 + 9_999_999))
        self.accounts = [an_id(self.id()) for _ in range(4)]
        for engines in twins:
            write(engines, self._found)
        self.rows: dict[tuple[str, str], Record] = {}
        self.deleted: list[tuple[str, str, Record]] = []

    def id(self) -> int:
        return next(self.names) + 1

    def _found(self, connection: Connection, feed: Feed) -> None:
        for device, rep in REPS.items():
            words = {"device": device, "login": rep[:1], "name": "", "public_key": "", "certificate": ""}
            connection.execute(DEVICE.insert().values(**words, enrolled_at=1))
        for rep, accounts in ((MARIE, self.accounts[:3]), (PAUL, self.accounts[3:])):
            feed.load(
                "account", [{"id": one, "number": one[-6:], "trade_name": "Rose", "rep_id": rep} for one in accounts]
            )
            feed.load("contact", [{"id": an_id(int(one, 16) + 10**9), **self.contact(one)} for one in accounts])
        for table, rows in CATALOGUE.items():
            feed.load(table, [{**unsaid(SYNCED.tables[table]), **row} for row in rows])

    def contact(self, account: str) -> dict[str, Value]:
        return full("contact", account_id=account, position=0, name="Rose", email="rose@example.org")

    def look(self) -> None:
        """Know what is there, as the devices may know it."""
        with self.twins[0].reader.connect() as connection:
            now = {
                (name, str(row["id"])): dict(row)
                for name in TABLES
                for row in connection.execute(SYNCED.tables[name].select().order_by("id")).mappings()
            }
        self.deleted += [(*key, row) for key, row in self.rows.items() if key not in now]
        self.rows = now

    # ---------------------------------------------------------------------------------------- what devices send
    def changeset(self, device: str) -> Changeset:
        number = self.numbers[device] = self.numbers[device] + 1
        entries = tuple(entry for _ in range(self.chance.choice((1, 1, 1, 2, 3))) for entry in self.entry(REPS[device]))
        return Changeset(n=number, mid=an_id(self.id()), name="x", at=1, revision=REVISION, entries=entries)

    def entry(self, rep: str) -> Sequence[Entry]:
        deeds = (
            [self.edit] * 6
            + [self.make] * 3
            + [self.propose, self.take_away, self.late, self.unsound, self.confuse]
            + [self.want_a_place] * 2
        )
        return self.chance.choice(deeds)(rep)

    def one(self, *tables: str) -> tuple[str, Record] | None:
        found = [(table, row) for (table, _), row in self.rows.items() if table in tables]
        return self.chance.choice(found) if found else None

    def edit(self, _: str) -> Sequence[Entry]:
        table, row = self.one("account", "contact", "activity", "discovery", "proposal", "document") or ("account", {})
        columns = {"account": ("city", "number"), "discovery": ("answers", "quote"), "proposal": ("name", "status")}
        column = self.chance.choice(columns.get(table, ("name", "role") if table == "contact" else ("place", "detail")))
        column = "language" if table == "document" else column
        word: Value = self.chance.choice(("a", "b", "c"))
        if column == "status":
            word = self.chance.choice(("validated", "closed", "draft"))
        if column == "answers":
            word = self.chance.choice(('["a"]', '["a","b"]', '["c"]', "none"))
        old = row.get(column) if self.chance.random() < 0.6 else self.chance.choice(("a", "b", ""))
        ver = int(str(row.get("ver", 0))) - self.chance.choice((0, 0, 1))
        place = str(row.get("id", an_id(self.id())))
        return (Entry(table=table, row=place, op=Op.UPDATE, base_ver=ver, old={column: old}, new={column: word}),)

    def make(self, rep: str) -> Sequence[Entry]:
        account = self.chance.choice([*self.accounts, an_id(9)])
        table = self.chance.choice(("contact", "activity", "discovery", "account"))
        new: dict[str, Value] = full("activity", account_id=account, kind="call", at=1, rep_id=rep)
        if table == "contact":
            new = self.contact(account)
        elif table == "discovery":
            new = full("discovery", account_id=account, answers='["a"]', at=1, rep_id=rep)
        elif table == "account":
            new = full("account", number="9", trade_name="Lys", status="prospect", rep_id=rep)
        new = {name: value for name, value in new.items() if name in SYNCED.tables[table].c}
        fresh = self.made(table, an_id(self.id()), new)
        return (fresh, fresh) if self.chance.random() < 0.1 else (fresh,)

    def made(self, table: str, row: str, new: dict[str, Value]) -> Entry:
        """Make a row, which what comes later in the lot may change."""
        self.rows[table, row] = {"id": row, "ver": 0, **new}
        return Entry(table=table, row=row, op=Op.CREATE, new=new)

    def propose(self, rep: str) -> Sequence[Entry]:
        proposal, account = an_id(self.id()), self.chance.choice(self.accounts)
        new = full("proposal", account_id=account, name="P", status="draft", rep_id=rep, edition=2027)
        part = full("proposal_sub_order", account_id=account, proposal_id=proposal)
        known = SYNCED.tables["proposal"].c
        return (
            Entry(table="proposal", row=proposal, op=Op.CREATE, new={n: v for n, v in new.items() if n in known}),
            Entry(table="proposal_sub_order", row=an_id(self.id()), op=Op.CREATE, new=part),
        )

    def want_a_place(self, rep: str) -> Sequence[Entry]:
        """A display that is new, most often with its place asked for; or another asking for one that is there."""
        slot = self.chance.choice((COVER, COVER, LOIRET))
        at: dict[str, Value] = {"asked_at": 1, "state": "pending", "rep_id": rep}
        known = self.one("proposal_line")
        if known is not None and self.chance.random() < 0.5:
            told = full("reservation", **at, account_id=known[1]["account_id"], slot_id=slot, line_id=known[1]["id"])
            return (self.made("reservation", an_id(self.id()), told),)
        account, proposal, part, line = self.chance.choice(self.accounts), *(an_id(self.id()) for _ in range(3))
        where: dict[str, Value] = {"activity": HEADING, "area": AREA if slot == COVER else "Loiret"}
        words: dict[str, Value] = {"action": "add", "product_id": DISPLAY, "is_display": 1, "quantity": 1, **where}
        made: list[tuple[str, str, dict[str, Value]]] = [
            ("proposal", proposal, {"name": "P", "status": "draft", "kind": "default", "edition": 2027, "version": 1}),
            ("proposal_sub_order", part, {"proposal_id": proposal}),
            ("proposal_line", line, {"sub_order_id": part, **words}),
            ("reservation", an_id(self.id()), {**at, "slot_id": slot, "line_id": line}),
        ]
        return [
            self.made(table, row, full(table, account_id=account, **told))
            for table, row, told in made[: self.chance.choice((3, 4, 4))]
        ]

    def take_away(self, _: str) -> Sequence[Entry]:
        tables = ("contact", "activity", "proposal", "account", "reservation", "reservation", "proposal_line")
        table, row = self.one(*tables) or ("contact", {})
        old = {name: value for name, value in row.items() if name not in ("id", "ver")}
        ver = int(str(row.get("ver", 0))) - self.chance.choice((0, 1))
        return (Entry(table=table, row=str(row.get("id", "")), op=Op.DELETE, base_ver=ver, old=old),)

    def late(self, _: str) -> Sequence[Entry]:
        if not self.deleted:
            return ()
        table, place, row = self.chance.choice(self.deleted)
        again = {name: value for name, value in row.items() if name not in ("id", "ver")}
        if self.chance.random() < 0.4:
            return (self.made(table, place, again),)
        words = {"name", "city", "place", "quote", "label", "line_id", "range_name"}
        column = self.chance.choice(sorted(again.keys() & words))
        return (Entry(table=table, row=place, op=Op.UPDATE, old={column: again[column]}, new={column: "late"}),)

    def unsound(self, _: str) -> Sequence[Entry]:
        nonsense: list[dict[str, Value]] = [{"name": None}, {"nothing": 1}, {"position": "1"}, {"name": "a\x00"}]
        new = self.chance.choice(nonsense)
        table = self.chance.choice(("contact", "sync_scope", "rep", "product"))
        return (Entry(table=table, row=an_id(self.id()), op=Op.UPDATE, old=dict(new), new=new),)

    def confuse(self, _: str) -> Sequence[Entry]:
        return (*self.edit(""), *self.edit(""))

    def lot(self, device: str) -> list[Changeset]:
        """Some changesets in their order, now and then with one heard before, one missing, or one that differs."""
        found = [self.changeset(device) for _ in range(self.chance.choice((1, 3, 8, 20)))]
        again = self.sent[device][-self.chance.choice((0, 0, 0, 1, 3)) :] if self.sent[device] else []
        self.sent[device] += found
        whole = [*(again if len(again) < 4 else ()), *found]
        if self.chance.random() < 0.15:
            whole.insert(self.chance.randrange(len(whole)), whole[0])
        if self.chance.random() < 0.3:
            place = self.chance.randrange(len(whole))
            known = msgspec.structs.replace(whole[0], n=whole[place].n + self.chance.choice((0, 0, 1, 3)))
            whole.insert(place, known)  # as a device with a new identity sends it
        if self.chance.random() < 0.1:
            del whole[self.chance.randrange(len(whole))]
        return whole

    # ---------------------------------------------------------------------------------------- what the centre does
    def at_the_centre(self) -> None:
        table, row = self.one("account", "contact") or ("account", {})
        column = self.chance.choice(("city", "rep_id") if table == "account" else ("name", "role"))
        value = self.chance.choice((MARIE, PAUL) if column == "rep_id" else ("x", "y"))

        def work(connection: Connection, feed: Feed) -> None:
            values = {"value": value, "row": row["id"]}
            connection.execute(text(f"UPDATE {table} SET {column} = :value WHERE id = :row"), values)
            feed.touch(table, (str(row["id"]),))

        for engines in self.twins:
            write(engines, work)


def callers() -> dict[str, Caller]:
    return {device: Caller(device=device, login=rep[:1], rep_id=rep, team="") for device, rep in REPS.items()}
