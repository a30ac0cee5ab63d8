"""The routes of kept files: up in pieces by tus 1.0, down whole or in ranges."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from email.utils import format_datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.routing import APIRoute

from app.domain.refusal import Refusal
from app.store.codec import instant
from sync.protocol import transfer
from sync.server.blobs import service, uploads
from sync.server.grants.asking import ProvenCaller
from sync.server.web import LIMITS, Database, LinesBody, SmallBody, refuse

PREFIX = "/sync/v1/blobs"
_FILE = "application/octet-stream"
_Wanted = Annotated[str, Header(description="As tus 1.0 has it.")]


class TusRoute(APIRoute):
    """A route whose every answer, a refusal too, says which tus is spoken."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Give what answers a request."""
        answer = super().get_route_handler()

        async def spoken(request: Request) -> Response:
            try:
                response = await answer(request)
            except Refusal as refusal:
                response = await refuse(request, refusal)
                if refusal.code == "TUS_VERSION":
                    response.headers["Tus-Version"] = transfer.TUS
            response.headers["Tus-Resumable"] = transfer.TUS
            return response

        return spoken


def must_speak_tus(tus_resumable: _Wanted = "") -> None:
    """Raise Refusal TUS_VERSION unless the request says that it speaks tus 1.0."""
    if tus_resumable != transfer.TUS:
        raise Refusal("TUS_VERSION", {"version": transfer.TUS})


SpeaksTus = Annotated[None, Depends(must_speak_tus)]

files = APIRouter(prefix=PREFIX)
tus = APIRouter(prefix=PREFIX, route_class=TusRoute)


@tus.options("")
def capabilities(body: SmallBody, caller: ProvenCaller) -> Response:
    """Say what of tus is spoken here."""
    told = {
        "Tus-Version": transfer.TUS,
        "Tus-Extension": transfer.EXTENSIONS,
        "Tus-Max-Size": str(LIMITS.blob),
        "Tus-Checksum-Algorithm": ",".join(transfer.ALGORITHMS),
    }
    return Response(status_code=204, headers=told)


@tus.post("")
def create(
    engines: Database,
    body: SmallBody,
    caller: ProvenCaller,
    _: SpeaksTus,
    upload_length: _Wanted = "",
    upload_metadata: _Wanted = "",
) -> Response:
    """Begin a file, or go on with the one that this device began: `Upload-Offset` says where."""
    size = transfer.whole(upload_length)
    try:
        sha256 = transfer.read_metadata(upload_metadata).get("sha256")
    except ValueError as error:
        raise Refusal("UPLOAD_UNSOUND", {"why": "Upload-Metadata"}) from error
    if size is None or sha256 is None:
        raise Refusal("UPLOAD_UNSOUND", {"why": "Upload-Length, Upload-Metadata"})
    upload = uploads.create(engines, caller, sha256, size)
    headers = _told(upload) | {"Location": f"{PREFIX}/uploads/{upload.id}"}
    return Response(status_code=201, headers=headers)


@tus.head("/uploads/{upload}")
def offset(engines: Database, body: SmallBody, caller: ProvenCaller, _: SpeaksTus, upload: str) -> Response:
    """Say how far a file has come."""
    found = uploads.find(engines, caller, upload)
    more = {"Upload-Length": str(found.size), "Upload-Metadata": transfer.metadata_of(found.sha256)}
    return Response(headers=_told(found) | more | {"Cache-Control": "no-store"})


@tus.patch("/uploads/{upload}")
def take(
    engines: Database,
    body: LinesBody,
    caller: ProvenCaller,
    _: SpeaksTus,
    upload: str,
    content_type: _Wanted = "",
    upload_offset: _Wanted = "",
    upload_checksum: _Wanted = "",
) -> Response:
    """Bring the next piece of a file; the last one is answered once the whole file is checked and kept."""
    if content_type != transfer.OCTETS:
        raise Refusal("PIECE_UNTYPED", {"wanted": transfer.OCTETS})
    begins = transfer.whole(upload_offset)
    if begins is None:
        raise Refusal("UPLOAD_UNSOUND", {"why": "Upload-Offset"})
    try:
        is_sound = not upload_checksum or transfer.is_sound(upload_checksum, body)
    except ValueError as error:
        raise Refusal("UPLOAD_UNSOUND", {"why": "Upload-Checksum"}) from error
    if not is_sound:
        raise Refusal("PIECE_DAMAGED")
    return Response(status_code=204, headers=_told(uploads.take(engines, caller, upload, begins, body)))


@tus.delete("/uploads/{upload}")
def end(engines: Database, body: SmallBody, caller: ProvenCaller, _: SpeaksTus, upload: str) -> Response:
    """Let the pieces of a file go that will not be gone on with."""
    uploads.end(engines, caller, upload)
    return Response(status_code=204)


def _told(upload: uploads.Upload) -> dict[str, str]:
    expires: datetime = instant(upload.expires_at)
    return {"Upload-Offset": str(upload.done), "Upload-Expires": format_datetime(expires, usegmt=True)}


@files.head("/{sha256}")
def confirm(engines: Database, body: SmallBody, caller: ProvenCaller, sha256: str) -> Response:
    """Say that a file is here, with the SHA-256 of its bytes as they lie here now (`Repr-Digest`)."""
    size = service.size_of(engines, caller, sha256)
    digest = transfer.digest_of(service.hash_now(engines, caller, sha256, size))
    headers = _of_file(sha256) | {"Content-Length": str(size), "Repr-Digest": digest}
    return Response(headers=headers, media_type=_FILE)


@files.get("/{sha256}")
def give(
    engines: Database,
    body: SmallBody,
    caller: ProvenCaller,
    sha256: str,
    range_: Annotated[str, Header(alias="Range", description="One range of bytes.")] = "",
    if_range: Annotated[str, Header(description="The file's entity tag.")] = "",
) -> Response:
    """Fetch a file, whole or one range of its bytes."""
    size = service.size_of(engines, caller, sha256)
    headers = _of_file(sha256)
    is_same = if_range in ("", transfer.etag_of(sha256))
    try:
        asked = transfer.read_range(range_, size) if is_same else None
    except transfer.Unsatisfiable:
        return Response(status_code=416, headers=headers | {"Content-Range": f"bytes */{size}"})
    first, stop = asked or (0, size)
    headers["Content-Length"] = str(stop - first)
    if asked is not None:
        headers["Content-Range"] = f"bytes {first}-{stop - 1}/{size}"
    pieces = service.slices(engines, caller, sha256, first, stop)
    return StreamingResponse(pieces, 206 if asked else 200, headers=headers, media_type=_FILE)


def _of_file(sha256: str) -> dict[str, str]:
    return {"Accept-Ranges": "bytes", "ETag": transfer.etag_of(sha256)}


router = APIRouter()
router.include_router(tus)
router.include_router(files)
