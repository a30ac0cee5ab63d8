"""The rep takes a cancelled line back; the product loss recorded with it is revoked."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.domain.identifiers import LineId, ProposalId
from app.domain.sales.editing import line_of, restored_line, with_line
from app.domain.sales.losses import LossKind
from app.domain.sales.proposal import Proposal
from app.ports.work import Transaction, Work
from app.usecases.sales.edit_proposal import edit_proposal


@dataclass(frozen=True, slots=True)
class RestoreLine:
    """Restore a cancelled line as it was."""

    proposal_id: ProposalId
    line_id: LineId


def restore_line(command: RestoreLine, work: Work) -> Proposal:
    """Restore a line; one that is not cancelled stays as it is."""

    def change(proposal: Proposal, tx: Transaction) -> Proposal:
        part, line = line_of(proposal, command.line_id)
        if line.is_cancelled:
            for loss in tx.losses.of_account(proposal.account_id):
                is_its = (loss.proposal_id, loss.sub_order, loss.product) == (
                    proposal.id,
                    part.number,
                    line.label,
                )
                if is_its and loss.kind is LossKind.PRODUCT and loss.revoked_at is None:
                    tx.losses.save(replace(loss, revoked_at=tx.now()))
                    break
        return with_line(proposal, restored_line(line, in_amendment=part.amendment is not None))

    return edit_proposal("restore_line", command.proposal_id, work, change)
