"""Accounts: the portfolio, filtered while one types, with the account one is on beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout

from app.domain.identifiers import AccountId
from app.ports.readers import AccountFilter, AccountSort
from views import formats
from views.accounts.account_list_model import AccountListModel, with_text
from views.accounts.load_dialog import TeamDialog
from views.accounts.load_model import LoadModel
from views.accounts.preview_card import PreviewCard
from views.accounts.preview_model import PreviewModel
from views.accounts.saved_views import SavedView, SavedViews
from views.shell.body import empty, inset, line, page_margins
from views.shell.page import Navigation, Page, PageAction, Shell
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.empty_page import EmptyPage
from views.widgets.fields import SearchField
from views.widgets.list_rows import ListRows
from views.widgets.pill import ConditionPill, Pill
from views.widgets.rows import KEY_ROLE
from views.widgets.two_line_delegate import TwoLineDelegate

_TABLES = frozenset(
    {"account", "contact", "activity", "preparation_item", "proposal", "customer_order", "request", "account_load"}
)


class AccountsPage(Page):
    """Its place holds the view, what is typed, the area and the order, so that one comes back to the same list."""

    name = "accounts"
    rail = "accounts"
    is_root = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        look = theme()
        self.model = AccountListModel(session, self)
        self.views = SavedViews(session, self)
        self.preview_model = PreviewModel(session, self)
        self._areas: tuple[str, ...] = ()
        self._wanted: AccountId | None = None
        # While one types the card waits for a pause: a keystroke reads the list and nothing else.
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(theme().px("pause"))
        self._typing.timeout.connect(self._ask_preview)
        self._upright = False
        self.pills = [Pill(view.name) for view in self.views.views]
        self.search = SearchField(self.tr("Nom, ville, numéro"))
        self.search.setMaximumWidth(look.px("search"))
        self.condition = Button(self.tr("Condition"), "plain", "plus")
        self.sort = Button("", "plain", "filter", trailing="down")
        self.list = ListRows(TwoLineDelegate(trailing="trailing"))
        self.list.setAccessibleName(self.tr("Comptes"))
        self.list.setModel(self.model)
        self.load = LoadModel(session, self)
        self.team = Button(self.tr("Équipe"), "plain", "search")
        self.team.setToolTip(self.tr("Chercher un compte de l’équipe"))
        self.team.setVisible(session.loads is not None)
        self.card = PreviewCard()
        self.none = EmptyPage(
            self.tr("Aucun compte ne répond."),
            self.tr("Élargissez : moins de mots, une condition de moins."),
            self.tr("Tout montrer"),
            kind="quiet",
        )
        self.none.hide()
        self._conditions = line(look.space(2))
        self._lay_out()
        self._connect()
        self.set_head(self.tr("Comptes"))

    # ------------------------------------------------------------------------------------------- manners
    def enter(self, **where: str) -> None:
        wanted = self.views.named(where.get("view", "renew")).filter
        sort = where.get("sort", AccountSort.URGENCY)
        wanted = replace(
            wanted,
            text=where.get("text", ""),
            area=where.get("area") or None,
            sort=AccountSort(sort) if sort in set(AccountSort) else AccountSort.URGENCY,
        )
        told = self.search.blockSignals(True)
        self.search.setText(wanted.text)
        self.search.blockSignals(told)
        self.model.ask(wanted)
        self._show_filter()
        self.views.read()
        self.session.read(self.session.readers.areas, self._keep_areas, latest="areas")
        self.preview_model.read_again()

    def offers(self) -> Sequence[PageAction]:
        if self.session.loads is None:
            return ()
        return [PageAction(text=self.tr("Chercher un compte de l’équipe"), icon="search", do=self._search_team)]

    def fold(self, *, upright: bool) -> None:
        self._upright = upright
        layout = self.layout()
        if layout is not None:
            left, top, right, bottom = page_margins(upright=upright)
            layout.setContentsMargins(left - theme().px("row_out"), top, right, bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.card.setVisible(self._has_card() and self.preview_model.preview is not None)

    # ------------------------------------------------------------------------------------------- building
    def _lay_out(self) -> None:
        look = theme()
        views = line(look.space(1))
        for pill in self.pills:
            views.addWidget(pill)
        views.addStretch(1)
        tools = line(look.space(2))
        tools.addLayout(self._conditions)
        tools.addWidget(self.condition)
        tools.addWidget(self.team)
        tools.addStretch(1)
        tools.addWidget(self.search, 2)
        tools.addWidget(self.sort)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(inset(views, look.px("row_out") - look.px("badge_top")))
        left.addSpacing(look.space(3))
        left.addLayout(inset(tools))
        left.addSpacing(look.px("search_gap"))
        left.addWidget(self.list, 1)
        left.addWidget(self.none, 1)
        row = QHBoxLayout(self)
        row.setSpacing(look.px("page_gap") - look.px("row_out"))
        row.addLayout(left, 1)
        row.addWidget(self.card)
        self.fold(upright=False)

    def _connect(self) -> None:
        for pill, view in zip(self.pills, self.views.views, strict=True):
            pill.clicked.connect(partial(self._use_view, view))
        self.search.asked.connect(self._typed)
        self.condition.clicked.connect(self._offer_conditions)
        self.team.clicked.connect(self._search_team)
        self.sort.clicked.connect(self._offer_orders)
        self.none.action_asked.connect(self._show_all)
        self.model.counted.connect(self._counted)
        self.views.counted.connect(self._show_counts)
        self.preview_model.changed.connect(self._show_preview)
        self.list.current_moved.connect(self._moved)
        self.list.opened.connect(self._opened)
        self.list.doubleClicked.connect(self._open)
        self.card.prepare_asked.connect(lambda account_id: self.navigation.go("account", account_id=account_id))
        self.card.orders_asked.connect(
            lambda account_id: self.navigation.go("account", account_id=account_id, tab="orders")
        )
        self.session.touched.connect(self._touched)

    # ------------------------------------------------------------------------------------------- filtering
    def _typed(self, text: str) -> None:
        # Pills and order stay as they are: a keystroke does no more than it must.
        self._typing.start()
        self.model.ask(with_text(self.model.filter, text))
        self.navigation.move(text=text)

    def _use_view(self, view: SavedView) -> None:
        now = self.model.filter
        self._use(replace(view.filter, text=now.text, area=now.area, sort=now.sort))

    def _show_all(self) -> None:
        self.search.clear()
        self._use(AccountFilter(sort=self.model.filter.sort))

    def _use(self, wanted: AccountFilter) -> None:
        self.model.ask(wanted)
        view = self.views.of(wanted)
        self.navigation.move(
            view=view.key if view is not None else "all",
            text=wanted.text,
            area=wanted.area or "",
            sort=wanted.sort.value,
        )
        self._show_filter()

    def _show_filter(self) -> None:
        wanted = self.model.filter
        shown = self.views.of(wanted)
        for pill, view in zip(self.pills, self.views.views, strict=True):
            pill.setChecked(view is shown)
        self.sort.setText(self._order_names()[wanted.sort])
        self.sort.updateGeometry()
        empty(self._conditions)
        if wanted.area is not None:
            condition = ConditionPill(wanted.area)
            condition.removed.connect(lambda: self._use(replace(self.model.filter, area=None)))
            condition.clicked.connect(self._offer_conditions)
            self._conditions.addWidget(condition)

    def _show_counts(self) -> None:
        for pill, view in zip(self.pills, self.views.views, strict=True):
            pill.set_count(self.views.counts.get(view.key))
        self._show_count()

    def _counted(self) -> None:
        nothing = self.model.count == 0
        self.none.setVisible(nothing)
        self.list.setVisible(not nothing)
        self._show_count()
        if not nothing and not self.list.currentIndex().isValid() and self._has_card():
            self.list.setCurrentIndex(self.model.index(0))
        elif nothing:
            self._moved(QModelIndex())

    def _show_count(self) -> None:
        number = formats.formats().number
        everything = self.views.counts.get("all")
        count = number(self.model.count)
        if everything is not None and everything != self.model.count:
            count = self.tr("{count} sur {all}").format(count=count, all=number(everything))
        amount = formats.amount_euro(self.model.running)
        quiet = self.tr("en cours")
        self.set_head(self.tr("Comptes"), [(f"{count} · ", "regular"), (amount, "strong"), (f" {quiet}", "regular")])

    def _order_names(self) -> dict[AccountSort, str]:
        return {
            AccountSort.URGENCY: self.tr("Par urgence"),
            AccountSort.NAME: self.tr("Par nom"),
            AccountSort.AMOUNT: self.tr("Par montant"),
        }

    def _offer_orders(self) -> None:
        menu = QMenu(self)
        for sort, words in self._order_names().items():
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(sort is self.model.filter.sort)
            action.triggered.connect(lambda _=False, sort=sort: self._use(replace(self.model.filter, sort=sort)))
            menu.addAction(action)
        menu.popup(self.sort.mapToGlobal(self.sort.rect().bottomLeft()))

    def _search_team(self) -> None:
        if self.session.loads is not None:
            dialog = TeamDialog(self.window(), self.session, self.session.loads)
            dialog.chosen.connect(self.load.wish_from_team)
            dialog.closed.connect(dialog.deleteLater)
            self.shell.show_over(dialog)

    def _offer_conditions(self) -> None:
        menu = QMenu(self)
        for area in self._areas:
            action = QAction(area, menu)
            action.setCheckable(True)
            action.setChecked(area == self.model.filter.area)
            action.triggered.connect(lambda _=False, area=area: self._use(replace(self.model.filter, area=area)))
            menu.addAction(action)
        menu.popup(self.condition.mapToGlobal(self.condition.rect().bottomLeft()))

    def _keep_areas(self, areas: tuple[str, ...]) -> None:
        self._areas = areas
        self.condition.setVisible(bool(areas))

    # ------------------------------------------------------------------------------------------- one account
    def _has_card(self) -> bool:
        return self.window().width() >= theme().px("fold_preview")

    def _moved(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE) if index.isValid() else None
        self._wanted = AccountId(key) if isinstance(key, str) else None
        if not self._typing.isActive():
            self._ask_preview()

    def _ask_preview(self) -> None:
        if self._has_card():
            self.preview_model.ask(self._wanted)

    def _show_preview(self) -> None:
        self.card.show_preview(self.preview_model.preview if self._has_card() else None)

    def _opened(self, index: QModelIndex) -> None:
        # With the card beside it a press shows the account there; Enter, or no card, opens its page.
        if not self._has_card() or self.list.shows_ring:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if isinstance(key, str):
            self.navigation.go("account", account_id=key)

    def _touched(self, tables: frozenset[str]) -> None:
        if self.isVisible() and tables & _TABLES:
            self.model.read_again()
            self.views.read()
            self.preview_model.read_again()
