"""Ordering and signing: what is signed is the exact file that was shown, once, by someone who can be reached."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

import pytest

from app.domain.identifiers import ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.proposal import ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState, HandStroke, Point
from app.ports.documents import SealVerdict
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.validate_proposal import ReopenProposal, ValidateProposal, reopen_proposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from tests.unit.usecases.conftest import COMPANY, PlainPaper, Shop

STROKE = HandStroke(strokes=(tuple(Point(x / 10, 0.5, 0.5, x) for x in range(5)),), ratio=2.0)


@dataclass
class AppendingSealer:
    """Puts the signatory's name behind what was shown."""

    sealed: list[bytes] = field(default_factory=list)

    def seal(self, shown: bytes, stroke: HandStroke, signatory: str, at: datetime, place: str) -> bytes:
        self.sealed.append(shown + signatory.encode())
        return self.sealed[-1]

    def verify(self, sealed: bytes, sha256: str) -> SealVerdict:
        raise AssertionError


@pytest.fixture
def proposal_id(shop: Shop) -> ProposalId:
    made = prepare_proposal(PrepareProposal(shop.account_id, 2027), shop.work)
    validate_proposal(ValidateProposal(made), shop.work)
    return made


def order(shop: Shop, proposal_id: ProposalId, paper: PlainPaper | None = None) -> Document:
    return order_proposal(OrderProposal(proposal_id), shop.work, paper or PlainPaper(), COMPANY)


def sign(
    shop: Shop,
    form: Document,
    sealer: AppendingSealer | None = None,
    *,
    shown_sha256: str | None = None,
    stroke: HandStroke = STROKE,
) -> Document:
    command = SignOrderForm(form.id, shown_sha256 or form.sha256, stroke, "Chartres")
    return sign_order_form(command, shop.work, sealer or AppendingSealer())


def test_the_form_is_kept_as_it_was_rendered(shop: Shop, proposal_id: ProposalId) -> None:
    paper = PlainPaper()
    form = order(shop, proposal_id, paper)

    with shop.work.begin("read") as tx:
        content = tx.documents.content(form.sha256)
        assert tx.proposals.get(proposal_id).status is ProposalStatus.ORDERED
    assert hashlib.sha256(content).hexdigest() == form.sha256
    assert paper.rendered[0].signatory == paper.rendered[0].account.signatory
    assert (form.kind, form.state, form.size) == (DocumentKind.ORDER_FORM, DocumentState.SHOWN, len(content))


def test_ordering_again_gives_the_same_form_while_nothing_changed(shop: Shop, proposal_id: ProposalId) -> None:
    assert order(shop, proposal_id) == order(shop, proposal_id)


def test_a_draft_cannot_be_ordered(shop: Shop, proposal_id: ProposalId) -> None:
    reopen_proposal(ReopenProposal(proposal_id), shop.work)

    with pytest.raises(Refusal, match="NOT_VALIDATED"):
        order(shop, proposal_id)


def test_the_exact_bytes_shown_are_sealed_and_kept(shop: Shop, proposal_id: ProposalId) -> None:
    form, sealer = order(shop, proposal_id), AppendingSealer()

    signed = sign(shop, form, sealer)

    with shop.work.begin("read") as tx:
        shown, sealed = tx.documents.content(form.sha256), tx.documents.content(signed.sha256)
        assert tx.proposals.get(proposal_id).status is ProposalStatus.SIGNED_TO_CONFIRM
    assert sealed == sealer.sealed[0] == shown + b"Claire Delmas"
    assert (signed.kind, signed.state) == (DocumentKind.SIGNED_ORDER_FORM, DocumentState.SIGNED_TO_CONFIRM)
    assert (signed.email, signed.shown_sha256) == ("c.delmas@aunomdelarose.example", form.sha256)


def test_a_form_is_signed_once(shop: Shop, proposal_id: ProposalId) -> None:
    form = order(shop, proposal_id)
    sign(shop, form)

    with pytest.raises(Refusal, match="ALREADY_SIGNED"):
        sign(shop, form)
    with pytest.raises(Refusal, match="PROPOSAL_FROZEN"):
        reopen_proposal(ReopenProposal(proposal_id), shop.work)


def test_another_file_than_the_one_shown_is_not_signed(shop: Shop, proposal_id: ProposalId) -> None:
    form = order(shop, proposal_id)

    with pytest.raises(Refusal, match="OTHER_FORM_SHOWN"):
        sign(shop, form, shown_sha256="0" * 64)


def test_a_form_that_is_no_longer_the_proposals_is_not_signed(shop: Shop, proposal_id: ProposalId) -> None:
    first = order(shop, proposal_id)
    reopen_proposal(ReopenProposal(proposal_id), shop.work)
    with pytest.raises(Refusal, match="OTHER_FORM_SHOWN"):
        sign(shop, first)
    validate_proposal(ValidateProposal(proposal_id), shop.work)
    second = order(shop, proposal_id)

    assert second.id != first.id
    with pytest.raises(Refusal, match="OTHER_FORM_SHOWN"):
        sign(shop, first)
    assert sign(shop, second).shown_sha256 == second.sha256


def test_an_empty_frame_is_no_signature(shop: Shop, proposal_id: ProposalId) -> None:
    form = order(shop, proposal_id)

    with pytest.raises(Refusal, match="STROKE_MISSING"):
        sign(shop, form, stroke=HandStroke(strokes=(STROKE.strokes[0][:2],), ratio=2.0))


@pytest.mark.parametrize(
    ("email", "mobile", "code"),
    [("", "06 39 98 12 34", "EMAIL_MISSING"), ("c.delmas@aunomdelarose.example", "12", "MOBILE_MISSING")],
)
def test_email_and_mobile_are_mandatory(
    shop: Shop, proposal_id: ProposalId, email: str, mobile: str, code: str
) -> None:
    form = order(shop, proposal_id)
    with shop.work.begin("test") as tx:
        account = tx.accounts.get(shop.account_id)
        tx.accounts.save(replace(account, contacts=(replace(account.contacts[0], email=email, mobile=mobile),)))
        tx.commit()

    with pytest.raises(Refusal, match=code):
        sign(shop, form)
    with shop.work.begin("read") as tx:
        assert [kept.kind for kept in tx.documents.of_proposal(proposal_id)] == [DocumentKind.ORDER_FORM]
