"""Orders: what was signed, latest first, with where each stands."""

from __future__ import annotations

from views.fulfilment.orders_model import OrdersModel
from views.shell.list_page import ListPage
from views.shell.page import Navigation, Shell
from views.shell.session import Session
from views.widgets.empty_page import EmptyPage


class OrdersPage(ListPage):
    """A row leads to the orders of its account."""

    name = "orders"
    rail = "orders"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        none = EmptyPage(
            self.tr("Aucune commande."),
            self.tr("Ce que vos clients ont signé se lira ici."),
            self.tr("Voir les propositions"),
        )
        super().__init__(session, navigation, shell, none=none)
        none.action_asked.connect(lambda: navigation.go("proposals"))
        self.model = OrdersModel(session, self)
        self.model.counted.connect(self.show_rows)
        self.list.setAccessibleName(self.tr("Commandes"))
        self.list.setModel(self.model)
        session.touched.connect(self._touched)
        self.set_head(self.tr("Commandes"))

    def enter(self, **where: str) -> None:
        self.model.ask()

    def show_rows(self) -> None:
        self.show_none(nothing=self.model.rowCount() == 0)

    def open_row(self, key: str) -> None:
        item = self.model.item(key)
        if item is not None:
            self.navigation.go("account", account_id=item.account_id, tab="orders")

    def _touched(self, tables: frozenset[str]) -> None:
        if self.isVisible() and tables & OrdersModel.TABLES:
            self.model.ask()
