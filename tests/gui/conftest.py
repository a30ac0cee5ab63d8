"""The screen tests run without a screen, in the light look, in French, with nothing moving."""

from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = os.environ.get("TOURNEE_TEST_PLATFORM", "offscreen")

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.gui.windows import Desk, make_portfolio
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


@pytest.fixture
def stage(qtbot: QtBot) -> Callable[..., QWidget]:
    """Shows widgets in a window that is active and has the keyboard, as a person has it before them."""
    # pytest-qt keeps only weak references: without this the window would go while the test looks at its parts.
    shown: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 900, height: int = 700) -> QWidget:
        window = QWidget()
        shown.append(window)
        window.resize(width, height)
        column = QVBoxLayout(window)
        for widget in widgets:
            column.addWidget(widget)
        column.addStretch(1)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return show


@pytest.fixture(scope="session")
def portfolio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One rep's store, made once; tests take copies."""
    path = tmp_path_factory.mktemp("portfolio") / "store.db"
    make_portfolio(path)
    return path


@pytest.fixture
def desk(portfolio: Path, tmp_path: Path, look: Theme) -> Iterator[Desk]:
    """A window's surroundings on a copy of the portfolio."""
    path = tmp_path / "store.db"
    shutil.copy(portfolio, path)
    made = Desk(path)
    yield made
    made.close()
