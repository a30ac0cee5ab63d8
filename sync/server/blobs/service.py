"""Takes and gives the bytes of kept documents: named by their SHA-256, checked, whole, as often as asked."""

from __future__ import annotations

import hashlib
import re

from sqlalchemy import Connection, or_, select

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.server.clock import now_us
from sync.server.database import in_one_write, one_picture, upsert
from sync.server.grants.rights import Caller
from sync.server.tables import BLOB

_NAME = re.compile(r"[0-9a-f]{64}")
_DOCUMENT, _ACCOUNT = SYNCED.tables["document"], SYNCED.tables["account"]


def keep(engines: Engines, caller: Caller, sha256: str, content: bytes) -> bool:
    """Keep a file that a document of the caller's portfolio names; gives whether it is new here.

    Raises Refusal BLOB_UNKNOWN when no such document is there, BLOB_DAMAGED when the bytes are others.
    """
    with one_picture(engines) as connection:
        _must_be_named(connection, caller, sha256)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Refusal("BLOB_DAMAGED", {"sha256": sha256})
    file = {"sha256": sha256, "size": len(content), "content": content, "at": now_us()}

    def insert(connection: Connection) -> bool:
        fresh = upsert(connection, BLOB).values(file).on_conflict_do_nothing(index_elements=["sha256"])
        return connection.execute(fresh).rowcount > 0

    return in_one_write(engines, insert)


def content(engines: Engines, caller: Caller, sha256: str) -> bytes:
    """Give a file that a document of the caller's portfolio names. Raises Refusal BLOB_UNKNOWN."""
    with one_picture(engines) as connection:
        _must_be_named(connection, caller, sha256)
        found = connection.execute(select(BLOB.c.content).where(BLOB.c.sha256 == sha256)).scalar_one_or_none()
    if found is None:
        raise Refusal("BLOB_UNKNOWN", {"sha256": sha256[:64]})
    return bytes(found)


def _must_be_named(connection: Connection, caller: Caller, sha256: str) -> None:
    named = (
        select(_DOCUMENT.c.id)
        .join(_ACCOUNT, _ACCOUNT.c.id == _DOCUMENT.c.account_id)
        .where(_ACCOUNT.c.rep_id == caller.rep_id)
        .where(or_(_DOCUMENT.c.sha256 == sha256, _DOCUMENT.c.shown_sha256 == sha256))
        .limit(1)
    )
    if _NAME.fullmatch(sha256) is None or connection.execute(named).first() is None:
        raise Refusal("BLOB_UNKNOWN", {"sha256": sha256[:64]})
