"""A till on SQLCipher, small enough to be judged by eye: it shows that the laboratory sees what it should."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from sqlcipher3 import dbapi2

TIMES = 4


def _open(folder: Path, synchronous: str = "FULL") -> dbapi2.Connection:
    link = dbapi2.connect(str(folder / "till.db"), isolation_level=None)
    link.execute(f"PRAGMA key = \"x'{'5a' * 32}'\"")
    link.execute("PRAGMA journal_mode = WAL")
    link.execute(f"PRAGMA synchronous = {synchronous}")
    return link


class Till:
    """Each sale is one transaction: the sale, and the sum in the drawer."""

    synchronous = "FULL"

    def prepare(self, folder: Path) -> None:
        link = _open(folder)
        link.execute("CREATE TABLE sale (number INTEGER PRIMARY KEY, note TEXT)")
        link.execute("CREATE TABLE drawer (sales INTEGER NOT NULL)")
        link.execute("INSERT INTO drawer VALUES (0)")
        link.close()

    def run(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        link = _open(folder, self.synchronous)
        for number in range(1, TIMES + 1):
            self.sell(link, number, acknowledge)
        link.close()

    def sell(self, link: dbapi2.Connection, number: int, acknowledge: Callable[[str], None]) -> None:
        link.execute("BEGIN IMMEDIATE")
        link.execute("INSERT INTO sale VALUES (?, ?)", (number, "x" * 9000))
        link.execute("UPDATE drawer SET sales = sales + 1")
        link.execute("COMMIT")
        acknowledge(str(number))

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        link = _open(folder)
        sound = link.execute("PRAGMA integrity_check").fetchall()
        sales = {str(row[0]) for row in link.execute("SELECT number FROM sale")}
        drawer = link.execute("SELECT sales FROM drawer").fetchone()[0]
        link.close()
        problems = [f"lost: sale {number}" for number in acknowledged if number not in sales]
        if drawer != len(sales):
            problems.append(f"half written: {len(sales)} sales, {drawer} in the drawer")
        if sound != [("ok",)]:
            problems.append(f"damaged: {sound}")
        return problems


class HastyTill(Till):
    """Says that it is done before it is."""

    def sell(self, link: dbapi2.Connection, number: int, acknowledge: Callable[[str], None]) -> None:
        acknowledge(str(number))
        super().sell(link, number, lambda _text: None)


class SloppyTill(Till):
    """Forgets that the two belong together."""

    def sell(self, link: dbapi2.Connection, number: int, acknowledge: Callable[[str], None]) -> None:
        link.execute("INSERT INTO sale VALUES (?, ?)", (number, "x" * 9000))
        link.execute("UPDATE drawer SET sales = sales + 1")
        acknowledge(str(number))


class DeafTill(Till):
    """Says that it is done whatever the disk says."""

    def sell(self, link: dbapi2.Connection, number: int, acknowledge: Callable[[str], None]) -> None:
        with suppress(dbapi2.Error):
            super().sell(link, number, lambda _text: None)
        acknowledge(str(number))

    @contextmanager
    def running(self, folder: Path) -> Iterator[Callable[[], str]]:
        """One sale at a time."""
        link = _open(folder, self.synchronous)
        number = count(1)

        def act() -> str:
            said: list[str] = []
            self.sell(link, next(number), said.append)
            return said[-1]

        yield act
        link.close()


class UnsyncedTill(Till):
    """Does not wait until the disk has it."""

    synchronous = "NORMAL"


TILL, HASTY_TILL, SLOPPY_TILL = Till(), HastyTill(), SloppyTill()
DEAF_TILL, UNSYNCED_TILL = DeafTill(), UnsyncedTill()
