"""Takes files in pieces: each kept as it comes, gone on with at the byte, and no file before its hash is right."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, or_, select, update

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.naming import new_id
from app.store.rows import SYNCED
from sync.server.blobs.service import must_be_named
from sync.server.clock import now, now_us
from sync.server.database import in_one_write, one_picture, upsert
from sync.server.grants.rights import Caller
from sync.server.tables import BLOB, PIECE, UPLOAD
from sync.server.web import LIMITS

KEPT_FOR = 7 * 86_400_000_000
"""Microseconds for which the pieces of a file are kept after the last one came."""

_ACCOUNT = SYNCED.tables["account"]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: how many bytes are here of how many, and until when they are kept (microseconds UTC)."""

    id: str
    sha256: str
    size: int
    done: int
    expires_at: int


def create(engines: Engines, caller: Caller, sha256: str, size: int) -> Upload:
    """Begin to take a file, or go on with the one that this device began; one that is here whole is done at once.

    Raises Refusal BLOB_UNKNOWN where no document that the caller may write names it, BLOB_TOO_LARGE.
    """
    if size > LIMITS.blob:
        raise Refusal("BLOB_TOO_LARGE", {"most": LIMITS.blob})
    # Also for a device that is leaving: what was signed on it must still arrive.
    may = or_(_ACCOUNT.c.rep_id == caller.rep_id, _ACCOUNT.c.id.in_(caller.loads))
    with one_picture(engines, caller.sight_of_own) as connection:
        must_be_named(connection, sha256, may)

    def begin(connection: Connection) -> Upload:
        let_forgotten_go(connection, now_us())
        is_here = connection.execute(select(BLOB.c.size).where(BLOB.c.sha256 == sha256)).scalar_one_or_none()
        mine = (UPLOAD.c.device == caller.device) & (UPLOAD.c.sha256 == sha256)
        found = connection.execute(select(UPLOAD.c.id, UPLOAD.c.size, UPLOAD.c.done).where(mine)).first()
        until = now_us() + KEPT_FOR
        if found is not None and found.size == size and found.done < size and is_here is None:
            upload = Upload(found.id, sha256, size, found.done, until)
            _keep(connection, upload)
            return upload
        if found is not None:
            _drop(connection, found.id)
        upload = Upload(new_id(now()), sha256, size, size if is_here == size else 0, until)
        values = {"id": upload.id, "device": caller.device, "sha256": sha256, "size": size, "done": upload.done}
        connection.execute(insert(UPLOAD).values(values | {"expires_at": until}))
        return upload

    return in_one_write(engines, begin)


def find(engines: Engines, caller: Caller, upload: str) -> Upload:
    """Say how far an upload of this device has come. Raises Refusal UPLOAD_UNKNOWN."""
    with one_picture(engines, caller.sight) as connection:
        return _find(connection, caller, upload)


def take(engines: Engines, caller: Caller, upload: str, offset: int, content: bytes) -> Upload:
    """Take a piece; the last one makes the file, if its hash is right, and otherwise all pieces are let go.

    Raises Refusal UPLOAD_UNKNOWN, UPLOAD_ELSEWHERE where the piece begins at another byte than is wanted,
    BLOB_TOO_LARGE where it goes past the end, BLOB_DAMAGED.
    """
    taken = in_one_write(engines, lambda connection: _take(connection, caller, upload, offset, content))
    if taken is None:
        raise Refusal("BLOB_DAMAGED")
    return taken


def _take(connection: Connection, caller: Caller, upload: str, offset: int, content: bytes) -> Upload | None:
    at = _find(connection, caller, upload, lock=True)
    if at.done != offset:
        raise Refusal("UPLOAD_ELSEWHERE", {"offset": at.done})
    if offset + len(content) > at.size:
        raise Refusal("BLOB_TOO_LARGE", {"most": at.size})
    if content:
        connection.execute(insert(PIECE).values(upload=at.id, start=offset, content=content))
    after = Upload(at.id, at.sha256, at.size, offset + len(content), now_us() + KEPT_FOR)
    if after.done == after.size and not _finish(connection, after):
        _drop(connection, at.id)
        return None
    _keep(connection, after)
    return after


def _finish(connection: Connection, upload: Upload) -> bool:
    """Make the file of its pieces; gives whether it is the one that was announced."""
    if connection.execute(select(BLOB.c.size).where(BLOB.c.sha256 == upload.sha256)).first() is None:
        pieces = select(PIECE.c.content).where(PIECE.c.upload == upload.id).order_by(PIECE.c.start)
        content = b"".join(map(bytes, connection.execute(pieces).scalars()))
        if hashlib.sha256(content).hexdigest() != upload.sha256:
            return False
        file = {"sha256": upload.sha256, "size": len(content), "content": content, "at": now_us()}
        connection.execute(upsert(connection, BLOB).values(file).on_conflict_do_nothing(index_elements=["sha256"]))
    connection.execute(delete(PIECE).where(PIECE.c.upload == upload.id))
    return True


def end(engines: Engines, caller: Caller, upload: str) -> None:
    """Let an upload of this device go. Raises Refusal UPLOAD_UNKNOWN."""
    in_one_write(engines, lambda connection: _drop(connection, _find(connection, caller, upload, lock=True).id))


def _find(connection: Connection, caller: Caller, upload: str, *, lock: bool = False) -> Upload:
    wanted = select(UPLOAD.c.id, UPLOAD.c.sha256, UPLOAD.c.size, UPLOAD.c.done, UPLOAD.c.expires_at).where(
        UPLOAD.c.id == upload, UPLOAD.c.device == caller.device, UPLOAD.c.expires_at > now_us()
    )
    found = connection.execute(wanted.with_for_update() if lock else wanted).first()
    if found is None:
        raise Refusal("UPLOAD_UNKNOWN")
    return Upload(*found)


def _keep(connection: Connection, upload: Upload) -> None:
    values = {"done": upload.done, "expires_at": upload.expires_at}
    connection.execute(update(UPLOAD).where(UPLOAD.c.id == upload.id).values(values))


def _drop(connection: Connection, upload: str) -> None:
    connection.execute(delete(PIECE).where(PIECE.c.upload == upload))
    connection.execute(delete(UPLOAD).where(UPLOAD.c.id == upload))


def let_forgotten_go(connection: Connection, at: int) -> None:
    """Let go of what nobody went on with in time (`at`, microseconds UTC)."""
    is_over = UPLOAD.c.expires_at <= at
    connection.execute(delete(PIECE).where(PIECE.c.upload.in_(select(UPLOAD.c.id).where(is_over))))
    connection.execute(delete(UPLOAD).where(is_over))
