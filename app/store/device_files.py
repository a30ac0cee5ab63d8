"""The names of what lies in a device's folder: light, so that the door knows them before the store is read in."""

from __future__ import annotations

from pathlib import Path

STORE_FILE = "store.db"
KEY_FILE = "store.key"
WIPE_FILE = "wipe.json"
"""The journal of a wipe under way: it outlives all the rest."""
RESCUE_FILE = "unsent.sealed"
"""What could not be sent before a wipe, sealed to the organisation."""


def has_store(folder: Path) -> bool:
    """Say whether a device was enrolled here."""
    return (folder / STORE_FILE).exists()


def is_being_wiped(folder: Path) -> bool:
    """Say whether a wipe has begun here that the centre does not know to be done."""
    return (folder / WIPE_FILE).exists()
