"""What a person chooses once and finds again, at the door too: the look and the language."""

from __future__ import annotations

SETTINGS_FILE = "window.ini"
"""Where they are kept, in the data folder; nothing of a customer stands in it."""
THEME_KEY = "theme"
LANGUAGE_KEY = "language"
LANGUAGE_NAMES = {"fr": "Français", "en": "English", "zh": "中文"}
"""Each language in its own words: whoever is lost must find theirs."""
FIRST_LANGUAGE = "fr"
"""Spoken until another was chosen: that of the source."""
