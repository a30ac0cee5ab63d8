"""The catalogue while one types: products with their range, kind and price."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from app.domain.catalogue.product import Price, Product, ProductRange
from app.domain.identifiers import RangeId
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import Row

MOST = 200


class CatalogueModel(LiveModel):
    """Reads what matches the words typed, within a range if one is chosen."""

    TABLES = frozenset({"product", "product_range", "price"})

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.ranges: tuple[ProductRange, ...] = ()
        self.products: tuple[Product, ...] | None = None
        self.text = ""
        self.range_id: RangeId | None = None

    def read(self) -> None:
        """Read ranges and products."""
        self.session.read(self.session.readers.ranges, self._keep_ranges, latest="ranges")
        self.session.read(partial(self.session.readers.products, self.text, MOST), self._show, latest="products")

    def ask(self, text: str) -> None:
        """Look for other words."""
        self.text = text
        self.read()

    def rows(self) -> list[Row]:
        """Rows of what was found, in the range chosen."""
        return [self._row(product) for product in self._chosen()]

    def product(self, product_id: str) -> Product | None:
        """The product of a row."""
        return next((product for product in self.products or () if product.id == product_id), None)

    def range_name(self, range_id: RangeId) -> str:
        """« 001 Imprimé »."""
        found = next((one for one in self.ranges if one.id == range_id), None)
        return f"{found.number} {found.name}".strip() if found is not None else ""

    def kind(self, product: Product) -> str:
        """Its kind in words."""
        return self.session.words("product_kinds", product.kind)

    def vat(self, product: Product) -> str:
        """« TVA 20 % »."""
        return self.tr("TVA {rate}").format(rate=formats.percent(product.vat_rate.basis_points))

    def prices(self, product: Product) -> list[tuple[str, Price]]:
        """Each edition with its price, latest first."""
        ordered = sorted(product.prices, key=lambda price: (price.edition, price.valid_from), reverse=True)
        return [(self.tr("Édition {year}").format(year=price.edition), price) for price in ordered]

    def validity(self, price: Price) -> str:
        """Until when a price holds."""
        today = self.session.clock.today()
        if price.valid_until < today:
            return self.tr("expiré le {day}").format(day=formats.date_short(price.valid_until))
        return self.tr("jusqu’au {day}").format(day=formats.date_short(price.valid_until))

    def _chosen(self) -> list[Product]:
        return [
            product for product in self.products or () if self.range_id is None or product.range_id == self.range_id
        ]

    def _row(self, product: Product) -> Row:
        chips = []
        if product.is_favourite:
            chips.append(Chip(self.tr("Favori"), "accent", "star"))
        if product.is_display:
            chips.append(Chip(self.tr("Emplacement limité"), "warn"))
        price = latest_price(product)
        parts = (self.range_name(product.range_id), self.kind(product), product.code)
        return Row(
            title=product.name,
            subtitle=" · ".join(filter(None, parts)),
            chips=tuple(chips),
            amount=formats.amount_runs(price.net) if price is not None else (),
            amount_sub=self.tr("édition {year}").format(year=price.edition) if price is not None else "",
            key=product.id,
        )

    def _keep_ranges(self, ranges: tuple[ProductRange, ...]) -> None:
        self.ranges = ranges
        self.changed.emit()

    def _show(self, products: tuple[Product, ...]) -> None:
        self.products = products
        self.changed.emit()


def latest_price(product: Product) -> Price | None:
    """The price of the latest edition; None for a product without one."""
    return max(product.prices, key=lambda price: (price.edition, price.valid_until), default=None)
