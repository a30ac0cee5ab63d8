"""A product of the catalogue: what it is, what it brings the customer, what it costs in each edition."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.catalogue.product import Product
from views import formats
from views.catalogue.catalogue_model import CatalogueModel, latest_price
from views.shell.body import column, empty, line
from views.shell.theme import LEFT, MUTED, SMALL_QUIET, Ink, set_surface, theme
from views.widgets.labels import AmountLabel, ElidedLabel, Paragraph, label


class ProductCard(QFrame):
    """Beside the list, or under it in an upright window."""

    def __init__(self, model: CatalogueModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        set_surface(self, "card")
        self._model = model
        self._name = Paragraph("", Ink(size="title", weight="strong"))
        self._kind = ElidedLabel("", MUTED)
        self._pitch = Paragraph("")
        self._caption = label("", "small-quiet")
        self._amount = AmountLabel((), Ink(size="display", weight="strong"), align=LEFT)
        self._vat = label("", "small")
        self._prices = column(look.space(2))
        self._places_title = label(self.tr("Emplacements"), "strong")
        self._places = column(look.space(2))
        names, figures = column(look.px("border.focus")), column()
        names.addWidget(self._name)
        names.addWidget(self._kind)
        figures.addWidget(self._caption)
        figures.addWidget(self._amount)
        figures.addWidget(self._vat)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.space(6), look.space(6), look.space(6), look.space(6))
        layout.setSpacing(look.space(6))
        layout.addLayout(names)
        layout.addWidget(self._pitch)
        layout.addLayout(figures)
        layout.addLayout(self._prices)
        places = column(look.space(2))
        places.addWidget(self._places_title)
        places.addLayout(self._places)
        layout.addLayout(places)
        layout.addStretch(1)
        self.hide()

    def show_product(self, product: Product | None) -> None:
        """Show a product, or nothing."""
        self.setVisible(product is not None)
        if product is None:
            return
        model = self._model
        self.setAccessibleName(product.name)
        self._name.set_text(product.name)
        parts = (model.range_name(product.range_id), model.kind(product), product.code)
        self._kind.set_text(" · ".join(filter(None, parts)))
        self._pitch.set_text(product.pitch)
        self._pitch.setVisible(bool(product.pitch))
        price = latest_price(product)
        self._caption.setVisible(price is not None)
        self._amount.setVisible(price is not None)
        self._vat.setVisible(price is not None)
        if price is not None:
            self._caption.setText(self.tr("Édition {year}, la pièce").format(year=price.edition))
            self._amount.set_runs(formats.amount_runs(price.net))
            self._vat.setText(self.tr("HT · {vat}").format(vat=model.vat(product)))
        empty(self._prices)
        for words, one in model.prices(product):
            row = line(theme().space(3))
            row.addWidget(label(words, "muted"))
            row.addWidget(ElidedLabel(model.validity(one), SMALL_QUIET), 1)
            row.addWidget(AmountLabel(formats.amount_runs(one.net)))
            self._prices.addLayout(row)
        self._show_places(product)

    def _show_places(self, product: Product) -> None:
        """Where its limited places are, and how many are free there."""
        empty(self._places)
        areas = self._model.places_by_area(product)
        self._places_title.setVisible(bool(areas))
        for area, free in areas:
            row = line(theme().space(3))
            row.addWidget(ElidedLabel(area, MUTED), 1)
            row.addWidget(label(free))
            self._places.addLayout(row)
