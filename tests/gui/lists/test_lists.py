"""Proposals, orders, requests, catalogue, dashboard: each row and each bar leads where it should."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex

from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from tests.gui.one_rep import BAT, COVER, PRINT, ROSE, SITE, SOREL
from tests.gui.windows import Desk, press, type_in
from views.catalogue.catalogue_page import CataloguePage
from views.dashboard.dashboard_page import DashboardPage
from views.fulfilment import orders_model
from views.fulfilment.orders_page import OrdersPage
from views.shell.list_page import ListPage
from views.widgets.rows import KEY_ROLE, ROW_ROLE, Row


def page_of(desk: Desk, name: str, **where: str) -> ListPage:
    """A list page in the window."""
    page = desk.show_at(name, where).pages.page
    assert isinstance(page, ListPage)
    return page


def rows(page: ListPage | CataloguePage) -> list[Row]:
    """The rows of its list."""
    model = page.list.model()
    return [model.index(place, 0).data(ROW_ROLE) for place in range(model.rowCount())]


def test_proposals_are_narrowed_and_counted(desk: Desk) -> None:
    for account in (ROSE, SOREL):
        prepare_proposal(PrepareProposal(account.id, 2027), desk.store.work)
    page = page_of(desk, "proposals")
    assert sorted(row.title for row in rows(page)) == ["Au nom de la Rose", "Boulangerie Sorel"]
    assert page.subtitle[0][0].startswith("2 proposition")
    press(page.pills["signed"])
    desk.settle()
    assert rows(page) == []
    assert page.none.isVisible()
    press(page.pills["all"])
    assert len(rows(page)) == 2


def test_without_proposals_the_page_says_what_to_do_next(desk: Desk) -> None:
    page = page_of(desk, "proposals")
    assert page.none.isVisible()
    assert page.none.action is not None
    press(page.none.action)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.page.name == "accounts"


def test_orders_come_latest_first_and_lead_to_their_account(desk: Desk) -> None:
    page = page_of(desk, "orders")
    assert isinstance(page, OrdersPage)
    assert len(rows(page)) == 5
    assert [row.chips[0].text for row in rows(page)].count("rejetée") == 1
    page.open_row(str(page.model.index(0).data(KEY_ROLE)))
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.place.where["tab"] == "orders"


def test_orders_are_read_as_one_scrolls(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders_model, "PAGE", 2)
    model = orders_model.OrdersModel(desk.session)
    model.ask()
    desk.settle()
    assert model.rowCount() == 2
    seen = [str(model.index(place).data(KEY_ROLE)) for place in range(2)]
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
        assert not model.canFetchMore(QModelIndex())
        desk.settle()
    keys = [str(model.index(place).data(KEY_ROLE)) for place in range(model.rowCount())]
    assert keys[:2] == seen
    assert len(keys) == len(set(keys)) == 5
    model.deleteLater()


def test_requests_lead_to_the_requests_of_their_account(desk: Desk) -> None:
    page = page_of(desk, "requests")
    (row,) = rows(page)
    assert (row.title, [chip.text for chip in row.chips]) == ("Bat-Etanche", ["Rejet", "nouvelle"])
    page.open_row(str(row.key))
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.place.where == {"account_id": BAT.id, "tab": "requests"}


def catalogue_of(desk: Desk, **where: str) -> CataloguePage:
    """The catalogue in the window."""
    page = desk.show_at("catalogue", where).pages.page
    assert isinstance(page, CataloguePage)
    return page


def test_the_catalogue_answers_while_one_types_and_shows_the_product(desk: Desk) -> None:
    page = catalogue_of(desk)
    assert len(rows(page)) == 4
    type_in(page.search, "vitrine")
    desk.settle()
    (row,) = rows(page)
    assert row.title == SITE.name
    assert page.card.isVisible()
    assert page.card.accessibleName() == SITE.name


def test_the_catalogue_opens_at_a_product_and_narrows_to_a_range(desk: Desk) -> None:
    page = catalogue_of(desk, product_id=COVER.id)
    assert page.list.currentIndex().data(KEY_ROLE) == COVER.id
    assert page.list.currentIndex().data(ROW_ROLE).chips == (), "its places are not limited"
    page._choose_range(PRINT.id)
    assert len(rows(page)) == 3
    assert page.range.text() == "001 Imprimé"


def test_the_dashboards_pictures_lead_to_their_lists(desk: Desk) -> None:
    prepare_proposal(PrepareProposal(ROSE.id, 2027), desk.store.work)
    page = desk.show("dashboard").pages.page
    assert isinstance(page, DashboardPage)
    areas = [bar.name for bar in page.progress.chart.bars()]
    assert sorted(areas) == ["Eure-et-Loir", "Orne"]
    page.progress.chart.clicked.emit(areas.index("Orne"))
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.place.where == {"view": "all", "area": "Orne"}
    desk.window.pages.go("dashboard")
    desk.settle()
    assert [bar.name for bar in page.proposals.chart.bars()] == ["Brouillon"]
    page.proposals.chart.clicked.emit(0)
    desk.settle()
    assert desk.window.pages.place.where == {"show": "open"}
