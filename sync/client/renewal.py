"""Gets this device an identity of its own where its store turned up twice or was put back; a kill harms no step."""

from __future__ import annotations

import logging
import secrets as chance
from collections.abc import Collection

import msgspec

from app.domain.refusal import Refusal
from app.ports.secrets import Secrets
from app.ports.trouble import Trouble
from app.store.cursors import StoredCursor, all_cursors, keep_cursor
from app.store.feed import DeviceFeed
from app.store.outbox import Outbox
from app.store.unnamed import set_apart
from sync.client.enrolment import DEVICE, keep_identity
from sync.client.identity import Identity, fresh_key, public_half
from sync.client.lines import Tally, frames
from sync.client.recovering import other_from
from sync.client.transport import Road
from sync.protocol.frames import Answer
from sync.protocol.renewal import Renew, read_renewed

_log = logging.getLogger(__name__)

AT_ONCE = 1_000
"""Answers asked for in one request."""
RENEWING = "renewing"
"""The small fact that a new identity was asked for: the name of its key in the keyring."""


class Renewal:
    """The way to a new identity.

    The key is in the keyring before it is named in the store, and named there before it is sent; the same key sent
    again gets the same device. Device and cursors change in one transaction of the store, after the secrets are kept.
    """

    def __init__(self, feed: DeviceFeed, road: Road, secrets: Secrets | None) -> None:
        """Without `secrets` there is no renewal: the rep has to enrol anew."""
        self._feed = feed
        self._road = road
        self._secrets = secrets
        self._outbox = Outbox(feed)

    @property
    def is_begun(self) -> bool:
        """Whether a renewal was begun and broke off."""
        return bool(self._feed.recall(RENEWING))

    def is_due(self) -> bool:
        """Say whether the centre holds another's actions under numbers of this device: a copy of its store took them.

        Asked before a portfolio is read anew, as it is of a centre that was put back. Raises as `renew`.
        """
        return self._other_from() is not None

    def _other_from(self) -> int | None:
        answered = self._outbox.kept()
        return other_from(answered, self._held(answered))

    def renew(self) -> None:
        """Get a new identity, or go on with getting one; all scopes are read anew then, what waits stays.

        What was answered under the old one, and is not what the centre holds under its numbers, waits again too.
        Raises Trouble OFFLINE and the road's other ones, DEVICE_CLONED where the centre gives none, KEYRING_FAILS;
        Damaged.
        """
        if self._secrets is None:
            raise Trouble("DEVICE_CLONED", technical="no keyring to keep a new identity in")
        lost = self._other_from()
        if lost is not None:
            _log.warning("the centre holds others than what it answered from %d on: they are sent again", lost)
            self._outbox.send_again_from(lost)
        name, key = self._key(self._secrets)
        asked = Renew(public_key=public_half(key), first=self._feed.waiting().first)
        try:
            data = self._road.document("POST", "/centre/v1/device/renew", msgspec.json.encode(asked))
            renewed = read_renewed(data)
        except Refusal as refusal:
            raise Trouble("DEVICE_CLONED", technical=refusal.code) from refusal
        except msgspec.DecodeError as error:
            raise Trouble("CENTRE_SPEAKS_OTHERWISE", technical=str(error)) from error
        identity = Identity(renewed.device, renewed.token, key)
        keep_identity(identity, self._secrets)
        self._become(identity)
        self._secrets.drop(name)
        self._road.identity = identity
        _log.warning("this device's store turned up twice or was put back: it goes on as %s", identity.device)

    def _held(self, answered: Collection[int]) -> dict[int, str]:
        """Ask which actions the centre holds under these numbers of the old identity."""
        held: dict[int, str] = {}
        first, last = min(answered, default=1), max(answered, default=0)
        for start in range(first, last + 1, AT_ONCE):
            road = f"/sync/v1/results?first={start}&last={min(start + AT_ONCE - 1, last)}"
            told = frames(self._road, "GET", road, b"", Tally())
            held.update((frame.n, frame.mid) for frame in told if isinstance(frame, Answer))
        return held

    def _key(self, secrets: Secrets) -> tuple[str, str]:
        name = self._feed.recall(RENEWING)
        key = secrets.get(name) if name else None
        if name and key is not None:
            return name, key
        name, (key, _) = f"centre key renewing {chance.token_hex(8)}", fresh_key()
        secrets.put(name, key)
        self._feed.remember({RENEWING: name})
        return name, key

    def _become(self, identity: Identity) -> None:
        with self._feed.writing() as connection:
            for scope in all_cursors(connection):
                set_apart(connection, scope)
                keep_cursor(connection, StoredCursor(scope=scope))
            for name, value in ((DEVICE, identity.device), (RENEWING, "")):
                connection.exec_driver_sql("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))
