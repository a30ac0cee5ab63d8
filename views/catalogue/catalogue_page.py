"""Catalogue: what can be sold and what it costs, found while one types."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QBoxLayout, QMenu, QVBoxLayout

from app.domain.identifiers import RangeId
from views.catalogue.catalogue_model import CatalogueModel
from views.catalogue.product_card import ProductCard
from views.shell.body import inset, line, page_margins
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.empty_page import EmptyPage
from views.widgets.fields import SearchField
from views.widgets.list_rows import ListRows
from views.widgets.rows import KEY_ROLE, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate


class CataloguePage(Page):
    """Products as rows, of one range or all, the one in hand on a card."""

    name = "catalogue"
    rail = "catalogue"
    is_root = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        look = theme()
        self.model = CatalogueModel(session, self)
        self.model.changed.connect(self._show)
        self._wanted = ""
        self.search = SearchField(self.tr("Nom, référence"))
        self.search.setMaximumWidth(look.px("search"))
        self.search.asked.connect(self._typed)
        self.list = ListRows(TwoLineDelegate())
        self.list.setAccessibleName(self.tr("Produits"))
        self.list.current_moved.connect(self._moved)
        self.none = EmptyPage(self.tr("Aucun produit ne répond."), self.tr("Essayez moins de mots."))
        self.none.hide()
        self.card = ProductCard(self.model)
        self.range = Button("", "plain", "filter", trailing="down")
        self.range.clicked.connect(self._offer_ranges)
        tools = line(look.space(2))
        tools.addWidget(self.search, 1)
        tools.addStretch(1)
        tools.addWidget(self.range)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(inset(tools))
        left.addSpacing(look.px("search_gap"))
        left.addWidget(self.list, 1)
        left.addWidget(self.none, 1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.card)
        self.fold(upright=False)
        self.set_head(self.tr("Catalogue"))

    def enter(self, **where: str) -> None:
        self._wanted = where.get("product_id", "")
        self.model.text = where.get("text", "")
        self.model.range_id = RangeId(where["range_id"]) if where.get("range_id") else None
        told = self.search.blockSignals(True)
        self.search.setText(self.model.text)
        self.search.blockSignals(told)
        self.model.wake()

    def leave(self) -> None:
        self.model.sleep()

    def fold(self, *, upright: bool) -> None:
        look = theme()
        down, right_to = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if upright else right_to)
        self._columns.setSpacing(look.space(4) if upright else look.px("page_gap") - look.px("row_out"))
        self.card.setMaximumWidth(1 << 15 if upright else look.px("panel_right"))
        self.card.setMinimumWidth(0 if upright else look.px("panel_right"))
        left, top, right, bottom = page_margins(upright=upright)
        self._columns.setContentsMargins(left - look.px("row_out"), top, right, bottom)

    def _typed(self, text: str) -> None:
        self.navigation.move(text=text)
        self.model.ask(text)

    def _choose_range(self, range_id: str) -> None:
        self.model.range_id = RangeId(range_id) if range_id else None
        self.navigation.move(range_id=range_id)
        self._show()

    def _show(self) -> None:
        if self.model.products is None:
            return
        self._show_range()
        rows = self.model.rows()
        model = self.list.model()
        if isinstance(model, RowsModel):
            model.set_rows(rows)
            place = model.place_of(self._wanted) if self._wanted else None
            if place is not None:
                self._wanted = ""
                self.list.setCurrentIndex(model.index(place))
                self.list.scrollTo(model.index(place))
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.model().index(0, 0))
        self._moved(self.list.currentIndex())
        self.set_head(self.tr("Catalogue"), self.tr("%n produit(s)", "", len(rows)))

    def _show_range(self) -> None:
        chosen = self.model.range_name(self.model.range_id) if self.model.range_id else ""
        self.range.setText(chosen or self.tr("Toutes les gammes"))
        self.range.updateGeometry()

    def _offer_ranges(self) -> None:
        menu = QMenu(self)
        for key, words in (
            ("", self.tr("Toutes les gammes")),
            *((one.id, self.model.range_name(one.id)) for one in self.model.ranges),
        ):
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(key == (self.model.range_id or ""))
            action.triggered.connect(lambda _=False, key=key: self._choose_range(key))
            menu.addAction(action)
        menu.popup(self.range.mapToGlobal(self.range.rect().bottomLeft()))

    def _moved(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE) if index.isValid() else None
        self.card.show_product(self.model.product(key) if isinstance(key, str) else None)
