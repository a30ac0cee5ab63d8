"""The order form as shown, the stroke that signs it, and the sealed document that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.domain.accounts.account import Contact
from app.domain.identifiers import AccountId, DocumentId, ProposalId, is_email, is_mobile
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Proposal, ProposalStatus


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a stroke: x and y from 0 to 1 of the pad, pressure from 0 to 1, milliseconds since the first."""

    x: float
    y: float
    pressure: float
    at_ms: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandStroke:
    """A handwritten signature as vectors; `ratio` is the pad's width over its height."""

    strokes: tuple[tuple[Point, ...], ...]
    ratio: float

    @property
    def is_empty(self) -> bool:
        """Whether too little was drawn to be a signature: under four points in all."""
        return sum(map(len, self.strokes)) < FEWEST_POINTS


FEWEST_POINTS = 4


class DocumentKind(StrEnum):
    """What a kept document is."""

    ORDER_FORM = "order_form"
    SIGNED_ORDER_FORM = "signed_order_form"
    QUOTE = "quote"


class DocumentState(StrEnum):
    """Whether a document was shown, or signed and waits for the code, or is confirmed."""

    SHOWN = "shown"
    SIGNED_TO_CONFIRM = "signed_to_confirm"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that is kept as it is: its bytes are named by their SHA-256 (64 hex digits) and never change."""

    id: DocumentId
    account_id: AccountId
    proposal_id: ProposalId
    kind: DocumentKind
    state: DocumentState
    number: str
    sha256: str
    size: int
    made_at: datetime
    language: str = "fr"
    signatory: str = ""
    email: str = ""
    mobile: str = ""
    shown_sha256: str = ""


def form_number(edition: int, proposal_id: ProposalId, version: int) -> str:
    """Give the number of the order form of a version of a proposal: a new version has a form of its own."""
    return f"BC-{edition}-{proposal_id[-6:].upper()}-{version}"


def is_signed_form(document: Document, number: str) -> bool:
    """Say whether a document is the signed form of this number."""
    return document.kind is DocumentKind.SIGNED_ORDER_FORM and document.number == number


def is_proof_alone(document: Document, proposal: Proposal) -> bool:
    """Say whether a signed form stands for no order: the centre could not take it, and it is kept as it was signed."""
    is_signed = proposal.status in {ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.SIGNED}
    number = form_number(proposal.edition, proposal.id, proposal.version)
    return document.kind is DocumentKind.SIGNED_ORDER_FORM and not (is_signed and document.number == number)


def must_be_signable(signatory: Contact | None) -> Contact:
    """Give the signatory when the form can be signed: named, with an e-mail and a mobile.

    Raises Refusal SIGNATORY_MISSING, EMAIL_MISSING or MOBILE_MISSING.
    """
    if signatory is None:
        raise Refusal("SIGNATORY_MISSING")
    if not is_email(signatory.email):
        raise Refusal("EMAIL_MISSING", {"email": signatory.email}, "email")
    if not is_mobile(signatory.mobile):
        raise Refusal("MOBILE_MISSING", {"mobile": signatory.mobile}, "mobile")
    return signatory
