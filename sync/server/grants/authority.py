"""The centre's own certificate authority: it says which device belongs to which rep, and seals bear its word."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sqlalchemy import Connection

from app.domain.refusal import Refusal
from sync.server.facts import fact, find, remember
from sync.server.settings import SECRET

ORGANISATION = "Tournée"
AUTHORITY_YEARS = 20
DEVICE_YEARS = 3
_YEAR = timedelta(days=365)
_BEFORE = timedelta(hours=1)
"""Certificates begin a little earlier: the device's clock may be behind."""


def found_authority(connection: Connection) -> None:
    """Make the authority's key and certificate and the organisation's recovery key, unless they are there."""
    if find(connection, "authority_key") is None:
        key = ec.generate_private_key(ec.SECP256R1())
        now = datetime.now(UTC)
        name = _name(f"{ORGANISATION} — autorité des appareils")
        certificate = (
            _certificate(name, name, key.public_key(), now, AUTHORITY_YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(key, hashes.SHA256())
        )
        remember(connection, "authority_key", _pem_of(key))
        remember(connection, "authority_certificate", _text(certificate))
    if find(connection, "recovery_key") is None:
        key = ec.generate_private_key(ec.SECP256R1())
        remember(connection, "recovery_key", _pem_of(key))
        remember(connection, "recovery_public_key", public_pem(key.public_key()))


def issue(connection: Connection, request: str, *, holder: str, device: str) -> tuple[str, str]:
    """Issue a signing certificate for a device; gives it and the authority's own, both PEM: the whole chain.

    `request` is a PKCS#10 request (PEM) for a P-256 key; whatever name it bears, the certificate names the holder.
    Raises Refusal CERTIFICATE_REQUEST_UNSOUND.
    """
    key = _requested_key(request)
    authority = x509.load_pem_x509_certificate(fact(connection, "authority_certificate").encode())
    signing = _load_key(fact(connection, "authority_key"))
    identifier = x509.SubjectKeyIdentifier.from_public_key(signing.public_key())
    certificate = (
        _certificate(_name(holder, device), authority.subject, key, datetime.now(UTC), DEVICE_YEARS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier), critical=False)
        .sign(signing, hashes.SHA256())
    )
    return _text(certificate), _text(authority)


def sign(connection: Connection, words: bytes) -> bytes:
    """Sign words as the authority (ECDSA-SHA256, DER). Raises Refusal CENTRE_SECRET_MISSING."""
    return _load_key(fact(connection, "authority_key")).sign(words, ec.ECDSA(hashes.SHA256()))


def recovery_key(connection: Connection) -> str:
    """Give the organisation's private recovery key (PEM, open). Raises Refusal CENTRE_SECRET_MISSING."""
    key = _load_key(fact(connection, "recovery_key"))
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def public_key(pem: str) -> ec.EllipticCurvePublicKey:
    """Read a P-256 public key. Raises Refusal DEVICE_KEY_UNSOUND."""
    try:
        key = serialization.load_pem_public_key(pem.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Refusal("DEVICE_KEY_UNSOUND") from error
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Refusal("DEVICE_KEY_UNSOUND")
    return key


def public_pem(key: ec.EllipticCurvePublicKey) -> str:
    """Write a public key as PEM."""
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _requested_key(request: str) -> ec.EllipticCurvePublicKey:
    try:
        asked = x509.load_pem_x509_csr(request.encode())
        key = asked.public_key()
        is_sound = asked.is_signature_valid
    except (ValueError, UnsupportedAlgorithm, InvalidSignature) as error:
        raise Refusal("CERTIFICATE_REQUEST_UNSOUND") from error
    if not is_sound or not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Refusal("CERTIFICATE_REQUEST_UNSOUND")
    return key


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + years * _YEAR)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _usage(**allowed: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in _USAGES})


_LONGEST_NAME = 64
"""Bytes of UTF-8 that X.509 allows a common name (ub-common-name)."""


def _cut(common: str) -> str:
    """Cut a name to what a certificate holds, between two signs."""
    return common.encode()[:_LONGEST_NAME].decode(errors="ignore") or "Tournée"


def _name(common: str, device: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, ORGANISATION),
        x509.NameAttribute(NameOID.COMMON_NAME, _cut(common)),
    ]
    return x509.Name([*parts, *([x509.NameAttribute(NameOID.SERIAL_NUMBER, device)] if device else [])])


def _pem_of(key: ec.EllipticCurvePrivateKey) -> str:
    secret = os.environ.get(SECRET, "").encode()
    lock = serialization.BestAvailableEncryption(secret) if secret else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock).decode()


def _load_key(pem: str) -> ec.EllipticCurvePrivateKey:
    secret = os.environ.get(SECRET, "").encode() if "ENCRYPTED" in pem else None
    try:
        key = serialization.load_pem_private_key(pem.encode(), secret or None)
    except (TypeError, ValueError) as error:
        raise Refusal("CENTRE_SECRET_MISSING", {"variable": SECRET}) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError("the authority's key is on P-256")
    return key


def _text(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
