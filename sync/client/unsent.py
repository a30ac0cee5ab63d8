"""What the centre does not have yet, sealed into a file that the organisation alone can read."""

from __future__ import annotations

import msgspec
from msgspec import Struct

from app.domain.refusal import Refusal
from app.store import sealed
from app.store.feed import DeviceFeed
from sync.protocol.changeset import Changeset

RECOVERY_KEY = "recovery_public_key"
"""The small fact under which the store keeps the organisation's public key (PEM)."""
_ALL = 2**31
_FILES = "SELECT sha256, content FROM blob WHERE sha256 NOT IN (SELECT sha256 FROM blob_job WHERE state = 'done')"


class Unsent(Struct, frozen=True, kw_only=True):
    """The changesets that wait, in order, and the kept files that have not arrived, by SHA-256 (base64 in JSON)."""

    changesets: tuple[Changeset, ...]
    files: dict[str, bytes]


def unsent(feed: DeviceFeed) -> Unsent:
    """Give what the centre does not have yet; it stays where it is."""
    with feed.reading() as connection:
        files = {str(row[0]): bytes(row[1]) for row in connection.exec_driver_sql(_FILES)}
    return Unsent(changesets=tuple(feed.pending(_ALL, _ALL)), files=files)


def sealed_unsent(feed: DeviceFeed, device: str) -> bytes | None:
    """Seal it as JSON; None where there is nothing. Raises Refusal NOT_ENTRUSTED: the store knows no organisation."""
    left = unsent(feed)
    if not left.changesets and not left.files:
        return None
    organisation = feed.recall(RECOVERY_KEY)
    if not organisation:
        raise Refusal("NOT_ENTRUSTED")
    return sealed.seal(msgspec.json.format(msgspec.json.encode(left), indent=1), organisation, device)
