"""The words of the forms, by language, as they stand in resources/templates/forms."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec

import resources

FOLDER = Path(resources.__file__).parent / "templates" / "forms"
FALLBACK = "fr"
"""The seller's own language, for a customer whose language is not written here."""


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One paragraph of the conditions."""

    title: str
    text: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every text of the forms in one language; holes `{…}` are filled by `str.format`."""

    order_form: str
    quote: str
    subtitle: str
    running_head: str
    page: str
    legal_form: str
    registered_office: str
    register: str
    company_vat: str
    customer: str
    customer_number: str
    siret: str
    customer_vat: str
    signatory: str
    addressee: str
    rep: str
    valid_until: str
    without_commitment: str
    label: str
    quantity: str
    unit_price: str
    discount: str
    vat: str
    net: str
    sub_order: str
    continued: str
    amendment: str
    amendment_note: str
    details_changed: str
    details_changed_bare: str
    added: str
    modified: str
    cancelled: str
    kept: str
    instead_of: str
    replaces: str
    subtotal: str
    subtotal_tax: str
    total_net: str
    total_vat: str
    rounding: str
    total_gross: str
    plan: str
    plan_continued: str
    no_payment: str
    plan_open: str
    conditions: str
    order_conditions: tuple[Condition, ...]
    quote_conditions: tuple[Condition, ...]
    signature: str
    agreement: str
    agreement_unnamed: str
    one_page: str
    several_pages: str
    signed_name: str
    signed_place: str
    signed_on: str
    signed_moment: str
    seal_reason: str


def written_language(language: str) -> str:
    """Give the language a form is written in for a customer's language: itself, or French where there is none."""
    return language if (FOLDER / f"{language}.yaml").is_file() and language.isalpha() else FALLBACK


@cache
def words(language: str) -> Words:
    """Read the words of one language, once. Raises msgspec.ValidationError when one is missing or too many."""
    return msgspec.yaml.decode((FOLDER / f"{language}.yaml").read_bytes(), type=Words)
