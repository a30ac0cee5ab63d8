"""A store's key that a device deposited, and how the device gets it back when keyring or passphrase are lost."""

from __future__ import annotations

import secrets

import msgspec
from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from app.domain.refusal import Refusal
from app.store import wrapping
from app.store.engine import Engines
from app.store.wrapping import Entrusted, UnsoundKey, WrongKey
from sync.protocol.devices import Deposit, Recover, Recovered
from sync.server.clock import now_us
from sync.server.database import in_one_write, upsert
from sync.server.facts import fact
from sync.server.grants import authority
from sync.server.grants.enrolment import hash_of, new_code, right_code, use_code
from sync.server.grants.rights import Caller
from sync.server.tables import DEPOSIT, DEVICE, TOKEN


def deposit(connection: Connection, caller: Caller, given: Deposit) -> None:
    """Keep a store's key, wrapped to the organisation; a device replaces its own alone.

    Raises Refusal DEPOSIT_UNSOUND for what the organisation could not unwrap, or what is another device's.
    """
    if _unwrapped(connection, given.content, given.store) is None:
        raise Refusal("DEPOSIT_UNSOUND")
    kept = upsert(connection, DEPOSIT).values(
        store=given.store, device=caller.device, content=given.content, at=now_us()
    )
    own = {"content": given.content, "at": now_us(), "device": caller.device}
    of_theirs = select(DEVICE.c.device).where(DEVICE.c.login == caller.login)
    or_own = kept.on_conflict_do_update(index_elements=["store"], set_=own, where=DEPOSIT.c.device.in_(of_theirs))
    if connection.execute(or_own.returning(DEPOSIT.c.store)).first() is None:
        raise Refusal("DEPOSIT_UNSOUND")


def recovery_code(connection: Connection, device: str, condition: ColumnElement[bool] | None = None) -> str:
    """Give a code by which a device gets its store's key back, once, within a day.

    Raises Refusal DEVICE_UNKNOWN, also for one that is shut out or told to wipe itself; NOT_ENTRUSTED.
    """
    allowed = true() if condition is None else condition
    stands = DEVICE.c.revoked_at.is_(None) & DEVICE.c.wipe_asked_at.is_(None)
    login = connection.execute(select(DEVICE.c.login).where(DEVICE.c.device == device, stands, allowed)).scalar()
    if login is None:
        raise Refusal("DEVICE_UNKNOWN", {"device": device})
    if connection.execute(select(DEPOSIT.c.store).where(DEPOSIT.c.device == device)).first() is None:
        raise Refusal("NOT_ENTRUSTED")
    return new_code(connection, login, device)


def recover(engines: Engines, asked: Recover) -> Recovered:
    """Give a device its key back, wrapped to the new proof key it brings; its tokens until now are void.

    Whatever is wrong, of login, password, code and store, the answer is the same. Raises Refusal ENROLMENT_REFUSED,
    DEVICE_KEY_UNSOUND.
    """
    authority.public_key(asked.public_key)
    with engines.reader.connect() as connection:
        found = connection.execute(select(DEPOSIT.c.device).where(DEPOSIT.c.store == asked.store)).scalar()
    # A store that nobody deposited costs a try like any other mistake: no device has the name that is asked for then.
    device = str(found or f"nobody {asked.store}")
    code = right_code(engines, asked, device)
    return in_one_write(engines, lambda connection: _give_back(connection, asked, device, code))


def _give_back(connection: Connection, asked: Recover, device: str, code: str) -> Recovered:
    use_code(connection, code)
    stands = DEVICE.c.revoked_at.is_(None) & DEVICE.c.wipe_asked_at.is_(None)
    own = update(DEVICE).where(DEVICE.c.device == device, DEVICE.c.login == asked.login, stands)
    if connection.execute(own.values(public_key=asked.public_key)).rowcount != 1:
        raise Refusal("ENROLMENT_REFUSED")
    content = connection.execute(select(DEPOSIT.c.content).where(DEPOSIT.c.store == asked.store)).scalar_one()
    data_key = _unwrapped(connection, content, asked.store)
    if data_key is None:
        raise Refusal("ORGANISATION_KEY_WRONG")
    token, at = secrets.token_urlsafe(32), now_us()
    connection.execute(
        update(TOKEN).where(TOKEN.c.device == device, TOKEN.c.revoked_at.is_(None)).values(revoked_at=at)
    )
    connection.execute(insert(TOKEN).values(token_hash=hash_of(token), device=device, made_at=at))
    given = wrapping.entrust(data_key, asked.public_key, asked.store.encode())
    return Recovered(
        device=device,
        token=token,
        content=msgspec.json.encode(given).decode(),
        recovery_public_key=fact(connection, "recovery_public_key"),
    )


def _unwrapped(connection: Connection, content: str, store: str) -> bytes | None:
    """Unwrap a deposited key; None for what is none, or was not made for this store and organisation."""
    try:
        entrusted = msgspec.json.decode(content.encode(), type=Entrusted)
        return wrapping.recover(entrusted, authority.recovery_key(connection), None, store.encode())
    except (msgspec.DecodeError, UnsoundKey, WrongKey):
        return None
