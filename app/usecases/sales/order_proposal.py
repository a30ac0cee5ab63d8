"""The rep orders: the one order form is rendered and kept, exactly as the customer will read and sign it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from app.domain.identifiers import DocumentId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Severity
from app.domain.sales.proposal import ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState, form_number, is_signed_form
from app.ports.documents import Company, Paper, PaperContent
from app.ports.work import Work
from app.usecases.sales.validate_proposal import must_have_no_anomaly

READY = {ProposalStatus.VALIDATED, ProposalStatus.ORDERED}


@dataclass(frozen=True, slots=True)
class OrderProposal:
    """Order a validated proposal; the form is in the customer's language unless another is named."""

    proposal_id: ProposalId
    language: str = ""


def order_proposal(command: OrderProposal, work: Work, paper: Paper, company: Company) -> Document:
    """Render and keep the order form; ordering again gives a new form when anything on it changed.

    A version that was signed, and that the centre could not take, is ordered as the next one: its form stays as it is.

    Raises Refusal NOT_VALIDATED, ANOMALIES_STAND.
    """
    with work.begin("order_proposal") as tx:
        proposal = tx.proposals.get(command.proposal_id)
        if proposal.status not in READY:
            raise Refusal("NOT_VALIDATED", {"proposal": proposal.name})
        must_have_no_anomaly(tx, proposal, {Severity.BLOCKS_VALIDATION, Severity.BLOCKS_ORDERING})
        account = tx.accounts.get(proposal.account_id)
        language = command.language or account.language
        kept_so_far = tx.documents.of_proposal(proposal.id)
        number = form_number(proposal.edition, proposal.id, proposal.version)
        if any(is_signed_form(kept, number) for kept in kept_so_far):
            proposal = replace(proposal, version=proposal.version + 1)
            number = form_number(proposal.edition, proposal.id, proposal.version)
        is_ordered = proposal.status is ProposalStatus.ORDERED
        proposal = replace(proposal, status=ProposalStatus.ORDERED)
        content = paper.order_form(
            PaperContent(
                number=number,
                on=tx.today(),
                language=language,
                company=company,
                account=account,
                signatory=account.signatory,
                rep=tx.reps.me(),
                proposal=proposal,
            )
        )
        digest = hashlib.sha256(content).hexdigest()
        document = next((kept for kept in kept_so_far if kept.sha256 == digest), None)
        if document is not None and is_ordered:
            return document
        if document is not None:
            tx.documents.send_again(document.id)  # the same form once more, whose order the centre had refused
        else:
            document = Document(
                id=DocumentId(tx.new_id()),
                account_id=account.id,
                proposal_id=proposal.id,
                kind=DocumentKind.ORDER_FORM,
                state=DocumentState.SHOWN,
                number=number,
                sha256=digest,
                size=len(content),
                made_at=tx.now(),
                language=language,
            )
            tx.documents.add(document, content)
        tx.proposals.save(proposal)
        tx.about(account=account.trade_name, proposal=proposal.name, number=number)
        tx.commit()
    return document
