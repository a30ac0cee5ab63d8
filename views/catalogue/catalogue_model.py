"""The catalogue while one types: products with their range, kind and price."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject

from app.domain.catalogue.product import Price, Product, ProductRange
from app.domain.catalogue.slot import Slot
from app.domain.identifiers import ProductId, RangeId
from app.ports.readers import Readers
from views import formats
from views.catalogue.places import free_words
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import Row

MOST = 200


class _Found(NamedTuple):
    products: tuple[Product, ...]
    places: dict[ProductId, tuple[Slot, ...]]


def _read(readers: Readers, text: str) -> _Found:
    """Find the products that match words, and of the limited ones the places in the portfolio's areas."""
    products = readers.products(text, MOST)
    areas = {"", *readers.areas()}
    places: dict[ProductId, tuple[Slot, ...]] = {}
    for product in products:
        price = latest_price(product)
        if product.is_display and price is not None:
            slots = readers.slots(product.id, price.edition)
            if slots:
                places[product.id] = tuple(slot for slot in slots if slot.area in areas)
    return _Found(products, places)


class CatalogueModel(LiveModel):
    """Reads what matches the words typed, within a range if one is chosen."""

    TABLES = frozenset({"product", "product_range", "price", "slot"})

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.ranges: tuple[ProductRange, ...] = ()
        self.products: tuple[Product, ...] | None = None
        self._places: dict[ProductId, tuple[Slot, ...]] = {}
        self.text = ""
        self.range_id: RangeId | None = None

    def read(self) -> None:
        """Read ranges and products."""
        self.session.read(self.session.readers.ranges, self._keep_ranges, latest="ranges")
        self.session.read(partial(_read, self.session.readers, self.text), self._show, latest="products")

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

    def places(self, product: Product) -> tuple[Slot, ...]:
        """The limited places of a product in its latest edition and the rep's areas; none where it is not limited."""
        return self._places.get(product.id, ())

    def places_by_area(self, product: Product) -> list[tuple[str, str]]:
        """For each area its name and how many of its places are free."""
        areas: dict[str, list[Slot]] = {}
        for slot in self.places(product):
            areas.setdefault(slot.area, []).append(slot)
        return [(area or self.tr("Partout"), free_words(slots)) for area, slots in areas.items()]

    def _chosen(self) -> list[Product]:
        return [
            product for product in self.products or () if self.range_id is None or product.range_id == self.range_id
        ]

    def _row(self, product: Product) -> Row:
        chips = []
        if product.is_favourite:
            chips.append(Chip(self.tr("Favori"), "accent", "star"))
        if product.id in self._places:
            free = sum(slot.is_free for slot in self.places(product))
            said = self.tr("%n emplacement(s) libre(s)", "", free) if free else self.tr("Aucun emplacement libre")
            chips.append(Chip(said, "ok" if free else "warn", "pin"))
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

    def _show(self, found: _Found) -> None:
        self.products, self._places = found
        self.changed.emit()


def latest_price(product: Product) -> Price | None:
    """The price of the latest edition; None for a product without one."""
    return max(product.prices, key=lambda price: (price.edition, price.valid_until), default=None)
