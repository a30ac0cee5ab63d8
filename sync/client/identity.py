"""Who this device is to its centre: an id, a token and a key that proves each request."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.ports.trouble import Trouble
from sync.protocol.enrolment import Proof, words_to_sign


@dataclass(frozen=True, slots=True)
class Identity:
    """An enrolled device; token and key (P-256, PEM) are secrets of the keyring."""

    device: str
    token: str = field(repr=False)
    key: str = field(repr=False)

    def proof(self, method: str, target: str, body: bytes, at: int) -> Proof:
        """Prove a request: sign its method, path with query, body, the time (microseconds UTC) and a fresh nonce."""
        nonce = secrets.token_hex(16)
        words = words_to_sign(method, target, body, at, nonce)
        return Proof(at=at, nonce=nonce, signature=_loaded(self.key).sign(words, ec.ECDSA(hashes.SHA256())))


@lru_cache(maxsize=2)
def _loaded(pem: str) -> ec.EllipticCurvePrivateKey:
    key = serialization.load_pem_private_key(pem.encode(), None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Trouble("CENTRE_REFUSES", technical="the device's key is none of ours")
    return key


def public_half(pem: str) -> str:
    """Give the public half (PEM) of a device's key."""
    half = _loaded(pem).public_key()
    return half.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def fresh_key() -> tuple[str, str]:
    """Make a P-256 key pair: private and public part as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()
