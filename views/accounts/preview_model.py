"""What the card beside the list says of the account one is on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Signal

from app.domain.accounts.account import Account, Contact, missing
from app.domain.identifiers import AccountId
from app.domain.money import ZERO, Money
from app.domain.sales.order import OrderStatus
from app.domain.sales.proposal import ProposalKind
from app.ports.readers import AccountPicture
from views import formats
from views.shell.session import Session
from views.widgets.bar_chart import Bar

MOST_BARS = 5
MOST_LEFT = 5
RUNS = frozenset({OrderStatus.IN_PRODUCTION, OrderStatus.COMPLETED})


@dataclass(frozen=True, slots=True)
class Preview:
    """The card in words and figures."""

    account: Account
    trade: str
    person: Contact | None
    caption: str
    at_stake: Money
    against: str
    bars: tuple[Bar, ...]
    left: tuple[tuple[str, str], ...]
    """Icon and words of what is left to do."""


class PreviewModel(QObject):
    """Reads one account after the other; only the last one asked for is shown."""

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._id: AccountId | None = None
        self.preview: Preview | None = None

    def ask(self, account_id: AccountId | None) -> None:
        """Show another account, or none."""
        self._id = account_id
        if account_id is None:
            self.preview = None
            self.changed.emit()
            return
        self._session.read(partial(self._session.readers.account, account_id), self._show, latest="preview")

    def read_again(self) -> None:
        """Read the same account again."""
        self.ask(self._id)

    def _show(self, picture: AccountPicture) -> None:
        account = picture.account
        editions = running_by_edition(picture)
        default = next((found for found in picture.proposals if found.kind is ProposalKind.DEFAULT), None)
        last = max(editions, default=None)
        if default is not None:
            editions[default.edition] = default.totals.net
        newest = max(editions, default=self._session.clock.today().year)
        net = editions.get(newest, ZERO)
        words = self.tr("Édition {year} en jeu") if default is not None else self.tr("Édition {year} en cours")
        self.preview = Preview(
            account=account,
            trade=trade_and_town(account),
            person=account.signatory or next(iter(account.contacts), None),
            caption=words.format(year=newest),
            at_stake=net,
            against=self._against(net, editions.get(last, ZERO) if last is not None else ZERO, last, newest),
            bars=tuple(
                Bar(str(year), (editions[year].cents,), is_base=year != newest, is_strong=year == newest)
                for year in sorted(editions)[-MOST_BARS:]
            ),
            left=tuple(self._left(picture))[:MOST_LEFT],
        )
        self.changed.emit()

    def _against(self, net: Money, before: Money, last: int | None, newest: int) -> str:
        if last is None or last == newest or not before:
            return ""
        change = formats.percent(round(1000 * (net.cents - before.cents) / before.cents) * 10, signed=True)
        amount = formats.amount_euro(before)
        return self.tr("{amount} en {year} · {change}").format(amount=amount, year=last, change=change)

    def _left(self, picture: AccountPicture) -> list[tuple[str, str]]:
        left = [
            ("alert", self.tr("Compléter : {what}").format(what=self._session.words("missing", lack)))
            for lack in missing(picture.account)
        ]
        left += [("check", item.subject) for item in picture.preparation if not item.is_done]
        return left


def running_by_edition(picture: AccountPicture) -> dict[int, Money]:
    """What ran in each edition, net; what was rejected or cancelled does not count."""
    editions: dict[int, Money] = {}
    for order in picture.orders:
        if order.status in RUNS:
            editions[order.edition] = editions.get(order.edition, ZERO) + order.totals.net
    return editions


def trade_and_town(account: Account) -> str:
    """« Fleuriste · Chartres (28) »."""
    town = account.address.city
    if town and account.address.country == "FR" and account.address.postcode[:2].isdigit():
        town = f"{town} ({account.address.postcode[:2]})"
    return " · ".join(filter(None, (account.activity, town)))
