"""The header: way back, title, quiet subtitle, search, the state of the exchange, and whose window it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from views.shell.page import Page
from views.shell.sync_chip import SyncChip
from views.shell.theme import CENTRE, Ink, density, paint_icon, paint_text, set_role, text_width, theme
from views.widgets.buttons import IconButton
from views.widgets.labels import label

_QUIET = Ink("text-3")
Pieces = Sequence[tuple[str, str]]
"""Words, each with its weight."""
BETWEEN = " · "
"""What stands between two things said in the quiet line."""


def fitting(pieces: Pieces, fits: Callable[[Pieces], bool]) -> Pieces:
    """Let go of what is said last until the rest fits, so that no word or number is cut; what is said first stays."""
    while not fits(pieces):
        for at in range(len(pieces) - 1, -1, -1):
            text, weight = pieces[at]
            head, between, _last = text.rpartition(BETWEEN)
            if between:
                pieces = (*pieces[:at], (head, weight))
                break
        else:
            break
    return pieces


class Subtitle(QWidget):
    """Pieces of one quiet line, some bolder; the last ones give way where there is no room, and the first is cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: Pieces = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Pieces) -> None:
        """Show pieces, each with its weight."""
        self._parts = tuple(parts)
        words = "".join(text for text, _ in parts)
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme().line())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, room = 0.0, float(self.width())
        for text, weight in fitting(self._parts, lambda pieces: _wide(pieces) <= room):
            ink = _ink(weight)
            measures = theme().metrics(ink.size, ink.weight)
            shown = measures.elidedText(text, Qt.TextElideMode.ElideRight, room - left)
            paint_text(painter, QRectF(left, 0, room - left, self.height()), shown, ink)
            left += measures.horizontalAdvance(shown)
            if shown != text:
                return


def _ink(weight: str) -> Ink:
    return Ink("text-2" if weight == "regular" else "text", weight=weight)


def _wide(pieces: Pieces) -> float:
    return sum(text_width(text, _ink(weight)) for text, weight in pieces)


class SearchButton(QAbstractButton):
    """What looks like a search field and opens the palette; folds to an icon in an upright window."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_folded = False
        self.setText(self.tr("Chercher, commander…"))
        self.setAccessibleName(self.tr("Chercher ou commander (Ctrl+K)"))
        self.setToolTip(self.tr("Chercher ou commander (Ctrl+K)"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_folded(self, folded: bool) -> None:
        """Show the icon alone."""
        self._is_folded = folded
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        return QSize(look.px("target" if self._is_folded else "search"), look.px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("hover" if self.underMouse() else "sunken"))
        radius = look.px("radius.control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        side = look.px("icon")
        middle = (self.height() - side) / 2
        if self._is_folded:
            paint_icon(painter, QPointF((self.width() - side) / 2, middle), "search", "text-3")
            return
        pad = look.px("search_pad")
        paint_icon(painter, QPointF(pad, middle), "search", "text-3")
        words = QRectF(self.rect()).adjusted(pad + side + look.px("search_gap"), 0, -pad, 0)
        paint_text(painter, words, self.text(), _QUIET)
        self._paint_key(painter, self.width() - pad)

    def _paint_key(self, painter: QPainter, right: float) -> None:
        # At 125 % and more there is less room: the key's name goes first.
        if density(painter) >= _NARROW_SCALE:
            return
        paint_key(painter, QPointF(right, self.height() / 2), self.tr("Ctrl K"))


_NARROW_SCALE = 1.25


def paint_key(painter: QPainter, right_middle: QPointF, name: str) -> float:
    """Draw a key of the keyboard ending at the right; give its width."""
    look = theme()
    ink = Ink("text-2", "small")
    width = text_width(name, ink) + 2 * look.px("badge_top") + 2
    high = look.px("kbd")
    box = QRectF(right_middle.x() - width, right_middle.y() - high / 2, width, high)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.c("hairline"), 1))
    painter.setBrush(look.c("sheet"))
    radius = look.px("kbd_radius")
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    paint_text(painter, box, name, ink, CENTRE)
    painter.restore()
    return width


class Initials(QAbstractButton):
    """Whose window it is; opens the small menu."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name("", "")

    def set_name(self, initials: str, name: str) -> None:
        """Say whose."""
        self.setText(initials)
        words = self.tr("Réglages de {name}").format(name=name) if name else self.tr("Réglages")
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px("target"), theme().px("target"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = look.px("avatar")
        circle = QRectF(self.width() - side, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(look.c("hairline"), 1) if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("hover" if self.underMouse() else "accent-quiet"))
        painter.drawEllipse(circle)
        paint_text(painter, circle, self.text(), Ink("accent-text", weight="strong"), CENTRE)


class Header(QWidget):
    """64 high, over the page; the subtitle gives way first."""

    back_asked = Signal()
    search_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self.setFixedHeight(look.px("header"))
        self.back_button = IconButton("left", self.tr("Retour"))
        self.title = label("", "title")
        set_role(self.title, "title")
        self.subtitle = Subtitle()
        self.search = SearchButton()
        self.chip = SyncChip()
        self.initials = Initials()
        self._own: QWidget | None = None
        """What holds the actions of the page: a page that is away may show and hide its own unseen."""
        self._holders: dict[str, QWidget] = {}
        self._page: Page | None = None
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.back_button)
        self._row.addWidget(self.title)
        self._row.addSpacing(look.px("header_gap"))
        self._row.addWidget(self.subtitle, 1)
        self._row.addSpacing(look.px("header_gap"))
        self._row.addWidget(self.search)
        self._row.addSpacing(look.px("header_gap"))
        self._row.addWidget(self.chip)
        self._row.addSpacing(look.space(3))
        self._row.addWidget(self.initials)
        self.back_button.clicked.connect(self.back_asked)
        self.search.clicked.connect(self.search_asked)
        self._upright = False
        self.fold(upright=False)

    def show_page(self, page: Page) -> None:
        """Show a page's title and subtitle, and its actions when it is another page."""
        if self.title.text() != page.title:
            self.title.setText(page.title)
        self.subtitle.set_parts(page.subtitle)
        if page is self._page:
            return
        self._page = page
        self.back_button.setVisible(not page.is_root)
        if self._own is not None:
            self._own.hide()
        self._own = self._holder_of(page)
        if self._own is not None:
            self._own.show()
        self._set_margins(page.is_root)

    def _holder_of(self, page: Page) -> QWidget | None:
        actions = page.header_actions()
        if not actions:
            return None
        holder = self._holders.get(page.name)
        if holder is None or actions[0].parent() is not holder:
            holder = QWidget(self)
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(0)
            for widget in actions:
                row.addWidget(widget)
            self._holders[page.name] = holder
            self._row.insertWidget(4, holder)
        return holder

    def fold(self, *, upright: bool) -> None:
        """Lay out for a lying or an upright window."""
        self._upright = upright
        self.search.set_folded(upright)
        self._set_margins(self.back_button.isHidden())

    def _set_margins(self, is_root: bool) -> None:
        look = theme()
        side = look.px("content_pad_portrait" if self._upright else "content_pad")
        self.title.setContentsMargins(0 if is_root else look.space(1), 0, 0, 0)
        self._row.setContentsMargins(side - (0 if is_root else look.space(3)), 0, side, 0)
