"""The customer signs: the exact file that was shown is sealed with the stroke, and kept for ever."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from app.domain.accounts.activity import Activity, ActivityKind
from app.domain.identifiers import ActivityId, DocumentId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Severity
from app.domain.sales.proposal import ProposalStatus
from app.domain.signature.ceremony import (
    Document,
    DocumentKind,
    DocumentState,
    HandStroke,
    is_signed_form,
    must_be_signable,
)
from app.ports.documents import Sealer
from app.ports.work import Work
from app.usecases.sales.validate_proposal import must_have_no_anomaly


@dataclass(frozen=True, slots=True)
class SignOrderForm:
    """Sign the form whose bytes have this SHA-256, with a handwritten stroke, at a place."""

    document_id: DocumentId
    shown_sha256: str
    stroke: HandStroke
    place: str


def sign_order_form(command: SignOrderForm, work: Work, sealer: Sealer) -> Document:
    """Seal what was shown, keep the sealed copy, and set the proposal to "signed, to be confirmed" (S32).

    Raises Refusal OTHER_FORM_SHOWN, ALREADY_SIGNED, STROKE_MISSING, SIGNATORY_MISSING, EMAIL_MISSING,
    MOBILE_MISSING, ANOMALIES_STAND; Trouble CERTIFICATE_MISSING.
    """
    with work.begin("sign_order_form") as tx:
        form = tx.documents.get(command.document_id)
        proposal = tx.proposals.get(form.proposal_id)
        shown = tx.documents.content(form.sha256)
        is_shown = hashlib.sha256(shown).hexdigest() == command.shown_sha256 == form.sha256
        latest = max(
            (kept for kept in tx.documents.of_proposal(proposal.id) if kept.kind is DocumentKind.ORDER_FORM),
            key=lambda kept: (kept.made_at, kept.id),
        )
        signed_before = [
            kept for kept in tx.documents.of_proposal(proposal.id) if kept.kind is DocumentKind.SIGNED_ORDER_FORM
        ]
        if any(is_signed_form(kept, form.number) for kept in signed_before):
            raise Refusal("ALREADY_SIGNED", {"number": form.number})
        if not is_shown or latest.id != form.id or proposal.status is not ProposalStatus.ORDERED:
            raise Refusal("OTHER_FORM_SHOWN", {"number": form.number})
        if command.stroke.is_empty:
            raise Refusal("STROKE_MISSING")
        account = tx.accounts.get(form.account_id)
        signatory = must_be_signable(account.signatory)
        must_have_no_anomaly(tx, proposal, {Severity.BLOCKS_ORDERING, Severity.BLOCKS_SIGNATURE})
        sealed = sealer.seal(shown, command.stroke, signatory.name, tx.now(), command.place)
        signed = Document(
            id=DocumentId(tx.new_id()),
            account_id=account.id,
            proposal_id=proposal.id,
            kind=DocumentKind.SIGNED_ORDER_FORM,
            state=DocumentState.SIGNED_TO_CONFIRM,
            number=form.number,
            sha256=hashlib.sha256(sealed).hexdigest(),
            size=len(sealed),
            made_at=tx.now(),
            language=form.language,
            signatory=signatory.name,
            email=signatory.email,
            mobile=signatory.mobile,
            shown_sha256=form.sha256,
        )
        tx.documents.add(signed, sealed)
        for proof in signed_before:
            tx.documents.send_again(proof.id)  # where the centre could not take its order, and has not got it yet
        tx.proposals.save(replace(proposal, status=ProposalStatus.SIGNED_TO_CONFIRM))
        tx.activities.save(
            Activity(
                id=ActivityId(tx.new_id()),
                account_id=account.id,
                kind=ActivityKind.SIGNATURE,
                subject=f"Bon {form.number} signé par {signatory.name}, à confirmer",
                at=tx.now(),
                contact_id=signatory.id,
                author=tx.reps.me().name,
            )
        )
        tx.about(account=account.trade_name, proposal=proposal.name, number=form.number)
        tx.is_final()
        tx.commit()
    return signed
