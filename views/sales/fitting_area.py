"""A place as high as what stands in it, that shrinks and scrolls where there is less room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from views.shell.body import Body
from views.shell.theme import theme


class FittingArea(Body):
    """Put widgets into `lines`; with `keeps_bar` the room of the scroll bar is kept, used or not."""

    def __init__(self, least: str = "row", parent: QWidget | None = None, *, keeps_bar: bool = False) -> None:
        """`least` is the token of the height it never goes below."""
        super().__init__(parent)
        self._least = least
        self._keeps_bar = keeps_bar
        self.lines = QVBoxLayout(self.content)
        self.lines.setContentsMargins(0, 0, 0, 0)
        self.lines.setSpacing(0)
        self.content.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.verticalScrollBar().rangeChanged.connect(self._keep_width)
        self._keep_width()

    def sizeHint(self) -> QSize:
        wide = self.viewport().width()
        high = self.lines.totalHeightForWidth(wide) if self.lines.hasHeightForWidth() else -1
        return QSize(theme().px("panel_right"), high if high >= 0 else self.lines.totalSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px("panel_right") // 2, min(self.sizeHint().height(), theme().px(self._least)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grow and shrink with what stands in it."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _keep_width(self) -> None:
        if self._keeps_bar:
            shown = self.verticalScrollBar().maximum() > 0
            self.lines.setContentsMargins(0, 0, 0 if shown else theme().px("scroll_bar"), 0)
