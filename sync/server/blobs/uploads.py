"""Takes files in pieces: each kept as it comes, gone on with at the byte, and no file before its hash is right."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, delete, insert, select, update

from app.domain.refusal import Refusal
from app.store.codec import compact_json
from app.store.engine import Engines
from app.store.naming import new_id
from sync.server.blobs.possession import bring, is_brought, named_in
from sync.server.blobs.service import must_be_named
from sync.server.clock import now, now_us
from sync.server.database import in_one_write, one_picture, upsert
from sync.server.grants.rights import Caller
from sync.server.tables import BLOB, PIECE, UPLOAD
from sync.server.web import LIMITS

KEPT_FOR = 7 * 86_400_000_000
"""Microseconds for which the pieces of a file are kept after the last one came."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: how many bytes are here of how many, and until when they are kept (microseconds UTC)."""

    id: str
    sha256: str
    size: int
    done: int
    expires_at: int


def create(engines: Engines, caller: Caller, sha256: str, size: int) -> Upload:
    """Begin to take a file, or go on with the one that this device began.

    One that is here whole is done at once, if it was brought for every account of the caller's that names it.
    Raises Refusal BLOB_UNKNOWN where no document that the caller may write names it, BLOB_TOO_LARGE.
    """
    if size > LIMITS.blob:
        raise Refusal("BLOB_TOO_LARGE", {"most": LIMITS.blob})
    with one_picture(engines, caller.sight_of_own) as connection:
        must_be_named(connection, sha256, caller.writes())

    def begin(connection: Connection) -> Upload:
        let_forgotten_go(connection, now_us())
        accounts = set(named_in(connection, sha256, caller.writes()))
        had = set(named_in(connection, sha256, and_(caller.writes(), is_brought(sha256))))
        is_here = _size_of(connection, sha256) if accounts and accounts == had else None
        mine = (UPLOAD.c.device == caller.device) & (UPLOAD.c.sha256 == sha256)
        columns = (UPLOAD.c.id, UPLOAD.c.size, UPLOAD.c.done, UPLOAD.c.accounts)
        found = connection.execute(select(*columns).where(mine)).first()
        until = now_us() + KEPT_FOR
        if found is not None and found.size == size and found.done < size and is_here is None:
            upload = Upload(found.id, sha256, size, found.done, until)
            _keep(connection, upload, accounts.union(json.loads(found.accounts)))
            return upload
        if found is not None:
            _drop(connection, found.id)
        upload = Upload(new_id(now()), sha256, size, size if is_here == size else 0, until)
        values = {"id": upload.id, "device": caller.device, "sha256": sha256, "size": size, "done": upload.done}
        values |= {"expires_at": until, "accounts": compact_json(sorted(accounts))}
        connection.execute(insert(UPLOAD).values(values))
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
    # One that is done has no pieces any more: only a piece, or the end of an empty file, finishes one.
    if after.done == after.size and (content or not at.size) and not _finish(connection, caller, after):
        _drop(connection, at.id)
        return None
    _keep(connection, after)
    return after


def _finish(connection: Connection, caller: Caller, upload: Upload) -> bool:
    """Make the file of its pieces, though it may be here already; gives whether it is the one that was announced."""
    pieces = select(PIECE.c.content).where(PIECE.c.upload == upload.id).order_by(PIECE.c.start)
    content = b"".join(map(bytes, connection.execute(pieces).scalars()))
    if hashlib.sha256(content).hexdigest() != upload.sha256:
        return False
    if _size_of(connection, upload.sha256) is None:
        file = {"sha256": upload.sha256, "size": len(content), "content": content, "at": now_us()}
        connection.execute(upsert(connection, BLOB).values(file).on_conflict_do_nothing(index_elements=["sha256"]))
    # The account may have moved since it was begun: its file is no less whole for that.
    begun_for = connection.execute(select(UPLOAD.c.accounts).where(UPLOAD.c.id == upload.id)).scalar_one()
    bring(connection, caller, upload.sha256, json.loads(begun_for))
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


def _size_of(connection: Connection, sha256: str) -> int | None:
    return connection.execute(select(BLOB.c.size).where(BLOB.c.sha256 == sha256)).scalar_one_or_none()


def _keep(connection: Connection, upload: Upload, accounts: Iterable[str] | None = None) -> None:
    values: dict[str, str | int] = {"done": upload.done, "expires_at": upload.expires_at}
    if accounts is not None:
        values["accounts"] = compact_json(sorted(accounts))
    connection.execute(update(UPLOAD).where(UPLOAD.c.id == upload.id).values(values))


def _drop(connection: Connection, upload: str) -> None:
    connection.execute(delete(PIECE).where(PIECE.c.upload == upload))
    connection.execute(delete(UPLOAD).where(UPLOAD.c.id == upload))


def let_forgotten_go(connection: Connection, at: int) -> None:
    """Let go of what nobody went on with in time (`at`, microseconds UTC)."""
    is_over = UPLOAD.c.expires_at <= at
    connection.execute(delete(PIECE).where(PIECE.c.upload.in_(select(UPLOAD.c.id).where(is_over))))
    connection.execute(delete(UPLOAD).where(is_over))
