"""The routes of kept files."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from sync.server.blobs import service
from sync.server.grants.asking import ProvenCaller
from sync.server.web import Database, FileBody, SmallBody

router = APIRouter(prefix="/sync/v1/blobs")


@router.put("/{sha256}")
def keep(engines: Database, body: FileBody, caller: ProvenCaller, sha256: str) -> Response:
    """Bring a file whole; again and again is the same as once."""
    is_new = service.keep(engines, caller, sha256, body)
    return Response(status_code=201 if is_new else 204)


@router.get("/{sha256}")
def give(engines: Database, body: SmallBody, caller: ProvenCaller, sha256: str) -> Response:
    """Fetch a file."""
    return Response(service.content(engines, caller, sha256), media_type="application/octet-stream")
