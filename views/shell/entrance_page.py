"""The door: a new device is enrolled with its centre, a known one opens with its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.refusal import Refusal
from app.ports.entrance import CopyPutBack, Enrolment, Entrance, Recovery
from app.ports.trouble import Trouble
from views.shell.background import Background, Lane
from views.shell.choices import FIRST_LANGUAGE, LANGUAGE_NAMES
from views.shell.theme import set_surface, theme
from views.shell.waiting_page import CARD_WIDTH, Mark
from views.widgets.buttons import Button
from views.widgets.fields import LabelledField, TextField
from views.widgets.labels import Paragraph, label
from views.widgets.notice import Notice

_HEAD = 3
"""What stands above the door's words: the mark, a space, and the room for a notice."""
RETRY_SECONDS = 5
"""How often a device that must hear its centre first tries again by itself."""
_A_COPY_HELPS = {"STORE_DAMAGED", "STORE_MISSING"}
"""What is wrong with a store where its last copy may take its place."""


class EntrancePage(QWidget):
    """Asks for what opens the store; `opened` goes out once it is open."""

    opened = Signal()
    closed = Signal()
    """The door was closed, opened before or not."""
    language_wanted = Signal(str)
    """The page is to be made anew in another language: fr, en or zh."""

    def __init__(self, entrance: Entrance, language: str = FIRST_LANGUAGE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entrance = entrance
        self._language = language
        self._background = Background(self)
        self._fields: dict[str, LabelledField] = {}
        self._notice: Notice | None = None
        self._said = ""
        self.languages: dict[str, Button] = {}
        """What has the door speak another language, by its code."""
        self.copy_button: Button | None = None
        """Puts the last copy in the place of a damaged store; there while that is offered."""
        self._is_ready = False
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._press)
        self.setWindowTitle("Tournée")
        look = theme()
        card = QFrame()
        set_surface(card, "card")
        card.setFixedWidth(look.px(CARD_WIDTH))
        self._box = QVBoxLayout(card)
        pad = look.space(10)
        self._box.setContentsMargins(pad, pad, pad, pad)
        self._box.setSpacing(look.space(1))
        self._box.addLayout(self._head())
        self._box.addSpacing(look.space(2))
        self._room = QVBoxLayout()
        self._box.addLayout(self._room)
        if entrance.is_enrolled:
            self._ask_passphrase()
        else:
            self._ask_enrolment()
        # Stretches, not an alignment: that would give the card less height than its words take when they wrap.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(1)
        next(iter(self._fields.values())).editor.setFocus()

    def _head(self) -> QHBoxLayout:
        """The mark, and the languages beside it: below the card they would take height from a small screen."""
        row = QHBoxLayout()
        row.addWidget(Mark())
        row.addStretch(1)
        for language, name in LANGUAGE_NAMES.items():
            button = Button(name, "link")
            button.setEnabled(language != self._language)
            button.clicked.connect(partial(self.language_wanted.emit, language))
            self.languages[language] = button
            row.addWidget(button)
        return row

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def close_threads(self) -> None:
        """End what runs behind the page."""
        self._retry.stop()
        self._background.close()

    def settle(self) -> None:
        """Let the page live until nothing runs behind it any more; for pictures."""
        self._background.wait_idle()

    def showEvent(self, event: QShowEvent) -> None:
        """What opening needs is read in while the passphrase is typed."""
        super().showEvent(event)
        if not self._is_ready:
            self._is_ready = True
            self._background.run(Lane.STORE, self._entrance.get_ready, None, self._fail)

    # ------------------------------------------------------------------------------------------- the two doors
    def _ask_passphrase(self) -> None:
        self._box.addWidget(label(self.tr("Ouvrir Tournée"), "display"))
        self._add("passphrase", self.tr("Phrase de passe"), secret=True)
        self.button = self._add_button(self.tr("Ouvrir"), self._unlock)
        self.lost = Button(self.tr("Phrase de passe oubliée, ou clé du trousseau perdue"), "link")
        self.lost.clicked.connect(self.ask_recovery)
        self._box.addWidget(self.lost, 0, Qt.AlignmentFlag.AlignHCenter)

    def ask_recovery(self) -> None:
        """Ask for what has the organisation give the key back, in place of the passphrase."""
        self._retry.stop()
        self._drop_notice()
        while self._box.count() > _HEAD:
            item = self._box.takeAt(_HEAD)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._fields.clear()
        self._box.addWidget(label(self.tr("Rouvrir cet appareil"), "display"))
        self._box.addWidget(
            Paragraph(
                self.tr(
                    "Rien n’est perdu. Demandez un code de récupération à votre responsable : l’organisation garde une "
                    "copie de la clé, et rend à cet appareil tout ce qu’il contient."
                )
            )
        )
        self._box.addSpacing(theme().space(2))
        self._pair(("login", self.tr("Identifiant"), False), ("password", self.tr("Mot de passe"), True))
        self._add("code", self.tr("Code de récupération"))
        self._pair(
            ("passphrase", self.tr("Nouvelle phrase de passe"), True),
            ("again", self.tr("La même, encore une fois"), True),
        )
        self.button = self._add_button(self.tr("Rouvrir"), self._recover)
        next(iter(self._fields.values())).editor.setFocus()

    def _ask_enrolment(self) -> None:
        self._box.addWidget(label(self.tr("Inscrire cet appareil"), "display"))
        self._box.addWidget(
            Paragraph(self.tr("Votre responsable vous a remis l’adresse du centre et un code valable une fois."))
        )
        self._box.addSpacing(theme().space(2))
        self._add("centre", self.tr("Adresse du centre"), hint="https://")
        self._pair(("login", self.tr("Identifiant"), False), ("password", self.tr("Mot de passe"), True))
        self._add("code", self.tr("Code d’inscription"))
        self._pair(
            ("passphrase", self.tr("Phrase de passe de cet appareil"), True),
            ("again", self.tr("La même, encore une fois"), True),
        )
        self._box.addWidget(
            Paragraph(self.tr("Elle ouvre l’appareil chaque matin. Le centre ne la connaît pas : retenez-la."))
        )
        self.button = self._add_button(self.tr("Inscrire"), self._enrol)

    def _made(self, name: str, words_of_it: str, *, secret: bool, hint: str = "") -> LabelledField:
        field = TextField(placeholder=hint)
        if secret:
            field.setEchoMode(QLineEdit.EchoMode.Password)
        field.setAccessibleName(words_of_it)
        field.returnPressed.connect(self._press)
        made = LabelledField(words_of_it, field)
        self._fields[name] = made
        return made

    def _press(self) -> None:
        self.button.click()

    def _add(self, name: str, words_of_it: str, *, secret: bool = False, hint: str = "") -> None:
        self._box.addWidget(self._made(name, words_of_it, secret=secret, hint=hint))

    def _pair(self, *fields: tuple[str, str, bool]) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme().space(4))
        for name, words_of_it, secret in fields:
            row.addWidget(self._made(name, words_of_it, secret=secret), 1)
        self._box.addLayout(row)

    def _add_button(self, text: str, do: Callable[[], None]) -> Button:
        button = Button(text, "fill", large=True)
        button.clicked.connect(do)
        self._box.addSpacing(theme().space(2))
        self._box.addWidget(button)
        return button

    # ------------------------------------------------------------------------------------------- opening
    def typed(self, name: str) -> str:
        """What stands in a field."""
        field = self._fields[name].editor
        return field.text() if isinstance(field, QLineEdit) else ""

    def field(self, name: str) -> LabelledField:
        """A field by name: passphrase; or centre, login, password, code, passphrase, again."""
        return self._fields[name]

    def _recover(self) -> None:
        if self.typed("passphrase") != self.typed("again"):
            self._say("again", self.tr("Les deux phrases ne sont pas les mêmes."))
            return
        asked = Recovery(
            login=self.typed("login").strip(),
            password=self.typed("password"),
            code=self.typed("code").strip(),
            passphrase=self.typed("passphrase"),
        )
        self._run(lambda: self._entrance.recover(asked), self.tr("Ouverture…"))

    def _unlock(self) -> None:
        passphrase = self.typed("passphrase")
        self._run(lambda: self._entrance.unlock(passphrase), self.tr("Ouverture…"))

    def _enrol(self) -> None:
        if self.typed("passphrase") != self.typed("again"):
            self._say("again", self.tr("Les deux phrases ne sont pas les mêmes."))
            return
        asked = Enrolment(
            centre=self.typed("centre").strip(),
            login=self.typed("login").strip(),
            password=self.typed("password"),
            code=self.typed("code").strip(),
            passphrase=self.typed("passphrase"),
        )
        self._run(lambda: self._entrance.enrol(asked), self.tr("Inscription…"))

    def _run(self, do: Callable[[], None], busy: str) -> None:
        self._retry.stop()
        for made in self._fields.values():
            made.set_error("")
        self._drop_notice()
        self.button.set_busy(busy)
        self._background.run(Lane.STORE, do, lambda _: self._open(), self._fail)

    def _open(self) -> None:
        self.button.set_busy(None)
        self.opened.emit()

    def _fail(self, error: Exception) -> None:
        # The words come in when there is something to say: the door must not wait for them.
        from resources.wording import words

        self.button.set_busy(None)
        if isinstance(error, Refusal):
            self._say(error.field or "", words("refusals", error.code, self._language, **error.facts))
        elif isinstance(error, Trouble) and error.code in _A_COPY_HELPS:
            self._look_for_a_copy(error)
        elif isinstance(error, Trouble):
            text = words("troubles", error.code, self._language, **error.facts)
            self._show_notice(text, error.technical or error.code)
            self._offer_what_helps(error)
        else:
            raise error

    def _offer_what_helps(self, trouble: Trouble) -> None:
        if trouble.code == "LEASE_ENDED":
            self._retry.start(
                RETRY_SECONDS * 1000
            )  # as soon as the centre answers the device opens, and nobody has to press
        elif trouble.code == "SHUT_OUT" and trouble.facts.get("count"):
            self._show_notice(self._said, trouble.technical, self.tr("Enregistrer"))
            if self._notice is not None:
                self._notice.action_asked.connect(self._choose_file)

    def _look_for_a_copy(self, damage: Trouble) -> None:
        """A damaged or missing store is never made anew: the door offers its newest sound copy, where there is one."""
        from views.shell.copy_words import CopyWords

        words, passphrase = CopyWords(self), self.typed("passphrase")

        def offer(at: datetime | None) -> None:
            self.button.set_busy(None)
            if damage.code == "STORE_MISSING":
                said = words.missing_without_copy() if at is None else words.missing()
            else:
                said = words.no_copy() if at is None else words.damaged()
            self._show_notice(said.what, damage.technical or damage.code, kind=said.kind, kept=said.kept)
            if at is not None:
                self._offer_copy(words.action(at), passphrase)

        def fail(error: Exception) -> None:
            is_alike = isinstance(error, Trouble) and error.code in _A_COPY_HELPS
            offer(None) if is_alike else self._fail(error)

        self.button.set_busy(self.tr("Ouverture…"))
        self._background.run(Lane.STORE, lambda: self._entrance.copy_to_put_back(passphrase), offer, fail)

    def _offer_copy(self, text: str, passphrase: str) -> None:
        self.copy_button = Button(text, "fill", large=True)
        self.copy_button.clicked.connect(lambda: self._put_back(passphrase))
        self._box.insertWidget(self._box.indexOf(self.button), self.copy_button)
        self.button.hide()
        self.copy_button.setFocus()

    def _put_back(self, passphrase: str) -> None:
        from views.shell.copy_words import CopyWords

        def say(done: CopyPutBack) -> None:
            # What was lost must not go by unread: the rep opens by pressing once more.
            said = CopyWords(self).came_of(done)
            self._show_notice(said.what, "", kind=said.kind, kept=said.kept)
            self.button.setFocus()

        if self.copy_button is not None:
            self.copy_button.set_busy(self.tr("Remise en place…"))
        self._background.run(Lane.STORE, lambda: self._entrance.put_back(passphrase), say, self._fail)

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, self.tr("Enregistrer ce qui n’est pas parti"), "tournee.sealed")
        if chosen:
            self.save_unsent(Path(chosen))

    def save_unsent(self, path: Path) -> None:
        """Save what could not be sent, readable by the organisation alone."""
        passphrase = self.typed("passphrase")
        self.button.set_busy(self.tr("Enregistrement…"))
        self._background.run(
            Lane.STORE, lambda: self._entrance.save_unsent(passphrase, path), self._say_saved, self._fail
        )

    def _say_saved(self, count: int) -> None:
        self.button.set_busy(None)
        self._show_notice(
            self.tr("Enregistré : %n changement(s), que votre responsable seul peut lire.", "", count), "", kind="ok"
        )

    def _say(self, field: str, text: str) -> None:
        if field in self._fields:
            self._fields[field].set_error(text)
            self._fields[field].editor.setFocus()
        else:
            self._show_notice(text, "")

    def _show_notice(self, text: str, detail: str, action: str = "", kind: str = "danger", kept: str = "") -> None:
        self._drop_notice()
        self._said = text
        self._notice = Notice(kind, text, kept, detail=detail, action=action, stacked=bool(kept))
        self._room.addWidget(self._notice)
        self._room.setContentsMargins(0, 0, 0, theme().space(4))

    def _drop_notice(self) -> None:
        if self._notice is not None:
            self._notice.hide()
            self._room.removeWidget(self._notice)
            self._room.setContentsMargins(0, 0, 0, 0)
            self._notice.deleteLater()
            self._notice = None
        if self.copy_button is not None:
            self.copy_button.hide()
            self._box.removeWidget(self.copy_button)
            self.copy_button.deleteLater()
            self.copy_button = None
            self.button.show()
