"""Lets this device in at its centre, once, and keeps what it was given: secrets in the keyring, the rest stored."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.feed import DeviceFeed
from sync.client.greeting import EPOCH
from sync.client.identity import Identity, fresh_key
from sync.client.moment import Now
from sync.client.standing import LEASE, ROLE, LeaseWatch
from sync.client.transport import Road
from sync.client.unsent import RECOVERY_KEY
from sync.protocol.enrolment import Enrol, Enrolled, read_enrolled

CENTRE = "centre"
DEVICE = "device"
REP = "rep"
REP_NAME = "rep_name"
SEALING_KEY = "sealing_key"
SEALING_CHAIN = "sealing_chain"
SEALING_ROOTS = "sealing_roots"
"""The small facts under which the store keeps who it is; the sealing key lies in the encrypted store alone."""


@dataclass(frozen=True, slots=True)
class NewDevice:
    """What enrolling gave: who the device is, and its sealing key (P-256, PEM) with its certificates (PEM)."""

    centre: str
    identity: Identity
    enrolled: Enrolled = field(repr=False)
    sealing_key: str = field(repr=False)

    @property
    def chain(self) -> str:
        """The certificates of a seal, the device's own first."""
        return "".join(self.enrolled.certificates)

    @property
    def roots(self) -> str:
        """The organisation's certificates, by which seals are judged."""
        return "".join(self.enrolled.certificates[1:])


def enrol(road: Road, login: str, password: str, code: str, name: str = "") -> NewDevice:
    """Enrol this device over a road that has no identity yet; it gets one.

    Raises Refusal ENROLMENT_REFUSED, Trouble OFFLINE, CENTRE_SPEAKS_OTHERWISE.
    """
    key, public = fresh_key()
    sealing_key, request = _certificate_request()
    asked = Enrol(
        login=login.strip(),
        password=password,
        code=code.strip(),
        name=name or platform.node(),
        public_key=public,
        certificate_request=request,
    )
    data = road.document("POST", "/centre/v1/enrol", msgspec.json.encode(asked))
    try:
        enrolled = read_enrolled(data)
    except msgspec.DecodeError as error:
        raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error
    road.identity = Identity(enrolled.device, enrolled.token, key)
    return NewDevice(road.centre, road.identity, enrolled, sealing_key)


def _certificate_request() -> tuple[str, str]:
    """Make the key that will seal, and the request by which the centre certifies it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tournée")])
    request = x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, hashes.SHA256())
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), request.public_bytes(serialization.Encoding.PEM).decode()


def keep(device: NewDevice, feed: DeviceFeed, secrets: Secrets) -> None:
    """Keep a fresh enrolment; one that was there before gives way. Raises Trouble KEYRING_FAILS."""
    keep_identity(device.identity, secrets)
    feed.remember(
        {
            CENTRE: device.centre,
            DEVICE: device.identity.device,
            REP: device.enrolled.rep_id,
            REP_NAME: device.enrolled.name,
            SEALING_KEY: device.sealing_key,
            SEALING_CHAIN: device.chain,
            SEALING_ROOTS: device.roots,
            RECOVERY_KEY: device.enrolled.recovery_public_key,
            ROLE: device.enrolled.standing.role.value,
            LEASE: device.enrolled.standing.lease,
            EPOCH: feed.recall(EPOCH) or device.enrolled.epoch,
        }
    )


def keep_identity(identity: Identity, secrets: Secrets) -> None:
    """Keep what proves this device, in the keyring. Raises Trouble KEYRING_FAILS."""
    for name, secret in zip(secret_names(identity.device), (identity.token, identity.key), strict=True):
        secrets.put(name, secret)


def secret_names(device: str) -> tuple[str, str]:
    """Give the names in the keyring of a device's token and of its proof key."""
    return _secret(device, "token"), _secret(device, "key")


def lease_watch(feed: DeviceFeed, now: Now) -> LeaseWatch:
    """Give what watches the lease of this device."""
    return LeaseWatch(feed, now, lambda: (feed.recall(DEVICE) or "", feed.recall(SEALING_ROOTS) or ""))


def known_identity(feed: DeviceFeed, secrets: Secrets) -> Identity | None:
    """Give who this device is; None where it was never enrolled, or its keyring lost the secrets."""
    device = feed.recall(DEVICE)
    if device is None:
        return None
    token, key = secrets.get(_secret(device, "token")), secrets.get(_secret(device, "key"))
    return None if token is None or key is None else Identity(device, token, key)


def forget(feed: DeviceFeed, secrets: Secrets) -> None:
    """Take the device's secrets out of the keyring; the store and what waits in it stay."""
    device = feed.recall(DEVICE)
    for name in ("token", "key") if device else ():
        secrets.drop(_secret(device or "", name))


def _secret(device: str, name: str) -> str:
    return f"centre {name} {device}"
