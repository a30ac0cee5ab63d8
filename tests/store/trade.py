"""A small portfolio to work on: accounts with a signatory, orders that run, proposals; every row of the store."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app.domain.accounts.account import Account, Address, Contact
from app.domain.identifiers import AccountId, ContactId, LineId, OrderId, ProposalId, SubOrderId
from app.domain.money import Money, VatRate
from app.domain.sales.order import Order, OrderedSubOrder, OrderLine, OrderStatus
from app.domain.sales.proposal import Action, Instalment, Line, Proposal, SubOrder
from app.store.codec import Record
from app.store.engine import Engines
from app.store.rows import SYNCED
from tests.store.samples import ME, fresh

NORMAL = VatRate(2000)
Picture = dict[tuple[str, str], Record]
"""Every synced row by table and id, without its version."""


def account(name: str = "Au nom de la Rose", *, activity: str = "Fleuriste", city: str = "Chartres") -> Account:
    """An account with a signatory."""
    return Account(
        id=AccountId(fresh()),
        number="C-001",
        trade_name=name,
        activity=activity,
        area="Eure-et-Loir",
        address=Address(street="1, rue du Bois", postcode="28000", city=city),
        rep_id=ME,
        contacts=(contact("Claire Delmas"),),
    )


def contact(name: str) -> Contact:
    """A signatory with an e-mail."""
    return Contact(id=ContactId(fresh()), name=name, email="claire@rose.example", is_signatory=True)


def line(net: int, label: str = "Bloc annonce") -> Line:
    """A renewed line; net in cents."""
    return Line(
        id=LineId(fresh()),
        product_id=None,
        product=label[:3].upper(),
        label=label,
        action=Action.RENEW,
        net=Money(net),
        vat_rate=NORMAL,
    )


def sub_order(number: str, *lines: Line) -> SubOrder:
    """A sub-order of a range."""
    return SubOrder(id=SubOrderId(fresh()), number=number, range_name=f"Gamme {number}", lines=lines)


def proposal(of: Account, *parts: SubOrder, name: str = "Reconduction") -> Proposal:
    """A proposal for 2027 with two instalments."""
    return Proposal(
        id=ProposalId(fresh()),
        account_id=of.id,
        name=name,
        edition=2027,
        sub_orders=parts or (sub_order("001", line(300_00), line(200_00)), sub_order("101", line(100_00))),
        payment_plan=(
            Instalment(due_on=date(2027, 1, 15), gross=Money(360_00)),
            Instalment(due_on=date(2027, 2, 15), gross=Money(360_00)),
        ),
    )


def order(of: Account, edition: int, net: int, status: OrderStatus = OrderStatus.IN_PRODUCTION) -> Order:
    """An order of one line; net in cents."""
    part = OrderedSubOrder(
        id=SubOrderId(fresh()),
        number="001",
        range_id=None,
        range_name="Annuaire",
        lines=(
            OrderLine(
                id=LineId(fresh()),
                product_id=None,
                product="BLO",
                label="Bloc annonce",
                net=Money(net),
                vat_rate=NORMAL,
            ),
        ),
    )
    return Order(
        id=OrderId(fresh()),
        account_id=of.id,
        number=f"{edition}-000{net}",
        edition=edition,
        signed_on=date(edition - 1, 11, 20),
        status=status,
        sub_orders=(part,),
    )


def picture(engines: Engines) -> Picture:
    """All synced rows as they are stored, without their versions."""
    with engines.reader.connect() as connection:
        return {
            (table.name, row["id"]): {name: value for name, value in row.items() if name != "ver"}
            for table in SYNCED.sorted_tables
            for row in connection.execute(select(table)).mappings()
        }
