"""Gives the bytes of kept documents, named by their SHA-256, whole or in part, to whoever may see the document.

And only where they were brought for the document's account (`possession.py`): a hash can be known without the file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.server.blobs.possession import is_brought
from sync.server.database import one_picture
from sync.server.grants.rights import Caller
from sync.server.tables import BLOB

SLICE = 1_000_000
"""Bytes read from the database at once: no connection is held while a slow device takes them."""

_NAME = re.compile(r"[0-9a-f]{64}", re.ASCII)
_DOCUMENT, _ACCOUNT = SYNCED.tables["document"], SYNCED.tables["account"]


def size_of(engines: Engines, caller: Caller, sha256: str) -> int:
    """Give the size in bytes of a file that the caller may fetch. Raises Refusal BLOB_UNKNOWN."""
    with one_picture(engines, caller.sight) as connection:
        must_be_named(connection, sha256, and_(caller.sees(), is_brought(sha256)))
        size = connection.execute(select(BLOB.c.size).where(BLOB.c.sha256 == sha256)).scalar_one_or_none()
    if size is None:
        raise Refusal("BLOB_UNKNOWN", {"sha256": sha256[:64]})
    return int(size)


def slices(engines: Engines, caller: Caller, sha256: str, first: int, stop: int) -> Iterator[bytes]:
    """Give the bytes of a file from `first` to before `stop`, slice by slice."""
    for start in range(first, stop, SLICE):
        part = func.substr(BLOB.c.content, start + 1, min(SLICE, stop - start))
        with one_picture(engines, caller.sight) as connection:
            yield bytes(connection.execute(select(part).where(BLOB.c.sha256 == sha256)).scalar_one())


def hash_now(engines: Engines, caller: Caller, sha256: str, size: int) -> str:
    """Give the SHA-256 of a file's bytes as they lie here now."""
    found = hashlib.sha256()
    for part in slices(engines, caller, sha256, 0, size):
        found.update(part)
    return found.hexdigest()


def must_be_named(connection: Connection, sha256: str, may: ColumnElement[bool]) -> None:
    """Raise Refusal BLOB_UNKNOWN unless a document of an account for which `may` holds bears this hash."""
    named = (
        select(_DOCUMENT.c.id)
        .join(_ACCOUNT, _ACCOUNT.c.id == _DOCUMENT.c.account_id)
        .where(may, or_(_DOCUMENT.c.sha256 == sha256, _DOCUMENT.c.shown_sha256 == sha256))
        .limit(1)
    )
    if _NAME.fullmatch(sha256) is None or connection.execute(named).first() is None:
        raise Refusal("BLOB_UNKNOWN", {"sha256": sha256[:64]})
