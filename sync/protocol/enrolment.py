"""How a device becomes known to the centre once, and how it proves on every later request that it is that device."""

from __future__ import annotations

import hashlib
from typing import Annotated

import msgspec

from sync.protocol.standing import Standing

PROOF_HEADER = "Tournee-Proof"
"""The HTTP header that bears `<at>.<nonce>.<signature>`: microseconds UTC, 32 hex digits, ECDSA in hex (DER)."""
PROOF_WINDOW = 300_000_000
"""Microseconds by which a proof's time may differ from the centre's clock."""
MOST_WORDS = 400
"""Signs of a login, a password, a name at most."""
MOST_PEM = 8_000


Words = Annotated[str, msgspec.Meta(pattern=r"^[^\x00-\x1f\x7f]*$")]
"""What a person typed on one line: no control sign, which a database may not hold."""


class Enrol(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a new device says: whose it is, the one-time code, its own name, the public half of its proof key (PEM).

    `certificate_request` is a PKCS#10 request (PEM) for its second key, the one that seals.
    """

    login: Words
    password: Words
    code: Words
    name: Words
    public_key: str
    certificate_request: str


class Enrolled(msgspec.Struct, frozen=True, kw_only=True):
    """What the device is given: its id, its bearer token, whose portfolio it holds, and what it signs with.

    `certificates` is the chain, its own first, the authority's last; `recovery_public_key` is the organisation's.
    All are PEM.
    """

    device: str
    token: str
    rep_id: str
    name: str
    scopes: tuple[str, ...]
    certificates: tuple[str, ...]
    recovery_public_key: str
    epoch: str
    standing: Standing = Standing()


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """What the centre answers instead: a code, what fills its words, and its clock (microseconds UTC)."""

    code: str
    at: int
    parameters: dict[str, str] = {}


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """The three parts of a proof as they stand in the header."""

    at: int
    nonce: str
    signature: bytes

    def header(self) -> str:
        """Write it for the header."""
        return f"{self.at}.{self.nonce}.{self.signature.hex()}"


def read_proof(header: str) -> Proof | None:
    """Read a proof; None for anything that is none."""
    at, _, rest = header.partition(".")
    nonce, _, signature = rest.partition(".")
    if not (at.isascii() and at.isdigit() and len(at) <= 18 and len(nonce) == 32 and len(signature) <= 160):
        return None
    try:
        return Proof(at=int(at), nonce=nonce, signature=bytes.fromhex(signature))
    except ValueError:
        return None


def words_to_sign(method: str, target: str, body: bytes, at: int, nonce: str) -> bytes:
    """Give what the device signs: the request's method, its path with the query, the body's SHA-256, time, nonce."""
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join(("tournee-proof-1", method, target, digest, str(at), nonce)).encode()


_enrol = msgspec.json.Decoder(Enrol)
_enrolled = msgspec.json.Decoder(Enrolled)
_refused = msgspec.json.Decoder(Refused)


def read_enrol(data: bytes) -> Enrol:
    """Read a device's wish to be enrolled. Raises msgspec.DecodeError; what is too long is none."""
    asked = _enrol.decode(data)
    words = (asked.login, asked.password, asked.code, asked.name)
    if max(map(len, words)) > MOST_WORDS or max(len(asked.public_key), len(asked.certificate_request)) > MOST_PEM:
        raise msgspec.ValidationError("too long")
    return asked


def read_enrolled(data: bytes) -> Enrolled:
    """Read what the centre gave. Raises msgspec.DecodeError."""
    return _enrolled.decode(data)


def read_refused(data: bytes) -> Refused | None:
    """Read why the centre refused; None where it is not the centre that speaks."""
    try:
        return _refused.decode(data)
    except msgspec.DecodeError:
        return None
