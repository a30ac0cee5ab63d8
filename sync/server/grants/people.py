"""The people who may enter: their password is hashed with Argon2id, and never leaves this module in the clear."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, insert, select

from app.domain.refusal import Refusal
from app.store.naming import new_id
from app.store.rows import SYNCED
from sync.protocol.standing import Role
from sync.server.clock import now, now_us
from sync.server.feed import Feed
from sync.server.tables import USER

SHORTEST_PASSWORD = 8

hasher = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)
"""Argon2id, 64 MiB, three passes."""

_REP = SYNCED.tables["rep"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A person to let in. `rep` is the id or login of a rep who is there; without it a rep is made with the login."""

    login: str
    name: str
    password: str
    rep: str = ""
    team: str = ""
    email: str = ""
    role: Role = Role.REP


def add_user(connection: Connection, feed: Feed, new: NewUser) -> str:
    """Let a person in; gives the rep's id.

    Raises Refusal LOGIN_EMPTY, NAME_EMPTY, LOGIN_TAKEN, PASSWORD_TOO_SHORT, REP_UNKNOWN.
    """
    login = new.login.strip()
    if not login:
        raise Refusal("LOGIN_EMPTY", field="login")
    if not new.name.strip():
        raise Refusal("NAME_EMPTY", field="name")
    if len(new.password) < SHORTEST_PASSWORD:
        raise Refusal("PASSWORD_TOO_SHORT", {"least": SHORTEST_PASSWORD}, "password")
    if connection.execute(select(USER.c.login).where(USER.c.login == login)).first() is not None:
        raise Refusal("LOGIN_TAKEN", {"login": login}, "login")
    rep_id = _rep(connection, feed, new, login)
    person = {"login": login, "name": new.name, "rep_id": rep_id, "role": new.role.value, "made_at": now_us()}
    connection.execute(insert(USER).values(person | {"password_hash": hashed(new.password)}))
    return rep_id


def _rep(connection: Connection, feed: Feed, new: NewUser, login: str) -> str:
    wanted = new.rep or login
    condition = (_REP.c.id == wanted) | (_REP.c.login == wanted)
    found = connection.execute(select(_REP.c.id).where(condition).order_by(_REP.c.id)).scalars().first()
    if found is not None:
        return str(found)
    if new.rep:
        raise Refusal("REP_UNKNOWN", {"rep": new.rep}, "rep")
    rep_id = new_id(now())
    feed.load("rep", [{"id": rep_id, "login": login, "name": new.name, "team": new.team, "email": new.email}])
    return rep_id


def hashed(password: str) -> str:
    """Hash a password or a code for keeping."""
    return hasher.hash(password)


def is_password(stored: str | None, password: str) -> bool:
    """Say whether a password is the one; takes as long for a person who does not exist."""
    try:
        hasher.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


@cache
def _nobody() -> str:
    return hashed("nobody enters with this")
