"""Notices: what happened, what is kept, what to do; the technical part one press away."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from views.shell.theme import SMALL, STRONG, paint_icon, set_surface, theme
from views.widgets.buttons import Button, IconButton
from views.widgets.labels import Paragraph, label

_ICONS = {"info": "info", "ok": "check", "warn": "alert", "danger": "alert"}


class IconLabel(QWidget):
    """An icon that says nothing by itself, beside words that do."""

    def __init__(self, name: str, colour: str = "text", px: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour, self._side = name, colour, px or theme().px("icon")
        self.setFixedSize(self._side, self._side)

    def set_icon(self, name: str, colour: str) -> None:
        """Show another one."""
        self._name, self._colour = name, colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_icon(QPainter(self), QPointF(0, 0), self._name, self._colour, self._side)


class Notice(QFrame):
    """A coloured frame: icon, bold what, plain what is kept, a plain button, and a detail that unfolds."""

    action_asked = Signal()
    """The button was pressed."""

    def __init__(
        self,
        kind: str,
        what: str,
        kept: str = "",
        parent: QWidget | None = None,
        *,
        action: str = "",
        detail: str = "",
        stacked: bool = False,
        icon: str | None = None,
    ) -> None:
        """`kind` is info, ok, warn or danger.

        With `kept` the `what` is bold and `kept` follows it, or stands under it in small when `stacked`.
        """
        super().__init__(parent)
        look = theme()
        self.kind = kind
        set_surface(self, f"notice-{kind}")
        self.setAccessibleName(f"{what} {kept}".strip())
        # The button is 44 high in a notice of 50: the words have the padding, the row has not.
        pad, tight = look.px("notice_pad"), 3
        row = QHBoxLayout()
        row.setSpacing(look.space(3))
        row.addWidget(self._beside(IconLabel(icon or _ICONS[kind], kind), pad - tight), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setContentsMargins(0, pad - tight - 1, 0, pad - tight - 1)
        words.setSpacing(0)
        if stacked:
            words.addWidget(Paragraph(what, STRONG))
            if kept:
                words.addWidget(Paragraph(kept, SMALL))
        else:
            words.addWidget(Paragraph([(f"{what} ", "strong"), (kept, "regular")] if kept else what))
        row.addLayout(words, 1)
        self.detail_button: Button | None = None
        self.action_button: Button | None = None
        if detail:
            self.detail_button = Button(self.tr("Détail"), "detail")
            self.detail_button.clicked.connect(self._unfold)
            row.addWidget(self.detail_button)
        if action:
            self.action_button = Button(action, "link")
            self.action_button.clicked.connect(self.action_asked)
            row.addWidget(self.action_button)
        column = QVBoxLayout(self)
        right = look.space(1) if action or detail else look.space(4) - 1
        column.setContentsMargins(look.space(4) - 1, tight, right, tight)
        column.setSpacing(0)
        column.addLayout(row)
        self._detail = self._technical(detail)
        column.addWidget(self._detail)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def is_unfolded(self) -> bool:
        """Whether the technical part shows."""
        return not self._detail.isHidden()

    def _unfold(self) -> None:
        self._detail.setVisible(self._detail.isHidden())
        self.updateGeometry()

    def _technical(self, detail: str) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(theme().px("icon") + theme().space(3), 0, 0, theme().space(2))
        text: QLabel = label(detail, "small")
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(text, 1)
        copy = IconButton("copy", self.tr("Copier le détail"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(detail))
        row.addWidget(copy, 0, Qt.AlignmentFlag.AlignTop)
        holder.hide()
        return holder

    @staticmethod
    def _beside(icon: QWidget, top: int) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, top, 0, 0)
        column.addWidget(icon)
        return holder
