"""Finds out that the database was put back from a copy: by a mark kept outside it, and by which server it lies on.

A new epoch tells every device that the centre's logs are of another history. They keep all they have, read their scopes
anew, and send again what the centre no longer holds; by its `mid` each action takes effect once all the same.
"""

from __future__ import annotations

import hashlib
import logging
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec
from sqlalchemy import Connection, delete, func, make_url, select
from sqlalchemy.exc import SQLAlchemyError

from app.store.engine import Engines
from sync.server.database import in_one_write, is_postgres, upsert
from sync.server.facts import fact, find
from sync.server.tables import DEVICE, META, NONCE, SCOPE

_log = logging.getLogger(__name__)

WATERMARK = "TOURNEE_CENTRE_WATERMARK"
"""Environment variable: the file that keeps the mark; without it the file lies beside a SQLite database."""
EVERY_SECONDS = 2.0
"""How often the mark is raised while something is written; a copy put back may be as much younger, unnoticed."""

_COUNTER = "watermark"
_SEEN = "watermark_seen"
_SERVER = "server"
_CONTROL = ("pg_control_system", "pg_control_checkpoint")


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What the file says: which centre, its epoch, and how far its counter had come."""

    centre: str
    epoch: str
    counter: int


@dataclass(frozen=True, slots=True)
class NewEpoch:
    """What setting a new epoch did: both epochs, and how many proofs heard before it were let go."""

    before: str
    epoch: str
    nonces: int


def file_of(database: str) -> Path | None:
    """Say where the mark of a database (its address) is kept; None for nowhere."""
    told = os.environ.get(WATERMARK)
    if told:
        return Path(told)
    url = make_url(database)
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return Path(f"{url.database}.watermark") if is_file else None


class Watermark:
    """The mark of one database; `path` is its file, None where only the server can be told."""

    def __init__(self, engines: Engines, path: Path | None) -> None:
        self._engines = engines
        self._path = path

    def look(self) -> bool:
        """Compare database and mark, set a new epoch where they disagree, and raise the mark; gives whether it was set.

        The file is written after the database has committed: it is never ahead of it, unless that was put back.
        """
        with self._engines.reader.connect() as connection:
            is_quiet = self._is_as_it_was(connection)
        if is_quiet:
            return False
        was_set, kept = in_one_write(self._engines, self._raise)
        self._keep(kept)
        if was_set:
            _log.error("the centre's database was put back from a copy: epoch %s begins", kept.epoch)
        return was_set

    def restored(self) -> NewEpoch:
        """Begin a new epoch because somebody says that the database was put back."""

        def work(connection: Connection) -> tuple[NewEpoch, Kept]:
            done = _new_epoch(connection)
            return done, self._marked(connection)

        done, kept = in_one_write(self._engines, work)
        self._keep(kept)
        return done

    # ------------------------------------------------------------------------------------------ within a transaction
    def _is_as_it_was(self, connection: Connection) -> bool:
        """Say whether nothing was written since the last look, and nothing disagrees."""
        kept = self._read(connection)
        is_level = self._path is None or (kept is not None and kept.counter == _number(connection, _COUNTER))
        return is_level and not self._disagrees(connection, kept) and find(connection, _SEEN) == _picture(connection)

    def _disagrees(self, connection: Connection, kept: Kept | None) -> bool:
        is_behind = kept is not None and kept.counter > _number(connection, _COUNTER)
        before, now = find(connection, _SERVER), _server(connection)
        return is_behind or bool(before and now and before != now)

    def _raise(self, connection: Connection) -> tuple[bool, Kept]:
        _put(connection, _COUNTER, str(_number(connection, _COUNTER)))  # locks the row: one worker at a time decides
        was_put_back = self._disagrees(connection, self._read(connection))
        if was_put_back:
            _new_epoch(connection)
        return was_put_back, self._marked(connection)

    def _marked(self, connection: Connection) -> Kept:
        kept = self._read(connection)
        counter = max(_number(connection, _COUNTER), kept.counter if kept else 0) + 1
        for name, value in ((_COUNTER, str(counter)), (_SEEN, _picture(connection)), (_SERVER, _server(connection))):
            _put(connection, name, value)
        return Kept(centre=_centre(connection), epoch=fact(connection, "epoch"), counter=counter)

    # ------------------------------------------------------------------------------------------ the file
    def _read(self, connection: Connection) -> Kept | None:
        """Read the mark; None where there is none, or another centre's."""
        if self._path is None or not self._path.is_file():
            return None
        try:
            kept = msgspec.json.decode(self._path.read_bytes(), type=Kept)
        except msgspec.DecodeError:
            _log.warning("the watermark %s cannot be read and is written anew", self._path)
            return None
        return kept if kept.centre == _centre(connection) else None

    def _keep(self, kept: Kept) -> None:
        if self._path is None:
            return
        fresh = self._path.with_name(f"{self._path.name}.{os.getpid()}.new")
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(kept))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)


@contextmanager
def watching(engines: Engines, path: Path | None) -> Iterator[None]:
    """Look at once, then from time to time as long as the centre serves, and once more at the end."""
    mark = Watermark(engines, path)
    mark.look()
    ends = threading.Event()
    watcher = threading.Thread(target=_watch, args=(mark, ends), name="watermark", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ends.set()
        watcher.join()
        _try(mark)


def _watch(mark: Watermark, ends: threading.Event) -> None:
    while not ends.wait(EVERY_SECONDS):
        _try(mark)


def _try(mark: Watermark) -> None:
    try:
        mark.look()
    except (SQLAlchemyError, OSError) as error:
        _log.warning("the watermark cannot be kept now: %s", error)


def _new_epoch(connection: Connection) -> NewEpoch:
    before, epoch = fact(connection, "epoch"), secrets.token_hex(8)
    _put(connection, "epoch", epoch)
    return NewEpoch(before, epoch, connection.execute(delete(NONCE)).rowcount)


def _put(connection: Connection, name: str, value: str) -> None:
    kept = upsert(connection, META).values(name=name, value=value)
    connection.execute(kept.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def _number(connection: Connection, name: str) -> int:
    return int(find(connection, name) or 0)


def _centre(connection: Connection) -> str:
    """Give what this centre is known by through all copies: the digest of its authority's certificate."""
    return hashlib.sha256(fact(connection, "authority_certificate").encode()).hexdigest()


def _picture(connection: Connection) -> str:
    """Give what moves with every write that devices hear of."""
    heads = connection.execute(select(func.coalesce(func.sum(SCOPE.c.head), 0))).scalar_one()
    taken = connection.execute(select(func.coalesce(func.sum(DEVICE.c.last_n), 0), func.count(DEVICE.c.device))).one()
    return f"{heads} {taken[0]} {taken[1]}"


def _server(connection: Connection) -> str:
    """Give which server and timeline a PostgreSQL database lies on; nothing where that cannot be read."""
    if not is_postgres(connection):
        return ""
    readable = " AND ".join(f"has_function_privilege('{name}()', 'execute')" for name in _CONTROL)
    if not connection.exec_driver_sql(f"SELECT {readable}").scalar_one():
        return ""
    wanted = "SELECT s.system_identifier || ' ' || c.timeline_id FROM pg_control_system() s, pg_control_checkpoint() c"
    return str(connection.exec_driver_sql(wanted).scalar_one())
