"""Proposals to write on paper: short, long, amended, at several rates, in three languages."""

from __future__ import annotations

from datetime import date

from app.adapters.paper.company import company
from app.domain.accounts.account import Account, Address, Contact
from app.domain.accounts.rep import Rep
from app.domain.identifiers import (
    AccountId,
    ContactId,
    LineId,
    ProductId,
    ProposalId,
    RepId,
    SubOrderId,
)
from app.domain.money import ZERO, Money, VatRate
from app.domain.sales.payment_plan import plan
from app.domain.sales.pricing import priced
from app.domain.sales.proposal import Action, Instalment, Line, PlanTemplate, Proposal, SubOrder
from app.ports.documents import PaperContent

NORMAL, REDUCED, SUPER_REDUCED = VatRate(2000), VatRate(550), VatRate(210)
ON = date(2026, 11, 21)

CLAIRE = Contact(
    id=ContactId("c1"),
    name="Claire Delmas",
    role="gérante",
    email="claire.delmas@aunomdelarose.example",
    mobile="06 39 98 17 42",
    is_signatory=True,
)
ROSE = Account(
    id=AccountId("a1"),
    number="104417",
    trade_name="Au nom de la Rose",
    legal_name="SARL Delmas Fleurs",
    siret="00000010900003",
    vat_number="FR48000000109",
    address=Address(street="14 rue des Changes", postcode="28000", city="Chartres"),
    contacts=(CLAIRE,),
)
REP = Rep(id=RepId("r1"), login="arenaud", name="Aline Renaud", email="a.renaud@annuaires-valbrume.example")


def line(
    label: str,
    euros: float,
    *,
    rate: VatRate = NORMAL,
    action: Action = Action.RENEW,
    quantity: int = 1,
    discount: int = 0,
    before: float | None = None,
    amended: bool = False,
    where: tuple[str, str, str] = ("Fleuristes", "Chartres", "édition 2027"),
    replaces: str = "",
) -> Line:
    """One line at a unit price in euros, priced as the rules price it."""
    made = Line(
        id=LineId(label),
        product_id=ProductId("p"),
        product="P",
        label=label,
        action=action,
        net=ZERO,
        vat_rate=rate,
        quantity=quantity,
        unit_price=Money(round(euros * 100)),
        discount=discount,
        previous_net=None if before is None else Money(round(before * 100)),
        activity=where[0],
        area=where[1],
        period=where[2],
        replaces=replaces,
    )
    return priced(made, in_amendment=amended)


def sub_order(number: str, name: str, *lines: Line, amendment: str | None = None, note: str = "") -> SubOrder:
    """One sub-order; a note says that details changed."""
    return SubOrder(
        id=SubOrderId(number),
        number=number,
        range_name=name,
        amendment=amendment,
        lines=lines,
        details_changed=bool(note),
        details_note=note,
    )


def proposal(
    *parts: SubOrder, template: PlanTemplate = PlanTemplate.FOUR, by_hand: tuple[Instalment, ...] | None = None
) -> Proposal:
    """A proposal of these sub-orders, with its plan."""
    made = Proposal(
        id=ProposalId("0190"),
        account_id=ROSE.id,
        name="Visibilité locale, édition 2027",
        edition=2027,
        sub_orders=parts,
    )
    dues = plan(made.totals.gross, template, date(2027, 1, 15)) if by_hand is None else by_hand
    return Proposal(
        id=made.id,
        account_id=made.account_id,
        name=made.name,
        edition=made.edition,
        sub_orders=parts,
        payment_plan=dues,
    )


def content(of: Proposal, language: str = "fr", account: Account = ROSE) -> PaperContent:
    """All that a form of this proposal says."""
    return PaperContent(
        number="BC-2027-004417",
        on=ON,
        language=language,
        company=company(),
        account=account,
        signatory=account.signatory,
        rep=REP,
        proposal=of,
        valid_until=date(2026, 12, 21),
    )


