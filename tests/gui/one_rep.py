"""One rep's portfolio in a real store: a florist with a history, a roofer with a rejection, and a few more."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from app.domain.accounts.account import Account, Address, AdvertiserDetails, Contact
from app.domain.accounts.activity import Activity, ActivityKind, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Price, Product, ProductKind, ProductRange
from app.domain.desk.request import Request, RequestKind
from app.domain.identifiers import (
    AccountId,
    ActivityId,
    ContactId,
    LineId,
    OrderId,
    ProductId,
    RangeId,
    RequestId,
    SubOrderId,
)
from app.domain.money import Money, VatRate
from app.domain.sales.order import Order, OrderedSubOrder, OrderLine, OrderStatus
from app.ports.work import Transaction
from app.store import codecs
from app.store.guard import Writer, writing
from app.store.opening import Store
from tests.gui.fakes import DAY, ME

RATE = VatRate(2000)


def an_id(kind: int, number: int) -> str:
    """32 hex digits that say what they name."""
    return f"{kind:02x}{number:030x}"


REP = Rep(id=ME, login="julie", name="Julie Lambert", team="centre", discount_limit=1500)
PRINT = ProductRange(id=RangeId(an_id(1, 1)), number="001", name="Imprimé")
WEB = ProductRange(id=RangeId(an_id(1, 2)), number="101", name="Site vitrine")


def product(number: int, code: str, name: str, of: ProductRange, net: int, **more: object) -> Product:
    """A product with a price in 2026 and a dearer one in 2027."""
    prices = tuple(
        Price(
            edition=year,
            net=Money(round(net * factor)),
            valid_from=date(year - 1, 1, 1),
            valid_until=date(year, 12, 31),
        )
        for year, factor in ((2026, 1.0), (2027, 1.02))
    )
    return Product(
        id=ProductId(an_id(2, number)),
        code=code,
        name=name,
        kind=ProductKind.PUBLICATION if of is PRINT else ProductKind.SERVICE,
        range_id=of.id,
        vat_rate=RATE,
        pitch="Vue par ceux qui cherchent.",
        prices=prices,
        is_favourite=code == "BLOC8",
        is_display=code == "COUV4",
    )


BLOCK = product(1, "BLOC8", "Bloc annonce 1/8", PRINT, 145_200)
LINE_BOLD = product(2, "LIGNE", "Ligne en gras", PRINT, 30_500)
COVER = product(3, "COUV4", "Display, 4ᵉ de couverture", PRINT, 215_000)
SITE = product(4, "SITE", "Site vitrine", WEB, 132_000)
PRODUCTS = (BLOCK, LINE_BOLD, COVER, SITE)

CLAIRE = Contact(
    id=ContactId(an_id(3, 1)),
    name="Claire Delmas",
    role="gérante",
    email="c.delmas@aunomdelarose.example",
    mobile="06 12 48 90 42",
    is_signatory=True,
)
YANN = Contact(id=ContactId(an_id(3, 2)), name="Yann Le Goff", role="boutique", phone="02 37 21 44 18")


def account(
    number: int, name: str, activity: str, city: str, *contacts: Contact, area: str = "Eure-et-Loir"
) -> Account:
    """A customer whose renewal is due in December."""
    return Account(
        id=AccountId(an_id(4, number)),
        number=f"28-{number:06d}",
        trade_name=name,
        legal_name=f"{name} SARL",
        activity=activity,
        area=area,
        address=Address(street=f"{number} rue du Soleil d’Or", postcode="28000", city=city),
        siret="73282932000074",
        vat_number="FR44732829320",
        rep_id=ME,
        customer_since=2011,
        renew_by=date(2026, 12, 14) + timedelta(days=number),
        details=AdvertiserDetails(name=name, phone="02 37 21 00 10"),
        contacts=contacts,
    )


ROSE = account(1, "Au nom de la Rose", "Fleuriste", "Chartres", CLAIRE, YANN)
BAT = account(2, "Bat-Etanche", "Couvreur", "Maintenon")
OPTIC = account(3, "Modern Optic", "Opticien", "Nogent-le-Roi")
HALLOUIN = account(4, "Menuiserie Hallouin", "Menuisier", "Alençon", area="Orne")
SOREL = account(5, "Boulangerie Sorel", "Boulanger", "Épernon")
ACCOUNTS = (ROSE, BAT, OPTIC, HALLOUIN, SOREL)


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    """An instant in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


def activity(number: int, of: Account, kind: ActivityKind, subject: str, when: datetime, seconds: int = 0) -> Activity:
    """An entry of the timeline."""
    return Activity(
        id=ActivityId(an_id(5, number)),
        account_id=of.id,
        kind=kind,
        subject=subject,
        at=when,
        seconds=seconds,
        rep_id=ME,
        author=REP.name,
        due_on=when.date() if kind is ActivityKind.TASK else None,
    )


