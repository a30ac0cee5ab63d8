"""A limited place was lost under a proposal that was validated, ordered or signed: its next version is sold instead.

The customer's signature stands for what was signed and for nothing else: a form whose place is gone is kept as it is,
as proof, and goes to the centre; what is sold instead has a form of its own, to be signed again.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.accounts.activity import Activity, ActivityKind
from app.domain.identifiers import ActivityId, LineId, ProposalId, SlotId
from app.domain.refusal import Refusal
from app.domain.sales.editing import line_of, must_be_open, without_line
from app.domain.sales.proposal import Action, Proposal, ProposalStatus
from app.domain.signature.ceremony import Document, is_proof_alone
from app.ports.documents import Company, Paper
from app.ports.work import Transaction, Work
from app.usecases.sales.ask_for_slot import AskForSlot, asked_within
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.release_slot import release_left_behind
from app.usecases.sales.validate_proposal import ValidateProposal, next_version, validate_proposal

_TO_BE_SETTLED_BY_HAND = {"ANOMALIES_STAND", "PROPOSAL_EMPTY"}


@dataclass(frozen=True, slots=True)
class TakeOtherPlace:
    """Take another place for a line whose place is gone."""

    proposal_id: ProposalId
    line_id: LineId
    slot_id: SlotId


@dataclass(frozen=True, slots=True)
class GoWithoutPlace:
    """Take an added line out whose place is gone."""

    proposal_id: ProposalId
    line_id: LineId


def take_other_place(command: TakeOtherPlace, work: Work) -> Proposal:
    """Ask for another place, the line moved there; a frozen proposal becomes its next version, validated again.

    It can be ordered once the centre has granted the place. Where a point stands against validating, it is left as a
    draft. Raises what asking for a place raises, and PROPOSAL_FROZEN for one that is signed or closed.
    """
    _keep_as_proof(command.proposal_id, work)
    with work.begin("take_other_place") as tx:
        before = tx.proposals.get(command.proposal_id)
        ask = AskForSlot(command.proposal_id, command.line_id, command.slot_id, move=True)
        proposal, _ = asked_within(tx, _open_again(before), ask)
        tx.commit()
    return proposal if before.is_open else _validated(proposal, work)


def go_without_place(command: GoWithoutPlace, work: Work, paper: Paper, company: Company) -> Document | None:
    """Take the line out; a frozen proposal becomes its next version, with the form that is to be signed instead.

    None where that was a draft, or a point stands against ordering it. Raises Refusal LINE_RUNS for a line that renews
    or amends what runs, LINE_UNKNOWN, and PROPOSAL_FROZEN for a proposal that is signed or closed.
    """
    _keep_as_proof(command.proposal_id, work)
    with work.begin("go_without_place") as tx:
        before = tx.proposals.get(command.proposal_id)
        proposal = _open_again(before)
        _, line = line_of(proposal, command.line_id)
        if line.action is not Action.ADD:
            raise Refusal("LINE_RUNS", {"product": line.label})
        proposal = without_line(proposal, line.id)
        tx.proposals.save(proposal)
        release_left_behind(tx, before, proposal)
        account = tx.accounts.get(proposal.account_id)
        tx.about(account=account.trade_name, proposal=proposal.name, product=line.label)
        tx.commit()
    if before.is_open or _validated(proposal, work).is_open:
        return None
    try:
        return order_proposal(OrderProposal(proposal.id), work, paper, company)
    except Refusal as refusal:
        if refusal.code not in _TO_BE_SETTLED_BY_HAND:
            raise
        return None


def _open_again(proposal: Proposal) -> Proposal:
    """Give it as a draft. Raises Refusal PROPOSAL_FROZEN for one that is signed or closed."""
    if proposal.status in {ProposalStatus.VALIDATED, ProposalStatus.ORDERED}:
        return next_version(proposal)
    must_be_open(proposal)
    return proposal


def _validated(proposal: Proposal, work: Work) -> Proposal:
    """Validate what can be validated; what cannot is left for the rep to settle."""
    try:
        return validate_proposal(ValidateProposal(proposal.id), work)
    except Refusal as refusal:
        if refusal.code not in _TO_BE_SETTLED_BY_HAND:
            raise
        return proposal


def _keep_as_proof(proposal_id: ProposalId, work: Work) -> None:
    """Send the centre what the customer signed and it could not take, as an action of its own: it is for ever."""
    with work.begin("keep_signed_form") as tx:
        proposal = tx.proposals.get(proposal_id)
        for form in tx.documents.of_proposal(proposal_id):
            if is_proof_alone(form, proposal):
                _send(tx, proposal, form)
        tx.is_final()
        tx.commit()


def _send(tx: Transaction, proposal: Proposal, form: Document) -> None:
    if not tx.documents.send_again(form.id):
        return
    account = tx.accounts.get(proposal.account_id)
    noted = Activity(
        id=ActivityId(tx.new_id()),
        account_id=account.id,
        kind=ActivityKind.SIGNATURE,
        subject=f"Bon {form.number} signé par {form.signatory}, non retenu : gardé comme preuve",
        at=form.made_at,
        author=tx.reps.me().name,
    )
    tx.activities.save(noted)
    tx.about(account=account.trade_name, proposal=proposal.name, number=form.number)
