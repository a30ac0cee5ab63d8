"""How a row of two lines is drawn: name over detail, states, an amount over last year's, a word at the end."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from views.shell.theme import (
    CENTRE,
    MUTED,
    RIGHT,
    SMALL_QUIET,
    Ink,
    chip_width,
    paint_amount,
    paint_chip,
    paint_focus,
    paint_icon,
    paint_text,
    text_width,
    theme,
)
from views.widgets.rows import ROW_ROLE, Row
from views.widgets.sync_steps import paint_steps, steps_width

_KEPT = 2000
_ELIDE = Qt.TextElideMode.ElideRight


class _Laid(NamedTuple):
    """A row measured for a width: what is left of its words, line by line, and where the chips begin."""

    title: tuple[str, ...]
    subtitle: str
    words: QRectF
    chips: tuple[tuple[float, float], ...]


class _Room(NamedTuple):
    """Where a row's words begin, how wide they may be, and where each chip stands and how wide it is."""

    left: float
    width: float
    chips: tuple[tuple[float, float], ...]


class TwoLineDelegate(QStyledItemDelegate):
    """Paints `Row`s; columns are as wide for every row of the list, so that figures stand under figures."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        height: str = "row",
        amounts: bool = True,
        trailing: str | None = None,
        out: str = "row_out",
        lines: int = 1,
    ) -> None:
        """Measures are token names: the row's height, the width kept for the word at the end.

        `out` is how far the fill of a chosen row stands out beyond its words. A title may take so many `lines`; the
        row is higher by as many.
        """
        super().__init__(parent)
        look = theme()
        self.row_height = look.px(height)
        self._amount = look.px("amount_list") if amounts else 0
        self._trailing = look.px(trailing) if trailing else 0
        self.out = look.px(out)
        self._gap = look.px("column_gap")
        self._lines_of_title = lines
        self._laid: dict[tuple[Row, int], _Laid] = {}
        self._titles: dict[tuple[str, str, float], tuple[str, ...]] = {}

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        row = index.data(ROW_ROLE)
        height = self.row_height
        if isinstance(row, Row) and row.leg:
            height = theme().px("row_leg")
        elif isinstance(row, Row) and self.wraps:
            # The stubs do not know the fields of an option.
            height += (len(self._title(row, self._room(row, option.rect.width()).width)) - 1) * theme().line("body")
        return QSize(theme().px("list_min"), height)

    @property
    def wraps(self) -> bool:
        """Whether the height of a row depends on its width."""
        return self._lines_of_title > 1

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the words whole over a row that has no room for them."""
        row = index.data(ROW_ROLE)
        if event.type() != QEvent.Type.ToolTip or not isinstance(row, Row) or row.leg:
            return super().helpEvent(event, view, option, index)
        laid = self._lay_out(row, option.rect.width())
        whole = [row.title] if " ".join(laid.title) != row.title else []
        whole += [row.subtitle] if laid.subtitle != row.subtitle else []
        QToolTip.showText(event.globalPos(), "\n".join(whole), view, option.rect)
        return True

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(ROW_ROLE)
        # The stubs do not know the fields of an option.
        rect, state, widget = QRectF(option.rect), option.state, option.widget
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(row, Row):
            self._paint_waiting(painter, rect)
        elif row.leg:
            self.paint_leg(painter, rect, row.leg)
        else:
            self._paint_ground(painter, rect, state, widget)
            self._paint_row(painter, rect, row)
        painter.restore()

    # ----------------------------------------------------------------------------------------- pieces
    def _paint_ground(self, painter: QPainter, rect: QRectF, state: QStyle.StateFlag, widget: QWidget | None) -> None:
        look = theme()
        radius = look.px("row_radius")
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("selected" if chosen else "hover"))
            painter.drawRoundedRect(rect, radius, radius)
        if state & QStyle.StateFlag.State_HasFocus and getattr(widget, "shows_ring", False):
            paint_focus(painter, rect, radius)

    def _paint_row(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        look = theme()
        laid = self._lay_out(row, int(rect.width()))
        words = laid.words.translated(rect.topLeft())
        self.paint_leading(painter, rect, row)
        name = Ink("text-2" if row.struck else row.colour, weight=row.weight, struck=row.struck)
        body, small = look.line("body"), look.line("small")
        top = rect.center().y() - (len(laid.title) * body + (small if laid.subtitle else 0)) / 2
        for piece in laid.title:
            paint_text(painter, QRectF(words.left(), top, words.width(), body), piece, name)
            top += body
        if laid.subtitle:
            under = QRectF(words.left(), top, words.width(), small)
            paint_text(painter, under, laid.subtitle, Ink(row.sub_colour, "small"))
        top = rect.center().y() - look.px("chip") / 2
        for chip, (left, width) in zip(row.chips[-len(laid.chips) :], laid.chips, strict=False):
            paint_chip(painter, QRectF(rect.left() + left, top, width, look.px("chip")), chip)
        self._paint_figures(painter, rect, row)

    def _paint_figures(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        look = theme()
        right = rect.right() - self.out
        if row.chevron:
            side = look.px("icon")
            paint_icon(painter, QPointF(right - side, rect.center().y() - side / 2), "right", "text-3")
            right -= look.px("chevron_column")
        if row.steps:
            wide = steps_width(len(row.steps))
            paint_steps(painter, QRectF(right - wide, rect.top(), wide, rect.height()), row.steps)
            right -= wide
        if self._trailing:
            box = QRectF(right - self._trailing, rect.top(), self._trailing, rect.height())
            paint_text(painter, box, row.trailing, MUTED, RIGHT)
            right -= self._trailing + self._gap
        if row.amount:
            box = QRectF(right - self._amount, rect.top(), self._amount, rect.height())
            upper, lower = self._lines(box, bool(row.amount_sub))
            paint_amount(painter, upper, row.amount, Ink(row.amount_colour, weight="medium"))
            if row.amount_sub:
                paint_text(painter, lower, row.amount_sub, SMALL_QUIET, RIGHT)

    def paint_leading(self, painter: QPainter, rect: QRectF, row: Row) -> None:
        """Draw what stands before the words: an icon, a number in its circle, a time."""
        look = theme()
        left, middle = rect.left() + self.out, rect.center().y()
        if row.icon:
            side = look.px("icon")
            paint_icon(painter, QPointF(left, middle - side / 2), row.icon, row.sub_colour)
        if row.number:
            side = look.px("leading_circle")
            circle = QRectF(left, middle - side / 2, side, side)
            if row.filled:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.c("accent"))
                painter.drawEllipse(circle)
            else:
                painter.setPen(QPen(look.c("accent"), look.px("border.focus")))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
            ink = Ink("on-accent" if row.filled else "accent-text", weight="strong")
            paint_text(painter, circle, row.number, ink, CENTRE)
        if row.time:
            left += look.px("row_leading") if row.number else 0
            box = QRectF(left, rect.top(), look.px("leading_time"), rect.height())
            paint_text(painter, box, row.time, Ink(size="lead", weight="strong"))

    def paint_leg(self, painter: QPainter, rect: QRectF, words: str) -> None:
        """Draw the way between two rows."""
        look = theme()
        middle, half = rect.center().y(), look.px("leg_line") / 2
        left = rect.left() + self.out + look.px("leading_circle") / 2
        pen = QPen(look.c("border"), look.px("border.focus"))
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1, 1])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(pen)
        painter.drawLine(QPointF(left, middle - half), QPointF(left, middle + half))
        beside = rect.adjusted(left - rect.left() + look.px("button_pad"), 0, 0, 0)
        paint_text(painter, beside, words, Ink("text-2", "small"))

    def _paint_waiting(self, painter: QPainter, rect: QRectF) -> None:
        look = theme()
        bar = look.px("skeleton")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("sunken" if look.name == "light" else "chip"))
        left, middle = rect.left() + self.out, rect.center().y()
        right = rect.right() - self.out - (self._trailing + self._gap if self._trailing else 0)
        boxes = [
            QRectF(left, middle - bar - look.space(1), look.px("skeleton_title"), bar),
            QRectF(left, middle + look.space(1), look.px("skeleton_sub"), bar),
        ]
        if self._amount:
            width = look.px("skeleton_amount")
            boxes.append(QRectF(right - width, middle - bar / 2, width, bar))
        for box in boxes:
            painter.drawRoundedRect(box, bar / 2, bar / 2)

    # ----------------------------------------------------------------------------------------- measures
    def _lines(self, box: QRectF, two: bool) -> tuple[QRectF, QRectF]:
        """The upper and the lower line of a box; a name alone stands in the middle."""
        look = theme()
        body, small = look.line("body"), look.line("small")
        if not two:
            return box, box
        top = box.center().y() - (body + small) / 2
        upper = QRectF(box.left(), top, box.width(), body)
        return upper, QRectF(box.left(), top + body, box.width(), small)

    def leading_width(self, row: Row) -> float:
        """The room that what stands before the words takes."""
        look = theme()
        wide = 0
        if row.number or row.icon:
            wide += look.px("row_leading") if row.number else look.px("icon") + look.space(3)
        return wide + (look.px("leading_time") if row.time else 0)

    def _lay_out(self, row: Row, width: int) -> _Laid:
        found = self._laid.get((row, width))
        if found is None:
            if len(self._laid) > _KEPT:
                self._laid.clear()
            found = self._measure(row, width)
            self._laid[row, width] = found
        return found

    def _measure(self, row: Row, width: int) -> _Laid:
        left, room, chips = self._room(row, width)
        subtitle = theme().metrics("small").elidedText(row.subtitle, _ELIDE, room)
        return _Laid(self._title(row, room), subtitle, QRectF(left, 0, room, self.row_height), chips)

    def _room(self, row: Row, width: int) -> _Room:
        """What a row has room for, before its words are measured: a list asks it of every row at each change."""
        look = theme()
        left = self.out + self.leading_width(row)
        right = float(width - self.out)
        right -= look.px("chevron_column") if row.chevron else 0
        right -= steps_width(len(row.steps)) + self._gap if row.steps else 0
        right -= self._trailing + self._gap if self._trailing else 0
        if self._amount:
            right -= max(self._amount, text_width(row.amount_sub, SMALL_QUIET)) + self._gap + look.space(2)
        chips: list[tuple[float, float]] = []
        for chip in reversed(row.chips):
            wide = chip_width(chip)
            if right - wide - look.space(2) < left + look.px("skeleton_sub"):
                break
            right -= wide
            chips.insert(0, (right, wide))
            right -= look.space(2)
        right -= look.space(2) if chips else 0
        return _Room(left, max(0.0, right - left), tuple(chips))

    def _title(self, row: Row, room: float) -> tuple[str, ...]:
        """The title's lines, which stay the same while all else of a row moves on."""
        key = row.title, row.weight, room
        found = self._titles.get(key)
        if found is None:
            if len(self._titles) > _KEPT:
                self._titles.clear()
            found = self._titles[key] = self._broken(*key)
        return found

    def _broken(self, title: str, weight: str, room: float) -> tuple[str, ...]:
        """The title's lines; what no line has room for is cut at the end of the last."""
        measures = theme().metrics("body", weight)
        left, lines = title, list[str]()
        while len(lines) < self._lines_of_title - 1 and measures.horizontalAdvance(left) > room:
            words = left.split(" ")
            fit = next(
                (
                    many
                    for many in range(len(words) - 1, 0, -1)
                    if measures.horizontalAdvance(" ".join(words[:many])) <= room
                ),
                0,
            )
            if not fit:
                break
            lines.append(" ".join(words[:fit]))
            left = " ".join(words[fit:])
        return (*lines, measures.elidedText(left, _ELIDE, room))
