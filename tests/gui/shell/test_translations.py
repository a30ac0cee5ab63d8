"""The interface speaks French, English and Chinese, with the plurals of each."""

from __future__ import annotations

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from app.ports.entrance import CopyPutBack
from views import formats
from views.shell.copy_words import CopyWords
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


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "3 actions relues du coffre abîmé. 1 action illisible (n°\N{NO-BREAK SPACE}7)."),
        ("en", "3 actions reread from the damaged vault. 1 action cannot be read (no. 7)."),
        ("zh", "已从损坏的保险库中重新读取 3 项操作。 1 项操作无法读取（编号 7）。"),
    ],
)
def test_the_door_says_in_each_language_what_came_of_a_copy(interpreter: Interpreter, language: str, told: str) -> None:
    assert interpreter.speak(language)
    done = CopyPutBack(at=datetime.now(UTC), reread=3, lost=(7,), knows_all=True)
    assert CopyWords().came_of(done).kept.startswith(told)


def test_the_words_of_qt_itself_follow(interpreter: Interpreter) -> None:
    interpreter.speak("fr")
    french = said("QPlatformTheme", "Cancel")
    interpreter.speak("en")
    assert said("QPlatformTheme", "Cancel") == "Cancel"
    assert french == "Annuler"


def test_the_language_of_an_earlier_window_does_not_speak_in_between(
    interpreter: Interpreter, qapp: QApplication
) -> None:

    Interpreter(qapp).speak("fr")

    interpreter.speak("en")

    assert said("QPlatformTheme", "Cancel") == "Cancel"


def test_a_second_window_that_closes_gives_the_word_back_to_the_first(
    interpreter: Interpreter, qapp: QApplication, compiled: Path
) -> None:
    interpreter.speak("zh")
    second, third = Interpreter(qapp, compiled), Interpreter(qapp, compiled)
    second.speak("fr")
    third.speak("en")
    second.be_silent()
    assert said("Frame", "Comptes") == "Accounts"
    third.be_silent()
    assert said("Frame", "Comptes") == "客户"
    assert formats.formats().language == "zh"
    del second, third
    interpreter.be_silent()
    assert said("Frame", "Comptes") == "Comptes"


def test_speaking_again_leaves_nothing_of_the_language_before(interpreter: Interpreter) -> None:
    interpreter.speak("zh")
    interpreter.speak("fr")
    assert said("Frame", "Comptes") == "Comptes"


def test_an_unknown_language_is_refused(interpreter: Interpreter) -> None:
    with pytest.raises(KeyError):
        interpreter.speak("eo")


def _told(path: Path) -> Iterator[tuple[int, str, str]]:
    """Every French text that a class of a file hands to `tr`: its line, the class, the text."""
    classes = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.ClassDef)]
    for one in classes:
        for node in ast.walk(one):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or node.func.attr != "tr":
                continue
            if node.args and isinstance(node.args[0], ast.Constant):
                yield node.lineno, one.name, str(node.args[0].value)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_of_the_window_is_translated(language: str) -> None:
    # Also one that the gathering tool overlooks, as it does inside an f-string.
    known = {
        (context.findtext("name"), message.findtext("source"))
        for context in ET.parse(FOLDER / f"tournee_{language}.ts").iter("context")  # noqa: S314 - our own file
        for message in context.iter("message")
        if "".join(part for piece in message.iter("translation") for part in piece.itertext()).strip()
    }
    views = FOLDER.parents[1] / "views"
    lacking = [
        f"{path.relative_to(views)}:{line} {context}: {text}"
        for path in sorted(views.rglob("*.py"))
        for line, context, text in _told(path)
        if path.parent.name != "gallery" and (context, text) not in known
    ]
    assert not lacking
