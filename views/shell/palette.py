"""The command palette (Ctrl+K): type, choose with the arrows, Enter does or opens it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from views.shell.header import paint_key
from views.shell.page import Navigation, PageAction
from views.shell.palette_model import ENTRY, PaletteEntry, PaletteModel
from views.shell.session import Session
from views.shell.theme import Ink, paint_elided, paint_icon, paint_text, text_width, theme
from views.widgets.labels import label, rule
from views.widgets.notice import IconLabel
from views.widgets.overlay import Overlay

_ABOUT = Ink("text-3")


class Palette(Overlay):
    """Closes before it does what was chosen, so that what it opens has the window to itself."""

    def __init__(
        self,
        window: QWidget,
        session: Session,
        navigation: Navigation,
        offers: Sequence[PageAction] = (),
        places: Sequence[tuple[str, str, str]] = (),
    ) -> None:
        """`offers` are what can be done here, `places` the rail's pages."""
        look = theme()
        super().__init__(window, width=look.px("palette"), top=look.px("palette_top"))
        self.setAccessibleName(self.tr("Chercher, commander"))
        self._session = session
        self.model = PaletteModel(session, navigation, offers, places, self)
        self.field = QLineEdit()
        self.field.setProperty("kind", "bare")
        self.field.setProperty("ownFocus", True)
        self.field.setAccessibleName(self.tr("Chercher ou commander"))
        self.field.setPlaceholderText(self.tr("Chercher, commander…"))
        self.field.installEventFilter(self)
        self._answers = label("", "small-quiet")
        self._nothing = label("", "muted")
        self._nothing.setContentsMargins(look.space(5), look.space(5), look.space(5), look.space(3))
        self._nothing.hide()
        self.list = _List(self.model)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(rule())
        column.addWidget(self._nothing)
        column.addWidget(self.list)
        column.addSpacing(look.px("rail_pad"))
        column.addWidget(rule())
        column.addWidget(_Foot())
        self.field.textChanged.connect(self.model.ask)
        self.model.answered.connect(self._show_answers)
        self.list.chosen.connect(self._do)
        self.model.ask("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows and Enter belong to the list while the cursor stays in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
            key = Qt.Key(event.key())
            if key in steps:
                self.list.step(steps[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def first_focus(self) -> QWidget | None:
        """The field."""
        return self.field

    def _head(self) -> QHBoxLayout:
        look = theme()
        row = QHBoxLayout()
        row.setContentsMargins(look.space(5), look.space(3), look.space(5), look.space(3))
        row.setSpacing(look.px("search_pad"))
        row.addWidget(IconLabel("search", "text-3", look.px("icon_rail")))
        row.addWidget(self.field, 1)
        row.addWidget(self._answers)
        return row

    def _show_answers(self, typed: str) -> None:
        text = typed.strip()
        hits = self.model.hits
        words = self.tr("%n réponse(s)", "", hits) if text else ""
        courier = self._session.courier
        if words and (courier.is_switched_off or not courier.is_online):
            words = self.tr("{answers} · sans réseau").format(answers=words)
        self._answers.setText(words)
        nothing = self.tr("Rien pour « {text} ». Essayez un nom, une ville ou un numéro.").format(text=text)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not hits)
        self.list.setVisible(bool(hits))
        self.list.fit()
        self.list.choose_first()
        self.place()

    def _do(self, index: QModelIndex | QPersistentModelIndex) -> None:
        if not index.isValid():
            return
        entry = self.model.entry(index.row())
        if entry.do is not None:
            self.close_overlay()
            entry.do()


class _List(QListView):
    chosen = Signal(QModelIndex)

    def __init__(self, model: PaletteModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(_Rows(self))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Réponses"))
        self.clicked.connect(self.chosen)
        self.entered.connect(self.setCurrentIndex)
        self._rows = model

    def fit(self) -> None:
        """Be as high as the rows, up to twelve and their groups; beyond, scroll."""
        look = theme()
        rows = [self._rows.entry(row) for row in range(self._rows.rowCount())]
        height = sum(_row_height(entry) for entry in rows)
        self.setFixedHeight(min(height, look.px("palette_list")))

    def choose_first(self) -> None:
        """Choose the first row that can be."""
        self.setCurrentIndex(QModelIndex())
        self.step(1)
        self.scrollToTop()

    def step(self, by: int) -> None:
        """Choose another row, groups left out; it stops at both ends."""
        rows = [row for row in range(self._rows.rowCount()) if not self._rows.entry(row).is_group]
        if not rows:
            return
        now = self.currentIndex().row()
        at = rows.index(now) if now in rows else (-1 if by > 0 else len(rows))
        self.setCurrentIndex(self._rows.index(rows[max(0, min(len(rows) - 1, at + by))], 0))


def _row_height(entry: PaletteEntry) -> int:
    look = theme()
    return look.px("palette_group") if entry.is_group else look.px("target")


class _Rows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, _row_height(index.data(ENTRY)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        look = theme()
        entry: PaletteEntry = index.data(ENTRY)
        rect = QRectF(option.rect)
        if entry.is_group:
            words = rect.adjusted(look.space(5), look.space(3), 0, -look.space(1))
            paint_text(painter, words, entry.text, Ink("text-3", "small", "medium"))
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        row = rect.adjusted(look.space(2), 0, -look.space(2), 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.setPen(look.c("hairline") if look.is_contrast else Qt.PenStyle.NoPen)
            painter.setBrush(look.c("accent-quiet"))
            painter.drawRoundedRect(row, look.px("radius.control"), look.px("radius.control"))
        side = look.px("icon")
        at = QPointF(row.left() + look.space(3), row.center().y() - side / 2)
        paint_icon(painter, at, entry.icon, "accent-text" if chosen else "text-2")
        right = row.right() - look.space(3)
        keys = "↵" if chosen else entry.keys
        if keys:
            right -= paint_key(painter, QPointF(right, row.center().y()), keys) + look.space(3)
        left = row.left() + look.space(3) + side + look.px("search_pad")
        self._paint_words(painter, QRectF(left, row.top(), right - left, row.height()), entry, chosen)
        painter.restore()

    @staticmethod
    def _paint_words(painter: QPainter, box: QRectF, entry: PaletteEntry, chosen: bool) -> None:
        start, length = entry.bold
        plain, strong = Ink(), Ink(weight="strong")
        whole = strong if chosen and not length else plain
        pieces = (
            (entry.text[:start], whole),
            (entry.text[start : start + length], strong),
            (entry.text[start + length :], whole),
        )
        for text, ink in pieces:
            if text:
                box.setLeft(box.left() + paint_elided(painter, box, text, ink))
        if entry.about:
            paint_elided(painter, box.adjusted(theme().space(3), 0, 0, 0), entry.about, _ABOUT)


class _Foot(QWidget):
    """Which keys do what."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme().space(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        ink = Ink("text-3", "small")
        left, middle = float(look.space(5)), self.height() / 2
        for keys, words in (
            (("↑", "↓"), self.tr("choisir")),
            (("↵",), self.tr("ouvrir")),
            ((">",), self.tr("actions seules")),
        ):
            for key in keys:
                width = text_width(key, ink) + 2 * look.px("badge_top") + 2
                paint_key(painter, QPointF(left + width, middle), key)
                left += width + look.space(1)
            paint_text(painter, QRectF(left, 0, self.width(), self.height()), words, ink)
            left += text_width(words, ink) + look.px("button_pad")
        words = self.tr("fermer")
        right = self.width() - look.space(5) - text_width(words, ink)
        paint_text(painter, QRectF(right, 0, self.width() - right, self.height()), words, ink)
        paint_key(painter, QPointF(right - look.space(1), middle), self.tr("Échap"))
