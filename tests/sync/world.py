"""A centre that listens on a port of this machine, and devices with true stores that speak to it."""

from __future__ import annotations

import itertools
import secrets
import shutil
import socket
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import uvicorn
from sqlalchemy import Connection, text

from app.domain.identifiers import AccountId, ContactId, RepId
from app.store.codec import Record
from app.store.engine import Engines, open_url
from app.store.feed import DeviceFeed, Waiting
from app.store.opening import Store, open_store
from app.store.pulled import Pulled
from app.store.quick_lists import QuickLists
from app.store.unit_of_work import SqlWork
from app.usecases.accounts.edit_account import EditContact, edit_contact
from sync.client.courier import SyncCourier
from sync.client.engine import Engine
from sync.client.enrolment import NewDevice, enrol
from sync.client.files import Files
from sync.client.transport import Road
from sync.protocol.changeset import Changeset, Value
from sync.server.application import application
from sync.server.database import in_one_write
from sync.server.exchange.revisions import WINDOW, Window
from sync.server.feed import Feed, FeedJournal, write
from sync.server.grants.enrolment import new_code
from sync.server.grants.people import NewUser, add_user
from sync.server.migrating import migrate
from sync.server.serving import config_for
from tests.unit.usecases.conftest import fill, hex_id

PASSWORD = "correct horse battery"
KEY = bytes(range(32))
_numbers = itertools.count(1)


def an_id(number: int | None = None) -> str:
    """A row's id that tells its number."""
    return f"{number or next(_numbers):032x}"


class Moving:
    """A clock that a test moves; every look at it is a millisecond later, so that ids and instants differ."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or datetime.now(UTC)

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def today(self) -> date:
        return self.at.date()


def prepared(url: str) -> None:
    """Migrate a fresh database."""
    engines = open_url(url)
    migrate(engines)
    engines.dispose()


class Centre:
    """A centre served by uvicorn on a free port of 127.0.0.1."""

    def __init__(self, database: str, window: Window = WINDOW) -> None:
        self.database = database
        self.engines: Engines = open_url(database)
        app = application(self.engines, window)
        # Named as TCP: only then does asyncio turn the waiting for more bytes off, which costs 40 ms an answer.
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self._server = uvicorn.Server(config_for(app))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, name="centre")
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()
        self.engines.dispose()

    # what an administrator does
    def user(self, login: str = "marie", team: str = "nord") -> RepId:
        new = NewUser(login=login, name=login.title(), password=PASSWORD, team=team)
        return RepId(write(self.engines, lambda connection, feed: add_user(connection, feed, new)))

    def code(self, login: str = "marie") -> str:
        return in_one_write(self.engines, lambda connection: new_code(connection, login))

    # what the centre's own people do
    def load(self, table: str, *rows: Mapping[str, Value]) -> None:
        write(self.engines, lambda _connection, feed: feed.load(table, rows))

    def change(self, table: str, row: str, **values: str | int | None) -> None:
        def work(connection: Connection, feed: Feed) -> None:
            named = ", ".join(f"{column} = :{column}" for column in values)
            connection.execute(text(f"UPDATE {table} SET {named} WHERE id = :row"), {**values, "row": row})
            feed.touch(table, (row,))

        write(self.engines, work)

    def account(self, rep: str, name: str = "Au nom de la Rose", contacts: int = 1) -> AccountId:
        account = AccountId(an_id())
        self.load("account", {"id": account, "number": account[-6:], "trade_name": name, "rep_id": rep})
        people: list[Record] = [
            {
                "id": an_id(),
                "account_id": account,
                "position": place,
                "name": f"Rose {place}",
                "email": "rose@example.org",
                "mobile": "0612345678",
                "is_signatory": int(place == 0),
            }
            for place in range(contacts)
        ]
        self.load("contact", *people)
        return account

    def florist(self, rep: RepId) -> AccountId:
        """A catalogue, a florist with a signatory and an order that runs, made by the unit of work at the centre."""
        account = AccountId(hex_id("florist"))
        work = SqlWork(self.engines.writer, Moving(), rep, FeedJournal())
        with work.begin("import") as tx:
            fill(tx.rows, account, rep)
            tx.commit()
        return account

    # what a test looks at
    def rows(self, statement: str, **values: object) -> list[tuple[object, ...]]:
        with self.engines.reader.connect() as connection:
            return [tuple(row) for row in connection.execute(text(statement), values)]

    def value(self, statement: str, **values: object) -> object:
        ((value,),) = self.rows(statement, **values)
        return value


class InMemory:
    """A keyring for the length of a test."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        return self.kept.get(name)

    def put(self, name: str, secret: str) -> None:
        self.kept[name] = secret

    def drop(self, name: str) -> None:
        self.kept.pop(name, None)


class HeldBack(DeviceFeed):
    """A feed that can keep what waits from being sent, so that a pull meets edits on their way."""

    is_held = False

    def waiting(self) -> Waiting:
        true = super().waiting()
        return Waiting(0, true.first, true.last) if self.is_held else true

    def pending(self, most: int, most_bytes: int) -> list[Changeset]:
        return [] if self.is_held else super().pending(most, most_bytes)

    def going(self, most: int, most_bytes: int) -> list[tuple[int, bytes]]:
        return [] if self.is_held else super().going(most, most_bytes)


