"""A device is let in once, by a code that a person with a password was given; it then has a key and a certificate."""

from __future__ import annotations

import hashlib
import secrets

import msgspec
from sqlalchemy import ColumnElement, Connection, insert, select, update

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.naming import new_id
from app.store.rows import SYNCED
from sync.protocol.devices import Recover
from sync.protocol.enrolment import Enrol, Enrolled
from sync.protocol.standing import Role, Standing
from sync.server.clock import now, now_us
from sync.server.database import in_one_write
from sync.server.facts import fact
from sync.server.grants import authority, leasing
from sync.server.grants.people import hashed, is_password
from sync.server.grants.rights import scopes_of
from sync.server.tables import CODE, DEVICE, TOKEN, USER

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Of which codes are made: none that is taken for another."""
CODE_LENGTH = 8
CODE_HOURS = 24
MOST_TRIES = 5

_REP = SYNCED.tables["rep"]


def new_code(connection: Connection, login: str, device: str = "") -> str:
    """Give a person a code that enrols one device within a day (ABCD-EFGH), or lets that device have its key back.

    Raises Refusal USER_UNKNOWN.
    """
    known = select(USER.c.login).where(USER.c.login == login, USER.c.disabled_at.is_(None))
    if connection.execute(known).first() is None:
        raise Refusal("USER_UNKNOWN", {"login": login})
    code = "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))
    made = {"id": new_id(now()), "login": login, "device": device, "made_at": now_us()}
    expires = now_us() + CODE_HOURS * 3_600_000_000
    connection.execute(insert(CODE).values(made | {"code_hash": hashed(code), "expires_at": expires}))
    return f"{code[:4]}-{code[4:]}"


def new_code_under(connection: Connection, login: str, condition: ColumnElement[bool]) -> str:
    """Give a code for a person under a condition on people; all others are unknown. Raises Refusal USER_UNKNOWN."""
    if connection.execute(select(USER.c.login).where(USER.c.login == login, condition)).first() is None:
        raise Refusal("USER_UNKNOWN", {"login": login})
    return new_code(connection, login)


def enrol(engines: Engines, asked: Enrol) -> Enrolled:
    """Enrol a device. Whatever is wrong, of login, password and code, the answer is the same.

    Raises Refusal ENROLMENT_REFUSED, DEVICE_KEY_UNSOUND, CERTIFICATE_REQUEST_UNSOUND.
    """
    authority.public_key(asked.public_key)
    code = right_code(engines, asked)
    return in_one_write(engines, lambda connection: _let_in(connection, asked, code))


def right_code(engines: Engines, asked: Enrol | Recover, device: str = "") -> str:
    """Give the id of the open code that was typed: one to enrol, or one that gives this device its key back.

    Raises Refusal ENROLMENT_REFUSED, whatever is wrong; a try is counted before anything is looked at.
    """
    open_codes = in_one_write(engines, lambda connection: _count_a_try(connection, asked.login, device))
    with engines.reader.connect() as connection:
        wanted = select(USER.c.password_hash).where(USER.c.login == asked.login, USER.c.disabled_at.is_(None))
        password_hash = connection.execute(wanted).scalar_one_or_none()
    is_person = is_password(password_hash, asked.password)
    typed = asked.code.replace("-", "").replace(" ", "").upper()
    code = next((code_id for code_id, code_hash in open_codes if is_password(code_hash, typed)), None)
    if not is_person or code is None:
        raise Refusal("ENROLMENT_REFUSED")
    return code


def use_code(connection: Connection, code: str) -> None:
    """Use a code up. Raises Refusal ENROLMENT_REFUSED when another request was faster."""
    used = update(CODE).where(CODE.c.id == code, CODE.c.used_at.is_(None)).values(used_at=now_us())
    if connection.execute(used).rowcount != 1:
        raise Refusal("ENROLMENT_REFUSED")


def _count_a_try(connection: Connection, login: str, device: str) -> list[tuple[str, str]]:
    """Count a try on every open code of a login, before any is looked at; gives those that had one left."""
    is_open = (CODE.c.login == login) & (CODE.c.used_at.is_(None)) & (CODE.c.expires_at > now_us())
    is_open &= CODE.c.device == device
    tried = update(CODE).where(is_open, CODE.c.tries < MOST_TRIES).values(tries=CODE.c.tries + 1)
    return [(row.id, row.code_hash) for row in connection.execute(tried.returning(CODE.c.id, CODE.c.code_hash))]


def _let_in(connection: Connection, asked: Enrol, code: str) -> Enrolled:
    use_code(connection, code)
    person = connection.execute(
        select(USER.c.name, USER.c.rep_id, USER.c.role).where(USER.c.login == asked.login)
    ).one()
    device, token = new_id(now()), secrets.token_urlsafe(32)
    certificates = authority.issue(connection, asked.certificate_request, holder=person.name, device=device)
    connection.execute(
        insert(DEVICE).values(
            device=device,
            login=asked.login,
            name=asked.name,
            public_key=asked.public_key,
            certificate=certificates[0],
            enrolled_at=now_us(),
        )
    )
    connection.execute(insert(TOKEN).values(token_hash=hash_of(token), device=device, made_at=now_us()))
    team = connection.execute(select(_REP.c.team).where(_REP.c.id == person.rep_id)).scalar_one_or_none()
    return Enrolled(
        device=device,
        token=token,
        rep_id=person.rep_id,
        name=person.name,
        scopes=scopes_of(person.rep_id, team or ""),
        certificates=certificates,
        recovery_public_key=fact(connection, "recovery_public_key"),
        epoch=fact(connection, "epoch"),
        standing=Standing(role=Role(person.role), lease=leasing.lease(connection, device)),
    )


def hash_of(token: str) -> str:
    """Give what is kept of a token: its SHA-256; a token has enough chance in it to need no more."""
    return hashlib.sha256(token.encode()).hexdigest()


def written(enrolled: Enrolled) -> bytes:
    """Write the answer to a device."""
    return msgspec.json.encode(enrolled)
