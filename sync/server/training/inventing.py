"""Invents the accounts nobody told by hand, so that lists are as long as real ones; always the same ones."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from app.domain.accounts.account import AccountStatus
from app.domain.calendar import working_day_from
from app.domain.money import Money, VatRate, parse_amount
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.order import OrderStatus
from sync.server.training.papers import Phones
from sync.server.training.routine import with_work
from sync.server.training.story import (
    Names,
    Story,
    ToldAccount,
    ToldAddress,
    ToldAmendment,
    ToldContact,
    ToldLine,
    ToldLoss,
    ToldOrder,
    ToldPublished,
    Town,
    Trade,
)

FIRST_EDITION, LAST_EDITION = 2024, 2026
_SIGNING_BEGINS = (9, 15)
_SIGNING_DAYS = 50
"""Orders of an edition were signed from mid September to early November before it."""
_ABROAD = 0.08
"""How many accounts are in a neighbouring département."""


@dataclass(frozen=True, slots=True)
class Portfolio:
    """What the accounts of a rep shall be like, taken all together.

    `soon` of them are to be renewed 61 to 69 days from now, `silent` have no e-mail, `new` never ordered, `blocked` may
    not order, `lost` were lost last year.
    """

    rep: str
    size: int
    soon: int = 0
    silent: int = 0
    new: int = 0
    blocked: int = 0
    lost: int = 0


class Inventor:
    """Makes accounts one after the other; the same story gives the same accounts."""

    def __init__(self, story: Story, today: date) -> None:
        self._names: Names = story.names
        self._today = today
        self._prices = {
            product.code: [parse_amount(net) for net in product.prices]
            for family in story.catalogue.ranges
            for product in family.products
        }
        self._range_of = {
            product.code: family.number for family in story.catalogue.ranges for product in family.products
        }
        self._taken = {account.trade_name for account in story.accounts}
        numbers = {contact.mobile for account in story.accounts for contact in account.contacts}
        numbers |= {contact.phone for account in story.accounts for contact in account.contacts}
        self._phones = Phones(numbers | {account.published.phone for account in story.accounts})
        self._draw = random.Random("Tournée")  # noqa: S311 - the same accounts each time, nothing secret
        self._made = 0
        self._signed = dict.fromkeys(range(FIRST_EDITION, LAST_EDITION + 1), 0)

    def portfolio(self, wanted: Portfolio) -> list[ToldAccount]:
        """Make the accounts of a rep."""
        places = list(range(wanted.size))
        self._draw.shuffle(places)
        take = iter(places)
        roles = {
            name: {next(take) for _ in range(count)}
            for name, count in (("lost", wanted.lost), ("blocked", wanted.blocked), ("new", wanted.new))
        }
        soon = {next(take) for _ in range(wanted.soon)}
        silent = set(self._draw.sample(places, wanted.silent))
        accounts = []
        for place in range(wanted.size):
            role = next((name for name, members in roles.items() if place in members), "")
            accounts.append(self._account(wanted, role, is_soon=place in soon, is_silent=place in silent))
        return accounts

    def _account(self, wanted: Portfolio, role: str, *, is_soon: bool, is_silent: bool) -> ToldAccount:
        trade, town = self._draw.choice(self._names.trades), self._town()
        family, given = self._draw.choice(self._names.families), self._draw.choice(self._names.givens)
        name = self._name(trade, town, family, given)
        slug = _slug(name)
        self._made += 1
        orders = () if role == "new" else self._orders(trade, role)
        renew_by = None
        if role in {"", "blocked"}:
            days = self._draw.randint(61, 69) if is_soon else self._draw.randint(75, 330)
            renew_by = f"D+{days}"
        phone = self._phones.landline()
        hours = ("Lun.–sam. 9 h – 19 h", "Lun.–ven. 8 h – 18 h", "Mar.–sam. 9 h 30 – 19 h", "")
        account = ToldAccount(
            number=f"28{5000 + self._made:05d}",
            trade_name=name,
            legal_name=f"{self._draw.choice(('SARL', 'EURL', 'SAS'))} {name}",
            activity=trade.activity,
            heading=trade.heading,
            area=town.area,
            address=ToldAddress(
                street=f"{self._draw.randint(1, 120)} {self._draw.choice(self._names.streets)}",
                postcode=town.postcode,
                city=town.city,
            ),
            status={"lost": AccountStatus.LOST, "blocked": AccountStatus.BLOCKED}.get(role, AccountStatus.ACTIVE),
            customer_since=None if role == "new" else self._draw.randint(2006, 2023),
            renew_by=renew_by,
            has_siret=self._draw.random() > 0.03,
            published=ToldPublished(
                phone=phone,
                site=f"www.{slug}.example" if self._draw.random() < 0.6 else "",
                opening_hours=self._draw.choice(hours),
            ),
            contacts=self._people(family, given, slug, phone, is_silent=is_silent),
            orders=orders,
            losses=self._losses(orders, role),
        )
        return account if role == "lost" else with_work(account, wanted.rep, self._today, self._draw)

    def _town(self) -> Town:
        """Draw a town: mostly at home, and there those named first, which are larger."""
        towns = self._names.towns
        at_home = [town for town in towns if town.area == towns[0].area]
        if self._draw.random() < _ABROAD:
            return self._draw.choice([town for town in towns if town not in at_home])
        return at_home[min(self._draw.randrange(len(at_home)), self._draw.randrange(len(at_home)))]

    def _name(self, trade: Trade, town: Town, family: str, given: str) -> str:
        for pattern in self._draw.sample(trade.names, len(trade.names)):
            name = _elided(pattern.format(family=family, given=given, town=town.city))
            if name not in self._taken:
                break
        else:
            name = f"{trade.activity} {family} {town.city}"
            while name in self._taken:
                name = f"{trade.activity} {self._draw.choice(self._names.families)} {town.city}"
        self._taken.add(name)
        return name

    def _people(self, family: str, given: str, slug: str, phone: str, *, is_silent: bool) -> tuple[ToldContact, ...]:
        email = "" if is_silent else f"{_slug(given)[0]}.{_slug(family)}@{slug}.example"
        head = ToldContact(
            name=f"{given} {family}",
            role=self._draw.choice(("gérance", "direction", "propriétaire")),
            email=email,
            mobile=self._phones.mobile(),
            phone=phone,
            signatory=True,
        )
        if self._draw.random() < 0.7:
            return (head,)
        name = f"{self._draw.choice(self._names.givens)} {family}"
        mail = f"contact@{slug}.example"
        return (head, ToldContact(name=name, role=self._draw.choice(("accueil", "comptabilité")), email=mail))

    # --------------------------------------------------------------------------------------- what was bought
    def _orders(self, trade: Trade, role: str) -> tuple[ToldOrder, ...]:
        """Make a customer's years: a basket that grows or shrinks from edition to edition."""
        last = LAST_EDITION - 1 if role == "lost" or self._draw.random() < 0.07 else LAST_EDITION
        first = self._draw.randint(FIRST_EDITION, last)
        basket = self._basket(trade)
        orders: list[ToldOrder] = []
        for edition in range(first, last + 1):
            status = OrderStatus.IN_PRODUCTION if edition == LAST_EDITION else OrderStatus.COMPLETED
            lines = tuple(self._line(code, edition) for code in basket)
            self._signed[edition] += 1
            order = ToldOrder(
                number=f"{edition}-{1000 + 17 * self._signed[edition]:06d}",
                edition=edition,
                signed_on=self._signed_on(edition),
                status=status,
                lines=lines,
                amendments=self._amendments(basket, edition),
            )
            orders.append(order)
            if len(basket) > 1 and self._draw.random() < 0.2:
                basket.remove(self._draw.choice(basket))
            elif self._draw.random() < 0.3:
                basket.append(self._another(basket))
        return tuple(reversed(orders))

    def _basket(self, trade: Trade) -> list[str]:
        """Draw what a customer buys first: a place in print, one online, a site, and now and then something rare."""
        rare = ["CMC3", "CMC6", "RSOC", "PHOT", "NDOM", "SUIV", "AVIS", "CVIS", "ADHV", "GUID", "PDEJ", "MAJ", "BASE"]
        rare += ["MARP", "MARV", "MARG"] if trade.weddings else []
        shelves = (
            (0.55, ("BA116", "BA116", "BA116", "BA18", "BA18", "BA14", "BA12")),
            (0.7, ("LGL", "LGL", "LG", "LSUP")),
            (0.5, ("FSTD", "FSTD", "FPRE")),
            (0.25, ("SVE", "SVE", "SVC", "SVP")),
            (0.25, ("RFL",)),
            (0.3, tuple(rare)),
        )
        basket = [self._draw.choice(codes) for chance, codes in shelves if self._draw.random() < chance]
        return basket or ["LGL"]

    def _another(self, basket: Sequence[str]) -> str:
        codes = [code for code in ("LGL", "FSTD", "RFL", "PHOT", "AVIS", "LSUP", "NDOM", "KAKE") if code not in basket]
        return self._draw.choice(codes)

    def _line(self, code: str, edition: int) -> ToldLine:
        periods = {"CMC3": "mars à mai", "CMC6": "avril à sept.", "BASE": "juillet à déc."}
        return ToldLine(
            product=code,
            quantity=self._draw.randint(1, 4) if code in {"GUID", "CVIS", "PDEJ"} else 1,
            discount=self._draw.choice(("0", "0", "0", "0", "3", "5", "8", "10")),
            # The list of 2024 is gone: what was sold under it was some two per cent cheaper than a year later.
            unit_price=_written(self._before(code)) if edition == FIRST_EDITION else None,
            heading="" if self._range_of[code] in {"101", "401", "501"} else None,
            period=periods.get(code, ""),
        )

    def _before(self, code: str) -> Money:
        return Money(self._prices[code][0].cents * 49 // 50 // 100 * 100)

    def _signed_on(self, edition: int) -> date:
        days = self._signed[edition] * _SIGNING_DAYS // 180
        return working_day_from(date(edition - 1, *_SIGNING_BEGINS) + timedelta(days=days))

    def _amendments(self, basket: Sequence[str], edition: int) -> dict[str, tuple[ToldAmendment, ...]]:
        if self._draw.random() > 0.25:
            return {}
        code = self._draw.choice(basket)
        price = self._before(code) if edition == FIRST_EDITION else self._prices[code][edition - FIRST_EDITION - 1]
        net, subject = self._draw.choice(
            (
                (price, "Produit ajouté en cours d’édition"),
                (Money(0), "Nouvelles coordonnées"),
                (Money(0), "Nouveau logo"),
                (-Money(price.cents // 400 * 100), "Formule réduite"),
            )
        )
        day = working_day_from(date(edition, self._draw.randint(1, 8), self._draw.randint(2, 27)))
        return {self._range_of[code]: (ToldAmendment(day=day, net=_written(net), subject=subject),)}

    def _losses(self, orders: Sequence[ToldOrder], role: str) -> tuple[ToldLoss, ...]:
        """What was dropped from one edition to the next, and why."""
        reason = self._draw.choice(tuple(LossReason))
        if role == "lost":
            net = sum(self._net(line, orders[0].edition).cents for line in orders[0].lines)
            day = working_day_from(date(LAST_EDITION - 1, 12, self._draw.randint(1, 19)))
            total = ToldLoss(
                kind=LossKind.TOTAL, reason=reason, day=day, edition=LAST_EDITION, net=_written(Money(net))
            )
            return (total,)
        losses = []
        for later, earlier in pairwise(orders):
            kept = {line.product for line in later.lines}
            for line in earlier.lines:
                if line.product not in kept and later.edition == LAST_EDITION and line.product != "MAJ":
                    number = self._range_of[line.product]
                    is_range = all(self._range_of[code] != number for code in kept)
                    losses.append(
                        ToldLoss(
                            kind=LossKind.RANGE if is_range else LossKind.PRODUCT,
                            reason=reason,
                            day=later.signed_on,
                            edition=LAST_EDITION,
                            net=_written(self._net(line, earlier.edition)),
                            sub_order=number,
                            product="" if is_range else line.product,
                        )
                    )
        return tuple(losses)

    def _net(self, line: ToldLine, edition: int) -> Money:
        price = parse_amount(line.unit_price) if line.unit_price else self._prices[line.product][edition - 2025]
        return price.times(line.quantity).less(VatRate.parse(line.discount).basis_points)


def _written(net: Money) -> str:
    """Write an amount as it is told."""
    whole, rest = divmod(abs(net.cents), 100)
    return f"{'-' if net.cents < 0 else ''}{whole},{rest:02d}"


def _elided(name: str) -> str:
    """Write "Garage d’Épernon" for "Garage de Épernon"."""
    return re.sub(r"\bde ([AEIOUYÉÈÊÎH])", r"d’\1", name)


def _slug(name: str) -> str:
    """Write a name as an address on the net has it."""
    plain = unicodedata.normalize("NFKD", name.replace("’", " ")).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))
