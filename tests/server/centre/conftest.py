"""The centre alone, on each database."""

from __future__ import annotations

from tests.sync.conftest import _light_passwords, centre, empty_store, migrated_file, world

__all__ = ["_light_passwords", "centre", "empty_store", "migrated_file", "world"]
