"""The loss dialog says which of the three losses it is, asks why, and for the whole account asks twice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.accounts.account import AccountStatus
from app.domain.identifiers import ProposalId
from app.domain.money import Money
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.proposal import Action, ProposalStatus
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.drop_sub_order import DropSubOrder, drop_sub_order
from tests.gui.sales.florist import COVER, ROSE, SaleDesk, line_of, part_of, plain
from tests.gui.windows import press
from views.sales.loss_dialog import LossDialog
from views.sales.proposal_page import ProposalPage
from views.widgets.toast import Toast


def asked(sale: SaleDesk, page: ProposalPage, label: str) -> LossDialog:
    """Press Delete on a line."""
    assert page.model.proposal is not None
    assert sale.window is not None
    page.tree.setCurrentIndex(page.rows.index_of(line_of(page.model.proposal, label).id))
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Delete)
    return sale.window.findChildren(LossDialog)[-1]


def only_wedding(sale: SaleDesk) -> ProposalId:
    """A proposal with 301 alone."""
    proposal_id = sale.prepare()
    for number in ("001", "101", "201"):
        part = part_of(sale.kept(proposal_id), number)
        drop_sub_order(DropSubOrder(proposal_id, part.id, LossReason.PRICE), sale.store.work)
    return proposal_id


def test_a_product_loss_needs_a_reason_and_strikes_the_line(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    dialog = asked(sale, page, "Référencement")
    assert plain(dialog.title.text()) == "Annuler « Référencement local »"
    assert not dialog.confirm.isEnabled()
    assert dialog.waiting.text() == "possible dès qu’une raison est choisie"
    press(dialog.reasons.row(LossReason.BUDGET))
    press(dialog.confirm)
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Référencement").action is Action.CANCEL
    (loss,) = sale.store.readers.account(ROSE.id).losses
    assert (loss.kind, loss.reason, loss.net, loss.on) == (
        LossKind.PRODUCT,
        LossReason.BUDGET,
        Money(22_800),
        sale.clock.today(),
    )
    row = page.rows.row_at(page.rows.index_of(line_of(sale.kept(proposal_id), "Référencement").id))
    assert row.struck


def test_a_struck_line_comes_back_by_the_same_key(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    dialog = asked(sale, page, "Référencement")
    press(dialog.reasons.row(LossReason.BUDGET))
    press(dialog.confirm)
    sale.settle()
    page.tree.setCurrentIndex(page.rows.index_of(line_of(sale.kept(proposal_id), "Référencement").id))
    QTest.keyClick(page.tree, Qt.Key.Key_Delete)
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Référencement").action is Action.RENEW
    (loss,) = sale.store.readers.account(ROSE.id).losses
    assert loss.revoked_at is not None


def test_the_last_line_of_a_range_loses_the_range(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    dialog = asked(sale, page, "Page Mariage")
    assert dialog.title.text() == "Abandonner 301 Mariage en ligne"
    assert dialog.words.text().startswith("C’est la dernière ligne de 301.")
    press(dialog.reasons.row(LossReason.RESULTS))
    press(dialog.confirm)
    sale.settle()
    assert [part.number for part in sale.kept(proposal_id).sub_orders] == ["001", "101", "201"]
    (loss,) = sale.store.readers.account(ROSE.id).losses
    assert (loss.kind, loss.range_name) == (LossKind.RANGE, "Mariage en ligne")
    assert sale.window is not None
    assert "301 Mariage en ligne est abandonnée." in [toast.text for toast in sale.window.findChildren(Toast)]


def test_the_last_range_asks_for_the_total_loss_to_be_said(sale: SaleDesk) -> None:
    proposal_id = only_wedding(sale)
    page = sale.page(proposal_id)
    dialog = asked(sale, page, "Page Mariage")
    assert dialog.title.text() == "Plus rien ne reste"
    press(dialog.reasons.row(LossReason.CLOSING))
    assert not dialog.confirm.isEnabled()
    assert dialog.sure is not None
    press(dialog.sure)
    press(dialog.confirm)
    sale.settle()
    picture = sale.store.readers.account(ROSE.id)
    assert picture.account.status is AccountStatus.LOST
    assert [one.status for one in picture.proposals] == [ProposalStatus.CLOSED]
    assert page.empty.isVisibleTo(page)


def test_doing_nothing_leaves_everything_as_it_was(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    before = sale.kept(proposal_id)
    page = sale.page(proposal_id)
    press(asked(sale, page, "Référencement").keep)
    sale.settle()
    assert sale.kept(proposal_id) == before
    assert sale.store.readers.account(ROSE.id).losses == ()


def test_what_was_only_added_goes_without_a_question_and_is_no_loss(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    add_line(AddLine(proposal_id, COVER.id), sale.store.work)
    page = sale.page(proposal_id)
    page.tree.setCurrentIndex(page.rows.index_of(line_of(sale.kept(proposal_id), "Display").id))
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Delete)
    sale.settle()
    assert "Display" not in "".join(line.label for line in sale.kept(proposal_id).lines)
    assert sale.store.readers.account(ROSE.id).losses == ()


def test_the_whole_account_is_lost_from_the_palette(sale: SaleDesk) -> None:
    page = sale.page(sale.prepare())
    offer = next(one for one in page.offers() if one.text.startswith("Noter la chute totale"))
    offer.do()
    assert sale.window is not None
    dialog = sale.window.findChildren(LossDialog)[-1]
    press(dialog.reasons.row(LossReason.COMPETITOR))
    assert dialog.sure is not None
    press(dialog.sure)
    press(dialog.confirm)
    sale.settle()
    (loss,) = sale.store.readers.account(ROSE.id).losses
    assert (loss.kind, loss.reason) == (LossKind.TOTAL, LossReason.COMPETITOR)
