"""One contact's e-mail changed on the encrypted store, durably: with its journal and outbox entry, and without."""

from __future__ import annotations

import itertools
import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.store.engine import open_encrypted
from app.store.guard import Writer, writing
from app.store.journal import Journal, Outbox
from app.store.quick_lists import QuickLists
from app.store.unit_of_work import SqlWork
from sync.protocol.changeset import Entry
from tests.bench.figures import Figure, interleaved, median_ratio, p95
from tests.reliability.selling import ACCOUNT, KEY, ME, founded
from tests.unit.usecases.conftest import DayClock, hex_id

TIMES = 400


class NoJournal:
    """Writes nothing down: what the rows alone cost."""

    def write(
        self,
        connection: Connection,
        name: str,
        facts: Mapping[str, str],
        entries: tuple[Entry, ...],
        *,
        at: datetime,
        undoes: str | None = None,
        final: bool = False,
    ) -> str:
        return ""


def measure() -> Figure:
    """The unit of work with journal and outbox against the same unit of work without; the median of the ratios."""
    with tempfile.TemporaryDirectory(prefix="tournee-bench-") as folder:
        founded(Path(folder))
        engines = open_encrypted(Path(folder) / "store.db", KEY)
        number = itertools.count()

        def save(journal: Journal, derived: QuickLists | None = None) -> None:
            work = SqlWork(engines.writer, DayClock(), ME, journal, derived)
            with work.begin("edit_contact") as tx:
                account = tx.accounts.get(ACCOUNT)
                contact = replace(account.contacts[0], email=f"claire{next(number)}@rose.example")
                tx.accounts.save(replace(account, contacts=(contact, *account.contacts[1:])))
                tx.about(account=account.trade_name, contact=contact.name)
                tx.commit()

        def raw() -> None:
            with engines.writer.begin() as connection, writing(connection, Writer.UNIT_OF_WORK):
                statement = "UPDATE contact SET email = ? WHERE id = ?"
                connection.exec_driver_sql(statement, (f"claire{next(number)}@rose.example", hex_id("claire")))

        try:
            taken = interleaved(
                {
                    "bare": lambda: save(NoJournal()),
                    "full": lambda: save(Outbox()),
                    "with lists": lambda: save(Outbox(), QuickLists()),
                    "raw": raw,
                },
                times=TIMES,
            )
        finally:
            engines.dispose()
    return Figure(
        "local_write",
        "a local write with journal and outbox against the bare write",
        median_ratio(taken["full"], taken["bare"]),
        1.5,
        "×",
        {
            "bare_ms": statistics.median(taken["bare"]),
            "full_ms": statistics.median(taken["full"]),
            "full_p95_ms": p95(taken["full"]),
            "with_quick_lists_ms": statistics.median(taken["with lists"]),
            "one_update_by_hand_ms": statistics.median(taken["raw"]),
        },
    )
