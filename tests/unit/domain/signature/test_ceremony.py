"""Who can sign, and what is too little to be a signature."""

from __future__ import annotations

import pytest

from app.domain.accounts.account import Contact
from app.domain.identifiers import ContactId
from app.domain.refusal import Refusal
from app.domain.signature.ceremony import HandStroke, Point, must_be_signable


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
