"""Every read that a screen makes, on the store's reading side; see app.ports.readers.Readers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import Connection, Engine

from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Product, ProductRange
from app.domain.catalogue.slot import Slot
from app.domain.desk.request import Request
from app.domain.identifiers import AccountId, OrderId, ProductId, ProposalId, RepId, SlotId
from app.domain.money import Money, VatRate, totals
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.domain.sales.reservation import SlotBook
from app.domain.signature.ceremony import Document
from app.ports.clock import Clock
from app.ports.readers import (
    AccountFilter,
    AccountItem,
    AccountPicture,
    DashboardPicture,
    Hit,
    OrderItem,
    ProposalItem,
    SyncPicture,
    TodayPicture,
)
from app.store import codecs
from app.store.assembling import accounts_from, orders_from, products_from, proposals_from
from app.store.failures import told_as_trouble
from app.store.folding import folded
from app.store.reading.account_list import Totals, account_items
from app.store.reading.dashboard import dashboard
from app.store.reading.day import today
from app.store.reading.search import search
from app.store.reading.sql import matching, values_where
from app.store.reading.waiting import sync_picture
from app.store.repositories import content_of, latest_first, one, several, single
from app.store.slot_book import book_of, slots_of
from app.store.tracked import PlainRows

_KINDS = list(ProposalKind)

_PROPOSALS = """
SELECT p.id, p.account_id, a.trade_name, p.name, p.kind, p.status, p.edition, l.vat_rate, sum(l.net)
FROM proposal p JOIN account a ON a.id = p.account_id JOIN account_index i ON i.account_id = a.id
LEFT JOIN proposal_sub_order s ON s.proposal_id = p.id LEFT JOIN proposal_line l ON l.sub_order_id = s.id
{where} GROUP BY p.id, l.vat_rate ORDER BY p.id"""

_ORDERS = """
SELECT o.id, o.account_id, a.trade_name, o.number, o.edition, o.signed_on, o.status,
  coalesce((SELECT sum(l.net) FROM ordered_sub_order s JOIN order_line l ON l.sub_order_id = s.id
    WHERE s.order_id = o.id), 0)
