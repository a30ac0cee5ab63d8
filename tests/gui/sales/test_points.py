"""Each anomaly says what to do, and its button does it; the filled button is always the next thing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.identifiers import ProposalId
from app.domain.money import Money
from app.domain.sales.anomalies import AnomalyCode, Remedy
from app.domain.sales.proposal import Action, Instalment, PlanTemplate, Proposal, ProposalKind, ProposalStatus
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.set_payment_plan import EditInstalments, edit_instalments
from tests.gui.sales.florist import CLAIRE, ROSE, SaleDesk, line_of, part_of
from tests.gui.windows import press, type_in
from views.formats import amount_euro
from views.sales.contact_dialog import ContactDialog, NumbersDialog
from views.sales.point_rows import PointRow
from views.sales.proposal_page import ProposalPage
from views.widgets.buttons import Button


def row_of(page: ProposalPage, remedy: Remedy) -> PointRow:
    """The point that this repair mends."""
    return next(row for row in page.panel.points.rows if row.point.remedy is remedy)


def codes(page: ProposalPage) -> set[AnomalyCode]:
    """What the panel says is wrong."""
    return {anomaly.code for row in page.panel.points.rows for anomaly in row.point.anomalies}


def filled(page: ProposalPage) -> list[str]:
    """The words of every filled button that shows."""
    return [one.text() for one in page.findChildren(Button) if one.kind == "fill" and one.isVisibleTo(page)]


def save(sale: SaleDesk, proposal: Proposal) -> None:
    """Put a proposal into the store as it is."""
    with sale.store.work.begin("change_line") as tx:
        tx.proposals.save(proposal)
        tx.commit()


def discounted(sale: SaleDesk, proposal_id: ProposalId, discount: int) -> None:
    """Give a discount on the campaign, in basis points."""
    line = line_of(sale.kept(proposal_id), "Campagne")
    change_line(ChangeLine(proposal_id, line.id, discount=discount), sale.store.work)


def by_hand(sale: SaleDesk, proposal_id: ProposalId, *cents: int) -> None:
    """Pay by hand, in January and the months after it."""
    days = (date(2027, 1, 15), date(2027, 2, 15), date(2027, 3, 15))
    rows = tuple(Instalment(due_on=day, gross=Money(one)) for day, one in zip(days, cents, strict=False))
    edit_instalments(EditInstalments(proposal_id, rows), sale.store.work)


def test_a_discount_over_the_limit_is_brought_down_to_it(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    discounted(sale, proposal_id, 2000)
    page = sale.page(proposal_id)
    row = row_of(page, Remedy.LOWER_DISCOUNT)
    assert row.point.title == "201 · remise de 20\u00a0%"
    assert filled(page) == ["Ramener à la limite"]
    assert not page.panel.step.isEnabled()
    assert page.panel.waiting.text() == "possible dès que la remise est dans votre limite"
    press(row.button)
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Campagne").discount == 1500
    assert codes(page) == set()
    assert filled(page) == ["Valider les prix"]


def test_a_plan_that_does_not_add_up_takes_the_difference_on_its_first_payment(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    by_hand(sale, proposal_id, 100_000, 200_000)
    page = sale.page(proposal_id)
    press(row_of(page, Remedy.RECOMPUTE_PLAN).button)
    sale.settle()
    kept = sale.kept(proposal_id)
    assert kept.plan_template is PlanTemplate.BY_HAND
    assert [one.gross for one in kept.payment_plan] == [kept.totals.gross - Money(200_000), Money(200_000)]
    assert codes(page) == set()


def test_a_plan_of_a_template_is_computed_anew(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    kept = sale.kept(proposal_id)
    save(sale, replace(kept, payment_plan=kept.payment_plan[:3]))
    page = sale.page(proposal_id)
    assert codes(page) == {AnomalyCode.PLAN_SUM_MISMATCH}
    press(row_of(page, Remedy.RECOMPUTE_PLAN).button)
    sale.settle()
    assert sale.kept(proposal_id).payment_plan == kept.payment_plan


def test_a_plan_on_a_negative_total_is_taken_away(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    kept = sale.kept(proposal_id)
    only = replace(part_of(kept, "101"), amendment="01")
    lines = tuple(replace(line, action=Action.CANCEL, net=-line.net) for line in only.lines[:1])
    save(
        sale, replace(kept, sub_orders=(replace(only, lines=(*lines, only.lines[1])),), payment_plan=kept.payment_plan)
    )
    page = sale.page(proposal_id)
    assert AnomalyCode.PLAN_ON_NEGATIVE_TOTAL in codes(page)
    press(row_of(page, Remedy.REMOVE_PLAN).button)
    sale.settle()
    assert sale.kept(proposal_id).payment_plan == ()
    assert AnomalyCode.PLAN_ON_NEGATIVE_TOTAL not in codes(page)
    assert page.panel.plan.nothing.text() == "Rien à payer, pas de règlement."


def test_an_expired_price_is_put_under_the_list_of_the_day(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    kept = sale.kept(proposal_id)
    part = part_of(kept, "201")
    old = replace(part.lines[0], unit_price=Money(90_000), net=Money(90_000), price_valid_until=date(2026, 10, 31))
    parts = [replace(one, lines=(old, *one.lines[1:])) if one.number == "201" else one for one in kept.sub_orders]
    save(sale, replace(kept, sub_orders=tuple(parts)))
    page = sale.page(proposal_id)
    press(row_of(page, Remedy.REPRICE).button)
    sale.settle()
    assert line_of(sale.kept(proposal_id), "Fiche").unit_price == Money(94_800)
    assert AnomalyCode.PRICE_LIST_EXPIRED not in codes(page)


def test_a_name_that_says_nothing_is_edited_in_its_tab(sale: SaleDesk) -> None:
    copy = duplicate_proposal(DuplicateProposal(sale.prepare()), sale.store.work)
    page = sale.page(copy)
    assert codes(page) == {AnomalyCode.NAME_NOT_TELLING}
    # A warning holds nothing up: validating stays the next thing.
    assert filled(page) == ["Valider les prix"]
    press(row_of(page, Remedy.RENAME).button)
    field = page.tabs.name_field
    assert field is not None
    type_in(field, "Pour le printemps")
    QTest.keyClick(field, Qt.Key.Key_Return)
    sale.settle()
    assert sale.kept(copy).name == "Pour le printemps"
    assert codes(page) == set()


def test_what_the_signature_lacks_is_asked_for_in_one_dialog(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    with sale.store.work.begin("edit_contact") as tx:
        tx.accounts.save(replace(ROSE, contacts=(replace(CLAIRE, email="", mobile="02 37 21 44 18"),)))
        tx.commit()
    page = sale.page(proposal_id)
    row = row_of(page, Remedy.EDIT_CONTACT)
    assert row.point.title == "Il manque l’e-mail du signataire, il manque le mobile du signataire"
    press(row.button)
    assert sale.window is not None
    (dialog,) = sale.window.findChildren(ContactDialog)
    assert dialog.fields.email.hasFocus()
    type_in(dialog.fields.email, "claire@rose.example")
    dialog.fields.mobile.clear()
    type_in(dialog.fields.mobile, "06 39 98 90 42")
    press(dialog.keep)
    sale.settle()
    signatory = sale.store.readers.account(ROSE.id).account.signatory
    assert signatory is not None
    assert (signatory.email, signatory.mobile) == ("claire@rose.example", "06 39 98 90 42")
    assert codes(page) == set()


def test_what_was_typed_of_the_signatory_comes_back_until_it_is_kept(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    with sale.store.work.begin("edit_contact") as tx:
        tx.accounts.save(replace(ROSE, contacts=(replace(CLAIRE, email=""),)))
        tx.commit()
    page = sale.page(proposal_id)
    assert sale.window is not None

    def opened() -> ContactDialog:
        assert sale.window is not None
        page.actions_of.edit_contact()
        return next(one for one in sale.window.findChildren(ContactDialog) if one.is_open)

    first = opened()
    type_in(first.fields.email, "claire@rose.example")
    press(first.cancel)
    sale.settle()
    again = opened()
    assert again.fields.email.text() == "claire@rose.example"
    press(again.keep)
    sale.settle()
    signatory = sale.store.readers.account(ROSE.id).account.signatory
    assert signatory is not None
    assert signatory.email == "claire@rose.example"
    with sale.store.work.begin("edit_contact") as tx:
        tx.accounts.save(replace(ROSE, contacts=(replace(CLAIRE, email=""),)))
        tx.commit()
    sale.settle()
    page.model.reload()
    sale.settle()
    assert opened().fields.email.text() == "", "a draft that was kept is gone"


def test_a_number_whose_key_is_wrong_is_corrected(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    with sale.store.work.begin("edit_account") as tx:
        tx.accounts.save(replace(ROSE, siret="73282932000075"))
        tx.commit()
    page = sale.page(proposal_id)
    assert codes(page) == {AnomalyCode.SIRET_INVALID}
    press(row_of(page, Remedy.EDIT_ACCOUNT).button)
    assert sale.window is not None
    (dialog,) = sale.window.findChildren(NumbersDialog)
    assert dialog.wrong() == ["siret"]
    dialog.siret.clear()
    type_in(dialog.siret, "732 829 320 00074")
    assert dialog.wrong() == []
    press(dialog.keep)
    sale.settle()
    assert codes(page) == set()


def test_the_filled_button_moves_from_the_repair_to_the_order(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    assert filled(page) == ["Valider les prix"]
    press(page.panel.step)
    sale.settle()
    assert sale.kept(proposal_id).status is ProposalStatus.VALIDATED
    assert filled(page) == ["Commander"]
    assert page.subtitle[0][0].endswith("validée")


def test_prices_are_frozen_once_validated_and_free_again_in_the_next_version(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    press(page.panel.step)
    sale.settle()
    frozen = sale.kept(proposal_id)
    cells = [cell for branch in page.rows.branches() for line in branch.lines for cell in line.cells]
    assert all(cell.value is None for cell in cells)
    assert not page.add.isEnabled()
    page.actions_of.drop(frozen.lines[0].id)
    sale.settle()
    assert sale.kept(proposal_id) == frozen
    press(page.panel.reopen)
    sale.settle()
    assert sale.kept(proposal_id) == replace(frozen, status=ProposalStatus.DRAFT, version=2)
    assert page.add.isEnabled()


def test_a_proposal_without_a_product_says_what_it_waits_for(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    save(sale, replace(sale.kept(proposal_id), sub_orders=(), payment_plan=()))
    page = sale.page(proposal_id)
    assert not page.panel.step.isEnabled()
    assert page.panel.waiting.text() == "possible dès qu’un produit est ajouté"


def test_an_account_without_a_proposal_is_offered_to_prepare_one(sale: SaleDesk) -> None:
    page = sale.page()
    assert page.empty.isVisibleTo(page)
    assert page.empty.action is not None
    press(page.empty.action)
    sale.settle()
    assert page.model.proposal is not None
    assert page.model.proposal.kind is ProposalKind.DEFAULT
    assert [part.number for part in page.model.proposal.sub_orders] == ["001", "101", "201", "301"]


@pytest.mark.parametrize(("template", "count"), [(PlanTemplate.AT_ONCE, 1), (PlanTemplate.TEN_MONTHLY, 10)])
def test_a_plan_is_chosen_from_the_menu(sale: SaleDesk, template: PlanTemplate, count: int) -> None:
    proposal_id = sale.prepare()
    page = sale.page(proposal_id)
    words = sale.session.words("plans", template.value)
    entry = next(one for one in page.panel.plan.menu().actions() if one.text().casefold() == words.casefold())
    entry.trigger()
    sale.settle()
    kept = sale.kept(proposal_id)
    assert len(kept.payment_plan) == count
    assert len(page.panel.plan.bar.parts()) == count


def test_the_rounding_between_the_document_and_its_parts_has_its_own_line(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    kept = sale.kept(proposal_id)
    odd = [
        replace(one, lines=tuple(replace(line, unit_price=Money(1_001), net=Money(1_001)) for line in one.lines[:1]))
        for one in kept.sub_orders
    ]
    save(sale, replace(kept, sub_orders=tuple(odd), payment_plan=()))
    page = sale.page(proposal_id)
    proposal = page.model.proposal
    assert proposal is not None
    assert proposal.rounding == Money(1)
    assert page.panel.totals.pairs["dont arrondi entre sous-commandes"] == amount_euro(Money(1))
