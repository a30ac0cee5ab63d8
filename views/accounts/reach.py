"""Ways to reach a customer that the system opens: a call, a message, a place on a map."""

from __future__ import annotations

from PySide6.QtCore import QUrl, QUrlQuery
from PySide6.QtGui import QDesktopServices

from app.domain.accounts.account import Account, Address, Contact

MAP = "https://www.openstreetmap.org/search"


def phone_of(contact: Contact | None, account: Account) -> str:
    """The number to call: the contact's mobile, phone, or the published one; empty when there is none."""
    own = (contact.mobile, contact.phone) if contact is not None else ()
    return next((number for number in (*own, account.details.phone) if number), "")


def call(number: str) -> None:
    """Ask the system to dial."""
    QDesktopServices.openUrl(QUrl(f"tel:{''.join(sign for sign in number if sign.isdigit() or sign == '+')}"))


def write(address: str) -> None:
    """Ask the system to begin a message."""
    QDesktopServices.openUrl(QUrl(f"mailto:{address}"))


def show_on_map(address: Address) -> None:
    """Ask the system to show where it is."""
    QDesktopServices.openUrl(_with_query(MAP, "query", written(address)))


def written(address: Address) -> str:
    """An address on one line: « 12 rue du Soleil d’Or, 28000 Chartres »."""
    town = f"{address.postcode} {address.city}".strip()
    return ", ".join(filter(None, (address.street, town)))


def _with_query(url: str, name: str, value: str) -> QUrl:
    query = QUrlQuery()
    query.addQueryItem(name, value)
    made = QUrl(url)
    made.setQuery(query)
    return made
