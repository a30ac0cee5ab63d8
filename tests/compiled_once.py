"""Puts a statement into SQL once for all engines of a kind: each test opens engines anew, which would do it again."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping

from sqlalchemy import Engine, util
from sqlalchemy.engine.interfaces import Compiled, Dialect

Key = tuple[object, ...]
"""A dialect, and what makes up the statement."""

ROOM = 3_000
"""Statements that are kept; all tests of one process have fewer."""


class _OfAllEngines(MutableMapping[Key, Compiled]):
    """An engine's own cache asks for its very own dialect; this one for any that speaks the same."""

    def __init__(self) -> None:
        self._kept: util.LRUCache[Key, Compiled] = util.LRUCache(ROOM)

    def __getitem__(self, key: Key) -> Compiled:
        return self._kept[_alike(key)]

    def __setitem__(self, key: Key, compiled: Compiled) -> None:
        self._kept[_alike(key)] = compiled

    def __delitem__(self, key: Key) -> None:
        del self._kept[_alike(key)]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)


def _alike(key: Key) -> Key:
    dialect, *statement = key
    if not isinstance(dialect, Dialect):
        raise TypeError("SQLAlchemy asks its cache in another way than it did")
    return (type(dialect), dialect.dbapi, dialect.paramstyle, dialect.server_version_info, *statement)


def compile_once() -> None:
    """Gives every engine that is made from now on one cache of what statements came to."""
    shared = _OfAllEngines()

    def engine_created(_dialect: type[Dialect], engine: Engine) -> None:
        engine._compiled_cache = shared

    # SQLAlchemy calls this for each engine it makes; a plugin would have to be named where the product makes its own.
    setattr(Dialect, "engine_created", classmethod(engine_created))  # noqa: B010 - mypy lets no method be assigned
