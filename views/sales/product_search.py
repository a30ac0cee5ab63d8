"""Looks a product up in the catalogue while one types: favourites and the last used first, then the rest by range."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.domain.catalogue.product import Product, ProductRange
from app.domain.identifiers import ProductId, RangeId
from app.domain.refusal import Refusal
from views.formats import amount_runs
from views.shell.memory import Memory
from views.shell.session import Session
from views.shell.theme import Chip, theme
from views.widgets.labels import Paragraph, label, rule
from views.widgets.list_rows import ListRows
from views.widgets.notice import IconLabel
from views.widgets.overlay import Overlay
from views.widgets.rows import Row, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate

_LAST_USED = "products/last"
_MOST_REMEMBERED = 8
_MOST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A product that can be chosen, at the edition's price."""

    product: Product
    family: ProductRange
    is_recent: bool


def last_used(memory: Memory) -> tuple[ProductId, ...]:
    """The products that were chosen last, latest first."""
    try:
        found = json.loads(memory.get(_LAST_USED) or "[]")
    except ValueError:
        return ()
    return tuple(ProductId(str(one)) for one in found) if isinstance(found, list) else ()


def remember(memory: Memory, product_id: ProductId) -> None:
    """Note that a product was chosen."""
    kept = [product_id, *(one for one in last_used(memory) if one != product_id)][:_MOST_REMEMBERED]
    memory.put(_LAST_USED, json.dumps(kept))


def offers(
    products: Sequence[Product], ranges: Sequence[ProductRange], recent: Sequence[ProductId], number: str
) -> tuple[Offer, ...]:
    """Sort what was found: last used, favourites, then by range and name; only one range when its number is given."""
    families: dict[RangeId, ProductRange] = {family.id: family for family in ranges}
    found = [
        Offer(product=product, family=families[product.range_id], is_recent=product.id in recent)
        for product in products
        if product.range_id in families and number in {"", families[product.range_id].number}
    ]

    def rank(offer: Offer) -> tuple[int, int, str, str]:
        used = recent.index(offer.product.id) if offer.is_recent else len(recent)
        return used, not offer.product.is_favourite, offer.family.number, offer.product.name

    return tuple(sorted(found, key=rank))


class ProductSearch(Overlay):
    """Type, arrows, Enter; a press chooses as well."""

    chosen = Signal(object)
    """The ProductId that was chosen."""

    def __init__(self, window: QWidget, session: Session, edition: int, *, title: str, number: str = "") -> None:
        """`number` keeps to the products of one sub-order's range."""
        look = theme()
        super().__init__(window, width=look.px("palette"), top=look.px("palette_top"))
        self.setAccessibleName(title)
        self._session, self._edition, self._number = session, edition, number
        self.field = QLineEdit()
        self.field.setProperty("kind", "bare")
        self.field.setProperty("ownFocus", True)
        self.field.setPlaceholderText(title)
        self.field.setAccessibleName(title)
        self.field.installEventFilter(self)
        self.list = ListRows(TwoLineDelegate(trailing=None))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(self.tr("Produits trouvés"))
        self._rows = RowsModel(parent=self.list)
        self.list.setModel(self._rows)
        self.nothing = Paragraph("")
        self.nothing.setContentsMargins(look.space(6), look.space(5), look.space(6), look.space(5))
        self.nothing.hide()
        head = QHBoxLayout()
        head.setContentsMargins(look.space(5), look.space(3), look.space(5), look.space(3))
        head.setSpacing(look.space(3))
        head.addWidget(IconLabel("search", "text-3", look.px("icon_rail")))
        head.addWidget(self.field, 1)
        head.addWidget(label(self.tr("prix {edition}, HT").format(edition=edition), "small-quiet"))
        body = QHBoxLayout()
        body.setContentsMargins(look.space(3), look.space(2), look.space(3), look.space(3))
        body.addWidget(self.list)
        column = QVBoxLayout(self.frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule())
        column.addWidget(self.nothing)
        column.addLayout(body)
        self.list.setFixedHeight(look.px("palette_list"))
        self.list.opened.connect(self._choose)
        self.field.textChanged.connect(self._ask)
        self._ask("")

    def first_focus(self) -> QWidget | None:
        """The field."""
        return self.field

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter belong to the list while the cursor stays in the field."""
        if watched is self.field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                at = max(0, min(self._rows.rowCount() - 1, self.list.currentIndex().row() + step))
                self.list.setCurrentIndex(self._rows.index(at))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _ask(self, text: str) -> None:
        readers = self._session.readers
        self._session.read(
            lambda: (readers.products(text.strip(), 500), readers.ranges()),
            lambda found: self._show(text, *found),
            latest="product search",
        )

    def _show(self, text: str, products: Sequence[Product], ranges: Sequence[ProductRange]) -> None:
        found = offers(products, ranges, last_used(self._session.memory), self._number)[:_MOST_SHOWN]
        self._rows.set_rows([self._row(offer) for offer in found])
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if not found:
            words = self.tr("Rien pour « {text} ». Essayez une rubrique ou une gamme.").format(text=text.strip())
            self.nothing.set_text(words)
        elif not self.list.currentIndex().isValid() or text:
            self.list.setCurrentIndex(self._rows.index(0))
        self.place()

    def _row(self, offer: Offer) -> Row:
        product = offer.product
        chips = []
        if product.is_favourite:
            chips.append(Chip(self.tr("favori"), "accent", "star"))
        if offer.is_recent:
            chips.append(Chip(self.tr("récent"), "plain", "clock"))
        try:
            price = amount_runs(product.price_for(self._edition).net)
        except Refusal:
            price = (("—", False),)
        return Row(
            title=product.name,
            subtitle=f"{offer.family.number} · {offer.family.name}",
            chips=tuple(chips),
            amount=price,
            key=product.id,
            weight="regular",
        )

    def _choose(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row()) if index.isValid() else None
        if row is not None and isinstance(row.key, str):
            remember(self._session.memory, ProductId(row.key))
            self.close_overlay()
            self.chosen.emit(row.key)