VISITS = (
    activity(1, ROSE, ActivityKind.APPOINTMENT, "Visite", at(9, 30), 3600),
    activity(2, BAT, ActivityKind.APPOINTMENT, "Visite", at(12, 45), 3600),
    activity(3, OPTIC, ActivityKind.APPOINTMENT, "Visite", at(14, 15), 3600),
)
LATE = activity(4, SOREL, ActivityKind.TASK, "Rappeler M. Sorel", at(8, day=DAY - timedelta(days=2)))
DUE = activity(5, ROSE, ActivityKind.TASK, "Confirmer le rendez-vous", at(8))
CALL = activity(6, ROSE, ActivityKind.CALL, "confirme lundi 10:30", at(16, day=DAY - timedelta(days=4)), 360)
ITEMS = tuple(
    PreparationItem(
        id=ActivityId(an_id(6, place)), account_id=ROSE.id, position=place, subject=subject, is_done=place == 1
    )
    for place, subject in enumerate(("Relire le plan", "Préparer deux simulations", "Choisir une photo"), 1)
)
DISCOVERY = Discovery(
    id=ActivityId(an_id(7, 1)),
    account_id=ROSE.id,
    answers=(("Saison", "mars à juin"), ("Clientèle", "mariages"), ("Concurrence", "deux")),
    quote="Le mariage fait 40 % de mon chiffre.",
)
OPPORTUNITY = Opportunity(
    id=ActivityId(an_id(8, 1)),
    account_id=ROSE.id,
    purpose="Display de couverture",
    potential=Money(197_800),
    probability=60,
    period="printemps",
    closes_on=date(2026, 12, 15),
)
REJECTION = Request(
    id=RequestId(an_id(9, 1)),
    account_id=BAT.id,
    kind=RequestKind.REJECTION,
    title="Commande rejetée",
    body="Il manque la fiche du suivi d’appels.",
    made_at=at(7),
    sub_order="101",
    author="Production",
)


def order(number: int, of: Account, edition: int, status: OrderStatus, *products: Product) -> Order:
    """An order with a sub-order for each range, signed the autumn before."""
    parts = []
    for family in (PRINT, WEB):
        lines = tuple(
            OrderLine(
                id=LineId(an_id(10, number * 100 + place)),
                product_id=one.id,
                product=one.code,
                label=one.name,
                net=one.prices[0].net,
                vat_rate=RATE,
                unit_price=one.prices[0].net,
                activity=of.activity,
                area=of.area,
            )
            for place, one in enumerate(products)
            if one.range_id == family.id
        )
        if lines:
            parts.append(
                OrderedSubOrder(
                    id=SubOrderId(an_id(11, number * 100 + int(family.number))),
                    number=family.number,
                    range_id=family.id,
                    range_name=family.name,
                    lines=lines,
                )
            )
    return Order(
        id=OrderId(an_id(12, number)),
        account_id=of.id,
        number=f"{edition}-{number:06d}",
        edition=edition,
        signed_on=date(edition - 1, 12, 2),
        status=status,
        sub_orders=tuple(parts),
    )


ORDERS = (
    order(1, ROSE, 2025, OrderStatus.COMPLETED, BLOCK),
    order(2, ROSE, 2026, OrderStatus.IN_PRODUCTION, BLOCK, LINE_BOLD, SITE),
    order(3, BAT, 2026, OrderStatus.REJECTED, SITE),
    order(4, OPTIC, 2026, OrderStatus.IN_PRODUCTION, LINE_BOLD),
    order(5, SOREL, 2026, OrderStatus.IN_PRODUCTION, BLOCK),
)


def fill(store: Store) -> None:
    """Put the portfolio into an empty store as if it had come from the centre: nothing waits, nothing to undo."""
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.execute(codecs.REP.table.insert(), codecs.REP.record(REP))
    with store.work.begin("edit_account") as tx:
        _save(tx)
        tx.commit()
    with store.engine.writer.begin() as connection:
        for table in ("journal", "changeset_entry", "changeset"):
            connection.execute(text(f"DELETE FROM {table}"))


def _save(tx: Transaction) -> None:
    for family in (PRINT, WEB):
        tx.catalogue.save_range(family)
    for one in PRODUCTS:
        tx.catalogue.save(one)
    for customer in ACCOUNTS:
        tx.accounts.save(customer)
    for entry in (*VISITS, LATE, DUE, CALL):
        tx.activities.save(entry)
    for item in ITEMS:
        tx.activities.save_preparation(item)
    tx.activities.save_discovery(DISCOVERY)
    tx.activities.save_opportunity(OPPORTUNITY)
    tx.requests.save(REJECTION)
    for ordered in ORDERS:
        tx.orders.save(ordered)