def usual() -> Proposal:
    """The form of the pictures: two sub-orders, four instalments."""
    return proposal(
        sub_order(
            "001",
            "Imprimé",
            line("Encart 1/4 page", 1480, before=1480),
            line("Ligne en gras et logo", 312, before=312),
            line("Display, 4ᵉ de couverture", 1978, action=Action.ADD, where=("", "Eure-et-Loir", "édition 2027")),
        ),
        sub_order(
            "201",
            "Visibilité en ligne",
            line("Fiche premium", 948, before=948),
            line(
                "Campagne mots-clés, 3 mois",
                420,
                quantity=3,
                discount=1000,
                before=1260,
                action=Action.MODIFY,
                where=("", "", "mars à mai 2027"),
            ),
            line("Site vitrine", 690, before=690, action=Action.CANCEL),
        ),
    )


def short() -> Proposal:
    """One line, one payment."""
    return proposal(
        sub_order("001", "Imprimé", line("Encart 1/8 page", 640, before=640)), template=PlanTemplate.AT_ONCE
    )


def long(sub_orders: int, lines: int) -> Proposal:
    """Many lines at several rates, ten instalments."""
    rates = (NORMAL, REDUCED, NORMAL, SUPER_REDUCED)
    ranges = ("Imprimé", "Display", "Visibilité en ligne", "Sites et contenus", "Objets publicitaires")
    actions = (Action.RENEW, Action.RENEW, Action.ADD, Action.RENEW, Action.MODIFY, Action.CANCEL)
    return proposal(
        *(
            sub_order(
                f"{part}01",
                ranges[part % len(ranges)],
                *(
                    line(
                        f"{('Encart', 'Ligne en gras', 'Fiche premium', 'Pack photos')[at % 4]} nº {part}-{at + 1}",
                        87.33 + 13.37 * at + part,
                        rate=rates[(at + part) % 4],
                        quantity=1 + at % 4,
                        discount=(0, 0, 500, 1250)[at % 4],
                        before=80.0 + at,
                        action=actions[(at + part) % 6],
                    )
                    for at in range(lines)
                ),
            )
            for part in range(sub_orders)
        ),
        template=PlanTemplate.TEN_MONTHLY,
    )


def amended(*, zero: bool = False) -> Proposal:
    """An amendment that takes away more than it brings, or exactly as much."""
    return proposal(
        sub_order(
            "101",
            "Display",
            line(
                "Bandeau haut de page",
                900,
                before=1900 if not zero else 900,
                action=Action.MODIFY,
                amended=True,
                replaces="Pavé plein écran",
            ),
            line("Vidéo d’accueil", 560, before=560, action=Action.CANCEL, amended=True),
            line("Pavé d’accueil", 560 if zero else 120, action=Action.ADD, amended=True),
            line("Habillage", 300, before=300, action=Action.KEEP, amended=True),
            amendment="12",
            note="horaires d’été, nouveau numéro de téléphone",
        ),
        template=PlanTemplate.AT_ONCE,
    )


LONG_ACCOUNT = Account(
    id=AccountId("a2"),
    number="104418",
    trade_name="Établissements Vandenbroucke-Delafontaine & Fils, maîtres couvreurs depuis 1887",
    legal_name="Société par actions simplifiée Vandenbroucke-Delafontaine et Fils, couverture, zinguerie, étanchéité",
    siret="00000010900003",
    vat_number="FR48000000109",
    address=Address(
        street="Zone artisanale des Trois-Fontaines, bâtiment C, 128 bis avenue du Maréchal-de-Lattre-de-Tassigny",
        postcode="59000",
        city="Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson",
    ),
    contacts=(
        Contact(
            id=ContactId("c2"),
            name="Maximilienne-Alexandrine Vandenbroucke-Delafontaine",
            role="directrice générale déléguée à l’exploitation",
            email="maximilienne-alexandrine.vandenbroucke-delafontaine@etablissements-vandenbroucke.example",
            mobile="+33 6 39 98 00 00",
            is_signatory=True,
        ),
    ),
)


def wordy() -> Proposal:
    """Labels that need several lines, amounts of ten figures."""
    text = "Parution renforcée sur deux colonnes avec photographie, logo, horaires et renvoi vers la fiche en ligne "
    return proposal(
        sub_order(
            "001",
            "Imprimé grand format, toutes éditions régionales du Nord, du Pas-de-Calais et de la Somme réunies",
            line(text * 3, 1_234_567.89, quantity=99, where=(text.strip(), "Nord, Pas-de-Calais, Somme", "2027")),
            line("Anticonstitutionnellement" * 6, 12.34, discount=3333, where=("", "", "")),
        )
    )
