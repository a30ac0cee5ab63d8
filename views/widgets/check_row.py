"""A thing to do: a circle to check off, what it is, when, and perhaps a button that does it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from views.shell.theme import BODY, MUTED, SMALL, Ink, Run, paint_amount, paint_elided, runs_width, theme
from views.widgets.buttons import IconButton
from views.widgets.choices import CheckCircle, Radio, paint_radio
from views.widgets.labels import ElidedLabel


class CheckRow(QWidget):
    """The circle and the words are two targets: one checks off, the other opens."""

    toggled = Signal(bool)
    """It was checked off, or not after all."""
    opened = Signal()
    """The words were pressed."""
    action_asked = Signal()
    """The button at the right was pressed."""

    def __init__(
        self,
        text: str,
        when: str = "",
        parent: QWidget | None = None,
        *,
        done: bool = False,
        late: bool = False,
        action: tuple[str, str] | None = None,
    ) -> None:
        """`late` writes the second line as wrong; `action` is an icon and what it does."""
        super().__init__(parent)
        look = theme()
        self.circle = CheckCircle(checked=done)
        self.circle.setAccessibleName(text)
        self.circle.setAccessibleDescription(when)
        self._text = ElidedLabel(text, MUTED if done else BODY)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.circle.setFixedWidth(look.px("row_leading") - look.space(2))
        row.addWidget(self.circle)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._text)
        if when:
            words.addWidget(ElidedLabel(when, Ink("danger", "small") if late else SMALL))
        words.addStretch(1)
        row.addLayout(words, 1)
        self.action: IconButton | None = None
        if action is not None:
            self.action = IconButton(action[0], action[1], "quiet")
            self.action.clicked.connect(self.action_asked)
            row.addWidget(self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        self.circle.toggled.connect(self._checked)
        self.setFixedHeight(look.px("row_task" if when else "target"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def text(self) -> str:
        """What there is to do."""
        return self._text.text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self.rect().contains(event.position().toPoint()):
            return
        # The circle is narrower than a finger: what falls just beside it is meant for it.
        if event.position().x() < theme().px("target"):
            self.circle.toggle()
        else:
            self.opened.emit()

    def _checked(self, done: bool) -> None:
        self._text.set_ink(MUTED if done else BODY)
        self.toggled.emit(done)


class RadioRow(Radio):
    """One of several choices on a row of its own, with an amount at the right where there is one."""

    def __init__(
        self, text: str, runs: tuple[Run, ...] = (), parent: QWidget | None = None, *, checked: bool = False
    ) -> None:
        super().__init__(text, parent, checked=checked)
        self._runs = runs
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() + 2 * theme().px("row_out"), theme().px("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("selected" if self.isChecked() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px("radius.control"), look.px("radius.control"))
        side = look.px("icon")
        left = look.px("row_out")
        box = QRectF(left, (self.height() - side) / 2, side, side)
        paint_radio(painter, box, chosen=self.isChecked(), enabled=self.isEnabled())
        words = QRectF(self.rect()).adjusted(box.right() + look.space(3), 0, -left, 0)
        if self._runs:
            paint_amount(painter, words, self._runs)
            words.setRight(words.right() - runs_width(self._runs) - look.space(3))
        paint_elided(painter, words, self.text(), BODY if self.isEnabled() else Ink("text-disabled"))
