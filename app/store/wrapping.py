"""How the store's key is wrapped: under a passphrase with the device's secret, and under the organisation's key."""

from __future__ import annotations

import secrets
import unicodedata

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Struct

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12

LEAST_MEMORY_KIB, MOST_MEMORY_KIB = 64 * 1024, 1024 * 1024
LEAST_ROUNDS, MOST_ROUNDS = 3, 20
LANES = 4

_PASSPHRASE = b"tournee vault 1: passphrase and device"
_RECOVERY = b"tournee vault 1: organisation"
_CHECK = b"tournee vault 1: check of the device secret"


class WrongKey(Exception):
    """What unwraps is not what wrapped, or what was wrapped has been changed."""


class UnsoundKey(Exception):
    """The organisation's key is no P-256 key in PEM, or its private part is closed."""


class Hardening(Struct, frozen=True, forbid_unknown_fields=True):
    """How a passphrase is hardened (Argon2id): memory in KiB, rounds, lanes, salt."""

    salt: bytes
    memory_kib: int = LEAST_MEMORY_KIB
    rounds: int = LEAST_ROUNDS
    lanes: int = LANES

    @property
    def is_sound(self) -> bool:
        """Whether it is neither too weak nor so heavy that opening would never end."""
        return (
            len(self.salt) == SALT_BYTES
            and LEAST_MEMORY_KIB <= self.memory_kib <= MOST_MEMORY_KIB
            and LEAST_ROUNDS <= self.rounds <= MOST_ROUNDS
            and 1 <= self.lanes <= 16
        )


class Wrapped(Struct, frozen=True, forbid_unknown_fields=True):
    """A wrapped key: AES-256-GCM's nonce and box."""

    nonce: bytes
    box: bytes


class Entrusted(Struct, frozen=True, forbid_unknown_fields=True):
    """A key wrapped to the organisation: its public key and the passing one (PEM), and the box."""

    organisation: str
    passing: str
    wrapped: Wrapped


def fresh_hardening() -> Hardening:
    """Give the way a new passphrase is hardened."""
    return Hardening(salt=secrets.token_bytes(SALT_BYTES))


def key_of(passphrase: str, device_secret: bytes, hardening: Hardening) -> bytes:
    """Give the wrapping key of passphrase and device secret (0.1 to 0.7 s on purpose): neither alone is enough."""
    hardened = hash_secret_raw(
        secret=unicodedata.normalize("NFKC", passphrase).encode(),
        salt=hardening.salt,
        time_cost=hardening.rounds,
        memory_cost=hardening.memory_kib,
        parallelism=hardening.lanes,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )
    return _derived(hardened + device_secret, hardening.salt, _PASSPHRASE)


def check_of(device_secret: bytes) -> bytes:
    """Give what tells whether the keyring still holds the right secret; the secret has 32 random bytes."""
    mac = HMAC(device_secret, hashes.SHA256())
    mac.update(_CHECK)
    return mac.finalize()[:8]


def wrap(data_key: bytes, wrapping_key: bytes, header: bytes) -> Wrapped:
    """Wrap a key; the header goes with it unencrypted but cannot be changed unseen."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return Wrapped(nonce, AESGCM(wrapping_key).encrypt(nonce, data_key, header))


def unwrap(wrapped: Wrapped, wrapping_key: bytes, header: bytes) -> bytes:
    """Give the key back. Raises WrongKey."""
    try:
        return AESGCM(wrapping_key).decrypt(wrapped.nonce, wrapped.box, header)
    except (InvalidTag, ValueError) as error:
        raise WrongKey from error


def entrust(data_key: bytes, organisation: str, header: bytes) -> Entrusted:
    """Wrap a key to the organisation's public key (ECIES: ephemeral P-256, HKDF-SHA256, AES-256-GCM).

    Raises UnsoundKey.
    """
    try:
        key = serialization.load_pem_public_key(organisation.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnsoundKey from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise UnsoundKey
    passing = ec.generate_private_key(ec.SECP256R1())
    shared = passing.exchange(ec.ECDH(), key)
    public = _pem(passing.public_key())
    wrapping_key = _derived(shared, public.encode(), _RECOVERY)
    return Entrusted(_pem(key), public, wrap(data_key, wrapping_key, header))


def recover(entrusted: Entrusted, private: str, password: str | None, header: bytes) -> bytes:
    """Give the key back to the organisation. Raises UnsoundKey, or WrongKey for another organisation's key."""
    try:
        key = serialization.load_pem_private_key(private.encode(), password.encode() if password else None)
        passing = serialization.load_pem_public_key(entrusted.passing.encode())
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnsoundKey from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(passing, ec.EllipticCurvePublicKey):
        raise UnsoundKey
    if _pem(key.public_key()) != entrusted.organisation:
        raise WrongKey
    shared = key.exchange(ec.ECDH(), passing)
    return unwrap(entrusted.wrapped, _derived(shared, entrusted.passing.encode(), _RECOVERY), header)


def _derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt, purpose).derive(secret)


def _pem(key: ec.EllipticCurvePublicKey) -> str:
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return key.public_bytes(serialization.Encoding.PEM, form).decode()
