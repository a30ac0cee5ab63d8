"""What an import can fill: by section of a mapping its fields, what sort of value each takes, which are needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.accounts.account import AccountStatus
from app.domain.catalogue.product import ProductKind
from app.domain.sales.order import OrderStatus


class Kind(StrEnum):
    """The sort of value a field takes."""

    TEXT = "text"
    """One line."""
    LONG_TEXT = "long_text"
    """Several lines."""
    MONEY = "money"
    """An amount that is not negative, kept in cents."""
    RATE = "rate"
    """A share from 0 to 1, kept in basis points."""
    DATE = "date"
    YEAR = "year"
    QUANTITY = "quantity"
    """A whole number of pieces, from 1 to 9,999."""
    BOOLEAN = "boolean"
    COUNTRY = "country"
    """Two letters (ISO 3166)."""
    LANGUAGE = "language"
    SUB_ORDER = "sub_order"
    """The number of a range's sub-orders: three digits."""
    CHOICE = "choice"
    REFERENCE = "reference"
    """A row of another section, by its key."""


@dataclass(frozen=True, slots=True)
class Target:
    """One field that an import can fill. `others` are the words of a choice, or the section a reference leads to."""

    kind: Kind
    is_required: bool = False
    others: tuple[str, ...] = ()


def _choice(words: type[StrEnum]) -> Target:
    return Target(Kind.CHOICE, others=tuple(word.value for word in words))


_TEXT = Target(Kind.TEXT)
_NEEDED = Target(Kind.TEXT, is_required=True)
LANGUAGES = ("fr", "en", "zh")


def _to(section: str, *, is_required: bool = True) -> Target:
    return Target(Kind.REFERENCE, is_required, (section,))


TARGETS: Mapping[str, Mapping[str, Target]] = {
    "reps": {
        "login": _NEEDED,
        "name": _NEEDED,
        "email": _TEXT,
        "team": _TEXT,
        "discount_limit": Target(Kind.RATE),
    },
    "ranges": {
        "number": Target(Kind.SUB_ORDER, is_required=True),
        "name": _NEEDED,
        "chart": Target(Kind.LONG_TEXT),
    },
    "products": {
        "code": _NEEDED,
        "name": _NEEDED,
        "range": _to("ranges"),
        "vat_rate": Target(Kind.RATE, is_required=True),
        "kind": _choice(ProductKind),
        "is_display": Target(Kind.BOOLEAN),
        "is_favourite": Target(Kind.BOOLEAN),
        "pitch": Target(Kind.LONG_TEXT),
    },
    "prices": {
        "product": _to("products"),
        "edition": Target(Kind.YEAR, is_required=True),
        "net": Target(Kind.MONEY, is_required=True),
        "valid_from": Target(Kind.DATE, is_required=True),
        "valid_until": Target(Kind.DATE, is_required=True),
    },
    "slots": {
        "product": _to("products"),
        "edition": Target(Kind.YEAR, is_required=True),
        "activity": _TEXT,
        "area": _TEXT,
        "period": _TEXT,
        "number": Target(Kind.QUANTITY),
    },
    "accounts": {
        "number": _NEEDED,
        "trade_name": _NEEDED,
        "legal_name": _TEXT,
        "siret": _TEXT,
        "vat_number": _TEXT,
        "iban": _TEXT,
        "activity": _TEXT,
        "area": _TEXT,
        "street": _TEXT,
        "postcode": _TEXT,
        "city": _TEXT,
        "country": Target(Kind.COUNTRY),
        "language": Target(Kind.LANGUAGE),
        "status": _choice(AccountStatus),
        "rep": _to("reps", is_required=False),
        "customer_since": Target(Kind.YEAR),
        "renew_by": Target(Kind.DATE),
        "published_name": _TEXT,
        "published_phone": _TEXT,
        "published_site": _TEXT,
        "published_opening_hours": _TEXT,
    },
    "contacts": {
        "account": _to("accounts"),
        "name": _NEEDED,
        "role": _TEXT,
        "email": _TEXT,
        "mobile": _TEXT,
        "phone": _TEXT,
        "is_signatory": Target(Kind.BOOLEAN),
    },
    "orders": {
        "account": _to("accounts"),
        "number": _NEEDED,
        "edition": Target(Kind.YEAR, is_required=True),
        "signed_on": Target(Kind.DATE, is_required=True),
        "status": _choice(OrderStatus),
    },
    "lines": {
        "order": _to("orders"),
        "product": _to("products"),
        "quantity": Target(Kind.QUANTITY, is_required=True),
        "unit_price": Target(Kind.MONEY, is_required=True),
        "discount": Target(Kind.RATE),
        "label": _TEXT,
        "activity": _TEXT,
        "area": _TEXT,
        "period": _TEXT,
    },
}
"""By section of the mapping, in the order in which they are read: what a section refers to comes before it."""
