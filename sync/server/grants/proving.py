"""Checks on every request that it comes from the device it names, and that it was not heard before."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.exc import IntegrityError

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from sync.protocol.enrolment import PROOF_WINDOW, read_proof, words_to_sign
from sync.protocol.standing import Role
from sync.server.clock import now_us
from sync.server.grants.authority import public_key
from sync.server.grants.enrolment import hash_of
from sync.server.grants.hearing import hear
from sync.server.grants.rights import Caller, loads_in, standing_loads
from sync.server.straight import Question, straight_to
from sync.server.tables import DEVICE, TOKEN, USER

EXCHANGE = "/sync/v1/exchange"

_known_key = lru_cache(maxsize=4_096)(public_key)
"""Public keys by their PEM, which take longer to read than a proof takes to check."""

_REP = SYNCED.tables["rep"]
_WANTED = Question(
    select(
        DEVICE.c.device,
        DEVICE.c.login,
        DEVICE.c.public_key,
        DEVICE.c.wipe_receipt,
        or_(DEVICE.c.revoked_at.is_not(None), USER.c.disabled_at.is_not(None)).label("is_shut_out"),
        and_(DEVICE.c.wipe_asked_at.is_not(None), DEVICE.c.wipe_done_at.is_(None)).label("is_to_wipe"),
        USER.c.rep_id,
        USER.c.role,
        _REP.c.team,
        standing_loads().label("loads"),
    )
    .select_from(TOKEN.join(DEVICE, TOKEN.c.device == DEVICE.c.device).join(USER, USER.c.login == DEVICE.c.login))
    .outerjoin(_REP, _REP.c.id == USER.c.rep_id)
    .where(TOKEN.c.revoked_at.is_(None))
    .where(TOKEN.c.token_hash == bindparam("token"))
)


class _Found(NamedTuple):
    """What is known of a token's device, in the order of `_WANTED`."""

    device: str
    login: str
    public_key: str
    wipe_receipt: str
    is_shut_out: bool
    is_to_wipe: bool
    rep_id: str
    role: str
    team: str | None
    loads: str | None

    @classmethod
    def of(cls, rows: Sequence[tuple[Value, ...]]) -> _Found | None:
        """Take the one row there may be."""
        return cls._make(rows[0]) if rows else None


def prove(engines: Engines, *, authorization: str, proof_header: str, method: str, target: str, body: bytes) -> Caller:
    """Give the caller of a request.

    Raises Refusal TOKEN_UNKNOWN (nobody's, revoked, disabled), PROOF_UNSOUND, PROOF_OUT_OF_TIME (the device's clock is
    wrong; the answer bears the centre's, and the device tries again with it), PROOF_HEARD_BEFORE, WIPE_ORDERED (it is
    shut out, but proved that it is the one that is to wipe itself).
    """
    kind, _, token = authorization.partition(" ")
    proof = read_proof(proof_header)
    if kind.lower() != "bearer" or not token:
        raise Refusal("TOKEN_UNKNOWN")
    with straight_to(engines.reader) as driver:
        found = _Found.of(driver.rows(_WANTED, token=hash_of(token), at=now_us()))
    if found is None or (found.is_shut_out and not found.is_to_wipe):
        raise Refusal("TOKEN_UNKNOWN")
    if proof is None:
        raise Refusal("PROOF_UNSOUND")
    words = words_to_sign(method, target, body, proof.at, proof.nonce)
    try:
        _known_key(found.public_key).verify(proof.signature, words, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Refusal("PROOF_UNSOUND") from error
    at = now_us()
    if abs(proof.at - at) > PROOF_WINDOW:
        raise Refusal("PROOF_OUT_OF_TIME")
    if found.is_shut_out:
        raise Refusal("WIPE_ORDERED", {"receipt": found.wipe_receipt})
    try:
        hear(engines, found.device, proof.nonce, at, is_exchange=target == EXCHANGE)
    except IntegrityError as error:
        raise Refusal("PROOF_HEARD_BEFORE") from error
    loads = loads_in(found.loads)
    return Caller(
        device=found.device,
        login=found.login,
        rep_id=found.rep_id,
        team=found.team or "",
        loads=loads,
        role=Role(found.role),
        is_leaving=bool(found.is_to_wipe),
    )