FROM customer_order o JOIN account a ON a.id = o.account_id ORDER BY o.signed_on DESC, o.id DESC LIMIT ? OFFSET ?"""

_PRODUCTS = "ORDER BY (SELECT r.number FROM product_range r WHERE r.id = range_id), code, id LIMIT ?"
_PRODUCTS_FOUND = """WHERE id IN (SELECT e.row_id FROM entry_search JOIN search_entry e ON e.n = entry_search.rowid
WHERE entry_search MATCH ? AND e.kind = 'product') """


class SqlReaders:
    """Reads pictures; each call is one consistent read of the device's store, from any thread.

    `totals` forgets when the unit of work tells what it touched.
    """

    def __init__(self, engine: Engine, clock: Clock, me: RepId) -> None:
        self._engine = engine
        self._clock = clock
        self._me = me
        self.totals = Totals()

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with told_as_trouble(), self._engine.connect() as connection:
            yield connection

    def me(self) -> Rep:
        """Give the rep who works here. Raises Refusal NOT_FOUND before the first pull."""
        with self._read() as connection:
            return single(PlainRows(connection), codecs.REP, self._me)

    def today(self, day: date) -> TodayPicture:
        with self._read() as connection:
            return today(connection, day, self._me)

    def count_accounts(self, wanted: AccountFilter) -> tuple[int, Money]:
        with self._read() as connection:
            count, net = self.totals.of(connection, wanted)
            return count, Money(net)

    def accounts(self, wanted: AccountFilter, offset: int, limit: int) -> tuple[AccountItem, ...]:
        with self._read() as connection:
            return account_items(connection, self.totals, wanted, offset, limit, self._clock.now())

    def areas(self) -> tuple[str, ...]:
        """Give the areas of the portfolio, by name."""
        statement = "SELECT DISTINCT area FROM account_figure WHERE area <> '' ORDER BY area"
        with self._read() as connection:
            return tuple(connection.exec_driver_sql(statement).scalars())

    def account(self, account_id: AccountId) -> AccountPicture:
        """Give the preparation grid. Raises Refusal NOT_FOUND."""
        with self._read() as connection:
            rows = PlainRows(connection)
            discoveries = several(rows, codecs.DISCOVERY, "account_id", account_id)
            return AccountPicture(
                account=one(accounts_from(rows, "id", (account_id,)), "account", account_id),
                preparation=several(rows, codecs.PREPARATION_ITEM, "account_id", account_id),
                discovery=discoveries[-1] if discoveries else None,
                opportunities=several(rows, codecs.OPPORTUNITY, "account_id", account_id),
                timeline=tuple(
                    values_where(
                        connection, codecs.ACTIVITY, "WHERE account_id = ? ORDER BY at DESC, id DESC", (account_id,)
                    )
                ),
                orders=latest_first(orders_from(rows, "account_id", (account_id,))),
                proposals=tuple(
                    sorted(
                        proposals_from(rows, "account_id", (account_id,)), key=lambda found: _KINDS.index(found.kind)
                    )
                ),
                requests=several(rows, codecs.REQUEST, "account_id", account_id)[::-1],
                losses=several(rows, codecs.LOSS, "account_id", account_id)[::-1],
                documents=several(rows, codecs.DOCUMENT, "account_id", account_id)[::-1],
            )

    def proposal(self, proposal_id: ProposalId) -> Proposal:
        """Give a proposal. Raises Refusal NOT_FOUND."""
        with self._read() as connection:
            return one(proposals_from(PlainRows(connection), "id", (proposal_id,)), "proposal", proposal_id)

    def proposals(self, account_id: AccountId | None = None) -> tuple[ProposalItem, ...]:
        """Give an account's proposals, the default one first; without an account all, latest first."""
        where = "" if account_id is None else "WHERE p.account_id = ?"
        bound = () if account_id is None else (account_id,)
        with self._read() as connection:
            found = connection.exec_driver_sql(_PROPOSALS.format(where=where), bound).all()
        by_id: dict[str, list[int]] = {}
        for place, row in enumerate(found):
            by_id.setdefault(row[0], []).append(place)
        items = []
        for places in by_id.values():
            first = found[places[0]]
            amounts = [found[place] for place in places if found[place][7] is not None]
            sums = totals((VatRate(row[7]), Money(row[8])) for row in amounts)
            items.append(
                ProposalItem(
                    id=ProposalId(first[0]),
                    account_id=AccountId(first[1]),
                    account_name=first[2],
                    name=first[3],
                    kind=ProposalKind(first[4]),
                    status=ProposalStatus(first[5]),
                    edition=first[6],
                    net=sums.net,
                    gross=sums.gross,
                )
            )
        if account_id is None:
            return tuple(reversed(items))
        return tuple(sorted(items, key=lambda item: _KINDS.index(item.kind)))

    def orders(self, offset: int, limit: int) -> tuple[OrderItem, ...]:
        """Give one page of the orders, latest signed first."""
        with self._read() as connection:
            found = connection.exec_driver_sql(_ORDERS, (limit, offset)).all()
        return tuple(
            OrderItem(
                id=OrderId(row[0]),
                account_id=AccountId(row[1]),
                account_name=row[2],
                number=row[3],
                edition=row[4],
                signed_on=date.fromisoformat(row[5]),
                status=row[6],
                net=Money(row[7]),
            )
            for row in found
        )

    def requests(self) -> tuple[tuple[Request, str], ...]:
        with self._read() as connection:
            found = values_where(connection, codecs.REQUEST, "ORDER BY made_at DESC, id DESC")
            statement = "SELECT id, trade_name FROM account WHERE id IN (SELECT account_id FROM request)"
            names = {row[0]: row[1] for row in connection.exec_driver_sql(statement)}
        return tuple((request, names.get(request.account_id, "")) for request in found)

    def ranges(self) -> tuple[ProductRange, ...]:
        """Give the ranges in the order of their numbers."""
        with self._read() as connection:
            return tuple(values_where(connection, codecs.PRODUCT_RANGE, "ORDER BY number, id"))

    def products(self, text: str = "", limit: int = 200) -> tuple[Product, ...]:
        """Give the products whose name, code or pitch holds words that begin so, by range and code."""
        words = tuple(folded(text).split())
        if text and not words:
            return ()
        tail = (_PRODUCTS_FOUND if words else "") + _PRODUCTS
        bound = (*((matching(words),) if words else ()), limit)
        with self._read() as connection:
            statement = f"SELECT id FROM product {tail}"  # noqa: S608 - values are bound
            ids = list(connection.exec_driver_sql(statement, bound).scalars())
            found = {product.id: product for product in products_from(PlainRows(connection), "id", ids)}
        return tuple(found[ProductId(row_id)] for row_id in ids)

    def product(self, product_id: ProductId) -> Product:
        """Give a product. Raises Refusal NOT_FOUND."""
        with self._read() as connection:
            return one(products_from(PlainRows(connection), "id", (product_id,)), "product", product_id)

    def slots(self, product_id: ProductId, edition: int) -> tuple[Slot, ...]:
        with self._read() as connection:
            return slots_of(PlainRows(connection), product_id, edition)

    def slot(self, slot_id: SlotId) -> Slot:
        """Give a limited place. Raises Refusal NOT_FOUND."""
        with self._read() as connection:
            return single(PlainRows(connection), codecs.SLOT, slot_id)

    def slot_book(self, proposal: Proposal) -> SlotBook:
        with self._read() as connection:
            return book_of(PlainRows(connection), proposal)

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        with self._read() as connection:
            return search(connection, text, limit)

    def sync(self) -> SyncPicture:
        with self._read() as connection:
            return sync_picture(connection)

    def dashboard(self, edition: int) -> DashboardPicture:
        with self._read() as connection:
            return dashboard(connection, edition)

    def documents(self, proposal_id: ProposalId) -> tuple[Document, ...]:
        with self._read() as connection:
            return several(PlainRows(connection), codecs.DOCUMENT, "proposal_id", proposal_id)

    def content(self, sha256: str) -> bytes:
        """Give the bytes of a kept document. Raises Refusal NOT_FOUND."""
        with self._read() as connection:
            return content_of(connection, sha256)
