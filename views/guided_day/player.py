"""Plays steps on a real window with real mouse and key events, takes a picture after each, and times them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QWidget

from views.shell.window import Window

W = TypeVar("W", bound=QWidget)
PATIENCE_MS = 15_000


class StepFailed(AssertionError):
    """A step did not come to hold: what was waited for, in words."""


@dataclass(frozen=True, slots=True)
class Played:
    """One step as it went: its number and words, how long it took, its picture, and whether it was seen to hold."""

    number: int
    words: str
    milliseconds: int
    picture: str
    holds: bool
    reason: str = ""


class Strays(QObject):
    """Notes every widget that shows as a window of its own by accident: it would flash and take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if is_shown and isinstance(watched, QWidget) and not isinstance(watched, Window | QMenu):
            passing = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
            if watched.windowType() not in passing:
                self.seen.append(f"{type(watched).__name__} {watched.accessibleName()}".strip())
        return False


class Player:
    """Finds what a person would see, presses what a person would press, and waits until what must be there is."""

    def __init__(self, out: Path) -> None:
        out.mkdir(parents=True, exist_ok=True)
        for old in out.glob("*.png"):
            old.unlink()
        self.out = out
        self.window: QWidget | None = None
        self.strays = Strays()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self.strays)
        self.played: list[Played] = []

    # ------------------------------------------------------------------------------------------- steps
    def step(self, words: str, do: Callable[[], None]) -> bool:
        """Play one step; a picture is taken whether it holds or not."""
        number = len(self.played) + 1
        began = time.perf_counter()
        reason = ""
        try:
            do()
        except StepFailed as failure:
            reason = str(failure)
        if self.strays.seen and not reason:
            reason = f"fenêtres égarées : {', '.join(self.strays.seen)}"
            self.strays.seen.clear()
        took = round(1000 * (time.perf_counter() - began))
        picture = self._picture(number, words)
        self.played.append(Played(number, words, took, picture, not reason, reason))
        return not reason

    def _picture(self, number: int, words: str) -> str:
        name = f"{number:02d}-{_file_name(words)}.png"
        shown = self._on_top()
        if shown is None:
            return ""
        QTest.qWait(250)
        shown.grab().save(str(self.out / name))
        return name

    def _on_top(self) -> QWidget | None:
        visible = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget.width() > 200]
        return max(visible, key=lambda widget: (widget.isActiveWindow(), widget.width()), default=self.window)

    # ------------------------------------------------------------------------------------------- waiting
    def until(self, what: str, holds: Callable[[], bool]) -> None:
        """Wait until something holds; raises StepFailed when it does not within fifteen seconds."""
        clock = QElapsedTimer()
        clock.start()
        while not holds():
            if clock.hasExpired(PATIENCE_MS):
                raise StepFailed(what)
            QTest.qWait(20)

    # ------------------------------------------------------------------------------------------- finding
    def all(self, kind: type[W], within: QWidget | None = None) -> Iterator[W]:
        """Every visible widget of a kind, in one place or in any window."""
        roots = [within] if within is not None else QApplication.topLevelWidgets()
        for root in roots:
            if root.isVisible():
                if isinstance(root, kind):
                    yield root
                yield from (child for child in root.findChildren(kind) if child.isVisible())

    def the(self, kind: type[W], within: QWidget | None = None) -> W:
        """The one visible widget of a kind, once it is there."""
        self.until(f"{kind.__name__} ?", lambda: next(self.all(kind, within), None) is not None)
        return next(self.all(kind, within))

    def button(self, words: str, within: QWidget | None = None) -> QAbstractButton:
        """The visible button that says these words (at their beginning), once it can be pressed."""

        def found() -> QAbstractButton | None:
            for one in self.all(QAbstractButton, within):
                said = (one.text() or one.accessibleName()).replace("\u00a0", " ").strip()
                if said.startswith(words) and one.isEnabled():
                    return one
            return None

        self.until(f"bouton « {words} » ?", lambda: found() is not None)
        button = found()
        if button is None:
            raise StepFailed(words)
        return button

    def sees(self, words: str) -> bool:
        """Whether a visible label, or anything that has an accessible name, says these words."""
        return any(words in said for said in self.said())

    def said(self) -> Iterator[str]:
        """Everything that visible widgets say, hard spaces as plain ones."""
        for widget in self.all(QWidget):
            texts = [widget.accessibleName(), widget.accessibleDescription()]
            if isinstance(widget, QLabel | QAbstractButton):
                texts.append(widget.text())
            text = getattr(widget, "text", None)
            if callable(text) and not isinstance(widget, QLabel | QAbstractButton):
                said = text()
                texts.append(said if isinstance(said, str) else "")
            yield from (one.replace("\u00a0", " ") for one in texts if one)

    # ------------------------------------------------------------------------------------------- doing
    def click(self, widget: QWidget, at: QPoint | QRect | None = None) -> None:
        """Press the left button on a widget, in its middle or at a place."""
        place = at.center() if isinstance(at, QRect) else at if at is not None else widget.rect().center()
        QTest.mouseMove(widget, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def press(self, words: str, within: QWidget | None = None) -> None:
        """Press the button that says these words."""
        self.click(self.button(words, within))

    def write(self, widget: QWidget, text: str) -> None:
        """Type a text, a key after the other."""
        widget.setFocus()
        for sign in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                # QTest knows the keys of an American keyboard alone, and there is no é on it.
                event = QKeyEvent(kind, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, sign)
                QApplication.sendEvent(widget, event)

    def key(
        self, widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key."""
        QTest.keyClick(widget, key, modifiers)


def _file_name(words: str) -> str:
    plain = words.lower().translate(str.maketrans("àâäéèêëîïôöùûüç’«»: ,.", "aaaeeeeiioouuuc_______"))
    return "_".join(part for part in plain.split("_") if part)[:48]
