"""The names of what lies in a device's folder: light, so that the door knows them before the store is read in."""

from __future__ import annotations

from pathlib import Path

STORE_FILE = "store.db"
KEY_FILE = "store.key"
READY_FILE = "store.put-back"
"""A copy under its last name but one: once it is there, it takes the store's place whatever happens."""
COPIES = "backups"
"""The folder of the store's copies."""
WIPE_FILE = "wipe.json"
"""The journal of a wipe under way: it outlives all the rest."""
RESCUE_FILE = "unsent.sealed"
"""What could not be sent before a wipe, sealed to the organisation."""


def has_store(folder: Path) -> bool:
    """Say whether a device was enrolled here: also where its store is missing, but a copy could take its place."""
    if (folder / STORE_FILE).exists():
        return True
    is_copied = (folder / READY_FILE).exists() or any((folder / COPIES).glob("store-*.db"))
    return is_copied and (folder / KEY_FILE).exists()


def is_being_wiped(folder: Path) -> bool:
    """Say whether a wipe has begun here that the centre does not know to be done."""
    return (folder / WIPE_FILE).exists()
