"""Puts aggregates together from their rows, and takes them apart: accounts, products, orders, proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import Table

from app.domain.accounts.account import Account, AdvertiserDetails
from app.domain.catalogue.product import Product
from app.domain.sales.order import Order
from app.domain.sales.proposal import Proposal
from app.store import codecs
from app.store.codec import Codec, Record
from app.store.naming import part_id
from app.store.tracked import Source

V = TypeVar("V")
Parts = list[tuple[Table, Sequence[Record], Sequence[Record]]]
"""For each table of an aggregate, owners first: the rows as stored and as wanted."""


# ------------------------------------------------------------------------------------------------ together
def accounts_from(source: Source, column: str, values: Sequence[str]) -> list[Account]:
    """Give the accounts whose column (`id`, `number`, `rep_id`) holds one of the values; three reads in all."""
    owners = source.rows(codecs.ACCOUNT.table, column, values)
    ids = [str(owner["id"]) for owner in owners]
    contacts = _by("account_id", source.rows(codecs.CONTACT.table, "account_id", ids) if ids else ())
    details = _by("account_id", source.rows(codecs.DETAILS.table, "account_id", ids) if ids else ())
    return [
        codecs.ACCOUNT.value(
            owner,
            contacts=_values(codecs.CONTACT, contacts[owner["id"]]),
            details=next(iter(_values(codecs.DETAILS, details[owner["id"]])), AdvertiserDetails()),
        )
        for owner in owners
    ]


def products_from(source: Source, column: str, values: Sequence[str]) -> list[Product]:
    """Give the products whose column holds one of the values; two reads in all."""
    owners = source.rows(codecs.PRODUCT.table, column, values)
    ids = [str(owner["id"]) for owner in owners]
    prices = _by("product_id", source.rows(codecs.PRICE.table, "product_id", ids) if ids else ())
    return [codecs.PRODUCT.value(owner, prices=_values(codecs.PRICE, prices[owner["id"]])) for owner in owners]


def orders_from(source: Source, column: str, values: Sequence[str]) -> list[Order]:
    """Give the orders whose column (`id`, `account_id`) holds one of the values, by number; four reads in all."""
    owners = source.rows(codecs.ORDER.table, column, values)
    ids = [str(owner["id"]) for owner in owners]
    parts = source.rows(codecs.ORDERED_SUB_ORDER.table, "order_id", ids) if ids else []
    part_ids = [str(part["id"]) for part in parts]
    lines = _by("sub_order_id", source.rows(codecs.ORDER_LINE.table, "sub_order_id", part_ids) if parts else ())
    made = _by("sub_order_id", source.rows(codecs.AMENDMENT.table, "sub_order_id", part_ids) if parts else ())
    by_order = _by("order_id", parts)
    return [
        codecs.ORDER.value(
            owner,
            sub_orders=tuple(
                codecs.ORDERED_SUB_ORDER.value(
                    part,
                    lines=_values(codecs.ORDER_LINE, lines[part["id"]]),
                    amendments=_values(codecs.AMENDMENT, made[part["id"]]),
                )
                for part in by_order[owner["id"]]
            ),
        )
        for owner in owners
    ]


def proposals_from(source: Source, column: str, values: Sequence[str]) -> list[Proposal]:
    """Give the proposals whose column (`id`, `account_id`) holds one of the values, oldest first; four reads."""
    owners = source.rows(codecs.PROPOSAL.table, column, values)
    ids = [str(owner["id"]) for owner in owners]
    parts = source.rows(codecs.SUB_ORDER.table, "proposal_id", ids) if ids else []
    part_ids = [str(part["id"]) for part in parts]
    lines = _by("sub_order_id", source.rows(codecs.LINE.table, "sub_order_id", part_ids) if parts else ())
    instalments = _by("proposal_id", source.rows(codecs.INSTALMENT.table, "proposal_id", ids) if ids else ())
    by_proposal = _by("proposal_id", parts)
    return [
        codecs.PROPOSAL.value(
            owner,
            sub_orders=tuple(
                codecs.SUB_ORDER.value(part, lines=_values(codecs.LINE, lines[part["id"]]))
                for part in by_proposal[owner["id"]]
            ),
            payment_plan=_values(codecs.INSTALMENT, instalments[owner["id"]]),
        )
        for owner in owners
    ]


def _values(codec: Codec[V], records: Iterable[Record]) -> tuple[V, ...]:
    return tuple(codec.value(record) for record in records)


def _by(column: str, records: Iterable[Record]) -> Mapping[object, list[Record]]:
    groups: dict[object, list[Record]] = defaultdict(list)
    for record in records:
        groups[record[column]].append(record)
    return groups


# ------------------------------------------------------------------------------------------------ apart
def account_parts(source: Source, account: Account) -> Parts:
    """Take an account apart."""
    contacts = source.rows(codecs.CONTACT.table, "account_id", (account.id,))
    details = source.rows(codecs.DETAILS.table, "account_id", (account.id,))
    published = [codecs.DETAILS.record(account.details, id=account.id, account_id=account.id)]
    if not details and account.details == AdvertiserDetails():
        published = []
    people = [codecs.CONTACT.record(person, account_id=account.id) for person in account.contacts]
    return [
        (
            codecs.ACCOUNT.table,
            source.rows(codecs.ACCOUNT.table, "id", (account.id,)),
            [codecs.ACCOUNT.record(account)],
        ),
        (codecs.CONTACT.table, contacts, _placed(people, contacts)),
        (codecs.DETAILS.table, details, published),
    ]


def product_parts(source: Source, product: Product) -> Parts:
    """Take a product apart."""
    stored = source.rows(codecs.PRICE.table, "product_id", (product.id,))
    prices = [codecs.PRICE.record(price, product_id=product.id) for price in product.prices]
    return [
        (
            codecs.PRODUCT.table,
            source.rows(codecs.PRODUCT.table, "id", (product.id,)),
            [codecs.PRODUCT.record(product)],
        ),
        (codecs.PRICE.table, stored, _named(codecs.PRICE.table, product.id, prices, stored)),
    ]


def order_parts(source: Source, order: Order) -> Parts:
    """Take an order apart."""
    owned = {"account_id": order.account_id}
    stored_parts = source.rows(codecs.ORDERED_SUB_ORDER.table, "order_id", (order.id,))
    ids = [str(part["id"]) for part in stored_parts]
    stored_lines = source.rows(codecs.ORDER_LINE.table, "sub_order_id", ids) if ids else []
    stored_made = source.rows(codecs.AMENDMENT.table, "sub_order_id", ids) if ids else []
    lines_of, made_of = _by("sub_order_id", stored_lines), _by("sub_order_id", stored_made)
    lines: list[Record] = []
    made: list[Record] = []
    for part in order.sub_orders:
        where = {**owned, "sub_order_id": part.id}
        lines += _placed([codecs.ORDER_LINE.record(line, **where) for line in part.lines], lines_of[part.id])
        amendments = [codecs.AMENDMENT.record(amendment, **where) for amendment in part.amendments]
        made += _named(codecs.AMENDMENT.table, part.id, amendments, made_of[part.id])
    parts = [codecs.ORDERED_SUB_ORDER.record(part, order_id=order.id, **owned) for part in order.sub_orders]
    return [
        (codecs.ORDER.table, source.rows(codecs.ORDER.table, "id", (order.id,)), [codecs.ORDER.record(order)]),
        (codecs.ORDERED_SUB_ORDER.table, stored_parts, _placed(parts, stored_parts)),
        (codecs.ORDER_LINE.table, stored_lines, lines),
        (codecs.AMENDMENT.table, stored_made, made),
    ]


def proposal_parts(source: Source, proposal: Proposal) -> Parts:
    """Take a proposal apart."""
    owned = {"account_id": proposal.account_id}
    stored_parts = source.rows(codecs.SUB_ORDER.table, "proposal_id", (proposal.id,))
    ids = [str(part["id"]) for part in stored_parts]
    stored_lines = source.rows(codecs.LINE.table, "sub_order_id", ids) if ids else []
    lines_of = _by("sub_order_id", stored_lines)
    lines: list[Record] = []
    for part in proposal.sub_orders:
        records = [codecs.LINE.record(line, sub_order_id=part.id, **owned) for line in part.lines]
        lines += _placed(records, lines_of[part.id])
    stored_plan = source.rows(codecs.INSTALMENT.table, "proposal_id", (proposal.id,))
    plan = [codecs.INSTALMENT.record(due, proposal_id=proposal.id, **owned) for due in proposal.payment_plan]
    parts = [codecs.SUB_ORDER.record(part, proposal_id=proposal.id, **owned) for part in proposal.sub_orders]
    return [
        (
            codecs.PROPOSAL.table,
            source.rows(codecs.PROPOSAL.table, "id", (proposal.id,)),
            [codecs.PROPOSAL.record(proposal)],
        ),
        (codecs.SUB_ORDER.table, stored_parts, _placed(parts, stored_parts)),
        (codecs.LINE.table, stored_lines, lines),
        (codecs.INSTALMENT.table, stored_plan, _named(codecs.INSTALMENT.table, proposal.id, plan, stored_plan)),
    ]


def _placed(wanted: Sequence[Record], stored: Sequence[Record]) -> list[Record]:
    """Number the parts in their order, keeping the places that already rise, so that few rows change."""
    places = {record["id"]: int(record["position"] or 0) for record in stored}
    numbered: list[Record] = []
    last = -1
    for record in wanted:
        place = places.get(record["id"], -1)
        last = place if place > last else last + 1
        numbered.append({**record, "position": last})
    return numbered


def _named(table: Table, owner: str, wanted: Sequence[Record], stored: Sequence[Record]) -> list[Record]:
    """Name parts that have no name of their own: the stored ones place by place, further ones by owner and place."""
    ids = [str(record["id"]) for record in stored]
    taken, place = set(ids), 0
    while len(ids) < len(wanted):
        name = part_id(table.name, owner, place)
        if name not in taken:
            ids.append(name)
        place += 1
    return _placed([{**record, "id": name} for record, name in zip(wanted, ids, strict=False)], stored)
