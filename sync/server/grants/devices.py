"""The devices of the organisation: listed, shut out at once, told to wipe themselves, and what they say of that."""

from __future__ import annotations

import hmac
import secrets

from sqlalchemy import ColumnElement, Connection, func, select, true, update
from sqlalchemy.engine import Row

from app.domain.refusal import Refusal
from sync.protocol.devices import DeviceState, Known, Person, WipeStep
from sync.protocol.standing import Machine, Role, Standing
from sync.server import waking
from sync.server.clock import now_us
from sync.server.database import upsert
from sync.server.grants import leasing
from sync.server.grants.rights import Caller
from sync.server.tables import APPLIED, CODE, DEPOSIT, DEVICE, RESCUE, TOKEN, USER

_CHANGESETS = select(func.count()).where(APPLIED.c.device == DEVICE.c.device).scalar_subquery()
_IS_ENTRUSTED = select(DEPOSIT.c.store).where(DEPOSIT.c.device == DEVICE.c.device).exists()
_HAS_RESCUE = select(RESCUE.c.device).where(RESCUE.c.device == DEVICE.c.device).exists()


# ---------------------------------------------------------------------------------------------- seen
def known(connection: Connection, condition: ColumnElement[bool], this: str = "") -> tuple[Known, ...]:
    """Give the devices under a condition, who was there last first."""
    found = (
        select(
            DEVICE,
            USER.c.name.label("holder"),
            _CHANGESETS.label("changesets"),
            _IS_ENTRUSTED.label("is_entrusted"),
            _HAS_RESCUE.label("has_rescue"),
        )
        .join(USER, USER.c.login == DEVICE.c.login)
        .where(condition)
        .order_by(func.coalesce(DEVICE.c.seen_at, DEVICE.c.enrolled_at).desc(), DEVICE.c.device)
    )
    return tuple(_known(row, this) for row in connection.execute(found))


def _known(row: Row[tuple[object, ...]], this: str) -> Known:
    of = row._mapping  # noqa: SLF001 - the documented way to the columns by name
    return Known(
        device=row.device,
        login=row.login,
        holder=row.holder,
        name=row.name,
        platform=row.platform,
        version=row.version,
        enrolled_at=row.enrolled_at,
        state=_state(row),
        changesets=row.changesets,
        seen_at=row.seen_at,
        exchanged_at=row.exchanged_at,
        lease_until=row.lease_until,
        renewed_from=str(of.get("renewed_from") or ""),
        is_this=row.device == this,
        is_entrusted=bool(row.is_entrusted),
        has_rescue=bool(row.has_rescue),
    )


def _state(row: Row[tuple[object, ...]]) -> DeviceState:
    if row.wipe_done_at is not None:
        return DeviceState.WIPED
    if row.wipe_seen_at is not None:
        return DeviceState.WIPE_SEEN
    if row.wipe_asked_at is not None:
        return DeviceState.WIPE_ASKED
    return DeviceState.ACTIVE if row.revoked_at is None else DeviceState.REVOKED


def people(connection: Connection, condition: ColumnElement[bool]) -> tuple[Person, ...]:
    """Give the people who may enter, by name."""
    found = select(USER.c.login, USER.c.name, USER.c.role).where(USER.c.disabled_at.is_(None), condition)
    return tuple(
        Person(login=row.login, name=row.name, role=Role(row.role))
        for row in connection.execute(found.order_by(USER.c.name, USER.c.login))
    )


def set_role(connection: Connection, login: str, role: Role) -> None:
    """Let a person play another part. Raises Refusal USER_UNKNOWN."""
    changed = update(USER).where(USER.c.login == login).values(role=role.value)
    if connection.execute(changed).rowcount != 1:
        raise Refusal("USER_UNKNOWN", {"login": login})
    of_theirs = select(DEVICE.c.device).where(DEVICE.c.login == login)
    for device in connection.execute(of_theirs).scalars():
        waking.note_device(connection, device)


# ---------------------------------------------------------------------------------------------- first words
def greet(connection: Connection, caller: Caller, machine: Machine) -> Standing:
    """Note what a device says of itself, and say how it stands."""
    said = update(DEVICE).where(DEVICE.c.device == caller.device)
    said = said.values(platform=machine.platform[:80], version=machine.version[:40]).returning(DEVICE.c.wipe_receipt)
    return leasing.standing(connection, caller, connection.execute(said).scalar_one())


