"""Who can sign, what is too little to be a signature, and which signed form stands for an order."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.accounts.account import Contact
from app.domain.identifiers import AccountId, ContactId, DocumentId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.domain.signature.ceremony import (
    Document,
    DocumentKind,
    DocumentState,
    HandStroke,
    Point,
    form_number,
    is_proof_alone,
    is_signed_form,
    must_be_signable,
)


def _points(count: int) -> tuple[Point, ...]:
    return tuple(Point(at / 10, 0.5, 0.5, at * 8) for at in range(count))


@pytest.mark.parametrize(
    ("strokes", "is_empty"), [((), True), ((0, 0), True), ((3,), True), ((2, 1), True), ((4,), False), ((2, 2), False)]
)
def test_fewer_than_four_points_are_no_signature(strokes: tuple[int, ...], is_empty: bool) -> None:
    assert HandStroke(strokes=tuple(map(_points, strokes)), ratio=1.65).is_empty == is_empty


def contact(email: str = "claire@rose.example", mobile: str = "06 39 98 17 42") -> Contact:
    return Contact(id=ContactId("c"), name="Claire Delmas", email=email, mobile=mobile, is_signatory=True)


def test_a_signatory_with_e_mail_and_mobile_can_sign() -> None:
    assert must_be_signable(contact()) == contact()


@pytest.mark.parametrize(
    ("signatory", "code", "field"),
    [
        (None, "SIGNATORY_MISSING", None),
        (contact(email=""), "EMAIL_MISSING", "email"),
        (contact(email="claire"), "EMAIL_MISSING", "email"),
        (contact(mobile="01 99 00 24 24"), "MOBILE_MISSING", "mobile"),
    ],
)
def test_without_them_nobody_signs(signatory: Contact | None, code: str, field: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        must_be_signable(signatory)
    assert (refused.value.code, refused.value.field) == (code, field)


FORM = Document(
    id=DocumentId("d"),
    account_id=AccountId("a"),
    proposal_id=ProposalId("0123456789abcdef"),
    kind=DocumentKind.SIGNED_ORDER_FORM,
    state=DocumentState.SIGNED_TO_CONFIRM,
    number=form_number(2027, ProposalId("0123456789abcdef"), 2),
    sha256="",
    size=0,
    made_at=datetime(2026, 11, 23, tzinfo=UTC),
)


def test_each_version_of_a_proposal_has_a_form_of_its_own() -> None:
    assert FORM.number == "BC-2027-ABCDEF-2"
    assert is_signed_form(FORM, "BC-2027-ABCDEF-2")
    assert not is_signed_form(FORM, "BC-2027-ABCDEF-1")
    assert not is_signed_form(replace(FORM, kind=DocumentKind.ORDER_FORM), FORM.number)


@pytest.mark.parametrize(
    ("status", "version", "kind", "is_alone"),
    [
        (ProposalStatus.SIGNED_TO_CONFIRM, 2, DocumentKind.SIGNED_ORDER_FORM, False),
        (ProposalStatus.SIGNED, 2, DocumentKind.SIGNED_ORDER_FORM, False),
        (ProposalStatus.SIGNED, 3, DocumentKind.SIGNED_ORDER_FORM, True),
        (ProposalStatus.VALIDATED, 2, DocumentKind.SIGNED_ORDER_FORM, True),
        (ProposalStatus.VALIDATED, 2, DocumentKind.ORDER_FORM, False),
    ],
)
def test_a_signed_form_whose_order_was_not_taken_is_proof_alone(
    status: ProposalStatus, version: int, kind: DocumentKind, is_alone: bool
) -> None:
    sold = Proposal(
        id=FORM.proposal_id, account_id=FORM.account_id, name="P", edition=2027, status=status, version=version
    )
    assert is_proof_alone(replace(FORM, kind=kind), sold) == is_alone
