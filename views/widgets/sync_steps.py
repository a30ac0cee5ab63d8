"""The stations a change passes through, as nodes on a line: done, under way, refused, later, not concerned."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from views.shell.theme import CENTRE, SMALL, paint_icon, paint_text, theme

DONE, NOW, REFUSED, LATER, NONE = "done", "now", "refused", "later", "none"
STATES = (DONE, NOW, REFUSED, LATER, NONE)


def steps_width(count: int) -> int:
    """The width of so many stations."""
    return count * theme().px("node_column")


def steps_text(names: Sequence[str], states: Sequence[str]) -> str:
    """The stations as they are read aloud: « Ici : fait. Centre : en cours. Production : plus tard. »."""
    words = {
        DONE: QCoreApplication.translate("SyncSteps", "fait"),
        NOW: QCoreApplication.translate("SyncSteps", "en cours"),
        REFUSED: QCoreApplication.translate("SyncSteps", "refusé"),
        LATER: QCoreApplication.translate("SyncSteps", "plus tard"),
        NONE: QCoreApplication.translate("SyncSteps", "pas concerné"),
    }
    colon = QCoreApplication.translate("SyncSteps", "\u00a0: ")
    return " ".join(f"{name}{colon}{words[state]}." for name, state in zip(names, states, strict=True))


def paint_steps(painter: QPainter, rect: QRectF, states: Sequence[str]) -> None:
    """Draw the stations, centred on columns of equal width."""
    look = theme()
    wide = rect.width() / max(1, len(states))
    centres = [QPointF(rect.left() + (at + 0.5) * wide, rect.center().y()) for at in range(len(states))]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for at in range(1, len(states)):
        if states[at] == NONE:
            continue
        both = states[at - 1] == DONE and states[at] == DONE
        apart = QPointF(look.px("node") / 2 + look.px("border.focus"), 0)
        painter.setPen(QPen(look.c("accent" if both else "hairline"), look.px("border.focus")))
        painter.drawLine(centres[at - 1] + apart, centres[at] - apart)
    for centre, state in zip(centres, states, strict=True):
        _paint_node(painter, centre, state)
    painter.restore()


def _paint_node(painter: QPainter, centre: QPointF, state: str) -> None:
    look = theme()
    radius = look.px("node") / 2 - 1
    if state in (DONE, REFUSED):
        colour = "accent" if state == DONE else "danger"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c(colour))
        painter.drawEllipse(centre, radius, radius)
        side = look.px("skeleton")
        corner = centre - QPointF(side / 2, side / 2)
        paint_icon(painter, corner, "check" if state == DONE else "x", "on-accent" if state == DONE else "sheet", side)
    elif state == NOW:
        painter.setPen(QPen(look.c("accent"), look.px("border.focus")))
        painter.setBrush(look.c("raised"))
        painter.drawEllipse(centre, radius - 1, radius - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("accent"))
        painter.drawEllipse(centre, look.px("quiet_dot"), look.px("quiet_dot"))
    elif state == LATER:
        pen = QPen(look.c("text-3"), look.tokens.size["icon_stroke"], Qt.PenStyle.CustomDashLine)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2, 1.6])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius - 1, radius - 1)
    else:
        half = QPointF(look.px("accent_bar"), 0)
        painter.setPen(QPen(look.c("text-3"), look.px("border.focus")))
        painter.drawLine(centre - half, centre + half)


class SyncSteps(QWidget):
    """The stations of one change, for a page that shows just one; lists draw them in their rows."""

    def __init__(self, names: Sequence[str], states: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self._states: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_states(states)

    def set_states(self, states: Sequence[str]) -> None:
        """Show where it is now; raises ValueError for a state that does not exist."""
        unknown = [state for state in states if state not in STATES]
        if unknown:
            raise ValueError(f"no station is {unknown[0]!r}")
        self._states = tuple(states)
        self.setAccessibleName(steps_text(self._names, self._states))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(steps_width(len(self._names)), theme().line("small") + theme().px("leading_circle"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = theme().line("small")
        paint_step_names(painter, QRectF(0, 0, self.width(), top), self._names)
        paint_steps(painter, QRectF(0, top, self.width(), self.height() - top), self._states)


def paint_step_names(painter: QPainter, rect: QRectF, names: Sequence[str]) -> None:
    """Write the stations' names over their columns."""
    wide = rect.width() / max(1, len(names))
    for at, name in enumerate(names):
        paint_text(painter, QRectF(rect.left() + at * wide, rect.top(), wide, rect.height()), name, SMALL, CENTRE)


class StepHeads(QWidget):
    """The names of the stations over a list whose rows draw them."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = tuple(names)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(steps_width(len(self._names)), theme().line("small"))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_step_names(QPainter(self), QRectF(self.rect()), self._names)
