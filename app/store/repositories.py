"""Reads and saves the values of the trade within a unit of work."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert, select

from app.domain.accounts.account import Account
from app.domain.accounts.activity import Activity, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Product, ProductRange
from app.domain.desk.request import Request
from app.domain.identifiers import (
    AccountId,
    ActivityId,
    DocumentId,
    LossId,
    OrderId,
    ProductId,
    ProposalId,
    RangeId,
    RepId,
    RequestId,
)
from app.domain.refusal import Refusal
from app.domain.sales.losses import Loss
from app.domain.sales.order import Order
from app.domain.sales.proposal import Proposal
from app.domain.signature.ceremony import Document
from app.store import assembling, codecs
from app.store.codec import Codec
from app.store.rows.base import table_of
from app.store.rows.device import BlobRow
from app.store.tracked import Source, TrackedRows

V = TypeVar("V")
_BLOB = table_of(BlobRow)
_IS_ON_ITS_WAY = (
    "SELECT 1 FROM changeset_entry e JOIN changeset c ON c.mid = e.mid "
    "WHERE e.table_name = 'document' AND e.row_id = ? AND c.state IN ('pending', 'sent')"
)
_CONTENT = select(_BLOB.c.content).where(_BLOB.c.sha256 == bindparam("wanted"))


def one(found: Sequence[V], what: str, row_id: str) -> V:
    """Give the one value found. Raises Refusal NOT_FOUND."""
    if not found:
        raise Refusal("NOT_FOUND", {"what": what, "id": row_id})
    return found[0]


def single(source: Source, codec: Codec[V], row_id: str) -> V:
    """Give the value of one row that has no parts. Raises Refusal NOT_FOUND."""
    return codec.value(one(source.rows(codec.table, "id", (row_id,)), codec.table.name, row_id))


def several(source: Source, codec: Codec[V], column: str, value: str) -> tuple[V, ...]:
    """Give the values of all rows whose column holds the value, oldest name first."""
    return tuple(codec.value(record) for record in source.rows(codec.table, column, (value,)))


def content_of(connection: Connection, sha256: str) -> bytes:
    """Give the bytes of a file. Raises Refusal NOT_FOUND."""
    found = connection.execute(_CONTENT, {"wanted": sha256}).scalar_one_or_none()
    if found is None:
        raise Refusal("NOT_FOUND", {"what": "content", "id": sha256})
    return bytes(found)


class SqlAccounts:
    """Accounts with their contacts and published details."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, account_id: AccountId) -> Account:
        return one(assembling.accounts_from(self._rows, "id", (account_id,)), "account", account_id)

    def save(self, account: Account) -> None:
        self._rows.save(assembling.account_parts(self._rows, account))


class SqlActivities:
    """The timeline, the preparation list, discoveries and opportunities."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, activity_id: ActivityId) -> Activity:
        return single(self._rows, codecs.ACTIVITY, activity_id)

    def save(self, activity: Activity) -> None:
        self._rows.put(codecs.ACTIVITY.table, codecs.ACTIVITY.record(activity))

    def get_preparation(self, item_id: ActivityId) -> PreparationItem:
        return single(self._rows, codecs.PREPARATION_ITEM, item_id)

    def save_preparation(self, item: PreparationItem) -> None:
        self._rows.put(codecs.PREPARATION_ITEM.table, codecs.PREPARATION_ITEM.record(item))

    def discovery_of(self, account_id: AccountId) -> Discovery | None:
        found = several(self._rows, codecs.DISCOVERY, "account_id", account_id)
        return found[-1] if found else None

    def save_discovery(self, discovery: Discovery) -> None:
        self._rows.put(codecs.DISCOVERY.table, codecs.DISCOVERY.record(discovery))

    def get_opportunity(self, opportunity_id: ActivityId) -> Opportunity:
        return single(self._rows, codecs.OPPORTUNITY, opportunity_id)

    def save_opportunity(self, opportunity: Opportunity) -> None:
        self._rows.put(codecs.OPPORTUNITY.table, codecs.OPPORTUNITY.record(opportunity))


class SqlCatalogue:
    """Ranges and products with their prices."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, product_id: ProductId) -> Product:
        return one(assembling.products_from(self._rows, "id", (product_id,)), "product", product_id)

    def several(self, product_ids: Sequence[ProductId]) -> dict[ProductId, Product]:
        """Give those of the products that exist."""
        wanted = sorted(set(product_ids))
        found = assembling.products_from(self._rows, "id", wanted) if wanted else []
        return {product.id: product for product in found}

    def save(self, product: Product) -> None:
        self._rows.save(assembling.product_parts(self._rows, product))

    def get_range(self, range_id: RangeId) -> ProductRange:
        return single(self._rows, codecs.PRODUCT_RANGE, range_id)

    def save_range(self, family: ProductRange) -> None:
        self._rows.put(codecs.PRODUCT_RANGE.table, codecs.PRODUCT_RANGE.record(family))


