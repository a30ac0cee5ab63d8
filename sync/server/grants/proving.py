"""Checks on every request that it comes from the device it names, and that it was not heard before."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from app.domain.refusal import Refusal
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.protocol.enrolment import PROOF_WINDOW, read_proof, words_to_sign
from sync.server.clock import now_us
from sync.server.grants.authority import public_key
from sync.server.grants.enrolment import hash_of
from sync.server.grants.rights import Caller, loads_in, standing_loads
from sync.server.tables import DEVICE, NONCE, TOKEN, USER

_REP = SYNCED.tables["rep"]
_WANTED = (
    select(
        DEVICE.c.device,
        DEVICE.c.login,
        DEVICE.c.public_key,
        USER.c.rep_id,
        _REP.c.team,
        standing_loads().label("loads"),
    )
    .select_from(TOKEN.join(DEVICE, TOKEN.c.device == DEVICE.c.device).join(USER, USER.c.login == DEVICE.c.login))
    .outerjoin(_REP, _REP.c.id == USER.c.rep_id)
    .where(TOKEN.c.revoked_at.is_(None), DEVICE.c.revoked_at.is_(None), USER.c.disabled_at.is_(None))
    .where(TOKEN.c.token_hash == bindparam("token"))
)


def prove(engines: Engines, *, authorization: str, proof_header: str, method: str, target: str, body: bytes) -> Caller:
    """Give the caller of a request.

    Raises Refusal TOKEN_UNKNOWN (nobody's, revoked, disabled), PROOF_UNSOUND, PROOF_OUT_OF_TIME (the device's clock is
    wrong; the answer bears the centre's, and the device tries again with it), PROOF_HEARD_BEFORE.
    """
    kind, _, token = authorization.partition(" ")
    proof = read_proof(proof_header)
    if kind.lower() != "bearer" or not token:
        raise Refusal("TOKEN_UNKNOWN")
    with engines.reader.connect() as connection:
        found = connection.execute(_WANTED, {"token": hash_of(token), "at": now_us()}).first()
    if found is None:
        raise Refusal("TOKEN_UNKNOWN")
    if proof is None:
        raise Refusal("PROOF_UNSOUND")
    words = words_to_sign(method, target, body, proof.at, proof.nonce)
    try:
        public_key(found.public_key).verify(proof.signature, words, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature as error:
        raise Refusal("PROOF_UNSOUND") from error
    at = now_us()
    if abs(proof.at - at) > PROOF_WINDOW:
        raise Refusal("PROOF_OUT_OF_TIME")
    try:
        with engines.writer.begin() as connection:
            _hear(connection, found.device, proof.nonce, at)
    except IntegrityError as error:
        raise Refusal("PROOF_HEARD_BEFORE") from error
    loads = loads_in(found.loads)
    return Caller(device=found.device, login=found.login, rep_id=found.rep_id, team=found.team or "", loads=loads)


def _hear(connection: Connection, device: str, nonce: str, at: int) -> None:
    """Keep a nonce until its proof is out of time anyway, and note that the device was there."""
    connection.execute(delete(NONCE).where(NONCE.c.device == device, NONCE.c.at < at - 2 * PROOF_WINDOW))
    connection.execute(insert(NONCE).values(device=device, nonce=nonce, at=at))
    connection.execute(update(DEVICE).where(DEVICE.c.device == device).values(seen_at=at))
