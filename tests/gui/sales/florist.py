"""A florist whose order runs in four sub-orders, with the catalogue that renews them: the case of the drawings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import text

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import PadesSealer
from app.domain.accounts.account import Account, Address, Contact
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Price, Product, ProductKind, ProductRange
from app.domain.identifiers import (
    AccountId,
    ContactId,
    LineId,
    OrderId,
    ProductId,
    ProposalId,
    RangeId,
    SubOrderId,
)
from app.domain.money import Money, VatRate
from app.domain.sales.order import Order, OrderedSubOrder, OrderLine, OrderStatus
from app.domain.sales.proposal import Line, Proposal, SubOrder
from app.ports.readers import Readers
from app.store import codecs
from app.store.guard import Writer, writing
from app.store.opening import open_store
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from tests.gui.fakes import ME, FixedClock
from tests.gui.windows import KEY, Desk
from tests.unit.adapters.authority import Authority, authority
from views.sales.proposal_page import ProposalPage
from views.shell.session import Ports, make_ports

RATE = VatRate(2000)
EDITION = 2027


def an_id(kind: int, number: int) -> str:
    """32 hex digits that say what they name."""
    return f"{kind:02x}{number:030x}"


REP = Rep(id=ME, login="julie", name="Julie Lambert", team="centre", discount_limit=1500)
RANGES = {
    number: ProductRange(id=RangeId(an_id(1, int(number))), number=number, name=name)
    for number, name in (
        ("001", "Imprimé"),
        ("101", "Site vitrine"),
        ("201", "Visibilité en ligne"),
        ("301", "Mariage en ligne"),
    )
}


def product(number: int, family: str, name: str, before: int, now: int, **more: object) -> Product:
    """A product with its net prices of 2026 and 2027, in cents."""
    prices = tuple(
        Price(edition=year, net=Money(net), valid_from=date(year - 1, 9, 1), valid_until=date(year, 12, 31))
        for year, net in ((2026, before), (2027, now))
    )
    return Product(
        id=ProductId(an_id(2, number)),
        code=f"P{number}",
        name=name,
        kind=ProductKind.PUBLICATION if family == "001" else ProductKind.SERVICE,
        range_id=RANGES[family].id,
        vat_rate=RATE,
        prices=prices,
        is_display=bool(more.get("is_display")),
        is_favourite=bool(more.get("is_favourite")),
        pitch=str(more.get("pitch", "")),
    )


BLOCK = product(1, "001", "Bloc annonce 1/8 de page", 145_200, 148_000, is_favourite=True)
BOLD = product(2, "001", "Ligne en gras et logo", 30_500, 31_200)
COVER = product(
    3, "001", "Display, 4ᵉ de couverture", 210_000, 215_000, is_display=True, pitch="Toute l’année, au dos."
)
COMFORT = product(4, "101", "Site, formule Confort", 132_000, 132_000)
SMALL = product(5, "101", "Site, formule Essentiel", 84_000, 84_000)
LOCAL = product(6, "101", "Référencement local", 22_800, 22_800)
CARD = product(7, "201", "Fiche premium", 92_000, 94_800)
CAMPAIGN = product(8, "201", "Campagne mots-clés, 3 mois", 122_800, 126_000)
WEDDING = product(9, "301", "Page Mariage en ligne", 23_500, 24_000)
PRODUCTS = (BLOCK, BOLD, COVER, COMFORT, SMALL, LOCAL, CARD, CAMPAIGN, WEDDING)
RUNNING = {"001": (BLOCK, BOLD), "101": (COMFORT, LOCAL), "201": (CARD, CAMPAIGN), "301": (WEDDING,)}

CLAIRE = Contact(
    id=ContactId(an_id(3, 1)),
    name="Claire Delmas",
    role="gérante",
    email="c.delmas@aunomdelarose.example",
    mobile="06 39 98 90 42",
    is_signatory=True,
)
ROSE = Account(
    id=AccountId(an_id(4, 1)),
    number="28-004417",
    trade_name="Au nom de la Rose",
    legal_name="SARL Au nom de la Rose",
    siret="73282932000074",
    vat_number="FR44732829320",
    activity="Fleuriste",
    area="Eure-et-Loir",
    address=Address(street="12 rue du Soleil d’Or", postcode="28000", city="Chartres"),
    rep_id=ME,
    contacts=(CLAIRE,),
)
OTHER = Account(id=AccountId(an_id(4, 2)), number="28-000002", trade_name="Garage Lenoir", rep_id=ME)


def _order() -> Order:
    parts = tuple(
        OrderedSubOrder(
            id=SubOrderId(an_id(11, int(number))),
            number=number,
            range_id=RANGES[number].id,
            range_name=RANGES[number].name,
            lines=tuple(
                OrderLine(
                    id=LineId(an_id(10, int(number) * 100 + place)),
                    product_id=one.id,
                    product=one.code,
                    label=one.name,
                    net=one.prices[0].net,
                    vat_rate=RATE,
                    unit_price=one.prices[0].net,
                    activity="Fleuristes",
                    area="Chartres",
                )
                for place, one in enumerate(products)
            ),
        )
        for number, products in RUNNING.items()
    )
    return Order(
        id=OrderId(an_id(12, 1)),
        account_id=ROSE.id,
        number="2026-004417",
        edition=2026,
        signed_on=date(2025, 12, 2),
        status=OrderStatus.IN_PRODUCTION,
        sub_orders=parts,
    )


def make_florist(path: Path) -> None:
    """Write a store that holds the florist, her order and the catalogue, as if it had come from the centre."""
    store = open_store(path, KEY, FixedClock(), ME)
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.execute(codecs.REP.table.insert(), codecs.REP.record(REP))
    with store.work.begin("edit_account") as tx:
        for family in RANGES.values():
            tx.catalogue.save_range(family)
        for one in PRODUCTS:
            tx.catalogue.save(one)
        tx.accounts.save(ROSE)
        tx.accounts.save(OTHER)
        tx.orders.save(_order())
        tx.commit()
    with store.engine.writer.begin() as connection:
        for table in ("journal", "changeset_entry", "changeset"):
            connection.execute(text(f"DELETE FROM {table}"))
    store.close()


class SaleDesk(Desk):
    """The florist's store under a window, with true paper and a seal under a throwaway certificate."""

    ca: Authority

    def ports(self, readers: Readers) -> Ports:
        self.ca = authority()
        return make_ports(
            work=self.store.work,
            readers=readers,
            history=self.store.history,
            courier=self.courier,
            clock=self.clock,
            paper=ReportlabPaper(),
            sealer=PadesSealer(self.ca.issue("Tablette 7"), self.ca.root),
            company=super().ports(readers).company,
        )

    def prepare(self) -> ProposalId:
        """Prepare the florist's default proposal."""
        return prepare_proposal(PrepareProposal(ROSE.id, EDITION), self.store.work)

    def page(self, proposal_id: ProposalId | None = None, width: int = 1366, height: int = 768) -> ProposalPage:
        """Open the proposal page, active as a person has it before them."""
        where = {"account_id": ROSE.id, "proposal_id": proposal_id or ""}
        window = self.show_at("proposal", where, (width, height))
        window.activateWindow()
        self.settle()
        page = window.pages.page
        assert isinstance(page, ProposalPage)
        return page

    def kept(self, proposal_id: ProposalId) -> Proposal:
        """The proposal as the store holds it."""
        return self.store.readers.proposal(proposal_id)


def line_of(proposal: Proposal, label: str) -> Line:
    """The line whose label begins so."""
    return next(line for line in proposal.lines if line.label.startswith(label))


def part_of(proposal: Proposal, number: str) -> SubOrder:
    """The sub-order of that number."""
    return next(part for part in proposal.sub_orders if part.number == number)


def plain(text: str) -> str:
    """A text with plain spaces, to compare it with what a test writes."""
    return text.replace("\u00a0", " ")
