"""Asks for the rep's PIN before the courtesy screen is left; the first time it asks to choose one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from views.sales import pin
from views.shell.session import Session
from views.shell.theme import CENTRE, MUTED, Ink, theme
from views.widgets.buttons import Button, IconButton
from views.widgets.labels import Paragraph
from views.widgets.overlay import Overlay

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "close", "0", "back")


class _Figures(QWidget):
    """One circle a figure: filled for those that are typed; which ones is not shown."""

    def __init__(self) -> None:
        super().__init__()
        self._typed = 0

    def set_typed(self, typed: int) -> None:
        """Show how many figures there are."""
        self._typed = typed
        self.setAccessibleName(self.tr("%n chiffre(s)", "", typed))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, theme().px("field"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, gap = look.space(4), look.space(3)
        count = max(pin.SHORTEST, self._typed)
        left = (self.width() - count * side - (count - 1) * gap) / 2
        for at in range(count):
            box = QRectF(left + at * (side + gap), (self.height() - side) / 2, side, side)
            filled = at < self._typed
            painter.setPen(Qt.PenStyle.NoPen if filled else QPen(look.c("border"), look.px("border.focus")))
            painter.setBrush(look.c("accent") if filled else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))


class PinDialog(Overlay):
    """Figures by finger or keyboard; `passed` goes out when the PIN is right, or was just chosen."""

    passed = Signal()

    def __init__(self, window: QWidget, session: Session) -> None:
        look = theme()
        super().__init__(window, width=look.px("panel_right"), top=look.px("dialog_top"))
        self._session = session
        self._typed = ""
        self._first = ""
        self._wrong = 0
        self._chooses = not pin.is_set(session.memory)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.timeout.connect(self._show_state)
        self.title = Paragraph("", Ink(size="title", weight="strong"), align=CENTRE)
        self.words = Paragraph("", MUTED, align=CENTRE)
        self.figures = _Figures()
        self.keys: dict[str, Button] = {}
        pad = QGridLayout()
        pad.setSpacing(look.px("keypad_gap"))
        for at, key in enumerate(_KEYS):
            made = self._key(key)
            middle = Qt.AlignmentFlag.AlignCenter if isinstance(made, IconButton) else Qt.AlignmentFlag(0)
            pad.addWidget(made, at // 3, at % 3, middle)
            pad.setColumnStretch(at % 3, 1)
            pad.setColumnMinimumWidth(at % 3, look.px("keypad_key"))
        self.go_on = Button(self.tr("Revenir au travail"), "fill", large=True)
        self.go_on.clicked.connect(self._enter)
        column = QVBoxLayout(self.frame)
        side = look.space(6)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(look.space(2))
        for widget in (self.title, self.words, self.figures):
            column.addWidget(widget)
        column.addLayout(pad)
        column.addSpacing(look.space(2))
        column.addWidget(self.go_on)
        self._show_state()

    def first_focus(self) -> QWidget | None:
        """The dialog itself: figures are typed without a field."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return self

    def _key(self, key: str) -> Button:
        if key == "close":
            made: Button = IconButton("x", self.tr("Rester devant le client"))
            made.clicked.connect(self.close_overlay)
        elif key == "back":
            made = IconButton("back", self.tr("Effacer un chiffre"))
            made.clicked.connect(self._take_back)
        else:
            made = Button(key, "line", large=True)
            made.clicked.connect(lambda: self._type(key))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setFixedHeight(theme().px("keypad_key"))
        self.keys[key] = made
        return made

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdigit():
            self._type(event.text())
        elif event.key() == Qt.Key.Key_Backspace:
            self._take_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _type(self, figure: str) -> None:
        if len(self._typed) < pin.LONGEST and not self._rest.isActive():
            self._typed += figure
            self._show_state()

    def _take_back(self) -> None:
        self._typed = self._typed[:-1]
        self._show_state()

    def _enter(self) -> None:
        typed, memory = self._typed, self._session.memory
        if not pin.is_pin(typed) or self._rest.isActive():
            return
        if not self._chooses:
            # It takes a tenth of a second on purpose: away from the window.
            self._session.read(lambda: pin.matches(memory, typed), self._answer, latest="pin")
        elif not self._first:
            self._first, self._typed = typed, ""
            self._show_state()
        elif typed == self._first:
            pin.choose(memory, typed)
            self._pass()
        else:
            self._first = self._typed = ""
            self._show_state(self.tr("Les deux n’étaient pas les mêmes. Choisissez à nouveau."))

    def _answer(self, is_right: bool) -> None:
        if is_right:
            self._pass()
            return
        self._typed = ""
        self._wrong += 1
        wait = pin.seconds_to_wait(self._wrong)
        if wait:
            self._rest.start(wait * 1000)
            self._show_state(self.tr("Ce n’est pas le bon code. Réessayez dans {seconds} s.").format(seconds=wait))
        else:
            self._show_state(self.tr("Ce n’est pas le bon code."))

    def _pass(self) -> None:
        self.close_overlay()
        self.passed.emit()

    def _show_state(self, words: str = "") -> None:
        known = pin.said(self._session.memory)
        if not self._chooses:
            title = self.tr("Votre code")
            hint = self.tr("Base école : le code est {pin}.").format(pin=known) if known else ""
            usual = hint or self.tr("Le client reste devant son écran tant qu’il n’est pas donné.")
        elif not self._first:
            title = self.tr("Choisissez un code")
            usual = self.tr("Quatre à huit chiffres, pour reprendre la main devant un client.")
        else:
            title = self.tr("Encore une fois")
            usual = self.tr("Le même code, pour être sûr de le retrouver.")
        self.title.set_text(title)
        self.words.set_text(words or usual)
        self.figures.set_typed(len(self._typed))
        self.go_on.setEnabled(pin.is_pin(self._typed) and not self._rest.isActive())
        self.place()
