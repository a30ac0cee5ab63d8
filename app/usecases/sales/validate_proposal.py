"""The rep validates: prices freeze; or goes back, which makes a new version."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.identifiers import ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Severity, anomalies
from app.domain.sales.editing import must_be_open
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.ports.work import Transaction, Work
from app.usecases.sales.circumstances import around


@dataclass(frozen=True, slots=True)
class ValidateProposal:
    """Freeze the prices of a proposal."""

    proposal_id: ProposalId


@dataclass(frozen=True, slots=True)
class ReopenProposal:
    """Take a validated or ordered proposal back to a draft, as its next version."""

    proposal_id: ProposalId


def validate_proposal(command: ValidateProposal, work: Work) -> Proposal:
    """Validate. Raises Refusal ANOMALIES_STAND (codes in its facts), PROPOSAL_EMPTY or PROPOSAL_FROZEN."""
    with work.begin("validate_proposal") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        must_be_open(proposal)
        must_have_no_anomaly(tx, proposal, {Severity.BLOCKS_VALIDATION})
        proposal = replace(proposal, status=ProposalStatus.VALIDATED)
        tx.proposals.save(proposal)
        tx.about(account=tx.accounts.get(proposal.account_id).trade_name, proposal=proposal.name)
        tx.commit()
    return proposal


def reopen_proposal(command: ReopenProposal, work: Work) -> Proposal:
    """Reopen as the next version. Raises Refusal PROPOSAL_FROZEN when it is signed or closed."""
    with work.begin("reopen_proposal") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        if proposal.status not in {ProposalStatus.VALIDATED, ProposalStatus.ORDERED}:
            raise Refusal("PROPOSAL_FROZEN", {"proposal": proposal.name, "status": proposal.status.value})
        proposal = next_version(proposal)
        tx.proposals.save(proposal)
        tx.about(account=tx.accounts.get(proposal.account_id).trade_name, proposal=proposal.name)
        tx.commit()
    return proposal


def next_version(proposal: Proposal) -> Proposal:
    """Give a proposal as a draft again, under the next number: what was shown or signed stays that of its own."""
    return replace(proposal, status=ProposalStatus.DRAFT, version=proposal.version + 1)


def must_have_no_anomaly(tx: Transaction, proposal: Proposal, severities: set[Severity]) -> None:
    """Raise Refusal PROPOSAL_EMPTY, or ANOMALIES_STAND when an anomaly of these severities stands."""
    if not proposal.sub_orders:
        raise Refusal("PROPOSAL_EMPTY", {"proposal": proposal.name})
    found = [a.code.value for a in anomalies(proposal, around(tx, proposal)) if a.severity in severities]
    if found:
        raise Refusal("ANOMALIES_STAND", {"codes": ", ".join(dict.fromkeys(found)), "count": len(found)})
