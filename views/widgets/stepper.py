"""A small whole number with a minus and a plus wide enough for a finger."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QSpinBox, QWidget

from views.shell.theme import theme
from views.widgets.buttons import IconButton

_WHOLE = re.compile(r"-?[0-9]{1,12}")


class Stepper(QSpinBox):
    """A quantity: − and + of 44 by 44, arrows, + and − keys, or typed; `valueChanged` as any spin box.

    What is no whole number within bounds stays as typed and says why: « 2,5 » must not become 25.
    """

    read_again = Signal()
    """What stands in the field was read anew, whether it was understood or not."""

    def __init__(self, value: int = 1, lowest: int = 0, highest: int = 9999, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAccessibleName(self.tr("Quantité"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setProperty("ownFocus", True)
        self.setRange(lowest, highest)
        self._less = self._button("minus", self.tr("Un de moins"))
        self._less.clicked.connect(self.stepDown)
        self._more = self._button("plus", self.tr("Un de plus"))
        self._more.clicked.connect(self.stepUp)
        self.valueChanged.connect(self._bound)
        self.valueChanged.connect(self.read_again)
        self.lineEdit().textChanged.connect(self.read_again)
        self.setValue(value)
        self._bound()

    @property
    def less(self) -> IconButton:
        """The minus."""
        return self._less

    @property
    def more(self) -> IconButton:
        """The plus."""
        return self._more

    @property
    def is_valid(self) -> bool:
        """Whether what stands in the field is a whole number within bounds."""
        return not self.problem()

    def problem(self) -> str:
        """What is wrong with what stands in the field, in words; empty when nothing is, or nothing stands there."""
        text = self.text().strip()
        if not text:
            return ""
        if not _WHOLE.fullmatch(text):
            return self.tr("Un nombre entier")
        if int(text) < self.minimum():
            return self.tr("Pas moins de %1").replace("%1", str(self.minimum()))
        return self.tr("Pas plus de %1").replace("%1", str(self.maximum())) if int(text) > self.maximum() else ""

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed; only a whole number within bounds is a value. Qt takes a comma for thousands."""
        understood = _WHOLE.fullmatch(text.strip()) and self.minimum() <= int(text) <= self.maximum()
        return (QValidator.State.Acceptable if understood else QValidator.State.Intermediate, text, at)

    def fixup(self, text: str) -> str:
        """Leave what was typed as it is; Qt would take the comma out of 2,5."""
        return text

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(2 * look.px("target") + look.px("stepper_value") + 2, look.px("field"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._place()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._place()

    def _place(self) -> None:
        # The style sheet leaves the figure one pixel wide when a spin box has no buttons of Qt's own.
        side, line = theme().px("target"), theme().px("border.focus")
        self._less.setGeometry(0, 0, side, self.height())
        self._more.setGeometry(self.width() - side, 0, side, self.height())
        self.lineEdit().setGeometry(side, line, self.width() - 2 * side, self.height() - 2 * line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and − step as well, typed where a figure would be."""
        if event.key() == Qt.Key.Key_Plus:
            self.stepUp()
        elif event.key() == Qt.Key.Key_Minus and self.minimum() >= 0:
            self.stepDown()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt would put the value before in the place of what it does not understand."""
        if self.is_valid:
            super().focusOutEvent(event)
        else:
            self.lineEdit().event(event)
            QWidget.focusOutEvent(self, event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel that scrolls the page must not change a quantity that was not asked for."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _button(self, icon: str, name: str) -> IconButton:
        made = IconButton(icon, name, "link", self)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAutoRepeat(True)
        return made

    def _bound(self) -> None:
        self._less.setEnabled(self.value() > self.minimum())
        self._more.setEnabled(self.value() < self.maximum())
