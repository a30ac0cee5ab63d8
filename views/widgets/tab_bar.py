"""Tabs over a hairline, the current one underlined, with a plus for one more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QTabBar, QWidget

from views.shell.theme import STRONG, Ink, paint_focus, paint_text, text_width, theme
from views.widgets.buttons import IconButton

_COUNT = Ink("text-3")


class TabBar(QWidget):
    """A row of tabs; `flush` lets the first word begin at the very left, where the page begins."""

    current_changed = Signal(int)
    """Another tab is current, by whatever way."""
    add_asked = Signal()
    """The plus was pressed."""
    rename_asked = Signal(int)
    """A tab was pressed twice."""

    def __init__(
        self, tabs: Sequence[str] = (), parent: QWidget | None = None, *, plus: str = "", flush: bool = False
    ) -> None:
        """`plus` is what the plus does, in words; without it there is none."""
        super().__init__(parent)
        self.bar = _Bar(flush, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, theme().px("border.hairline"))
        row.setSpacing(0)
        row.addWidget(self.bar)
        self.plus: IconButton | None = None
        if plus:
            self.plus = IconButton("plus", plus, "plain", self)
            self.plus.clicked.connect(self.add_asked)
            row.addWidget(self.plus)
        row.addStretch(1)
        self.set_tabs(tabs)
        self.bar.currentChanged.connect(self.current_changed)
        self.bar.tabBarDoubleClicked.connect(self.rename_asked)

    def set_tabs(self, tabs: Sequence[str]) -> None:
        """Show these tabs; the current one stays current where there still is one at its place."""
        current = self.bar.currentIndex()
        told = self.bar.blockSignals(True)
        while self.bar.count() > len(tabs):
            self.bar.removeTab(self.bar.count() - 1)
        for index, text in enumerate(tabs):
            if index < self.bar.count():
                self.bar.setTabText(index, text)
            else:
                self.bar.addTab(text)
        self.bar.blockSignals(told)
        if self.bar.currentIndex() != current:
            self.current_changed.emit(self.bar.currentIndex())

    def set_count(self, index: int, count: int | None) -> None:
        """Show a quiet figure after a tab's word."""
        self.bar.setTabData(index, None if count is None else str(count))
        self.bar.updateGeometry()

    def current(self) -> int:
        """The index of the current tab, -1 when there is none."""
        return self.bar.currentIndex()

    def set_current(self, index: int) -> None:
        """Make another tab the current one."""
        self.bar.setCurrentIndex(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        thin = theme().px("border.hairline")
        QPainter(self).fillRect(0, self.height() - thin, self.width(), thin, theme().c("hairline"))


class _Bar(QTabBar):
    def __init__(self, flush: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Onglets"))
        self._flush = flush
        self._ring = False
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setProperty("ownFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def tabSizeHint(self, index: int) -> QSize:
        look = theme()
        words = text_width(self.tabText(index), STRONG)
        count = self.tabData(index)
        if count:
            words += look.space(2) + text_width(str(count), _COUNT)
        return QSize(round(self._left(index) + words + look.px("tab_pad") + 1), look.px("tab_bar"))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(self.count()):
            self._paint_tab(painter, index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        super().mousePressEvent(event)

    def _left(self, index: int) -> int:
        return 0 if self._flush and index == 0 else theme().px("tab_pad")

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        look = theme()
        rect = QRectF(self.tabRect(index))
        current = index == self.currentIndex()
        under = self.tabAt(self.mapFromGlobal(self.cursor().pos())) == index and self.underMouse()
        words = rect.adjusted(self._left(index), 0, 0, 0)
        ink = STRONG if current else Ink("text" if under else "text-2")
        if not self.isTabEnabled(index):
            ink = Ink("text-disabled")
        paint_text(painter, words, self.tabText(index), ink)
        width = text_width(self.tabText(index), ink)
        count = self.tabData(index)
        if count:
            beside = words.adjusted(width + look.space(2), 0, 0, 0)
            paint_text(painter, beside, str(count), _COUNT)
        if current:
            line = look.px("tab_line")
            over = look.space(1) if self._left(index) else 0
            right = rect.right() - look.px("tab_pad") + look.space(1)
            bar = QRectF(words.left() - over, rect.bottom() - line + 1, right - words.left() + over, line)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("accent"))
            painter.drawRoundedRect(bar, line / 2, line / 2)
            if self._ring and self.hasFocus():
                inset = look.space(1)
                paint_focus(painter, rect.adjusted(0, inset, 0, -inset), look.px("radius.control"))
