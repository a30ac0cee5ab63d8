"""The screen tests run without a screen, in the light look, in French, with nothing moving."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("TOURNEE_TEST_PLATFORM", "offscreen")

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from views import formats
from views.shell.theme import Theme, install


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Theme:
    """The look, put on once for all tests."""
    installed = install(qapp, "light", chinese_now=True)
    installed.set_moves(False)
    return installed


@pytest.fixture(autouse=True)
def _same_look_for_all(look: Theme) -> Iterator[None]:
    formats.set_language("fr")
    yield
    look.use("light")
    look.set_moves(False)