# ---------------------------------------------------------------------------------------------- shut out, wiped
def revoke(connection: Connection, device: str, condition: ColumnElement[bool] | None = None) -> None:
    """Shut a device out at once; done again it changes nothing. Raises Refusal DEVICE_UNKNOWN."""
    revoked = func.coalesce(DEVICE.c.revoked_at, now_us())
    _change(connection, device, condition, revoked_at=revoked)


def ask_wipe(connection: Connection, device: str, condition: ColumnElement[bool] | None = None) -> None:
    """Order a device to wipe itself; asked again it changes nothing. Raises Refusal DEVICE_UNKNOWN."""
    asked = func.coalesce(DEVICE.c.wipe_asked_at, now_us())
    receipt = func.coalesce(func.nullif(DEVICE.c.wipe_receipt, ""), secrets.token_urlsafe(32))
    _change(connection, device, condition, wipe_asked_at=asked, wipe_receipt=receipt)


def cancel_wipe(connection: Connection, device: str, condition: ColumnElement[bool] | None = None) -> None:
    """Take the order back. Raises Refusal DEVICE_UNKNOWN, WIPE_UNDER_WAY once the device has heard of it."""
    allowed = true() if condition is None else condition
    if connection.execute(select(DEVICE.c.device).where(DEVICE.c.device == device, allowed)).first() is None:
        raise Refusal("DEVICE_UNKNOWN", {"device": device})
    is_unheard = DEVICE.c.wipe_seen_at.is_(None)
    taken_back = update(DEVICE).where(DEVICE.c.device == device, is_unheard).values(wipe_asked_at=None, wipe_receipt="")
    if connection.execute(taken_back).rowcount != 1:
        raise Refusal("WIPE_UNDER_WAY")
    waking.note_device(connection, device)


def hear_of_wipe(connection: Connection, receipt: str, step: WipeStep) -> None:
    """Note how far a wipe came; once done the device is shut out for ever, and codes for its key are void.

    Raises Refusal DEVICE_UNKNOWN for a receipt that is none.
    """
    device, at = by_receipt(connection, receipt), now_us()
    seen = func.coalesce(DEVICE.c.wipe_seen_at, at)
    news = update(DEVICE).where(DEVICE.c.device == device)
    if step is WipeStep.SEEN:
        connection.execute(news.values(wipe_seen_at=seen))
        return
    done, revoked = func.coalesce(DEVICE.c.wipe_done_at, at), func.coalesce(DEVICE.c.revoked_at, at)
    connection.execute(news.values(wipe_seen_at=seen, wipe_done_at=done, revoked_at=revoked))
    connection.execute(
        update(TOKEN).where(TOKEN.c.device == device, TOKEN.c.revoked_at.is_(None)).values(revoked_at=at)
    )
    connection.execute(update(CODE).where(CODE.c.device == device, CODE.c.used_at.is_(None)).values(used_at=at))


def by_receipt(connection: Connection, receipt: str) -> str:
    """Give the device that holds a receipt. Raises Refusal DEVICE_UNKNOWN."""
    if receipt:
        ordered = select(DEVICE.c.device, DEVICE.c.wipe_receipt).where(DEVICE.c.wipe_receipt == receipt)
        found = connection.execute(ordered.where(DEVICE.c.wipe_asked_at.is_not(None))).first()
        if found is not None and hmac.compare_digest(found.wipe_receipt, receipt):
            return str(found.device)
    raise Refusal("DEVICE_UNKNOWN", {"device": ""})


def keep_rescue(connection: Connection, receipt: str, content: bytes) -> None:
    """Keep what a device could not send before its wipe. Raises Refusal DEVICE_UNKNOWN."""
    rescue = {"content": content, "at": now_us()}
    kept = upsert(connection, RESCUE).values(device=by_receipt(connection, receipt), **rescue)
    connection.execute(kept.on_conflict_do_update(index_elements=["device"], set_=rescue))


def rescue_of(connection: Connection, device: str) -> bytes:
    """Give what a device left behind, sealed to the organisation. Raises Refusal NOT_FOUND."""
    found = connection.execute(select(RESCUE.c.content).where(RESCUE.c.device == device)).scalar_one_or_none()
    if found is None:
        raise Refusal("NOT_FOUND", {"what": device})
    return bytes(found)


def _change(connection: Connection, device: str, condition: ColumnElement[bool] | None, **values: object) -> None:
    allowed = true() if condition is None else condition
    changed = update(DEVICE).where(DEVICE.c.device == device, allowed).values(values)
    if connection.execute(changed).rowcount != 1:
        raise Refusal("DEVICE_UNKNOWN", {"device": device})
    waking.note_device(connection, device)
