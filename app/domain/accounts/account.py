"""A customer company, its contacts, its published details, and what still misses before it can sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identifiers import AccountId, ContactId, RepId, is_email, is_mobile, is_siret


class AccountStatus(StrEnum):
    """Where the account stands: active, blocked from ordering, or lost altogether."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A postal address; the country is its two-letter code."""

    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = "FR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person at the account; one of them is the signatory."""

    id: ContactId
    name: str
    role: str = ""
    email: str = ""
    mobile: str = ""
    phone: str = ""
    is_signatory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertiserDetails:
    """What is published of the account, kept once and shared by all its sub-orders."""

    name: str = ""
    address: Address = Address()
    phone: str = ""
    site: str = ""
    opening_hours: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A customer company with its people and its published details."""

    id: AccountId
    number: str
    trade_name: str
    legal_name: str = ""
    siret: str = ""
    vat_number: str = ""
    iban: str = ""
    activity: str = ""
    area: str = ""
    address: Address = Address()
    language: str = "fr"
    status: AccountStatus = AccountStatus.ACTIVE
    rep_id: RepId | None = None
    customer_since: int | None = None
    renew_by: date | None = None
    details: AdvertiserDetails = AdvertiserDetails()
    contacts: tuple[Contact, ...] = ()

    @property
    def signatory(self) -> Contact | None:
        """The contact who signs, when one is named."""
        return next((contact for contact in self.contacts if contact.is_signatory), None)


class Missing(StrEnum):
    """What an account lacks before its order form can be signed; the words stand in resources/wording."""

    SIGNATORY = "SIGNATORY_MISSING"
    EMAIL = "EMAIL_MISSING"
    MOBILE = "MOBILE_MISSING"
    SIRET = "SIRET_MISSING"
    OPENING_HOURS = "OPENING_HOURS_MISSING"


def missing(account: Account) -> tuple[Missing, ...]:
    """Say what is missing, most urgent first."""
    signatory = account.signatory
    lacks = (
        (Missing.SIGNATORY, signatory is None),
        (Missing.EMAIL, signatory is not None and not is_email(signatory.email)),
        (Missing.MOBILE, signatory is not None and not is_mobile(signatory.mobile)),
        (Missing.SIRET, not is_siret(account.siret)),
        (Missing.OPENING_HOURS, not account.details.opening_hours),
    )
    return tuple(what for what, is_missing in lacks if is_missing)
