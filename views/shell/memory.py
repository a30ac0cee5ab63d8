"""What the window remembers between two days: theme, language, the place it was left at, forms half filled in."""

from __future__ import annotations

import json
from typing import Protocol

from PySide6.QtCore import QSettings


class Memory(Protocol):
    """A drawer of small texts. What a customer said or wrote belongs in one that is encrypted."""

    def get(self, key: str) -> str | None:
        """Give what was kept under the key."""

    def put(self, key: str, text: str | None) -> None:
        """Keep a text, or forget it (None)."""


class ShortMemory:
    """Forgets all when the window closes; for tests and pictures."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def get(self, key: str) -> str | None:
        """Give what was kept under the key."""
        return self.kept.get(key)

    def put(self, key: str, text: str | None) -> None:
        """Keep a text, or forget it (None)."""
        if text is None:
            self.kept.pop(key, None)
        else:
            self.kept[key] = text


class SettingsMemory:
    """Keeps in a settings file that anyone on this machine can read: ids and choices, never words of a customer."""

    def __init__(self, path: str) -> None:
        """`path` is an .ini file of the user's configuration folder."""
        self._settings = QSettings(path, QSettings.Format.IniFormat)

    def get(self, key: str) -> str | None:
        """Give what was kept under the key."""
        value = self._settings.value(key)
        return value if isinstance(value, str) else None

    def put(self, key: str, text: str | None) -> None:
        """Keep a text at once, or forget it (None)."""
        if text is None:
            self._settings.remove(key)
        else:
            self._settings.setValue(key, text)
        self._settings.sync()


def recall_texts(memory: Memory, key: str) -> dict[str, str]:
    """Give the fields that `as_text` wrote; an empty dict when there is nothing, or nothing readable."""
    try:
        found = json.loads(memory.get(key) or "{}")
    except ValueError:
        return {}
    return {str(name): str(text) for name, text in found.items()} if isinstance(found, dict) else {}


def as_text(texts: dict[str, str]) -> str:
    """The fields of a form as one text for a drawer; `recall_texts` reads it."""
    return json.dumps(texts, ensure_ascii=False)
