"""The parts that calm pages are laid out with: a body that scrolls, titles with a count, rows that stick out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QScroller, QSizePolicy, QVBoxLayout, QWidget

from views.shell.theme import theme
from views.widgets.labels import label


class Body(QScrollArea):
    """The page's content, which scrolls when it is higher than the window, never sideways."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = QWidget()
        self.setWidget(self.content)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def set_margins(self, *, upright: bool, top: int = 2, out: bool = False) -> None:
        """Keep the page's margins; `top` is a step of the spaces, `out` leaves room for rows that stand out."""
        layout = self.content.layout()
        if layout is not None:
            left, above, right, below = page_margins(upright=upright, top=top)
            room = theme().px("row_out") if out else 0
            layout.setContentsMargins(left - room, above, right - room, below)


def page_margins(*, upright: bool, top: int = 2) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a page, in logical pixels."""
    look = theme()
    side = look.px("content_pad_portrait" if upright else "content_pad")
    return side, look.space(top) if top else 0, side, look.space(4 if upright else 6)


class SectionTitle(QWidget):
    """A group's name with a quiet count or remark after it."""

    def __init__(self, text: str, quiet: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = label(text, "section")
        self._quiet = label(quiet, "lead-quiet")
        for words in (self._text, self._quiet):
            words.setFixedHeight(theme().line("lead"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px("search_gap"))
        row.addWidget(self._text)
        row.addWidget(self._quiet)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_quiet(self, quiet: str) -> None:
        """Change the count or remark."""
        self._quiet.setText(quiet)

    @property
    def quiet(self) -> str:
        """The count or remark."""
        return self._quiet.text()


def column(spacing: int = 0) -> QVBoxLayout:
    """An upright layout without margins; `spacing` in logical pixels."""
    made = QVBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def line(spacing: int = 0) -> QHBoxLayout:
    """A lying layout without margins; `spacing` in logical pixels."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    return made


def inset(item: QWidget | QLayout, by: int | None = None) -> QHBoxLayout:
    """Lay something a little in from both sides, so that the fill of a list's rows stands out around its words."""
    out = theme().px("row_out") if by is None else by
    made = QHBoxLayout()
    made.setContentsMargins(out, 0, out, 0)
    if isinstance(item, QWidget):
        made.addWidget(item)
    else:
        made.addLayout(item)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and throw it away."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
            inner.deleteLater()


class Fact(QWidget):
    """A small quiet name over its value."""

    def __init__(self, name: str, value: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(label(name, "small-quiet"))
        layout.addWidget(value, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(f"{name} {value.accessibleName()}".strip())
