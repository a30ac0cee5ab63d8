"""Preparing, changing, splitting and losing, each through its use case on a real encrypted store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from app.domain.accounts.account import AccountStatus
from app.domain.desk.request import RequestKind
from app.domain.identifiers import LineId, ProposalId, RequestId, SubOrderId
from app.domain.money import Money
from app.domain.refusal import Refusal
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.proposal import Action, Instalment, PlanTemplate, Proposal, ProposalKind, ProposalStatus, SubOrder
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.amend_sub_order import (
    AmendSubOrder,
    ChangeDetails,
    RenewSubOrder,
    amend_sub_order,
    change_details,
    renew_sub_order,
)
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.drop_sub_order import DropSubOrder, drop_sub_order
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.lose_account import LoseAccount, lose_account
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.remove_line import RemoveLine, remove_line
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from app.usecases.sales.reprice_line import RepriceLine, reprice_line
from app.usecases.sales.restore_line import RestoreLine, restore_line
from app.usecases.sales.revoke_loss import RevokeLoss, revoke_loss
from app.usecases.sales.set_payment_plan import EditInstalments, SetPaymentPlan, edit_instalments, set_payment_plan
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import ReopenProposal, ValidateProposal, reopen_proposal, validate_proposal
from tests.unit.usecases.conftest import Shop


@pytest.fixture
def proposal_id(shop: Shop) -> ProposalId:
    return prepare_proposal(PrepareProposal(shop.account_id, 2027), shop.work)


def read(shop: Shop, proposal_id: ProposalId) -> Proposal:
    with shop.work.begin("read") as tx:
        return tx.proposals.get(proposal_id)


def part(proposal: Proposal, number: str) -> SubOrder:
    return next(one for one in proposal.sub_orders if one.number == number)


def line_id(proposal: Proposal, label: str) -> LineId:
    return next(line.id for line in proposal.lines if line.label == label)


def changesets(shop: Shop) -> int:
    with shop.work.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM changeset")).scalar_one())


def amend_101(shop: Shop, proposal_id: ProposalId) -> Proposal:
    """Make 101 an amendment that costs 708 euros less, as in the training booklet."""
    amend_sub_order(AmendSubOrder(proposal_id, part(read(shop, proposal_id), "101").id), shop.work)
    amended = read(shop, proposal_id)
    essential = shop.products["Site Essentiel"]
    replace_product(ReplaceProduct(proposal_id, line_id(amended, "Site Confort"), essential), shop.work)
    cancel_line(CancelLine(proposal_id, line_id(amended, "Référencement"), LossReason.BUDGET), shop.work)
    return read(shop, proposal_id)


def test_the_default_proposal_renews_what_runs_at_the_current_price_list(shop: Shop, proposal_id: ProposalId) -> None:
    proposal = read(shop, proposal_id)

    assert [one.number for one in proposal.sub_orders] == ["001", "101", "201"]
    assert {line.action for line in proposal.lines} == {Action.RENEW}
    assert proposal.totals.net == Money(1480_00 + 312_00 + 1350_00 + 232_00 + 948_00)
    assert part(proposal, "001").lines[0].previous_net == Money(1452_00)
    assert sum(one.gross.cents for one in proposal.payment_plan) == proposal.totals.gross.cents
    assert len(proposal.payment_plan) == 4


def test_preparing_twice_gives_the_same_proposal(shop: Shop, proposal_id: ProposalId) -> None:
    assert prepare_proposal(PrepareProposal(shop.account_id, 2027), shop.work) == proposal_id
    assert changesets(shop) == 1


def test_a_simulation_is_a_copy_with_a_name_of_its_own(shop: Shop, proposal_id: ProposalId) -> None:
    first = read(shop, duplicate_proposal(DuplicateProposal(proposal_id), shop.work))
    second = read(shop, duplicate_proposal(DuplicateProposal(proposal_id, " Avec display "), shop.work))

    assert (first.name, second.name) == ("Simulation 1", "Avec display")
    assert first.kind is ProposalKind.SIMULATION
    assert first.totals == read(shop, proposal_id).totals
    assert not {line.id for line in first.lines} & {line.id for line in second.lines}


@pytest.mark.parametrize(("name", "code"), [(" \n", "NAME_EMPTY"), ("x" * 81, "NAME_TOO_LONG")])
def test_a_name_that_cannot_be_is_refused(shop: Shop, proposal_id: ProposalId, name: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        rename_proposal(RenameProposal(proposal_id, name), shop.work)


def test_a_name_is_kept_without_its_odd_spaces(shop: Shop, proposal_id: ProposalId) -> None:
    rename_proposal(RenameProposal(proposal_id, "  Avec   display "), shop.work)

    assert read(shop, proposal_id).name == "Avec display"


def test_a_changed_discount_moves_line_total_and_plan(shop: Shop, proposal_id: ProposalId) -> None:
    before = read(shop, proposal_id)

    after = change_line(ChangeLine(proposal_id, line_id(before, "Fiche premium"), discount=1000), shop.work)

    assert after == read(shop, proposal_id)
    assert part(after, "201").net == Money(853_20)
    assert part(after, "201").lines[0].action is Action.MODIFY
    assert sum(one.gross.cents for one in after.payment_plan) == after.totals.gross.cents


def test_a_quantity_that_cannot_be_leaves_no_trace(shop: Shop, proposal_id: ProposalId) -> None:
    before = read(shop, proposal_id)

    with pytest.raises(Refusal, match="QUANTITY_OUT_OF_RANGE"):
        change_line(ChangeLine(proposal_id, before.lines[0].id, quantity=0), shop.work)

    assert read(shop, proposal_id) == before
    assert changesets(shop) == 1


def test_an_added_product_joins_the_sub_order_of_its_range_and_leaves_again(
    shop: Shop, proposal_id: ProposalId
) -> None:
    before = read(shop, proposal_id)

    added = add_line(AddLine(proposal_id, shop.products["Site Essentiel"], period="mars à mai"), shop.work)

    new = part(added, "101").lines[-1]
    assert (new.action, new.net, new.activity, new.period) == (Action.ADD, Money(840_00), "Fleuristes", "mars à mai")
    assert remove_line(RemoveLine(proposal_id, new.id), shop.work) == before
    with pytest.raises(Refusal, match="LINE_RUNS"):
        remove_line(RemoveLine(proposal_id, before.lines[0].id), shop.work)


def test_a_product_of_another_range_does_not_take_a_lines_place(shop: Shop, proposal_id: ProposalId) -> None:
    with pytest.raises(Refusal, match="OTHER_RANGE"):
        replace_product(
            ReplaceProduct(proposal_id, read(shop, proposal_id).lines[0].id, shop.products["Fiche premium"]), shop.work
        )


def test_an_amendment_costs_the_difference(shop: Shop, proposal_id: ProposalId) -> None:
    amended = part(amend_101(shop, proposal_id), "101")

    assert amended.amendment == "02"
    assert [line.net.cents for line in amended.lines] == [-480_00, -228_00]
    assert amended.lines[0].replaces == "Site Confort"


def test_an_amendment_goes_back_to_the_renewal(shop: Shop, proposal_id: ProposalId) -> None:
    before = read(shop, proposal_id)
    amended = part(amend_101(shop, proposal_id), "101")

    with pytest.raises(Refusal, match="ALREADY_AMENDMENT"):
        amend_sub_order(AmendSubOrder(proposal_id, amended.id), shop.work)
    again = renew_sub_order(RenewSubOrder(proposal_id, amended.id), shop.work)

    assert again.totals == before.totals
    assert part(again, "101").amendment is None


def test_a_range_that_does_not_run_cannot_be_amended(shop: Shop, proposal_id: ProposalId) -> None:
    before = read(shop, proposal_id)
    only = replace(before, sub_orders=(replace(part(before, "001"), number="777"),))
    with shop.work.begin("test") as tx:
        tx.proposals.save(only)
        tx.commit()

    with pytest.raises(Refusal, match="NOTHING_RUNS"):
        amend_sub_order(AmendSubOrder(proposal_id, only.sub_orders[0].id), shop.work)


def test_the_split_keeps_sets_apart_and_asks_customer_service(shop: Shop, proposal_id: ProposalId) -> None:
    before = amend_101(shop, proposal_id)
    amend_sub_order(AmendSubOrder(proposal_id, part(before, "201").id), shop.work)
    change_details(ChangeDetails(proposal_id, part(before, "201").id, "Nouveau téléphone"), shop.work)
    net = read(shop, proposal_id).totals.net
    count = changesets(shop)

    outcome = split_proposal(SplitProposal(proposal_id), shop.work)

    assert outcome.kept == proposal_id
    assert outcome.apart is not None
    kept, apart = read(shop, outcome.kept), read(shop, outcome.apart)
    assert [one.number for one in kept.sub_orders] == ["001"]
    assert [(one.number, one.amendment) for one in apart.sub_orders] == [("101", "02")]
    assert (apart.kind, apart.payment_plan) == (ProposalKind.APART, ())
    assert kept.totals.net + apart.totals.net == net
    assert sum(one.gross.cents for one in kept.payment_plan) == kept.totals.gross.cents
    with shop.work.begin("read") as tx:
        request = tx.requests.get(RequestId(outcome.requests[0]))
    assert (request.kind, request.sub_order, request.amendment) == (RequestKind.AMENDMENT, "201", "01")
    assert "Nouveau téléphone" in request.body
    assert changesets(shop) == count + 1
    with pytest.raises(Refusal, match="NOTHING_TO_SPLIT"):
        split_proposal(SplitProposal(proposal_id), shop.work)


def test_a_proposal_of_changes_for_customer_service_alone_closes(shop: Shop, proposal_id: ProposalId) -> None:
    for one in read(shop, proposal_id).sub_orders:
        amend_sub_order(AmendSubOrder(proposal_id, one.id), shop.work)

    outcome = split_proposal(SplitProposal(proposal_id), shop.work)

    assert (outcome.kept, outcome.apart, len(outcome.requests)) == (None, None, 1)
    assert read(shop, proposal_id).status is ProposalStatus.CLOSED


def test_a_cancelled_line_among_others_is_a_product_loss_and_can_be_taken_back(
    shop: Shop, proposal_id: ProposalId
) -> None:
    before = read(shop, proposal_id)
    gone = line_id(before, "Ligne en gras")

    assert cancel_line(CancelLine(proposal_id, gone, LossReason.PRICE), shop.work) is LossKind.PRODUCT
    with shop.work.begin("read") as tx:
        (loss,) = tx.losses.of_account(shop.account_id)
    assert (loss.product, loss.net, loss.sub_order, loss.reason) == (
        "Ligne en gras",
        Money(305_00),
        "001",
        LossReason.PRICE,
    )
    assert part(read(shop, proposal_id), "001").net == Money(1480_00)
    with pytest.raises(Refusal, match="LINE_CANCELLED"):
        change_line(ChangeLine(proposal_id, gone, quantity=2), shop.work)

    assert restore_line(RestoreLine(proposal_id, gone), shop.work) == before
    with shop.work.begin("read") as tx:
        assert tx.losses.get(loss.id).revoked_at is not None


def test_cancelling_the_last_live_line_drops_the_range(shop: Shop, proposal_id: ProposalId) -> None:
    last = line_id(read(shop, proposal_id), "Fiche premium")

    assert cancel_line(CancelLine(proposal_id, last, LossReason.RESULTS), shop.work) is LossKind.RANGE

    assert [one.number for one in read(shop, proposal_id).sub_orders] == ["001", "101"]
    with shop.work.begin("read") as tx:
        (loss,) = tx.losses.of_account(shop.account_id)
    assert (loss.kind, loss.range_name, loss.net) == (LossKind.RANGE, "Visibilité en ligne", Money(920_00))


def test_dropping_the_last_sub_order_asks_for_the_total_loss(shop: Shop, proposal_id: ProposalId) -> None:
    for number in ("001", "101"):
        one = part(read(shop, proposal_id), number)
        assert drop_sub_order(DropSubOrder(proposal_id, one.id, LossReason.BUDGET), shop.work) is LossKind.RANGE
    last = part(read(shop, proposal_id), "201")

    with pytest.raises(Refusal, match="LAST_SUB_ORDER"):
        drop_sub_order(DropSubOrder(proposal_id, last.id, LossReason.BUDGET), shop.work)
    with pytest.raises(Refusal, match="LAST_SUB_ORDER"):
        cancel_line(CancelLine(proposal_id, last.lines[0].id, LossReason.BUDGET), shop.work)
    kind = cancel_line(CancelLine(proposal_id, last.lines[0].id, LossReason.BUDGET, drop_everything=True), shop.work)

    assert kind is LossKind.TOTAL
    assert read(shop, proposal_id).status is ProposalStatus.CLOSED


def test_a_total_loss_closes_everything_and_can_be_revoked(shop: Shop, proposal_id: ProposalId) -> None:
    loss_id = lose_account(LoseAccount(shop.account_id, LossReason.CLOSING, 2027), shop.work)

    with shop.work.begin("read") as tx:
        assert tx.accounts.get(shop.account_id).status is AccountStatus.LOST
        assert tx.losses.get(loss_id).net == Money(1452_00 + 305_00 + 1320_00 + 228_00 + 920_00)
    with pytest.raises(Refusal, match="ACCOUNT_LOST"):
        prepare_proposal(PrepareProposal(shop.account_id, 2028), shop.work)
    with pytest.raises(Refusal, match="ACCOUNT_LOST"):
        lose_account(LoseAccount(shop.account_id, LossReason.CLOSING, 2027), shop.work)

    revoke_loss(RevokeLoss(loss_id), shop.work)

    assert read(shop, proposal_id).status is ProposalStatus.DRAFT
    with pytest.raises(Refusal, match="LOSS_REVOKED"):
        revoke_loss(RevokeLoss(loss_id), shop.work)


def test_a_plan_by_template_and_by_hand(shop: Shop, proposal_id: ProposalId) -> None:
    once = set_payment_plan(SetPaymentPlan(proposal_id, PlanTemplate.AT_ONCE, date(2027, 1, 16)), shop.work)
    assert [(one.due_on, one.gross) for one in once.payment_plan] == [(date(2027, 1, 18), once.totals.gross)]

    by_hand = (
        Instalment(due_on=date(2027, 2, 15), gross=Money(2)),
        Instalment(due_on=date(2027, 1, 15), gross=Money(1)),
    )
    typed = edit_instalments(EditInstalments(proposal_id, by_hand), shop.work)
    assert typed.plan_template is PlanTemplate.BY_HAND
    assert typed.payment_plan == by_hand[::-1]

    assert set_payment_plan(SetPaymentPlan(proposal_id, None), shop.work).payment_plan == ()


@pytest.mark.parametrize(
    ("due_on", "gross", "code"),
    [
        (date(2027, 1, 16), 100, "DUE_DATE_NOT_WORKING"),
        (date(2026, 11, 20), 100, "DUE_DATE_PAST"),
        (date(2027, 1, 15), 0, "INSTALMENT_NOT_POSITIVE"),
    ],
)
def test_an_instalment_that_cannot_be_is_refused(
    shop: Shop, proposal_id: ProposalId, due_on: date, gross: int, code: str
) -> None:
    with pytest.raises(Refusal, match=code):
        edit_instalments(EditInstalments(proposal_id, (Instalment(due_on=due_on, gross=Money(gross)),)), shop.work)


def test_validation_waits_for_every_blocking_anomaly(shop: Shop, proposal_id: ProposalId) -> None:
    amend_101(shop, proposal_id)

    with pytest.raises(Refusal, match="ANOMALIES_STAND") as caught:
        validate_proposal(ValidateProposal(proposal_id), shop.work)
    assert caught.value.facts["codes"] == "NEGATIVE_SUBORDER"

    split_proposal(SplitProposal(proposal_id), shop.work)
    assert validate_proposal(ValidateProposal(proposal_id), shop.work).status is ProposalStatus.VALIDATED


def test_a_validated_proposal_is_frozen_until_it_is_reopened_as_a_new_version(
    shop: Shop, proposal_id: ProposalId
) -> None:
    validate_proposal(ValidateProposal(proposal_id), shop.work)
    frozen = read(shop, proposal_id)

    for refused in (
        lambda: change_line(ChangeLine(proposal_id, frozen.lines[0].id, quantity=2), shop.work),
        lambda: validate_proposal(ValidateProposal(proposal_id), shop.work),
        lambda: drop_sub_order(DropSubOrder(proposal_id, frozen.sub_orders[0].id, LossReason.PRICE), shop.work),
    ):
        with pytest.raises(Refusal, match="PROPOSAL_FROZEN"):
            refused()

    assert reopen_proposal(ReopenProposal(proposal_id), shop.work).version == 2
    with pytest.raises(Refusal, match="PROPOSAL_FROZEN"):
        reopen_proposal(ReopenProposal(proposal_id), shop.work)


def test_an_empty_proposal_cannot_be_validated(shop: Shop, proposal_id: ProposalId) -> None:
    with shop.work.begin("test") as tx:
        tx.proposals.save(replace(tx.proposals.get(proposal_id), sub_orders=(), payment_plan=()))
        tx.commit()

    with pytest.raises(Refusal, match="PROPOSAL_EMPTY"):
        validate_proposal(ValidateProposal(proposal_id), shop.work)


def test_a_line_is_priced_again_under_the_list_in_force(shop: Shop, proposal_id: ProposalId) -> None:
    before = read(shop, proposal_id)
    old = replace(part(before, "001").lines[0], unit_price=Money(1), net=Money(1))
    with shop.work.begin("test") as tx:
        first = replace(part(before, "001"), lines=(old, *part(before, "001").lines[1:]))
        tx.proposals.save(replace(before, sub_orders=(first, *before.sub_orders[1:])))
        tx.commit()

    assert reprice_line(RepriceLine(proposal_id, old.id), shop.work).totals == before.totals


@pytest.mark.parametrize("unknown", [SubOrderId("0" * 32)])
def test_what_is_no_longer_there_is_said(shop: Shop, proposal_id: ProposalId, unknown: SubOrderId) -> None:
    with pytest.raises(Refusal, match="SUB_ORDER_UNKNOWN"):
        drop_sub_order(DropSubOrder(proposal_id, unknown, LossReason.PRICE), shop.work)
    with pytest.raises(Refusal, match="LINE_UNKNOWN"):
        cancel_line(CancelLine(proposal_id, LineId("0" * 32), LossReason.PRICE), shop.work)
    with pytest.raises(Refusal, match="NOT_FOUND"):
        read(shop, ProposalId("0" * 32))
