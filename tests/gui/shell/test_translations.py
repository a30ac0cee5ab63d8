"""The interface speaks French, English and Chinese, with the plurals of each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from views.shell.translations import FOLDER, Interpreter


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The translations as `make setup` compiles them."""
    folder = tmp_path_factory.mktemp("texts")
    release = str(Path(sys.executable).with_name("pyside6-lrelease"))
    for source in FOLDER.glob("*.ts"):
        target = folder / f"{source.stem}.qm"
        subprocess.run([release, "-silent", str(source), "-qm", str(target)], check=True)
    return folder


@pytest.fixture
def interpreter(qapp: QApplication, compiled: Path) -> Iterator[Interpreter]:
    before = QLocale()
    made = Interpreter(qapp, compiled)
    yield made
    made.be_silent()
    QLocale.setDefault(before)


def said(context: str, source: str, count: int = -1) -> str:
    """A text as the window says it."""
    return QCoreApplication.translate(context, source, "", count)


@pytest.mark.parametrize(
    ("language", "accounts", "one", "several"),
    [
        ("fr", "Comptes", "1 visite", "4 visites"),
        ("en", "Accounts", "1 visit", "4 visits"),
        ("zh", "客户", "1 次拜访", "4 次拜访"),
    ],
)
def test_each_language_has_its_words_and_plurals(
    interpreter: Interpreter, language: str, accounts: str, one: str, several: str
) -> None:
    assert interpreter.speak(language)
    assert said("Frame", "Comptes") == accounts
    assert said("TodayModel", "%n visite(s)", 1) == one
    assert said("TodayModel", "%n visite(s)", 4) == several


def test_the_words_of_qt_itself_follow(interpreter: Interpreter) -> None:
    interpreter.speak("fr")
    french = said("QPlatformTheme", "Cancel")
    interpreter.speak("en")
    assert said("QPlatformTheme", "Cancel") == "Cancel"
    assert french == "Annuler"


def test_speaking_again_leaves_nothing_of_the_language_before(interpreter: Interpreter) -> None:
    interpreter.speak("zh")
    interpreter.speak("fr")
    assert said("Frame", "Comptes") == "Comptes"


def test_an_unknown_language_is_refused(interpreter: Interpreter) -> None:
    with pytest.raises(KeyError):
        interpreter.speak("eo")
