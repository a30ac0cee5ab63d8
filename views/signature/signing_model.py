"""The signature step by step: the form as it was rendered, read, signed as shown, and the sealed copy checked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import QObject, Signal

from app.domain.accounts.account import Account, Contact
from app.domain.identifiers import AccountId, DocumentId, is_email, is_mobile
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Proposal
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState, HandStroke
from app.usecases.accounts.edit_account import EditContact, edit_contact
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from views.shell.session import Session


class Step(StrEnum):
    """Where the ceremony stands."""

    READ = "read"
    SIGN = "sign"
    CODE = "code"


class Lacks(StrEnum):
    """What signing still waits for, in the order one meets it."""

    CONTACT = "contact"
    READING = "reading"
    STROKE = "stroke"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Shown:
    """A document with its very bytes, and the account and proposal it belongs to."""

    document: Document
    content: bytes
    account: Account
    proposal: Proposal
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        # Of the bytes that are shown, not what was noted of them: what is signed is what was seen.
        object.__setattr__(self, "sha256", hashlib.sha256(self.content).hexdigest())

    @property
    def signatory(self) -> Contact | None:
        """Who signs."""
        return self.account.signatory

    @property
    def is_signed(self) -> bool:
        """Whether these bytes are a sealed copy."""
        return self.document.kind is DocumentKind.SIGNED_ORDER_FORM


@dataclass(frozen=True, slots=True)
class Seal:
    """What checking the sealed copy gave."""

    is_verified: bool
    reason: str


class SigningModel(QObject):
    """One order form before one signatory."""

    loaded = Signal()
    """Other bytes are to be shown."""
    changed = Signal()
    """What may be done has changed."""
    verified = Signal()
    """The sealed copy was checked."""
    missing = Signal()
    """The document is not there."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.shown: Shown | None = None
        self.seal: Seal | None = None
        self.was_read = False
        self.agrees = False
        self.stroke: HandStroke | None = None
        self.is_busy = False
        self.just_signed = False

    # ------------------------------------------------------------------------------------------- what is shown
    def open(self, account_id: AccountId, document_id: DocumentId) -> None:
        """Read a form, or a sealed copy, with its bytes."""
        self.shown, self.seal, self.just_signed = None, None, False
        readers = self._session.readers

        def read() -> Shown | None:
            picture = readers.account(account_id)
            document = next((one for one in picture.documents if one.id == document_id), None)
            if document is None:
                return None
            proposal = readers.proposal(document.proposal_id)
            return Shown(document, readers.content(document.sha256), picture.account, proposal)

        self._session.read(read, self._take, latest="signing", label=self.tr("Chargement du bon"))

    def _take(self, shown: Shown | None) -> None:
        if shown is None:
            self.missing.emit()
            return
        same = self.shown is not None and self.shown.sha256 == shown.sha256
        self.shown = shown
        if not same:
            self.was_read = self.agrees = False
            self.stroke = None
            self.loaded.emit()
        self.changed.emit()
        if shown.is_signed:
            self._verify(shown)

    @property
    def step(self) -> Step:
        """Where the ceremony stands."""
        if self.shown is not None and self.shown.is_signed:
            return Step.CODE
        return Step.SIGN if self.was_read else Step.READ

    @property
    def is_confirmed(self) -> bool:
        """Whether the code was given since."""
        return self.shown is not None and self.shown.document.state is DocumentState.CONFIRMED

    @property
    def is_online(self) -> bool:
        """Whether the network is there now."""
        courier = self._session.courier
        return courier.is_online and not courier.is_switched_off

    @property
    def masked_mobile(self) -> str:
        """The signatory's mobile with its first and last two figures only: `06 •• •• •• 42`."""
        signatory = self.shown.signatory if self.shown else None
        figures = [sign for sign in (signatory.mobile if signatory else "") if sign.isdigit()]
        if len(figures) < 4:
            return ""
        return f"{''.join(figures[:2])} •• •• •• {''.join(figures[-2:])}"

    @property
    def lacks_contact(self) -> bool:
        """Whether e-mail or mobile of the signatory is missing: both are asked for, never skipped."""
        signatory = self.shown.signatory if self.shown else None
        return signatory is None or not is_email(signatory.email) or not is_mobile(signatory.mobile)

    @property
    def lacks(self) -> Lacks | None:
        """What signing waits for first; None when everything is there."""
        if self.lacks_contact:
            return Lacks.CONTACT
        if not self.was_read:
            return Lacks.READING
        if self.stroke is None or self.stroke.is_empty:
            return Lacks.STROKE
        return None if self.agrees else Lacks.CONSENT

    # ------------------------------------------------------------------------------------------- the customer acts
    def note_read(self) -> None:
        """The last line was in sight."""
        self.was_read = True
        self.changed.emit()

    def note_stroke(self, stroke: HandStroke) -> None:
        """The stroke has changed."""
        self.stroke = stroke
        self.changed.emit()

    def note_consent(self, agrees: bool) -> None:
        """The box was ticked or not after all."""
        self.agrees = agrees
        self.changed.emit()

    def complete_contact(self, command: EditContact, refused: object) -> None:
        """Keep who signs, then render the form anew: it bears their name, and has to be read again."""
        session, shown = self._session, self.shown
        if shown is None:
            return
        order = OrderProposal(shown.proposal.id, shown.document.language)

        def do() -> Document:
            edit_contact(command, session.work)
            return order_proposal(order, session.work, session.paper, session.company)

        def failed(refusal: Refusal) -> None:
            if callable(refused):
                refused(refusal)

        session.act(do, lambda document: self.open(document.account_id, document.id), refused=failed)

    def sign(self) -> None:
        """Seal the bytes that were shown; nothing happens while anything is still lacking."""
        shown, stroke, session = self.shown, self.stroke, self._session
        if shown is None or stroke is None or self.lacks is not None or self.is_busy:
            return
        command = SignOrderForm(shown.document.id, shown.sha256, stroke, shown.account.address.city)
        self.is_busy = True
        self.changed.emit()
        session.act(
            lambda: sign_order_form(command, session.work, session.sealer), self._signed, failed=self._not_signed
        )

    def _signed(self, document: Document) -> None:
        self.is_busy = False
        self.open(document.account_id, document.id)
        self.just_signed = True

    def _not_signed(self, _: Exception) -> None:
        self.is_busy = False
        self.changed.emit()

    def _verify(self, shown: Shown) -> None:
        sealer = self._session.sealer

        def check() -> Seal:
            verdict = sealer.verify(shown.content, shown.document.sha256)
            return Seal(verdict.is_verified, verdict.reason)

        def told(seal: Seal) -> None:
            self.seal = seal
            self.verified.emit()

        self._session.read(check, told, latest="seal")
