"""What is left to settle, as rows: what is wrong, what it means, and the button that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from views.sales.fitting_area import FittingArea
from views.sales.proposal_points import Point
from views.shell.body import column, line
from views.shell.theme import SMALL, STRONG, Chip, theme
from views.widgets.buttons import Button
from views.widgets.labels import ChipLabel, Paragraph, label
from views.widgets.notice import IconLabel


class PointRow(QWidget):
    """One point; its button is filled where mending it is the next thing to do."""

    mend_asked = Signal()

    def __init__(self, point: Point, *, filled: bool, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self.point = point
        icon = IconLabel("clock", "warn") if point.is_warning else IconLabel("alert", "danger")
        if point.is_asked:
            icon = IconLabel("clock", "info")
        row = line(look.space(3))
        row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column()
        words.addWidget(Paragraph(point.title, STRONG))
        words.addWidget(Paragraph(point.text, SMALL))
        row.addLayout(words, 1)
        self.button = Button(button, "fill" if filled else "link", point.icon if filled else None)
        self.button.clicked.connect(self.mend_asked)
        below = line()
        # The word of a bare button stands under the words above it, not its edge.
        bare = 0 if filled else look.px("button_pad_plain")
        below.setContentsMargins(look.px("icon") + look.space(3) - bare, look.space(2) if filled else 0, 0, 0)
        below.addWidget(self.button)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addLayout(below)
        self.setAccessibleName(f"{point.title}. {point.text}")


class PointList(QWidget):
    """All points under their title; scrolls by itself where there are many."""

    mend_asked = Signal(object)
    """The Point whose button was pressed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self._upright = False
        self._shown: tuple[object, ...] = ()
        self.rows: list[PointRow] = []
        self.title = label(self.tr("À régler avant de signer"), "strong")
        self.count = ChipLabel("", "danger")
        head = line(look.space(2))
        head.addWidget(self.title, 1)
        head.addWidget(self.count)
        self._area = FittingArea("row")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(look.space(8))
        self._grid.setVerticalSpacing(look.px("search_gap"))
        self._area.lines.addLayout(self._grid)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px("search_gap"))
        whole.addLayout(head)
        whole.addWidget(self._area)

    def show_points(self, points: Sequence[Point], *, filled: Point | None, reopens: bool) -> None:
        """Show these; the `filled` one's repair is next. In a frozen proposal a repair begins by reopening it."""
        state = (tuple(points), filled, reopens)
        if state == self._shown:
            return
        self._shown = state
        self.rows = []
        for point in points:
            word = self.tr("Revenir en brouillon") if reopens and point.needs_draft else point.button
            row = PointRow(point, filled=point is filled, button=word)
            row.mend_asked.connect(lambda point=point: self.mend_asked.emit(point))
            self.rows.append(row)
        blocking = sum(not point.is_warning for point in points)
        if not points:
            self.title.setText(self.tr("Rien à régler"))
            self.count.set_chip(Chip(self.tr("prête"), "ok", "check"))
        else:
            self.title.setText(self.tr("À régler avant de signer"))
            self.count.set_chip(Chip(self.tr("%n point(s)", "", len(points)), "danger" if blocking else "warn"))
        self._lay_out()

    def fold(self, *, upright: bool) -> None:
        """Two columns in an upright window."""
        if upright != self._upright:
            self._upright = upright
            self._lay_out()

    def _lay_out(self) -> None:
        kept = list(self.rows)
        items = [self._grid.itemAt(place) for place in range(self._grid.count())]
        for widget in [item.widget() for item in items if item is not None]:
            if widget is None:
                continue
            self._grid.removeWidget(widget)  # one that is only taken out leaves an item behind, see the page of today
            if widget not in kept:
                widget.hide()
                widget.deleteLater()
        wide = 2 if self._upright else 1
        for at, row in enumerate(kept):
            self._grid.addWidget(row, at // wide, at % wide, Qt.AlignmentFlag.AlignTop)
        for at in range(2):
            self._grid.setColumnStretch(at, 1 if at < wide else 0)
