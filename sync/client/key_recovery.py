"""How a device's key goes to the organisation for safe keeping, and comes back when keyring or passphrase are lost."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store import wrapping
from app.store.feed import DeviceFeed
from app.store.wrapping import Entrusted, UnsoundKey, WrongKey
from sync.client.enrolment import DEVICE
from sync.client.identity import Identity, fresh_key
from sync.client.transport import Road
from sync.protocol.devices import Deposit, Recover, read_recovered

DEPOSITED = "deposited"
"""The small fact that says for which store and device the key lies at the centre."""


def deposit_once(feed: DeviceFeed, road: Road, store: str, entrusted: Entrusted | None) -> bool:
    """Deposit the store's wrapped key unless that was done for this device; gives whether it was done now.

    Raises Refusal DEPOSIT_UNSOUND, Trouble OFFLINE and the like: it is done next time.
    """
    mark = f"{store} {feed.recall(DEVICE) or ''}"
    if entrusted is None or feed.recall(DEPOSITED) == mark:
        return False
    given = Deposit(store=store, content=msgspec.json.encode(entrusted).decode())
    road.document("PUT", "/centre/v1/deposit", msgspec.json.encode(given))
    feed.remember({DEPOSITED: mark})
    return True


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What the centre gave back: who the device is, with a new token and proof key, and the store's own key.

    `organisation` is the public key (PEM) to which the store's key is wrapped again.
    """

    identity: Identity
    organisation: str
    data_key: bytes = field(repr=False)


def ask_back(road: Road, login: str, password: str, code: str, store: str) -> GivenBack:
    """Get a store's key back over a road that has no identity.

    Raises Refusal ENROLMENT_REFUSED, Trouble OFFLINE, CENTRE_SPEAKS_OTHERWISE.
    """
    key, public = fresh_key()
    asked = Recover(login=login.strip(), password=password, code=code.strip(), store=store, public_key=public)
    try:
        given = read_recovered(road.document("POST", "/centre/v1/recover", msgspec.json.encode(asked)))
        entrusted = msgspec.json.decode(given.content.encode(), type=Entrusted)
        data_key = wrapping.recover(entrusted, key, None, store.encode())
    except (msgspec.DecodeError, UnsoundKey, WrongKey) as error:
        raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=type(error).__name__) from error
    if len(data_key) != wrapping.KEY_BYTES:
        raise Refusal("ORGANISATION_KEY_WRONG")
    return GivenBack(Identity(given.device, given.token, key), given.recovery_public_key, data_key)
