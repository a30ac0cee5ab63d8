"""The rep corrects what is known of a customer: the company, its published details, its people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.accounts.account import Account, AdvertiserDetails, Contact
from app.domain.identifiers import (
    AccountId,
    ContactId,
    compact,
    is_email,
    is_iban,
    is_mobile,
    is_siret,
    is_vat_number,
)
from app.domain.refusal import Refusal
from app.ports.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class EditContact:
    """Change a contact, or add one when no id is given."""

    account_id: AccountId
    contact_id: ContactId | None = None
    name: str
    role: str = ""
    email: str = ""
    mobile: str = ""
    phone: str = ""
    is_signatory: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditAccount:
    """Change the company's numbers or its published details; None leaves a field as it is."""

    account_id: AccountId
    legal_name: str | None = None
    siret: str | None = None
    vat_number: str | None = None
    iban: str | None = None
    details: AdvertiserDetails | None = None


def edit_contact(command: EditContact, work: Work) -> ContactId:
    """Keep a contact; naming a signatory takes the role from the one before.

    Raises Refusal NAME_EMPTY, EMAIL_INVALID or MOBILE_INVALID, each with its field; empty ones are allowed.
    """
    name, email, mobile = command.name.strip(), command.email.strip(), command.mobile.strip()
    if not name:
        raise Refusal("NAME_EMPTY", field="name")
    if email and not is_email(email):
        raise Refusal("EMAIL_INVALID", {"email": email}, "email")
    if mobile and not is_mobile(mobile):
        raise Refusal("MOBILE_INVALID", {"mobile": mobile}, "mobile")
    with work.begin("edit_contact") as tx:
        account = tx.accounts.get(command.account_id)
        contact = Contact(
            id=command.contact_id or ContactId(tx.new_id()),
            name=name,
            role=command.role.strip(),
            email=email,
            mobile=mobile,
            phone=command.phone.strip(),
            is_signatory=command.is_signatory,
        )
        tx.accounts.save(_with_contact(account, contact))
        tx.about(account=account.trade_name, contact=name)
        tx.commit()
    return contact.id


def _with_contact(account: Account, contact: Contact) -> Account:
    others = [
        replace(other, is_signatory=other.is_signatory and not contact.is_signatory)
        for other in account.contacts
        if other.id != contact.id
    ]
    places = {other.id: index for index, other in enumerate(account.contacts)}
    others.insert(places.get(contact.id, len(others)), contact)
    return replace(account, contacts=tuple(others))


def edit_account(command: EditAccount, work: Work) -> None:
    """Keep the company's numbers. Raises Refusal SIRET_INVALID, VAT_NUMBER_INVALID or IBAN_INVALID with its field."""
    siret = _checked("siret", command.siret, is_siret)
    vat_number = _checked("vat_number", command.vat_number, is_vat_number)
    iban = _checked("iban", command.iban, is_iban)
    with work.begin("edit_account") as tx:
        account = tx.accounts.get(command.account_id)
        account = replace(
            account,
            legal_name=account.legal_name if command.legal_name is None else command.legal_name.strip(),
            siret=account.siret if siret is None else siret,
            vat_number=account.vat_number if vat_number is None else vat_number,
            iban=account.iban if iban is None else iban,
            details=account.details if command.details is None else command.details,
        )
        tx.accounts.save(account)
        tx.about(account=account.trade_name)
        tx.commit()


def _checked(field: str, typed: str | None, is_sound: Callable[[str], bool]) -> str | None:
    if typed is not None and typed.strip() and not is_sound(typed):
        raise Refusal(f"{field.upper()}_INVALID", {field: typed}, field)
    return None if typed is None else compact(typed)
