"""Words on a page: titles, sentences that wrap, states in a chip, amounts, fine lines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from views.shell.theme import (
    BODY,
    LEFT,
    MEDIUM,
    RIGHT,
    Chip,
    Ink,
    Run,
    chip_width,
    paint_amount,
    paint_chip,
    paint_elided,
    runs_width,
    set_role,
    text_width,
    theme,
)

Part = tuple[str, str]
"""A piece of a sentence: its text and its weight (thin, regular, medium, strong)."""


def label(text: str, role: str = "body", parent: QWidget | None = None) -> QLabel:
    """One line of plain words in a role of `set_role`: title, section, strong, muted, small, caption."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    set_role(made, role)
    return made


def rule(parent: QWidget | None = None, *, upright: bool = False) -> QFrame:
    """A hairline across, or upright."""
    made = QFrame(parent)
    made.setProperty("rule", "column" if upright else "line")
    return made


class ElidedLabel(QWidget):
    """One line that gives way: cut with … where there is no room, whole in the tip and when read aloud."""

    def __init__(self, text: str = "", ink: Ink = BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def text(self) -> str:
        """The whole text."""
        return self._text

    def set_text(self, text: str) -> None:
        """Change the text."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: Ink) -> None:
        """Write it another way."""
        self._ink = ink
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self._text, self._ink) + 1), self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().space(6), self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_elided(QPainter(self), QRectF(self.rect()), self._text, self._ink)

    def _line(self) -> int:
        return round(theme().line(self._ink.size) * self._ink.scale)


class Paragraph(QWidget):
    """A sentence that wraps on lines of the scale's own height, in which some words may be bolder."""

    def __init__(
        self,
        text: str | Sequence[Part] = "",
        ink: Ink = BODY,
        parent: QWidget | None = None,
        *,
        align: Qt.AlignmentFlag = LEFT,
    ) -> None:
        """`text` is a sentence, or its parts, each with a weight."""
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self._ink, self._align = ink, align
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text)

    def text(self) -> str:
        """The words without their weights."""
        return "".join(part for part, _ in self._parts)

    def set_text(self, text: str | Sequence[Part]) -> None:
        """Change the sentence."""
        self._parts = ((text, self._ink.weight),) if isinstance(text, str) else tuple(text)
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def set_ink(self, ink: Ink) -> None:
        """Write it another way."""
        self._ink = ink
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        _, lines = self._lay_out(width)
        return lines * self._line()

    def sizeHint(self) -> QSize:
        """One line where that fits in the width of a panel, else as many as it takes."""
        natural = sum(text_width(text, self._ink._replace(weight=weight)) for text, weight in self._parts)
        width = min(round(natural + 2), theme().px("panel_right"))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("target"), self._line())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(theme().c(self._ink.colour))
        layout, _ = self._lay_out(self.width())
        layout.draw(painter, QPointF(0, 0))

    def _line(self) -> int:
        return round(theme().line(self._ink.size) * self._ink.scale)

    def _lay_out(self, width: int) -> tuple[QTextLayout, int]:
        look, ink = theme(), self._ink
        layout = QTextLayout(self.text(), look.font(ink.size, ink.weight, ink.scale))
        option = QTextOption(self._align)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = []
        start = 0
        for text, weight in self._parts:
            piece = QTextLayout.FormatRange()
            piece.start = start
            piece.length = len(text.encode("utf-16-le")) // 2
            kind = QTextCharFormat()
            kind.setFont(look.font(ink.size, weight, ink.scale))
            piece.format = kind
            formats.append(piece)
            start += piece.length
        layout.setFormats(formats)
        layout.beginLayout()
        lines = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, lines * self._line() + (self._line() - line.height()) / 2))
            lines += 1
        layout.endLayout()
        return layout, max(1, lines)


class ChipLabel(QWidget):
    """A state in one word on its own colour."""

    def __init__(
        self, text: str = "", status: str = "plain", icon: str | None = None, parent: QWidget | None = None
    ) -> None:
        """`status` is plain, accent, info, ok, warn or danger."""
        super().__init__(parent)
        self._chip = Chip(text, status, icon)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def chip(self) -> Chip:
        """What it says and how."""
        return self._chip

    def set_chip(self, chip: Chip) -> None:
        """Say something else."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(chip_width(self._chip) + 0.5), theme().px("chip"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_chip(QPainter(self), QRectF(self.rect()), self._chip)


class AmountLabel(QWidget):
    """An amount with its currency sign thin; give it the runs of `views.formats.amount_runs`."""

    def __init__(
        self,
        runs: Sequence[Run] = (),
        ink: Ink = MEDIUM,
        parent: QWidget | None = None,
        *,
        align: Qt.AlignmentFlag = RIGHT,
    ) -> None:
        super().__init__(parent)
        self._runs: tuple[Run, ...] = ()
        self._ink, self._align = ink, align
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_runs(runs)

    def text(self) -> str:
        """The amount in letters."""
        return "".join(text for text, _ in self._runs)

    def set_runs(self, runs: Sequence[Run], colour: str | None = None) -> None:
        """Show another amount, in another colour if given."""
        self._runs = tuple(runs)
        if colour is not None:
            self._ink = self._ink._replace(colour=colour)
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        height = round(theme().line(self._ink.size) * self._ink.scale)
        return QSize(round(runs_width(self._runs, self._ink) + 1), height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_amount(QPainter(self), QRectF(self.rect()), self._runs, self._ink, self._align)
