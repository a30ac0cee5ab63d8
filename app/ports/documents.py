"""The order form and the quote as files, and the seal on what is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.domain.accounts.account import Account, Contact
from app.domain.accounts.rep import Rep
from app.domain.sales.proposal import Proposal
from app.domain.signature.ceremony import HandStroke


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The seller as the law names it: form, capital, office, SIREN, RCS city, VAT number (R123-237, R123-238)."""

    name: str
    form: str
    capital: str
    address: str
    siren: str
    rcs_city: str
    vat_number: str
    phone: str
    email: str
    creditor_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperContent:
    """All that an order form or a quote says; the renderer computes no amount but asks the proposal's totals."""

    number: str
    on: date
    language: str
    company: Company
    account: Account
    signatory: Contact | None
    rep: Rep
    proposal: Proposal
    valid_until: date | None = None


class Paper(Protocol):
    """Turns content into PDF bytes; the same content gives the same bytes."""

    def order_form(self, content: PaperContent) -> bytes:
        """Render the one document that the customer signs; it leaves its last box empty for the stroke."""

    def quote(self, content: PaperContent) -> bytes:
        """Render a priced document without commitment."""


class SealVerdict(Protocol):
    """What checking a sealed file gave."""

    @property
    def is_verified(self) -> bool:
        """Whether the seal holds, covers the entire file, and bears the expected SHA-256."""

    @property
    def reason(self) -> str:
        """Why it is not verified, as a code of resources/wording; empty when it is."""


class Sealer(Protocol):
    """Seals the exact bytes that were shown with the device's own certificate (PAdES B-B), and checks seals."""

    def seal(self, shown: bytes, stroke: HandStroke, signatory: str, at: datetime, place: str) -> bytes:
        """Give the sealed file; its beginning is the shown bytes, unchanged. Raises Trouble CERTIFICATE_MISSING."""

    def verify(self, sealed: bytes, sha256: str) -> SealVerdict:
        """Check a sealed file against the SHA-256 that was kept of it; never raises."""
