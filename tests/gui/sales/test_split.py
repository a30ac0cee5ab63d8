"""The split by real clicks: what is shown before is what comes, and undo gives the very same proposal back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.desk.request import RequestKind
from app.domain.identifiers import ProposalId
from app.domain.money import Money, total
from app.domain.sales.anomalies import AnomalyCode, Remedy
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.proposal import Action, ProposalKind
from app.usecases.sales.amend_sub_order import AmendSubOrder, ChangeDetails, amend_sub_order, change_details
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from tests.gui.sales.florist import ROSE, SMALL, SaleDesk, line_of, part_of, plain
from tests.gui.sales.test_points import codes, filled, row_of
from tests.gui.windows import press
from views.formats import amount_euro
from views.sales.proposal_page import ProposalPage
from views.sales.split_dialog import SplitDialog
from views.sales.split_flow import SourceRow
from views.sales.split_preview import Place, preview
from views.widgets.labels import AmountLabel, ElidedLabel, Paragraph
from views.widgets.toast import Toast


def broken(sale: SaleDesk) -> ProposalId:
    """A proposal whose 101 is negative and whose 301 changes nothing but details."""
    proposal_id, work = sale.prepare(), sale.store.work
    for number in ("101", "301"):
        amend_sub_order(AmendSubOrder(proposal_id, part_of(sale.kept(proposal_id), number).id), work)
    kept = sale.kept(proposal_id)
    replace_product(ReplaceProduct(proposal_id, line_of(kept, "Site, formule").id, SMALL.id), work)
    cancel_line(CancelLine(proposal_id, line_of(kept, "Référencement").id, LossReason.BUDGET), work)
    change_details(ChangeDetails(proposal_id, part_of(kept, "301").id, "Le nouveau site."), work)
    return proposal_id


def opened(sale: SaleDesk, page: ProposalPage) -> SplitDialog:
    """Press the repair; the dialog opens."""
    press(row_of(page, Remedy.SPLIT).button)
    assert sale.window is not None
    (dialog,) = sale.window.findChildren(SplitDialog)
    return dialog


def test_one_point_says_what_cannot_stand_on_the_form(sale: SaleDesk) -> None:
    page = sale.page(broken(sale))
    point = row_of(page, Remedy.SPLIT).point
    assert point.title == "101 est négative, 301 ne change rien"
    assert point.text == "Elles ne peuvent pas figurer sur ce bon."
    assert filled(page) == ["Dissocier 101 et 301"]
    assert page.panel.waiting.text() == "possible dès que 101 et 301 sont rangées"
    chips = {branch.row.number: [chip.text for chip in branch.row.chips] for branch in page.rows.branches()}
    assert chips == {"001": [], "101": ["négative"], "201": [], "301": ["rien ne change"]}


def test_the_preview_is_what_the_split_then_makes(sale: SaleDesk) -> None:
    proposal_id = broken(sale)
    seen = preview(sale.kept(proposal_id))
    page = sale.page(proposal_id)
    dialog = opened(sale, page)
    said = " ".join(one.text() for one in dialog.findChildren(Paragraph))
    assert f"Les trois ensemble font toujours {amount_euro(seen.net_before)} HT, au centime." in said
    assert "Le nouveau site." in said
    names = [plain(one.text()) for one in dialog.findChildren(ElidedLabel)]
    assert names == [
        "Reste : « Reconduction »",
        "Nouvelle proposition « Site vitrine, à part »",
        "Demande au service client",
    ]
    amounts = [one.text() for one in dialog.findChildren(AmountLabel)]
    press(dialog.confirm)
    sale.settle()
    kept = sale.kept(proposal_id)
    assert kept == seen.kept
    (apart,) = [one for one in page.model.proposals if one.kind is ProposalKind.APART]
    assert apart.name == "Site vitrine, à part"
    assert apart.payment_plan == ()
    assert amounts == [amount_euro(one) for one in (seen.net_before, kept.totals.gross, apart.totals.gross)]
    (request,) = [one for one, _ in sale.store.readers.requests() if one.kind is RequestKind.AMENDMENT]
    assert request.sub_order == "301"
    assert "Le nouveau site." in request.body


def test_the_split_clears_the_anomalies_and_keeps_the_sum(sale: SaleDesk) -> None:
    proposal_id = broken(sale)
    before = sale.kept(proposal_id)
    page = sale.page(proposal_id)
    press(opened(sale, page).confirm)
    sale.settle()
    assert codes(page) == set()
    assert filled(page) == ["Valider les prix"]
    parts = [part for one in page.model.proposals for part in one.sub_orders]
    assert total(part.net for part in parts) == total(part.net for part in before.sub_orders)


def test_undo_by_the_toast_gives_the_very_same_proposal_back(sale: SaleDesk) -> None:
    proposal_id = broken(sale)
    before = sale.store.readers.account(ROSE.id)
    page = sale.page(proposal_id)
    press(opened(sale, page).confirm)
    sale.settle()
    assert sale.window is not None
    (toast,) = sale.window.findChildren(Toast)
    amount = amount_euro(total(part.net for part in before.proposals[0].sub_orders))
    assert plain(toast.text) == plain(f"101 et 301 sont rangées. Total inchangé : {amount} HT.")
    assert toast.undo is not None
    press(toast.undo)
    sale.settle()
    after = sale.store.readers.account(ROSE.id)
    assert after.proposals == before.proposals
    assert after.requests == before.requests
    assert row_of(page, Remedy.SPLIT).point.title == "101 est négative, 301 ne change rien"


def test_undo_and_redo_by_their_buttons(sale: SaleDesk) -> None:
    proposal_id = broken(sale)
    before = sale.kept(proposal_id)
    page = sale.page(proposal_id)
    press(opened(sale, page).confirm)
    sale.settle()
    split = sale.kept(proposal_id)
    press(page.tabs.undo)
    sale.settle()
    assert sale.kept(proposal_id) == before
    press(page.tabs.redo)
    sale.settle()
    assert sale.kept(proposal_id) == split


def test_closing_the_preview_changes_nothing(sale: SaleDesk) -> None:
    proposal_id = broken(sale)
    before = sale.kept(proposal_id)
    page = sale.page(proposal_id)
    dialog = opened(sale, page)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    sale.settle()
    assert not dialog.is_open
    press(opened_again(sale, page).keep)
    sale.settle()
    assert sale.kept(proposal_id) == before


def opened_again(sale: SaleDesk, page: ProposalPage) -> SplitDialog:
    """Open it a second time: the first one is gone or going."""
    press(row_of(page, Remedy.SPLIT).button)
    assert sale.window is not None
    return sale.window.findChildren(SplitDialog)[-1]


def test_a_range_that_is_lost_asks_for_its_reason(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    kept = sale.kept(proposal_id)
    with sale.store.work.begin("change_line") as tx:
        part = part_of(kept, "301")
        gone = replace(part, lines=tuple(replace(one, action=Action.CANCEL, net=Money(0)) for one in part.lines))
        parts = tuple(gone if one.number == "301" else one for one in kept.sub_orders)
        tx.proposals.save(replace(kept, sub_orders=parts, payment_plan=()))
        tx.commit()
    page = sale.page(proposal_id)
    assert AnomalyCode.SUBORDER_LOST in codes(page)
    dialog = opened(sale, page)
    assert dialog.reason is not None
    assert not dialog.confirm.isEnabled()
    dialog.reason.setCurrentIndex(list(LossReason).index(LossReason.PRICE))
    press(dialog.confirm)
    sale.settle()
    (loss,) = sale.store.readers.account(ROSE.id).losses
    assert (loss.kind, loss.reason, loss.sub_order, loss.net) == (
        LossKind.RANGE,
        LossReason.PRICE,
        "301",
        Money(23_500),
    )


def test_each_row_leads_to_where_it_goes(sale: SaleDesk) -> None:
    proposal_id = broken(sale)
    page = sale.page(proposal_id)
    dialog = opened(sale, page)
    numbers = [row.accessibleName()[:3] for row in dialog.findChildren(SourceRow)]
    assert numbers == ["001", "201", "101", "301"]
    seen = preview(sale.kept(proposal_id))
    assert [there.place for there in seen.destinations] == [Place.STAYS, Place.APART, Place.CUSTOMER_SERVICE]
