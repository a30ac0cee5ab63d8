"""Turns the accounts as told into values of the trade: amounts by the trade's own rules, days counted from today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from app.domain.accounts.account import Account, Address, AdvertiserDetails, Contact
from app.domain.accounts.activity import Activity, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Price, Product, ProductRange
from app.domain.catalogue.slot import Slot, SlotState
from app.domain.desk.request import Request
from app.domain.identifiers import (
    AccountId,
    ActivityId,
    ContactId,
    LineId,
    LossId,
    OrderId,
    ProductId,
    ProposalId,
    RangeId,
    RepId,
    RequestId,
    SlotId,
    SubOrderId,
)
from app.domain.money import VatRate, parse_amount
from app.domain.sales.editing import with_new_line, with_sub_orders
from app.domain.sales.losses import Loss
from app.domain.sales.order import Amendment, Order, OrderedSubOrder, OrderLine
from app.domain.sales.payment_plan import first_due
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.domain.sales.renewal import renewed
from sync.server.training import papers
from sync.server.training.story import (
    ToldAccount,
    ToldActivity,
    ToldCatalogue,
    ToldLine,
    ToldOrder,
    ToldProduct,
    ToldProposal,
    ToldRep,
    day_of,
    instant_of,
)

NewId = Callable[[], str]
EDITION = 2027
"""The edition that is being sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Ranges and products, and where to find them by number and code."""

    ranges: Mapping[str, ProductRange]
    products: Mapping[str, Product]

    def range_of(self, product: Product) -> ProductRange:
        """Give the range a product is in."""
        return next(family for family in self.ranges.values() if family.id == product.range_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An account with all that bears its id."""

    account: Account
    orders: tuple[Order, ...]
    proposals: tuple[Proposal, ...]
    activities: tuple[Activity, ...]
    preparation: tuple[PreparationItem, ...]
    discoveries: tuple[Discovery, ...]
    opportunities: tuple[Opportunity, ...]
    requests: tuple[Request, ...]
    losses: tuple[Loss, ...]


def rep_of(told: ToldRep, team: str, new_id: NewId) -> Rep:
    """Make a rep."""
    limit = VatRate.parse(told.discount_limit).basis_points
    return Rep(id=RepId(new_id()), login=told.login, name=told.name, email=told.email, team=team, discount_limit=limit)


def catalogue_of(told: ToldCatalogue, new_id: NewId) -> Catalogue:
    """Make ranges and products with a price in every edition."""
    ranges: dict[str, ProductRange] = {}
    products: dict[str, Product] = {}
    for family in told.ranges:
        made = ProductRange(id=RangeId(new_id()), number=family.number, name=family.name, chart=family.chart)
        ranges[family.number] = made
        for product in family.products:
            products[product.code] = Product(
                id=ProductId(new_id()),
                code=product.code,
                name=product.name,
                kind=family.kind,
                range_id=made.id,
                vat_rate=VatRate.parse(product.vat),
                is_display=product.display,
                is_favourite=product.favourite,
                pitch=product.pitch,
                prices=tuple(_prices(told, product)),
            )
    return Catalogue(ranges=ranges, products=products)


def slots_of(told: ToldCatalogue, catalogue: Catalogue, new_id: NewId) -> tuple[Slot, ...]:
    """Make the limited places of the edition that is sold."""
    return tuple(
        Slot(
            id=SlotId(new_id()),
            product_id=catalogue.products[product.code].id,
            edition=EDITION,
            area=places.area,
            period=places.period,
            number=number,
            state=SlotState.HELD if number <= places.held else SlotState.FREE,
        )
        for family in told.ranges
        for product in family.products
        for places in product.places
        for number in range(1, places.count + 1)
    )


def _prices(told: ToldCatalogue, product: ToldProduct) -> Iterator[Price]:
    for (edition, held), net in zip(sorted(told.lists.items()), product.prices, strict=True):
        until = product.until.get(edition, held.until)
        yield Price(edition=edition, net=parse_amount(net), valid_from=held.since, valid_until=until)


