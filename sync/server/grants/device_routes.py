"""The routes about devices: the list, shutting out, wiping, codes, people, a store's key kept or given back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec
from fastapi import APIRouter
from fastapi.responses import Response

from app.domain.refusal import Refusal
from sync.protocol.devices import (
    CodeMade,
    read_code_asked,
    read_deposit,
    read_recover,
    read_rescue,
    read_wipe_news,
)
from sync.server.clock import now_us
from sync.server.database import in_one_write, own_picture
from sync.server.grants import devices, recovery
from sync.server.grants.asking import ProvenCaller
from sync.server.grants.enrolment import CODE_HOURS, new_code_under
from sync.server.web import Database, FileBody, SmallBody, document

router = APIRouter(prefix="/centre/v1")

T = TypeVar("T")


@router.get("/devices")
def listed(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """List devices: one's own, or all for an administrator."""
    with own_picture(engines) as connection:
        return document(msgspec.json.encode(devices.known(connection, caller.sees_devices(), caller.device)))


@router.post("/devices/{device}/revoke")
def revoke(engines: Database, body: SmallBody, caller: ProvenCaller, device: str) -> Response:
    """Shut a device out at once: one's own, or any for an administrator."""
    in_one_write(engines, lambda connection: devices.revoke(connection, device, caller.sees_devices()))
    return Response(status_code=204)


@router.post("/devices/{device}/wipe")
def wipe(engines: Database, body: SmallBody, caller: ProvenCaller, device: str) -> Response:
    """Order a device to wipe itself; for administrators."""
    in_one_write(engines, lambda connection: devices.ask_wipe(connection, device, caller.administers_devices()))
    return Response(status_code=204)


@router.post("/devices/{device}/wipe/cancel")
def cancel_wipe(engines: Database, body: SmallBody, caller: ProvenCaller, device: str) -> Response:
    """Take that order back while the device has not heard of it; for administrators."""
    in_one_write(engines, lambda connection: devices.cancel_wipe(connection, device, caller.administers_devices()))
    return Response(status_code=204)


@router.post("/devices/{device}/recovery")
def recovery_code(engines: Database, body: SmallBody, caller: ProvenCaller, device: str) -> Response:
    """Give a code by which a device gets its store's key back; for administrators."""
    allowed = caller.administers_devices()
    return _code(in_one_write(engines, lambda connection: recovery.recovery_code(connection, device, allowed)))


@router.post("/codes")
def code(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Give a code that enrols one device of a person; for administrators."""
    login, allowed = _read(read_code_asked, body).login, caller.administers_people()
    return _code(in_one_write(engines, lambda connection: new_code_under(connection, login, allowed)))


@router.get("/users")
def users(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """List who may enter: oneself, or everybody for an administrator."""
    with own_picture(engines) as connection:
        return document(msgspec.json.encode(devices.people(connection, caller.sees_people())))


@router.put("/deposit")
def deposit(engines: Database, body: SmallBody, caller: ProvenCaller) -> Response:
    """Keep a store's key, wrapped to the organisation."""
    given = _read(read_deposit, body)
    in_one_write(engines, lambda connection: recovery.deposit(connection, caller, given))
    return Response(status_code=204)


@router.post("/recover")
def recover(engines: Database, body: SmallBody) -> Response:
    """Give a store's key back to its device, by login, password and a code of the administrator's."""
    return document(msgspec.json.encode(recovery.recover(engines, _read(read_recover, body))))


@router.post("/wiped")
def wiped(engines: Database, body: SmallBody) -> Response:
    """Hear from a device how far its wipe came; it proves itself by the receipt alone, its keys may be gone."""
    news = _read(read_wipe_news, body)
    in_one_write(engines, lambda connection: devices.hear_of_wipe(connection, news.receipt, news.step))
    return Response(status_code=204)


@router.put("/rescue")
def rescue(engines: Database, body: FileBody) -> Response:
    """Keep what a device could not send before its wipe, sealed to the organisation; the receipt is its proof."""
    left = _read(read_rescue, body)
    in_one_write(engines, lambda connection: devices.keep_rescue(connection, left.receipt, left.content))
    return Response(status_code=204)


def _code(made: str) -> Response:
    expires = now_us() + CODE_HOURS * 3_600_000_000
    return document(msgspec.json.encode(CodeMade(code=made, expires_at=expires)), 201)


def _read(read: Callable[[bytes], T], body: bytes) -> T:
    try:
        return read(body)
    except msgspec.DecodeError as error:
        raise Refusal("MESSAGE_UNSOUND", {"why": str(error)}) from error