@dataclass
class Device:
    """A rep's device: a true encrypted store, enrolled over the wire."""

    store: Store
    feed: HeldBack
    road: Road
    engine: Engine
    files: Files
    me: RepId
    clock: Moving
    keyring: InMemory
    enrolled: NewDevice | None = None
    touched: list[frozenset[str]] = field(default_factory=list)

    def exchange(self) -> tuple[int, int, int]:
        """One exchange: changesets answered, rows received, problems."""
        done = self.engine.exchange()
        self.files.carry()
        return done.sent, done.received, done.problems

    def pull(self) -> None:
        """An exchange that sends nothing."""
        self.feed.is_held = True
        self.engine.exchange()
        self.feed.is_held = False

    def courier(self) -> SyncCourier:
        return SyncCourier(self.feed, self.store.work, self.road, self.clock.now, self.keyring)

    def rename(self, contact: str, account: str, **changes: str) -> None:
        """The rep corrects a contact."""
        row = self.row("contact", contact)
        kept = {name: str(row[name]) for name in ("name", "role", "email", "mobile", "phone")}
        signs = bool(row["is_signatory"])
        command = EditContact(
            account_id=AccountId(account), contact_id=ContactId(contact), is_signatory=signs, **(kept | changes)
        )
        edit_contact(command, self.store.work)

    def correct(self, **changes: str) -> str:
        """The rep corrects the first contact; gives its id."""
        contact = self.rows("SELECT id, account_id FROM contact ORDER BY position")[0]
        self.rename(str(contact["id"]), str(contact["account_id"]), **changes)
        return str(contact["id"])

    def row(self, table: str, row: str) -> Record:
        found = self.rows(f"SELECT * FROM {table} WHERE id = ?", row)
        assert len(found) == 1, f"{table} {row} is not here"
        return found[0]

    def rows(self, statement: str, *values: str | int) -> list[Record]:
        with self.store.engine.reader.connect() as connection:
            found = connection.exec_driver_sql(statement, values)
            return [dict(row) for row in found.mappings()]

    def value(self, statement: str, *values: str | int) -> object:
        ((value,),) = (tuple(row.values()) for row in self.rows(statement, *values))
        return value

    def states(self) -> list[str]:
        return [str(row["state"]) for row in self.rows("SELECT state FROM changeset ORDER BY n")]


class World:
    """A centre and the devices of its reps; all of it closed at the end."""

    def __init__(self, centre: Centre, folder: Path, empty_store: Path) -> None:
        self.centre = centre
        self._folder = folder
        self._empty_store = empty_store
        self._open = ExitStack()

    def device(self, login: str = "marie", clock: Moving | None = None, path: Path | None = None) -> Device:
        clock = clock or Moving()
        road = Road(self.centre.url, clock.now)
        enrolled = enrol(road, login, PASSWORD, self.centre.code(login))
        if path is None:
            path = self._folder / f"{secrets.token_hex(4)}.db"
            shutil.copy(self._empty_store, path)
        me = RepId(enrolled.enrolled.rep_id)
        device = self.on(path, road, me, clock)
        device.enrolled = enrolled
        return device

    def on(self, path: Path, road: Road, me: RepId, clock: Moving, keyring: InMemory | None = None) -> Device:
        """A device on a store that is there."""
        store = open_store(path, KEY, clock, me)
        self._open.callback(road.close)
        self._open.callback(store.close)
        feed = HeldBack(store.engine, QuickLists(), store.work.tell)
        keyring = keyring or InMemory()
        engine = Engine(feed, road, clock.now, secrets=keyring)
        device = Device(store, feed, road, engine, Files(feed, road, clock.now), me, clock, keyring)
        store.work.listen(device.touched.append)
        return device

    def again(self, device: Device) -> Device:
        """The same device after the app was closed and opened."""
        device.store.close()
        return self.on(device.store.path, device.road, device.me, device.clock, device.keyring)

    def close(self) -> None:
        self._open.close()


def sums_agree(centre: Centre, *devices: Device) -> bool:
    """Whether every device has the centre's sum for each scope that it holds, and the very same rows."""
    at_centre = {str(row[0]): row[1] for row in centre.rows("SELECT scope, state_sum FROM sync_scope")}
    return all(
        cursor.sum == at_centre.get(scope, "") and cursor.phase == "live"
        for device in devices
        for scope, cursor in Pulled(device.feed).cursors().items()
    )


def same_rows(centre: Centre, device: Device, tables: Sequence[str], rep: str) -> None:
    """Assert that a device holds what the centre holds of a portfolio, column by column."""
    for table in tables:
        of_rep = "rep_id = :rep" if table == "account" else "account_id IN (SELECT id FROM account WHERE rep_id = :rep)"
        wanted = sorted(centre.rows(f"SELECT * FROM {table} WHERE {of_rep}", rep=rep), key=str)
        found = sorted((tuple(row.values()) for row in device.rows(f"SELECT * FROM {table}")), key=str)
        assert found == wanted, table
