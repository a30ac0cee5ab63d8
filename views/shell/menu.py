"""The small menu under the rep's initials: look, language, network, leaving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from views.shell.choices import LANGUAGE_KEY, LANGUAGE_NAMES, THEME_KEY
from views.shell.session import Session
from views.shell.theme import NAMES, SYSTEM, theme


class SettingsMenu(QMenu):
    """Every choice holds at once and is remembered."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._add_choices(self._theme_names(), theme().wish, self.use_theme)
        self.addSeparator()
        self._add_choices(LANGUAGE_NAMES, session.language, self.use_language)
        self.addSeparator()
        self.offline = QAction(self.tr("Travailler hors ligne"), self)
        self.offline.setCheckable(True)
        self.offline.setChecked(session.courier.is_switched_off)
        self.offline.toggled.connect(self._switch)
        self.addAction(self.offline)
        self.exchange = QAction(self.tr("Échanger maintenant"), self)
        self.exchange.setEnabled(not session.courier.is_switched_off)
        self.exchange.triggered.connect(lambda: session.exchange(quietly=False))
        self.addAction(self.exchange)
        self.addSeparator()
        self.leave = QAction(self.tr("Quitter"), self)
        self.leave.setShortcut(QKeySequence(QKeySequence.StandardKey.Quit))
        self.leave.triggered.connect(parent.window().close)
        self.addAction(self.leave)

    def use_theme(self, name: str) -> None:
        """Wear a theme from now on."""
        self._session.memory.put(THEME_KEY, name)
        theme().use(name)

    def use_language(self, language: str) -> None:
        """Speak a language from now on."""
        self._session.memory.put(LANGUAGE_KEY, language)
        self._session.set_language(language)

    def _theme_names(self) -> dict[str, str]:
        words = {
            "light": self.tr("Clair"),
            "dark": self.tr("Sombre"),
            "contrast": self.tr("Fort contraste"),
            SYSTEM: self.tr("Comme le système"),
        }
        return {name: words[name] for name in (*NAMES, SYSTEM)}

    def _add_choices(self, names: dict[str, str], current: str, choose: Callable[[str], None]) -> None:
        group = QActionGroup(self)
        for key, text in names.items():
            action = QAction(text, group)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(lambda _=False, key=key: choose(key))
            self.addAction(action)

    def _switch(self, offline: bool) -> None:
        self._session.switch_network(on=not offline)
        self.exchange.setEnabled(not offline)
