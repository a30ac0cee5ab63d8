"""One action of a person: read, change, and all of it written at once, with what is to be told to the centre."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy import Transaction as DatabaseTransaction

from app.domain.identifiers import RepId
from app.ports.clock import Clock
from app.ports.work import (
    Accounts,
    Activities,
    Catalogue,
    Documents,
    Losses,
    Orders,
    Proposals,
    Reps,
    Requests,
    Reservations,
    Slots,
)
from app.store import repositories, slot_book
from app.store.derived import Derived, NothingDerived
from app.store.failures import told_as_trouble
from app.store.guard import Writer, writing
from app.store.journal import Journal
from app.store.naming import new_id
from app.store.tracked import TrackedRows

Listener = Callable[[frozenset[str]], None]
OUTBOX = "changeset"


class SqlTransaction:
    """One action under way; see app.ports.work.Transaction. It belongs to the thread that opened it."""

    def __init__(self, connection: Connection, work: SqlWork, name: str) -> None:
        self.connection = connection
        self.rows = TrackedRows(connection)
        self.mid: str | None = None
        self.undoes: str | None = None
        self.touched: frozenset[str] = frozenset()
        self._transaction: DatabaseTransaction | None = connection.begin()
        self._work = work
        self._name = name
        self._at = work.clock.now()
        self._facts: dict[str, str] = {}
        self._final = False
        self.accounts: Accounts = repositories.SqlAccounts(self.rows)
        self.activities: Activities = repositories.SqlActivities(self.rows)
        self.catalogue: Catalogue = repositories.SqlCatalogue(self.rows)
        self.slots: Slots = slot_book.SqlSlots(self.rows)
        self.reservations: Reservations = slot_book.SqlReservations(self.rows)
        self.orders: Orders = repositories.SqlOrders(self.rows)
        self.proposals: Proposals = repositories.SqlProposals(self.rows)
        self.losses: Losses = repositories.SqlLosses(self.rows)
        self.requests: Requests = repositories.SqlRequests(self.rows)
        self.documents: Documents = repositories.SqlDocuments(self.rows, connection)
        self.reps: Reps = repositories.SqlReps(self.rows, work.me)

    def new_id(self) -> str:
        return new_id(self._at)

    def now(self) -> datetime:
        return self._at

    def today(self) -> date:
        return self._work.clock.today()

    def about(self, **facts: str) -> None:
        self._facts.update(facts)

    def is_final(self) -> None:
        self._final = True

    def commit(self) -> None:
        """Write rows and journal durably; an action that changed nothing leaves no changeset."""
        if self._transaction is None:
            raise RuntimeError("this action is over")
        entries = self.rows.entries()
        if entries:
            self._work.derived.refresh(self.connection, self.rows.changes())
            self.mid = self._work.journal.write(
                self.connection,
                self._name,
                self._facts,
                entries,
                at=self._at,
                undoes=self.undoes,
                final=self._final,
            )
            self.touched = frozenset({OUTBOX, *(entry.table for entry in entries)})
        self._transaction.commit()
        self._transaction = None

    def close(self) -> None:
        """Leave no trace of what was not committed."""
        if self._transaction is not None:
            self._transaction.rollback()
            self._transaction = None


class SqlWork:
    """Opens transactions on the one writing connection; see app.ports.work.Work.

    It serves both ends: `journal` says where actions are written down (the device's outbox, the centre's feed),
    `derived` what is kept in step for quick lists (the device's), `me` whose actions they are.
    """

    def __init__(
        self, engine: Engine, clock: Clock, me: RepId, journal: Journal, derived: Derived | None = None
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.me = me
        self.journal = journal
        self.derived = derived or NothingDerived()
        self._listeners: list[Listener] = []
        self._is_shut: Exception | None = None

    @contextmanager
    def begin(self, name: str) -> Iterator[SqlTransaction]:
        """Open an action. Raises Trouble DISK_FULL, DISK_FAILS, STORE_BUSY or STORE_DAMAGED, the work so far kept."""
        touched: frozenset[str] = frozenset()
        try:
            with told_as_trouble(), self.engine.connect() as connection:
                # Looked at with the one writing connection in hand: who shut the work and then got it knows all of it.
                if self._is_shut is not None:
                    raise self._is_shut
                transaction = SqlTransaction(connection, self, name)
                try:
                    with writing(connection, Writer.UNIT_OF_WORK):
                        yield transaction
                finally:
                    transaction.close()
                    touched = transaction.touched
        finally:
            if touched:
                self.tell(touched)

    def shut(self, why: Exception | None) -> None:
        """Take no more actions from now on, each meets `why`; None takes them again."""
        self._is_shut = why

    def listen(self, touched: Listener) -> None:
        """Call `touched` with the names of the tables after each commit, on the thread that committed."""
        self._listeners.append(touched)

    def tell(self, tables: frozenset[str]) -> None:
        """Tell every listener what was touched; the sync engine does so for what it pulled."""
        for listener in self._listeners:
            listener(tables)
