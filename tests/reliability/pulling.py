"""What the centre tells of one account, kept by an app that is opened for it and closed again, to be killed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.ports.work import Work
from app.store.feed import DeviceFeed
from app.store.opening import Store
from app.store.pulled import Batch, Pulled
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from sync.protocol.frames import Columns, Departure, Gone, Mark, Rows
from tests.reliability.selling import ACCOUNT, ME, StoreAction, opened
from tests.unit.usecases.conftest import hex_id

CONTACT = SYNCED.tables["contact"]
SCOPE = f"rep:{ME}"
NEW, CHANGED, DELETED = (hex_id(name) for name in ("new", "changed", "deleted"))
AT = 1_800_000_000_000_000
"""Microseconds UTC: when it is kept."""


def _keep(store: Store, seq: int, *told: tuple[str, int, int, str], gone: str = "") -> None:
    """Keep contacts (id, version, position, name) and the deletion of one, up to a place in the scope's log."""
    batch = Batch()
    batch.take(Columns(table="contact", columns=tuple(column.name for column in CONTACT.columns)))
    rows = [(row, ver, ACCOUNT, place, name, "", "", "", "", 0) for row, ver, place, name in told]
    batch.take(Rows(table="contact", rows=rows))
    if gone:
        batch.take(Gone(table="contact", rows=((gone, 2, Departure.DELETED),)))
    feed = DeviceFeed(store.engine, QuickLists(), store.work.tell)
    Pulled(feed, lambda: AT).apply(batch, Mark(scope=SCOPE, seq=seq, tag="a" * 16, check=""))


class Pulling(StoreAction):
    """Keeps a new contact, another name of one, and that one is gone, together with the cursor."""

    def start(self, store: Store, folder: Path) -> None:
        _keep(store, 2, (CHANGED, 1, 7, "Ines Petit"), (DELETED, 1, 8, "Paul Grand"))

    def do(self, store: Store, folder: Path) -> str:
        _keep(store, 5, (NEW, 1, 9, "Lise Noir"), (CHANGED, 2, 7, "Agnès Petit"), gone=DELETED)
        return "kept"

    @contextmanager
    def running(self, folder: Path) -> Iterator[Callable[[], str]]:
        """Opened, kept and closed at each try: the disk fails at the app's beginning and end as well."""

        def act() -> str:
            with opened(folder) as store:
                return self.do(store, folder)

        yield act

    def missing(self, work: Work, folder: Path) -> list[str]:
        with work.begin("read") as tx:
            names = {contact.name for contact in tx.accounts.get(ACCOUNT).contacts}
        told = names & {"Ines Petit", "Paul Grand", "Lise Noir", "Agnès Petit"}
        return [] if told == {"Lise Noir", "Agnès Petit"} else [f"the contacts are {told}"]


PULLING = Pulling()