class SqlOrders:
    """Orders that run or ran."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, order_id: OrderId) -> Order:
        return one(assembling.orders_from(self._rows, "id", (order_id,)), "customer_order", order_id)

    def of_account(self, account_id: AccountId) -> tuple[Order, ...]:
        """Give the account's orders, latest edition first."""
        return latest_first(assembling.orders_from(self._rows, "account_id", (account_id,)))

    def save(self, order: Order) -> None:
        self._rows.save(assembling.order_parts(self._rows, order))


def latest_first(orders: Sequence[Order]) -> tuple[Order, ...]:
    """Put orders in the order of screens: latest edition first, then the latest signed."""
    return tuple(sorted(orders, key=lambda order: (order.edition, order.signed_on, order.number), reverse=True))


class SqlProposals:
    """Proposals with their sub-orders, lines and plan."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, proposal_id: ProposalId) -> Proposal:
        return one(assembling.proposals_from(self._rows, "id", (proposal_id,)), "proposal", proposal_id)

    def of_account(self, account_id: AccountId) -> tuple[Proposal, ...]:
        """Give the account's proposals, oldest first."""
        return tuple(assembling.proposals_from(self._rows, "account_id", (account_id,)))

    def save(self, proposal: Proposal) -> None:
        self._rows.save(assembling.proposal_parts(self._rows, proposal))

    def remove(self, proposal_id: ProposalId) -> None:
        """Take a proposal away with all its parts. Raises Refusal NOT_FOUND."""
        parts = assembling.proposal_parts(self._rows, self.get(proposal_id))
        self._rows.save((table, stored, ()) for table, stored, _ in parts)


class SqlLosses:
    """Recorded losses."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, loss_id: LossId) -> Loss:
        return single(self._rows, codecs.LOSS, loss_id)

    def save(self, loss: Loss) -> None:
        self._rows.put(codecs.LOSS.table, codecs.LOSS.record(loss))

    def of_account(self, account_id: AccountId) -> tuple[Loss, ...]:
        return several(self._rows, codecs.LOSS, "account_id", account_id)


class SqlRequests:
    """Requests to customer service."""

    def __init__(self, rows: TrackedRows) -> None:
        self._rows = rows

    def get(self, request_id: RequestId) -> Request:
        return single(self._rows, codecs.REQUEST, request_id)

    def save(self, request: Request) -> None:
        self._rows.put(codecs.REQUEST.table, codecs.REQUEST.record(request))


class SqlDocuments:
    """Kept documents: they are added, and never change."""

    def __init__(self, rows: TrackedRows, connection: Connection) -> None:
        self._rows = rows
        self._connection = connection

    def get(self, document_id: DocumentId) -> Document:
        return single(self._rows, codecs.DOCUMENT, document_id)

    def content(self, sha256: str) -> bytes:
        return content_of(self._connection, sha256)

    def add(self, document: Document, content: bytes) -> None:
        """Keep a document. Raises Refusal DOCUMENT_KEPT or DOCUMENT_DAMAGED."""
        if self._rows.row(codecs.DOCUMENT.table, document.id) is not None:
            raise Refusal("DOCUMENT_KEPT", {"number": document.number})
        if hashlib.sha256(content).hexdigest() != document.sha256 or len(content) != document.size:
            raise Refusal("DOCUMENT_DAMAGED", {"number": document.number})
        self._rows.put(codecs.DOCUMENT.table, codecs.DOCUMENT.record(document))
        is_there = select(_BLOB.c.size).where(_BLOB.c.sha256 == document.sha256)
        if self._connection.execute(is_there).first() is None:
            file = {"sha256": document.sha256, "size": len(content), "content": content}
            self._connection.execute(insert(_BLOB), file)

    def send_again(self, document_id: DocumentId) -> bool:
        if self._connection.exec_driver_sql(_IS_ON_ITS_WAY, (document_id,)).first() is not None:
            return False
        return self._rows.tell_again(codecs.DOCUMENT.table, document_id)

    def of_proposal(self, proposal_id: ProposalId) -> tuple[Document, ...]:
        return several(self._rows, codecs.DOCUMENT, "proposal_id", proposal_id)


class SqlReps:
    """The rep who works here."""

    def __init__(self, rows: TrackedRows, me: RepId) -> None:
        self._rows = rows
        self._me = me

    def me(self) -> Rep:
        """Give the rep who works here. Raises Refusal NOT_FOUND before the first pull."""
        return single(self._rows, codecs.REP, self._me)
