"""What an account lacks before it can sign, most urgent first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.accounts.account import Account, AdvertiserDetails, Contact, Missing, missing
from app.domain.identifiers import AccountId, ContactId

CLAIRE = Contact(
    id=ContactId("c"), name="Claire Delmas", email="claire@rose.example", mobile="06 39 98 17 42", is_signatory=True
)
COMPLETE = Account(
    id=AccountId("a"),
    number="104417",
    trade_name="Au nom de la Rose",
    siret="732 829 320 00074",
    details=AdvertiserDetails(opening_hours="9 h – 19 h"),
    contacts=(Contact(id=ContactId("d"), name="Une vendeuse"), CLAIRE),
)


def test_the_signatory_is_the_contact_who_is_named_so() -> None:
    assert COMPLETE.signatory == CLAIRE
    assert replace(COMPLETE, contacts=COMPLETE.contacts[:1]).signatory is None


def test_a_complete_account_lacks_nothing() -> None:
    assert missing(COMPLETE) == ()


@pytest.mark.parametrize(
    ("account", "lacks"),
    [
        (replace(COMPLETE, contacts=()), (Missing.SIGNATORY,)),
        (replace(COMPLETE, contacts=(replace(CLAIRE, email="claire@"),)), (Missing.EMAIL,)),
        (replace(COMPLETE, contacts=(replace(CLAIRE, mobile="01 99 00 24 24"),)), (Missing.MOBILE,)),
        (replace(COMPLETE, siret="732 829 320 00075"), (Missing.SIRET,)),
        (replace(COMPLETE, details=AdvertiserDetails()), (Missing.OPENING_HOURS,)),
        (
            replace(COMPLETE, siret="", contacts=(replace(CLAIRE, email="", mobile=""),), details=AdvertiserDetails()),
            (Missing.EMAIL, Missing.MOBILE, Missing.SIRET, Missing.OPENING_HOURS),
        ),
    ],
)
def test_what_is_missing_is_named(account: Account, lacks: tuple[Missing, ...]) -> None:
    assert missing(account) == lacks
