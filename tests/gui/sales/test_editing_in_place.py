"""What is typed into the tree is kept, shows at once what it comes to, and is never lost."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.money import Money
from app.domain.sales.proposal import Action
from tests.gui.sales.florist import COVER, SMALL, SaleDesk, line_of, part_of
from tests.gui.windows import press, type_in
from views.formats import amount_euro
from views.sales.line_dialog import LineDialog
from views.sales.product_search import ProductSearch
from views.sales.proposal_page import ProposalPage
from views.sales.proposal_rows import DISCOUNT, QUANTITY
from views.shell.notices import Told
from views.widgets.stepper import Stepper


def cell(page: ProposalPage, label: str, column: str) -> QModelIndex:
    """The cell of a line."""
    proposal = page.model.proposal
    assert proposal is not None
    at = [one.key for one in page.rows.columns].index(column)
    return page.rows.index_of(line_of(proposal, label).id, at)


def open_cell(page: ProposalPage, label: str, column: str) -> QWidget:
    """Press a cell with the mouse; its field opens."""
    index = cell(page, label, column)
    page.tree.scrollTo(index)
    press(page.tree.viewport(), page.tree.visualRect(index).center())
    field = page.tree.indexWidget(index)
    assert field is not None
    return field


def chosen(menu: QMenu, words: str) -> QAction:
    """The entry of a menu that begins with these words."""
    return next(action for action in menu.actions() if action.text().startswith(words))


def test_a_discount_typed_in_its_cell_moves_the_total_and_is_kept(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    before = sale.kept(proposal_id).totals.gross
    field = open_cell(page, "Campagne", DISCOUNT)
    type_in(field, "10")
    QTest.keyClick(field, Qt.Key.Key_Return)
    sale.settle()
    kept = sale.kept(proposal_id)
    assert line_of(kept, "Campagne").discount == 1000
    assert kept.totals.gross == before - Money(15_120)
    assert page.panel.totals.gross.text() == amount_euro(kept.totals.gross)
    assert page.panel.totals.pairs["Remises déduites"] == amount_euro(Money(-12_600))
    assert sum(one.gross.cents for one in kept.payment_plan) == kept.totals.gross.cents


def test_the_total_follows_each_keystroke_before_anything_is_kept(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    before = sale.kept(proposal_id)
    field = open_cell(page, "Campagne", DISCOUNT)
    type_in(field, "10")
    assert page.panel.totals.gross.text() == amount_euro(before.totals.gross - Money(15_120))
    assert sale.kept(proposal_id) == before


def test_escape_leaves_the_line_as_it_was(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    before = sale.kept(proposal_id)
    field = open_cell(page, "Campagne", DISCOUNT)
    type_in(field, "10")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    sale.settle()
    assert sale.kept(proposal_id) == before
    assert page.panel.totals.gross.text() == amount_euro(before.totals.gross)


def test_enter_goes_down_to_the_next_discount(sale: SaleDesk) -> None:
    page = sale.page(sale.prepare())
    field = open_cell(page, "Bloc", DISCOUNT)
    type_in(field, "5")
    QTest.keyClick(field, Qt.Key.Key_Return)
    sale.settle()
    below = cell(page, "Ligne en gras", DISCOUNT)
    assert page.tree.currentIndex() == below
    assert page.tree.indexWidget(below) is not None


def test_what_was_typed_and_not_confirmed_is_kept_when_the_page_is_left(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    field = open_cell(page, "Campagne", DISCOUNT)
    type_in(field, "12,5")
    page.navigation.go("accounts")
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Campagne").discount == 1250


def test_what_was_typed_and_not_confirmed_is_kept_when_the_window_closes(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    type_in(open_cell(page, "Campagne", DISCOUNT), "7")
    assert sale.window is not None
    sale.window.close()
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Campagne").discount == 700


def test_a_figure_typed_on_a_row_is_its_quantity(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    page.tree.setCurrentIndex(cell(page, "Fiche", QUANTITY))
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_3)
    field = page.tree.indexWidget(cell(page, "Fiche", QUANTITY))
    assert isinstance(field, Stepper)
    QTest.keyClick(field, Qt.Key.Key_Return)
    sale.settle()
    line = line_of(sale.kept(proposal_id), "Fiche")
    assert (line.quantity, line.action, line.net) == (3, Action.MODIFY, Money(3 * 94_800))


def test_a_change_that_comes_from_elsewhere_leaves_the_open_field_alone(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    field = open_cell(page, "Campagne", DISCOUNT)
    type_in(field, "1")
    other = line_of(sale.kept(proposal_id), "Fiche")
    page.model.change_line(other.id, quantity=2)
    sale.settle()
    assert page.tree.indexWidget(cell(page, "Campagne", DISCOUNT)) is field
    type_in(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Return)
    sale.settle()
    kept = sale.kept(proposal_id)
    assert (line_of(kept, "Campagne").discount, line_of(kept, "Fiche").quantity) == (1000, 2)


def test_a_product_is_added_by_looking_it_up(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    assert sale.window is not None
    QTest.keyClick(page.tree, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    sale.settle()
    (search,) = sale.window.findChildren(ProductSearch)
    type_in(search.field, "couverture")
    sale.settle()
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    sale.settle()
    line = line_of(sale.kept(proposal_id), "Display")
    assert (line.product_id, line.action, line.net) == (COVER.id, Action.ADD, Money(215_000))
    assert "ajouté" in page.rows.row_at(cell(page, "Display", QUANTITY)).cells[0].spoken()


def test_replacing_offers_only_products_of_the_same_range(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    page.actions_of.replace(line_of(sale.kept(proposal_id), "Site, formule").id)
    sale.settle()
    assert sale.window is not None
    (search,) = sale.window.findChildren(ProductSearch)
    offered = [row.title for row in search._rows.rows() if row is not None]
    assert sorted(offered) == ["Référencement local", "Site, formule Confort", "Site, formule Essentiel"]
    type_in(search.field, "Essentiel")
    sale.settle()
    QTest.keyClick(search.field, Qt.Key.Key_Return)
    sale.settle()
    line = line_of(sale.kept(proposal_id), "Site, formule")
    assert (line.product_id, line.replaces) == (SMALL.id, "Site, formule Confort")


def test_an_amendment_and_back_to_the_renewal(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    part = part_of(sale.kept(proposal_id), "101")
    chosen(page.actions_of.menu_of(part.id), "Modifier la commande").trigger()
    sale.settle()
    amended = part_of(sale.kept(proposal_id), "101")
    assert (amended.amendment, {line.action for line in amended.lines}) == ("01", {Action.KEEP})
    assert page.rows.branches()[1].row.note == "MO 101-01"
    chosen(page.actions_of.menu_of(part.id), "Revenir à la reconduction").trigger()
    sale.settle()
    assert part_of(sale.kept(proposal_id), "101").amendment is None


def test_an_upright_page_keeps_the_quantity_in_the_hand(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id, 800, 1280)
    assert page.tree.isColumnHidden([one.key for one in page.rows.columns].index(QUANTITY))
    page.tree.setCurrentIndex(cell(page, "Fiche", "product"))
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Return)
    assert sale.window is not None
    (dialog,) = sale.window.findChildren(LineDialog)
    press(dialog.quantity.more)
    assert dialog.amount.text() == amount_euro(Money(2 * 94_800))
    press(dialog.keep)
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Fiche").quantity == 2


def test_what_is_not_understood_in_the_hand_cannot_be_kept(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    page.actions_of.open_line(line_of(sale.kept(proposal_id), "Fiche").id)
    assert sale.window is not None
    (dialog,) = sale.window.findChildren(LineDialog)
    dialog.discount.selectAll()
    type_in(dialog.discount, "101")
    assert (dialog.keep.isEnabled(), dialog.said.text()) == (False, "Pas plus de 100")
    dialog.discount.selectAll()
    type_in(dialog.discount, "9.50")
    assert dialog.keep.isEnabled()
    dialog.quantity.selectAll()
    type_in(dialog.quantity, "2,5")
    assert (dialog.keep.isEnabled(), dialog.said.text()) == (False, "Un nombre entier")


def test_a_quantity_with_a_comma_stays_open_and_changes_nothing(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    type_in(open_cell(page, "Fiche", QUANTITY), "2,5")
    field = page.tree.indexWidget(cell(page, "Fiche", QUANTITY))
    assert isinstance(field, Stepper)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.tree.indexWidget(cell(page, "Fiche", QUANTITY)) is field
    assert page.tree.unreadable() == ("2,5", "Un nombre entier")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Fiche").quantity == 1


def test_a_name_is_edited_in_its_tab(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    page.tabs.bar.bar.setFocus()
    QTest.keyClick(page.tabs.bar.bar, Qt.Key.Key_F2)
    field = page.tabs.name_field
    assert field is not None
    type_in(field, "  Comme   avant ")
    QTest.keyClick(field, Qt.Key.Key_Return)
    sale.settle()
    assert sale.kept(proposal_id).name == "Comme avant"


def test_the_plus_duplicates_the_proposal_and_asks_for_a_name(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    assert page.tabs.bar.plus is not None
    press(page.tabs.bar.plus)
    sale.settle()
    field = page.tabs.name_field
    assert field is not None
    named = page.tabs.bar.bar.tabRect(page.tabs.bar.current())
    assert field.x() == page.tabs.bar.bar.mapTo(page.tabs, named.topLeft()).x(), "the field lies over its own tab"
    type_in(field, "Avec display")
    # Leaving the field keeps the name as Enter does.
    page.tree.setFocus()
    sale.settle()
    names = [one.name for one in page.model.proposals]
    assert names == ["Reconduction", "Avec display"]
    assert page.model.proposal is not None
    assert page.model.proposal.name == "Avec display"


def test_what_cannot_be_read_is_said_and_not_dropped_in_silence(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    before = sale.kept(proposal_id)
    told: list[Told] = []
    sale.session.told.connect(told.append)
    type_in(open_cell(page, "Campagne", DISCOUNT), "1,2,3")
    page.navigation.go("accounts")
    sale.settle()
    assert sale.kept(proposal_id) == before
    assert [(one.what.strip("«»\u00a0"), bool(one.kept)) for one in told] == [("1,2,3", True)]
