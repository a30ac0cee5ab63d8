"""The rail: where one can go, at the left of a lying window and at the bottom of an upright one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from views.shell.theme import CENTRE, Ink, density, paint_icon, paint_text, text_width, theme


class RailEntry(NamedTuple):
    """One place of the rail: the page's name, its word, its icon."""

    page: str
    text: str
    icon: str


class RailItem(QAbstractButton):
    """An icon over its word; it may bear a number of things that need the rep."""

    def __init__(self, entry: RailEntry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry = entry
        self._count = 0
        self._is_upright = False
        self.setText(entry.text)
        self.setAccessibleName(entry.text)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def page(self) -> str:
        """The page it leads to."""
        return self._entry.page

    @property
    def count(self) -> int:
        """The number on its badge; 0 for none."""
        return self._count

    def set_count(self, count: int) -> None:
        """Show a number on a badge; 0 takes it off."""
        self._count = count
        self.setAccessibleDescription(self.tr("%n à voir", "", count) if count else "")
        self.update()

    def set_upright(self, upright: bool) -> None:
        """Take the size for the bottom of an upright window."""
        self._is_upright = upright
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme()
        if self._is_upright:
            return QSize(look.px("rail_item_width_bottom"), look.px("rail_item_bottom"))
        return QSize(look.px("rail_item_width"), look.px("rail_item"))

    def minimumSizeHint(self) -> QSize:
        """Eight of them must find room on a narrow screen: never under a finger's width."""
        return QSize(theme().px("target"), self.sizeHint().height()) if self._is_upright else self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        if on or self.underMouse():
            painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast and on else Qt.PenStyle.NoPen)
            painter.setBrush(look.c("accent-quiet" if on else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), look.px("radius.card"), look.px("radius.card"))
        ink = "accent-text" if on else "text-2"
        side, gap, line = look.px("icon_rail"), look.space(1), look.space(4)
        top = (self.height() - side - gap - line) / 2
        paint_icon(painter, QPointF((self.width() - side) / 2, top), self._entry.icon, ink, side)
        words = QRectF(0, top + side + gap, self.width(), line)
        paint_text(painter, words, self.text(), Ink(ink, "small", "strong" if on else "regular"), CENTRE)
        if self._count:
            self._paint_badge(painter)

    def _paint_badge(self, painter: QPainter) -> None:
        look = theme()
        words, ink = str(self._count), Ink("sheet", "small", "strong")
        height = look.px("badge")
        width = max(height, round(text_width(words, ink)) + look.space(2))
        right = look.px("badge_right_bottom" if self._is_upright else "badge_right")
        badge = QRectF(self.width() - right - width, look.px("badge_top"), width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.c("danger"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        paint_text(painter, badge, words, ink, CENTRE)


class Rail(QWidget):
    """The mark and the items; `chosen` goes out with the name of a page."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_upright = False
        self._group = QButtonGroup(self)
        self._mark = _Mark(self)
        self.items: list[RailItem] = []
        self._lit = ""
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self.setAccessibleName(self.tr("Où aller"))
        self._box.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignCenter)
        self._box.addStretch(1)
        self.show_entries(entries)

    def show_entries(self, entries: Sequence[RailEntry]) -> None:
        """Lead to these places; an item that leads to one of them already stays as it is."""
        kept = {item.page: item for item in self.items}
        self.items = [kept.pop(entry.page) if entry.page in kept else self._item(entry) for entry in entries]
        for place, item in enumerate(self.items, 1):
            self._box.insertWidget(place, item, 0, Qt.AlignmentFlag.AlignCenter)
        for gone in kept.values():
            self._group.removeButton(gone)
            self._box.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.set_upright(self._is_upright)
        self.light(self._lit)

    def _item(self, entry: RailEntry) -> RailItem:
        item = RailItem(entry, self)
        self._group.addButton(item)
        item.clicked.connect(lambda: self.chosen.emit(entry.page))
        return item

    def set_upright(self, upright: bool) -> None:
        """Stand at the left, or lie at the bottom."""
        look = theme()
        self._is_upright = upright
        self._mark.setVisible(not upright)
        for item in self.items:
            item.set_upright(upright)
        if upright:
            self._box.setDirection(QBoxLayout.Direction.LeftToRight)
            self._box.setContentsMargins(look.space(2), 1, look.space(2), 0)
            self._box.setSpacing(0)
            self.setMinimumSize(0, look.px("rail_bottom"))
            self.setMaximumSize(1 << 15, look.px("rail_bottom"))
        else:
            self._box.setDirection(QBoxLayout.Direction.TopToBottom)
            self._box.setContentsMargins(0, look.px("rail_pad"), 0, look.space(3))
            self._box.setSpacing(look.px("rail_gap"))
            self.setMinimumSize(look.px("rail"), 0)
            self.setMaximumSize(look.px("rail"), 1 << 15)
        last = self._box.count() - 1
        self._box.setStretch(last, 0 if upright else 1)
        for index in range(1, last):
            self._box.setStretch(index, 1 if upright else 0)

    def light(self, page: str) -> None:
        """Light the item of a page, or none."""
        self._lit = page
        self._group.setExclusive(False)
        for item in self.items:
            item.setChecked(item.page == page)
        self._group.setExclusive(True)

    def set_count(self, page: str, count: int) -> None:
        """Show how many things need the rep on a page."""
        for item in self.items:
            if item.page == page:
                item.set_count(count)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self._is_upright:
            painter.fillRect(0, 0, self.width(), look.px("border.hairline"), look.c("hairline"))
        else:
            thin = look.px("border.hairline")
            painter.fillRect(self.width() - thin, 0, thin, self.height(), look.c("hairline"))


class _Mark(QWidget):
    """The product's sign."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(theme().px("target"), theme().px("target") + theme().px("badge_top"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        side = look.px("rail_mark")
        inset = (look.px("target") - side) / 2
        painter.drawPixmap(QPointF(inset, inset), look.pixmap("mark", "accent", side, density(painter)))
