"""Lets go of files at the centre that nothing names any more."""

from __future__ import annotations

import json

from sqlalchemy import Connection, delete, exists, or_, select

from app.store.rows import SYNCED
from sync.server.database import is_postgres
from sync.server.tables import BLOB, BROUGHT, DELETED

_DOCUMENT = SYNCED.tables["document"]
_IS_NAMED = exists().where(or_(_DOCUMENT.c.sha256 == BLOB.c.sha256, _DOCUMENT.c.shown_sha256 == BLOB.c.sha256))
_UNNAMED = select(BLOB.c.sha256).where(~_IS_NAMED)
_BURIED = select(DELETED.c.content).where(DELETED.c.table_name == _DOCUMENT.name)


def let_files_go(connection: Connection, before: int) -> int:
    """Let go of files that came before an instant (microseconds UTC) and that nothing names; gives how many.

    A document names its file, also one that was deleted, for as long as a late edit may bring it back: until the
    content that it last held is let go.
    """
    if not _unnamed(connection, before):
        return 0
    if is_postgres(connection):
        # Who keeps a document waits for this to end, and then asks anew whether its file is here.
        connection.exec_driver_sql(f"LOCK TABLE {_DOCUMENT.name} IN SHARE MODE")
    gone = _unnamed(connection, before)
    if gone:
        for table in (BLOB, BROUGHT):
            connection.execute(delete(table).where(table.c.sha256.in_(gone)))
    return len(gone)


def _unnamed(connection: Connection, before: int) -> list[str]:
    old = connection.execute(_UNNAMED.where(BLOB.c.at < before)).scalars().all()
    if not old:
        return []
    buried = [json.loads(content) for content in connection.execute(_BURIED).scalars()]
    named = {document.get(name) for document in buried for name in ("sha256", "shown_sha256")}
    return [sha256 for sha256 in old if sha256 not in named]
