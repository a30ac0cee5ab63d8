"""Fills an empty centre with the training base: example accounts on which anything may be tried."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

from sqlalchemy import Connection, Table, func, select

from app.adapters.training_clock import TRAINING_DAY
from app.domain.accounts.rep import Rep
from app.domain.catalogue.slot import Slot
from app.domain.refusal import Refusal
from app.store import assembling, codecs
from app.store.codec import Codec, Record, microseconds
from app.store.engine import Engines, open_url
from app.store.rows import SYNCED
from sync.protocol.scope import TABLES
from sync.protocol.standing import Role
from sync.server.feed import Feed, write
from sync.server.grants.people import NewUser, add_user
from sync.server.migrating import migrate
from sync.server.tables import USER
from sync.server.training.inventing import Inventor, Portfolio
from sync.server.training.story import Story, ToldAccount, read_story
from sync.server.training.telling import Catalogue, Teller, Whole, catalogue_of, rep_of, slots_of

V = TypeVar("V")

SELLER = 10
"""The training company's own place in the row of numbers (resources/company)."""

ADMINISTRATOR = "admin"
"""The login of who looks after the devices of the training base, with everybody's password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLoaded:
    """Who may enter the training base, and how many rows of each table it has."""

    login: str
    password: str
    rep_id: str
    counts: dict[str, int] = field(default_factory=dict)


def fill(engines: Engines) -> TrainingLoaded:
    """Fill the centre for the training day and say who may enter; the command `tournee-centre training`.

    Raises Refusal CENTRE_NOT_EMPTY.
    """
    loaded = load(engines, TRAINING_DAY)
    figures = f"{loaded.counts['account']} comptes, {loaded.counts['customer_order']} commandes"
    sys.stdout.write(f"Base école\u00a0: {figures}. Entrer comme {loaded.login}, mot de passe {loaded.password}\n")
    return loaded


def load(centre: Engines | str, on: date) -> TrainingLoaded:
    """Fill an empty centre, given by its engines or its URL, for a day, in one transaction through the feed.

    A database that was never migrated is brought up first. Raises Refusal CENTRE_NOT_EMPTY.
    """
    if isinstance(centre, str):
        engines = open_url(centre)
        try:
            migrate(engines)
            return load(engines, on)
        finally:
            engines.dispose()
    story = read_story()
    base = told(story, on)

    def work(connection: Connection, feed: Feed) -> TrainingLoaded:
        _must_be_empty(connection)
        for table in TABLES:
            feed.load(table, base.rows.get(table, []))
        for rep in base.reps:
            person = NewUser(login=rep.login, name=rep.name, password=story.people.password, rep=rep.id)
            add_user(connection, feed, person)
        learner = base.learner
        looks_after = NewUser(
            login=ADMINISTRATOR,
            name="Administration",
            password=story.people.password,
            rep=learner.id,
            role=Role.ADMINISTRATOR,
        )
        add_user(connection, feed, looks_after)
        counts = {table: len(rows) for table, rows in base.rows.items()}
        return TrainingLoaded(login=learner.login, password=story.people.password, rep_id=learner.id, counts=counts)

    return write(centre, work)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingBase:
    """The training base as values and as rows."""

    reps: tuple[Rep, ...]
    learner: Rep
    catalogue: Catalogue
    wholes: tuple[Whole, ...]
    rows: dict[str, list[Record]]


def told(story: Story, on: date) -> TrainingBase:
    """Make the whole training base for a day; the same story and day give the same base to the last id."""
    new_id = _Ids()
    reps = {rep.login: rep_of(rep, story.people.team, new_id) for rep in story.people.reps}
    learner = next(reps[rep.login] for rep in story.people.reps if rep.learns)
    catalogue = catalogue_of(story.catalogue, new_id)
    teller, inventor = Teller(catalogue, on, new_id), Inventor(story, on)
    accounts: list[tuple[Rep, ToldAccount]] = [(learner, account) for account in story.accounts]
    for login, size in story.people.portfolios.items():
        rep = reps[login]
        is_colleague = rep != learner
        wanted = Portfolio(rep=rep.name, size=size) if is_colleague else _wanted(rep, size - len(accounts))
        accounts += [(rep, account) for account in inventor.portfolio(wanted)]
    places = (place for place in range(1, 1000) if place != SELLER)
    wholes = tuple(teller.whole(account, place, rep) for place, (rep, account) in zip(places, accounts, strict=False))
    slots = slots_of(story.catalogue, catalogue, new_id)
    rows = _rows(tuple(reps.values()), catalogue, slots, wholes)
    return TrainingBase(reps=tuple(reps.values()), learner=learner, catalogue=catalogue, wholes=wholes, rows=rows)


def _wanted(rep: Rep, size: int) -> Portfolio:
    """Say what the learner's other accounts are like, so that with those told by hand the lists have their lengths."""
    return Portfolio(rep=rep.name, size=size, soon=15, silent=10, new=8, blocked=2, lost=3)


class _Ids:
    """Gives ids that look like all others (UUIDv7), one after the other, always the same."""

    def __init__(self) -> None:
        self._at = datetime(2026, 1, 5, 8, tzinfo=UTC)
        self._count = 0

    def __call__(self) -> str:
        self._count += 1
        stamp = microseconds(self._at + timedelta(milliseconds=self._count)) // 1000
        chance = int.from_bytes(hashlib.blake2b(f"training {self._count}".encode(), digest_size=10).digest())
        high, low = chance >> 62 & 0xFFF, chance & (1 << 62) - 1
        return f"{stamp << 80 | 0x7 << 76 | high << 64 | 0b10 << 62 | low:032x}"


class _NothingStored:
    """Where the store is asked for what it holds already: nothing."""

    def rows(self, table: Table, column: str, values: Sequence[str]) -> list[Record]:
        """Give no rows."""
        del table, column, values
        return []


def _rows(
    reps: tuple[Rep, ...], catalogue: Catalogue, slots: tuple[Slot, ...], wholes: tuple[Whole, ...]
) -> dict[str, list[Record]]:
    rows: dict[str, list[Record]] = {}
    nothing = _NothingStored()

    def put(codec: Codec[V], values: Sequence[V]) -> None:
        rows.setdefault(codec.table.name, []).extend(codec.record(value) for value in values)

    def put_parts(parts: assembling.Parts) -> None:
        for table, _, wanted in parts:
            rows.setdefault(table.name, []).extend(wanted)

    put(codecs.REP, reps)
    put(codecs.PRODUCT_RANGE, tuple(catalogue.ranges.values()))
    for product in catalogue.products.values():
        put_parts(assembling.product_parts(nothing, product))
    put(codecs.SLOT, slots)
    for whole in wholes:
        put_parts(assembling.account_parts(nothing, whole.account))
        for order in whole.orders:
            put_parts(assembling.order_parts(nothing, order))
        for proposal in whole.proposals:
            put_parts(assembling.proposal_parts(nothing, proposal))
        put(codecs.ACTIVITY, whole.activities)
        put(codecs.PREPARATION_ITEM, whole.preparation)
        put(codecs.DISCOVERY, whole.discoveries)
        put(codecs.OPPORTUNITY, whole.opportunities)
        put(codecs.REQUEST, whole.requests)
        put(codecs.LOSS, whole.losses)
    return rows


def _must_be_empty(connection: Connection) -> None:
    """Refuse a centre that holds anything: training data never go among real ones."""
    for table in (*SYNCED.sorted_tables, USER):
        count = connection.execute(select(func.count()).select_from(table)).scalar_one()
        if count:
            raise Refusal("CENTRE_NOT_EMPTY", {"table": table.name, "count": count})
