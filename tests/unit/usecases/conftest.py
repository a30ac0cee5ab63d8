"""A real encrypted store with a small trade in it: one rep, one florist, a catalogue, an order that runs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.domain.accounts.account import Account, Address, Contact
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Price, Product, ProductKind, ProductRange
from app.domain.identifiers import AccountId, ContactId, LineId, OrderId, ProductId, RangeId, RepId, SubOrderId
from app.domain.money import Money, VatRate
from app.domain.sales.order import Amendment, Order, OrderedSubOrder, OrderLine, OrderStatus
from app.ports.documents import Company, PaperContent
from app.store.engine import open_encrypted
from app.store.guard import Writer, writing
from app.store.journal import Outbox
from app.store.opening import make_store
from app.store.repositories import SqlAccounts, SqlCatalogue, SqlOrders
from app.store.tracked import TrackedRows
from app.store.unit_of_work import SqlWork

ON = date(2026, 11, 23)
COMPANY = Company(
    name="Annuaires",
    form="SA",
    capital="1",
    address="Paris",
    siren="000",
    rcs_city="Paris",
    vat_number="",
    phone="",
    email="",
)


@dataclass
class DayClock:
    """A clock that gives another second each time it is asked."""

    ticks: int = 0

    def now(self) -> datetime:
        self.ticks += 1
        return datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(seconds=self.ticks)

    def today(self) -> date:
        return ON


@dataclass
class PlainPaper:
    """Writes what it is given as plain bytes: the same content gives the same bytes."""

    rendered: list[PaperContent] = field(default_factory=list)

    def order_form(self, content: PaperContent) -> bytes:
        self.rendered.append(content)
        return f"{content.number} {content.language} {content.proposal}".encode()

    def quote(self, content: PaperContent) -> bytes:
        return self.order_form(content)


@dataclass(frozen=True)
class Shop:
    """The work, and the names of what stands in the store."""

    work: SqlWork
    account_id: AccountId
    products: dict[str, ProductId]


def hex_id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


CATALOGUE = {  # name: (range number, 2026, 2027)
    "Bloc annonce": ("001", 1452_00, 1480_00),
    "Ligne en gras": ("001", 305_00, 312_00),
    "Site Confort": ("101", 1320_00, 1350_00),
    "Site Essentiel": ("101", 840_00, 840_00),
    "Référencement": ("101", 228_00, 232_00),
    "Fiche premium": ("201", 920_00, 948_00),
}
RANGES = {"001": "Imprimé", "101": "Site vitrine", "201": "Visibilité en ligne"}
RUNNING = ("Bloc annonce", "Ligne en gras", "Site Confort", "Référencement", "Fiche premium")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    make_store(tmp_path / "store.db", bytes(range(32)), "")
    engines = open_encrypted(tmp_path / "store.db", bytes(range(32)))
    me = RepId(hex_id("rep"))
    account_id = AccountId(hex_id("account"))
    with engines.writer.begin() as connection, writing(connection, Writer.SYNC):
        rows = TrackedRows(connection)
        from app.store.rows.accounts import RepRow
        from app.store.rows.base import table_of

        rep = Rep(id=me, login="jl", name="Julie Lambert", discount_limit=1500, team="centre")
        connection.execute(
            table_of(RepRow).insert(),
            {
                "id": rep.id,
                "ver": 1,
                "login": rep.login,
                "name": rep.name,
                "email": "",
                "team": rep.team,
                "discount_limit": 1500,
            },
        )
        fill(rows, account_id, me)
    yield Shop(
        SqlWork(engines.writer, DayClock(), me, Outbox()), account_id, {n: ProductId(hex_id(n)) for n in CATALOGUE}
    )
    engines.dispose()


def fill(rows: TrackedRows, account_id: AccountId, me: RepId) -> None:
    catalogue = SqlCatalogue(rows)
    for number, name in RANGES.items():
        catalogue.save_range(ProductRange(id=RangeId(hex_id(number)), number=number, name=name))
    for name, (number, before, now) in CATALOGUE.items():
        prices = tuple(
            Price(edition=edition, net=Money(cents), valid_from=date(2025, 1, 1), valid_until=date(2027, 12, 31))
            for edition, cents in ((2026, before), (2027, now))
        )
        catalogue.save(
            Product(
                id=ProductId(hex_id(name)),
                code=name.upper(),
                name=name,
                kind=ProductKind.PUBLICATION,
                range_id=RangeId(hex_id(number)),
                vat_rate=VatRate(2000),
                prices=prices,
            )
        )
    SqlAccounts(rows).save(
        Account(
            id=account_id,
            number="28-004417",
            trade_name="Au nom de la Rose",
            siret="73282932000074",
            activity="Fleuristes",
            area="Eure-et-Loir",
            address=Address(street="12 rue du Soleil d’Or", postcode="28000", city="Chartres"),
            rep_id=me,
            contacts=(
                Contact(
                    id=ContactId(hex_id("claire")),
                    name="Claire Delmas",
                    email="c.delmas@aunomdelarose.example",
                    mobile="06 39 98 12 34",
                    is_signatory=True,
                ),
            ),
        )
    )
    parts = []
    for number, name in RANGES.items():
        lines = tuple(
            OrderLine(
                id=LineId(hex_id(f"line {product}")),
                product_id=ProductId(hex_id(product)),
                product=product.upper(),
                label=product,
                net=Money(CATALOGUE[product][1]),
                vat_rate=VatRate(2000),
                unit_price=Money(CATALOGUE[product][1]),
            )
            for product in RUNNING
            if CATALOGUE[product][0] == number
        )
        made = (Amendment(number="01", on=date(2026, 3, 2), net=Money(0)),) if number == "101" else ()
        parts.append(
            OrderedSubOrder(
                id=SubOrderId(hex_id(f"part {number}")),
                number=number,
                range_id=RangeId(hex_id(number)),
                range_name=name,
                lines=lines,
                amendments=made,
            )
        )
    SqlOrders(rows).save(
        Order(
            id=OrderId(hex_id("order")),
            account_id=account_id,
            number="2026-004417",
            edition=2026,
            signed_on=date(2025, 12, 2),
            status=OrderStatus.IN_PRODUCTION,
            sub_orders=tuple(parts),
        )
    )