class Teller:
    """Turns one account after the other into values, for a day and a rep."""

    def __init__(self, catalogue: Catalogue, today: date, new_id: NewId) -> None:
        self._catalogue = catalogue
        self._today = today
        self._new_id = new_id

    def whole(self, told: ToldAccount, place: int, rep: Rep) -> Whole:
        """Make an account with all that belongs to it; `place` gives its company's numbers."""
        account = self._account(told, place, rep)
        orders = tuple(self._order(told, order, account.id) for order in told.orders)
        people = {contact.name: contact.id for contact in account.contacts}
        return Whole(
            account=account,
            orders=orders,
            proposals=tuple(self._proposal(told, proposal, account.id, orders) for proposal in told.proposals),
            activities=tuple(self._activity(entry, account.id, people, rep) for entry in told.timeline),
            preparation=tuple(
                PreparationItem(
                    id=self._activity_id(),
                    account_id=account.id,
                    position=position,
                    subject=item.subject,
                    is_done=item.done,
                )
                for position, item in enumerate(told.preparation)
            ),
            discoveries=self._discoveries(told, account.id),
            opportunities=tuple(
                Opportunity(
                    id=self._activity_id(),
                    account_id=account.id,
                    purpose=chance.purpose,
                    potential=parse_amount(chance.potential),
                    probability=chance.probability,
                    period=chance.period,
                    closes_on=day_of(chance.closes_on, self._today),
                )
                for chance in told.opportunities
            ),
            requests=tuple(
                Request(
                    id=RequestId(self._new_id()),
                    account_id=account.id,
                    kind=request.kind,
                    title=request.title,
                    body=request.body,
                    made_at=instant_of(request.at, self._today),
                    state=request.state,
                    sub_order=request.sub_order,
                    author=request.author,
                )
                for request in told.requests
            ),
            losses=self._losses(told, account.id),
        )

    def _activity_id(self) -> ActivityId:
        return ActivityId(self._new_id())

    def _account(self, told: ToldAccount, place: int, rep: Rep) -> Account:
        address = Address(street=told.address.street, postcode=told.address.postcode, city=told.address.city)
        published = told.published
        contacts = tuple(
            Contact(
                id=ContactId(self._new_id()),
                name=contact.name,
                role=contact.role,
                email=contact.email,
                mobile=contact.mobile,
                phone=contact.phone,
                is_signatory=contact.signatory,
            )
            for contact in told.contacts
        )
        return Account(
            id=AccountId(self._new_id()),
            number=told.number,
            trade_name=told.trade_name,
            legal_name=told.legal_name or told.trade_name,
            siret=papers.siret(place) if told.has_siret else "",
            vat_number=papers.vat_number(place) if told.has_siret else "",
            iban=papers.iban(place) if told.orders else "",
            activity=told.activity,
            area=told.area,
            address=address,
            language=told.language,
            status=told.status,
            rep_id=rep.id,
            customer_since=told.customer_since,
            renew_by=None if told.renew_by is None else day_of(told.renew_by, self._today),
            details=AdvertiserDetails(
                name=told.trade_name,
                address=address,
                phone=published.phone,
                site=published.site,
                opening_hours=published.opening_hours,
            ),
            contacts=contacts,
        )

    def _order(self, told: ToldAccount, order: ToldOrder, account_id: AccountId) -> Order:
        by_range: dict[str, list[OrderLine]] = {}
        for line in order.lines:
            product = self._catalogue.products[line.product]
            family = self._catalogue.range_of(product)
            by_range.setdefault(family.number, []).append(self._order_line(told, order.edition, line, product))
        return Order(
            id=OrderId(self._new_id()),
            account_id=account_id,
            number=order.number,
            edition=order.edition,
            signed_on=order.signed_on,
            status=order.status,
            sub_orders=tuple(self._sub_order(order, number, lines) for number, lines in sorted(by_range.items())),
        )

    def _sub_order(self, order: ToldOrder, number: str, lines: list[OrderLine]) -> OrderedSubOrder:
        family = self._catalogue.ranges[number]
        amendments = tuple(
            Amendment(number=f"{place:02d}", on=made.day, net=parse_amount(made.net), subject=made.subject)
            for place, made in enumerate(order.amendments.get(number, ()), 1)
        )
        return OrderedSubOrder(
            id=SubOrderId(self._new_id()),
            number=number,
            range_id=family.id,
            range_name=family.name,
            lines=tuple(lines),
            amendments=amendments,
        )

    def _order_line(self, told: ToldAccount, edition: int, line: ToldLine, product: Product) -> OrderLine:
        price = parse_amount(line.unit_price) if line.unit_price is not None else product.price_for(edition).net
        discount = VatRate.parse(line.discount).basis_points
        return OrderLine(
            id=LineId(self._new_id()),
            product_id=product.id,
            product=product.code,
            label=product.name,
            net=price.times(line.quantity).less(discount),
            vat_rate=product.vat_rate,
            quantity=line.quantity,
            unit_price=price,
            discount=discount,
            period=line.period,
            **_where(told, line),
        )

    def _proposal(
        self, told: ToldAccount, proposal: ToldProposal, account_id: AccountId, orders: tuple[Order, ...]
    ) -> Proposal:
        latest = max((order.edition for order in orders), default=None)
        running = [part for order in orders if order.edition == latest for part in order.sub_orders]
        products = {product.id: product for product in self._catalogue.products.values()}
        made = Proposal(
            id=ProposalId(self._new_id()),
            account_id=account_id,
            name=proposal.name,
            edition=EDITION,
            kind=proposal.kind,
            plan_template=proposal.plan,
            first_due_on=first_due(self._today, EDITION),
        )
        if proposal.renew:
            made = with_sub_orders(made, [renewed(part, products, EDITION, self._new_id) for part in running])
        for line in proposal.add:
            product = self._catalogue.products[line.product]
            family = self._catalogue.range_of(product)
            where = _where(told, line)
            made = with_new_line(made, product, family, self._new_id, period=line.period, **where)
        return replace(made, status=ProposalStatus(proposal.status))

    def _activity(
        self, told: ToldActivity, account_id: AccountId, people: Mapping[str, ContactId], rep: Rep
    ) -> Activity:
        is_own = told.author == rep.name or told.kind.value == "appointment"
        return Activity(
            id=self._activity_id(),
            account_id=account_id,
            kind=told.kind,
            subject=told.subject.replace("{weekday}", WEEKDAYS[self._today.weekday()]),
            at=instant_of(told.at, self._today),
            detail=told.detail,
            seconds=told.minutes * 60,
            place=told.place,
            contact_id=people[told.contact] if told.contact else None,
            rep_id=rep.id if is_own else None,
            author=told.author,
            due_on=None if told.due is None else day_of(told.due, self._today),
        )

    def _discoveries(self, told: ToldAccount, account_id: AccountId) -> tuple[Discovery, ...]:
        if told.discovery is None:
            return ()
        answers = tuple(told.discovery.answers.items())
        return (Discovery(id=self._activity_id(), account_id=account_id, answers=answers, quote=told.discovery.quote),)

    def _losses(self, told: ToldAccount, account_id: AccountId) -> tuple[Loss, ...]:
        return tuple(
            Loss(
                id=LossId(self._new_id()),
                account_id=account_id,
                kind=loss.kind,
                reason=loss.reason,
                on=loss.day,
                net=parse_amount(loss.net),
                edition=loss.edition,
                sub_order=loss.sub_order,
                range_name=self._catalogue.ranges[loss.sub_order].name if loss.sub_order else "",
                product=self._catalogue.products[loss.product].name if loss.product else "",
            )
            for loss in told.losses
        )


WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def _where(told: ToldAccount, line: ToldLine) -> dict[str, str]:
    return {
        "activity": told.heading if line.heading is None else line.heading,
        "area": told.area if line.area is None else line.area,
    }
