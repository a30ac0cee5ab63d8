"""How this device stands with its centre: the part of its person, how long it may work alone, an order to wipe itself.

The lease is the centre's word, signed; it lies in the encrypted store with the latest instant that was ever seen, so
that a clock set back gains nothing: time that the app runs counts even while the clock stands or goes back.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from app.store.codec import instant, microseconds
from app.store.feed import DeviceFeed
from sync.client.moment import Now
from sync.protocol.standing import Lease, Role, Standing, read_lease

ROLE = "role"
LEASE = "lease"
LATEST = "latest_instant"
AHEAD = "clock_ahead"
WIPE = "wipe_receipt"
"""The small facts: the latest instant by the centre's clock, and by how much that clock is ahead of this machine's."""

_TOLERATED = 300_000_000
"""Microseconds by which a clock may differ from the centre's and still count as right."""


def hear(feed: DeviceFeed, standing: Standing, at: int, here: datetime) -> None:
    """Keep what the centre says of this device; `at` is its clock, `here` this machine's at the same moment."""
    ahead = at - microseconds(here)
    facts = {ROLE: standing.role.value, LATEST: str(at), AHEAD: str(ahead if abs(ahead) > _TOLERATED else 0)}
    if standing.lease:
        facts[LEASE] = standing.lease
    if (feed.recall(WIPE) or "") != standing.wipe:
        facts[WIPE] = standing.wipe
    feed.remember(facts)


def role_of(feed: DeviceFeed) -> Role:
    """Give the part of this device's person, as the centre said last."""
    return Role(feed.recall(ROLE) or Role.REP)


class LeaseWatch:
    """Says whether the device may still work alone.

    `who` gives the device's id and the organisation's certificate (PEM) out of the encrypted store, anew each time: a
    device that was found copied gets another id while it runs.
    """

    def __init__(
        self,
        feed: DeviceFeed,
        now: Now,
        who: Callable[[], tuple[str, str]],
        running: Callable[[], float] = time.monotonic,
    ) -> None:
        self._feed = feed
        self._now = now
        self._who = who
        self._running = running
        self._looked_at = running()

    def until(self) -> datetime | None:
        """Give the end of the lease; None where there is none that the centre signed for this very device."""
        lease = self._lease()
        return None if lease is None else instant(lease.until)

    def is_over(self) -> bool:
        """Say whether the lease has ended, or there is none; the time that passed is kept."""
        lease = self._lease()
        return lease is None or self.latest() >= lease.until

    def latest(self) -> int:
        """Give the instant it is at least (microseconds UTC, the centre's clock), and keep it."""
        ran, self._looked_at = self._running() - self._looked_at, self._running()
        kept = int(self._feed.recall(LATEST) or 0)
        by_clock = microseconds(self._now()) + int(self._feed.recall(AHEAD) or 0)
        latest = max(kept + int(ran * 1_000_000), by_clock)
        if latest > kept:
            self._feed.remember({LATEST: str(latest)})
        return latest

    def _lease(self) -> Lease | None:
        read, (device, roots) = read_lease(self._feed.recall(LEASE) or ""), self._who()
        if read is None or read[0].device != device or not roots:
            return None
        lease, signature = read
        key = x509.load_pem_x509_certificate(roots.encode()).public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey):
            return None
        try:
            key.verify(signature, lease.words, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return None
        return lease
