"""What is saved is read back as it was: every kind of value, on SQLCipher and on PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.accounts.account import Account
from app.domain.accounts.activity import Activity, Discovery, Opportunity, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Product, ProductRange
from app.domain.desk.request import Request
from app.domain.identifiers import AccountId, ActivityId, DocumentId, ProductId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.losses import Loss
from app.domain.sales.order import Order
from app.domain.sales.proposal import Proposal
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.ports.work import Transaction
from app.store import codecs
from app.store.guard import Writer, writing
from app.store.repositories import latest_first
from app.store.unit_of_work import SqlWork
from tests.store import samples
from tests.store.samples import ME, NOW, fresh

V = TypeVar("V")

# The store outlives an example on purpose: each value bears names of its own.
many = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _holds(
    work: SqlWork, versions: Sequence[V], save: Callable[[Transaction, V], None], read: Callable[[Transaction], V]
) -> None:
    """Each version, saved over the one before, is read back: in the same action and in the next."""
    for version in versions:
        with work.begin("save") as tx:
            save(tx, version)
            assert read(tx) == version
            tx.commit()
        with work.begin("read") as tx:
            assert read(tx) == version


@many
@given(first=samples.accounts, then=samples.accounts)
def test_an_account_is_kept(work: SqlWork, first: Account, then: Account) -> None:
    # Some contacts stay, some go, some come.
    then = replace(then, id=first.id, contacts=(*then.contacts, *first.contacts[1:]))
    _holds(work, (first, then), lambda tx, it: tx.accounts.save(it), lambda tx: tx.accounts.get(first.id))


@many
@given(first=samples.activities, then=samples.activities)
def test_an_activity_is_kept(work: SqlWork, first: Activity, then: Activity) -> None:
    versions = (first, replace(then, id=first.id))
    _holds(work, versions, lambda tx, it: tx.activities.save(it), lambda tx: tx.activities.get(first.id))


@many
@given(first=samples.preparation_items, then=samples.preparation_items)
def test_a_preparation_item_is_kept(work: SqlWork, first: PreparationItem, then: PreparationItem) -> None:
    versions = (first, replace(then, id=first.id))
    _holds(
        work,
        versions,
        lambda tx, it: tx.activities.save_preparation(it),
        lambda tx: tx.activities.get_preparation(first.id),
    )


@many
@given(first=samples.discoveries, then=samples.discoveries)
def test_a_discovery_is_kept(work: SqlWork, first: Discovery, then: Discovery) -> None:
    for version in (first, replace(then, id=first.id, account_id=first.account_id)):
        with work.begin("save") as tx:
            tx.activities.save_discovery(version)
            tx.commit()
        with work.begin("read") as tx:
            assert tx.activities.discovery_of(first.account_id) == version


@many
@given(first=samples.opportunities, then=samples.opportunities)
def test_an_opportunity_is_kept(work: SqlWork, first: Opportunity, then: Opportunity) -> None:
    versions = (first, replace(then, id=first.id))
    _holds(
        work,
        versions,
        lambda tx, it: tx.activities.save_opportunity(it),
        lambda tx: tx.activities.get_opportunity(first.id),
    )


@many
@given(first=samples.product_ranges, then=samples.product_ranges)
def test_a_range_is_kept(work: SqlWork, first: ProductRange, then: ProductRange) -> None:
    versions = (first, replace(then, id=first.id))
    _holds(work, versions, lambda tx, it: tx.catalogue.save_range(it), lambda tx: tx.catalogue.get_range(first.id))


@many
@given(first=samples.products, then=samples.products)
def test_a_product_is_kept_with_its_prices(work: SqlWork, first: Product, then: Product) -> None:
    versions = (first, replace(then, id=first.id, prices=(*then.prices, *first.prices[:1])))
    _holds(work, versions, lambda tx, it: tx.catalogue.save(it), lambda tx: tx.catalogue.get(first.id))
    with work.begin("read") as tx:
        assert tx.catalogue.several((first.id, ProductId(fresh()))) == {first.id: versions[-1]}
        assert tx.catalogue.several(()) == {}


@many
@given(first=samples.orders, then=samples.orders)
def test_an_order_is_kept_with_all_its_parts(work: SqlWork, first: Order, then: Order) -> None:
    then = replace(then, id=first.id, account_id=first.account_id, sub_orders=(*then.sub_orders, *first.sub_orders[:1]))
    _holds(work, (first, then), lambda tx, it: tx.orders.save(it), lambda tx: tx.orders.get(first.id))
    with work.begin("read") as tx:
        assert tx.orders.of_account(first.account_id) == (then,)


@many
@given(first=samples.proposals, then=samples.proposals)
def test_a_proposal_is_kept_with_all_its_parts(work: SqlWork, first: Proposal, then: Proposal) -> None:
    # The parts that stay change their places and some of their lines.
    kept = tuple(replace(part, lines=part.lines[::-1]) for part in reversed(first.sub_orders))
    then = replace(then, id=first.id, account_id=first.account_id, sub_orders=(*kept, *then.sub_orders))
    _holds(work, (first, then), lambda tx, it: tx.proposals.save(it), lambda tx: tx.proposals.get(first.id))
    with work.begin("read") as tx:
        assert tx.proposals.of_account(first.account_id) == (then,)


@many
@given(first=samples.losses, then=samples.losses)
def test_a_loss_is_kept(work: SqlWork, first: Loss, then: Loss) -> None:
    versions = (first, replace(then, id=first.id, account_id=first.account_id))
    _holds(work, versions, lambda tx, it: tx.losses.save(it), lambda tx: tx.losses.get(first.id))
    with work.begin("read") as tx:
        assert tx.losses.of_account(first.account_id) == (versions[-1],)


@many
@given(first=samples.requests, then=samples.requests)
def test_a_request_is_kept(work: SqlWork, first: Request, then: Request) -> None:
    versions = (first, replace(then, id=first.id))
    _holds(work, versions, lambda tx, it: tx.requests.save(it), lambda tx: tx.requests.get(first.id))


@many
@given(content=st.binary(min_size=1, max_size=300))
def test_a_document_is_kept_to_the_byte(work: SqlWork, content: bytes) -> None:
    document = _document(content)
    with work.begin("save") as tx:
        tx.documents.add(document, content)
        tx.commit()
    with work.begin("read") as tx:
        assert tx.documents.get(document.id) == document
        assert tx.documents.content(document.sha256) == content
        assert tx.documents.of_proposal(document.proposal_id) == (document,)


def test_two_documents_may_be_the_same_file(work: SqlWork) -> None:
    with work.begin("save") as tx:
        first, second = _document(b"the same"), _document(b"the same")
        tx.documents.add(first, b"the same")
        tx.documents.add(second, b"the same")
        tx.commit()
    with work.begin("read") as tx:
        assert (tx.documents.get(first.id), tx.documents.get(second.id)) == (first, second)


def test_a_document_is_added_once(work: SqlWork) -> None:
    document = _document(b"form")
    with work.begin("save") as tx:
        tx.documents.add(document, b"form")
        with pytest.raises(Refusal) as refusal:
            tx.documents.add(document, b"form")
    assert refusal.value.code == "DOCUMENT_KEPT"


@pytest.mark.parametrize("content", [b"forn", b"form and more"])
def test_a_document_is_what_it_says(work: SqlWork, content: bytes) -> None:
    document = replace(_document(b"form"), size=len(content))
    with work.begin("save") as tx, pytest.raises(Refusal) as refusal:
        tx.documents.add(document, content)
    assert refusal.value.code == "DOCUMENT_DAMAGED"


def test_a_document_of_another_size_is_refused(work: SqlWork) -> None:
    with work.begin("save") as tx, pytest.raises(Refusal) as refusal:
        tx.documents.add(replace(_document(b"form"), size=3), b"form")
    assert refusal.value.code == "DOCUMENT_DAMAGED"


def test_the_rep_is_who_works_here(work: SqlWork) -> None:
    rep = Rep(id=ME, login="julie", name="Julie Lefèvre", team="Ouest", discount_limit=1_500)
    with work.begin("read") as tx, pytest.raises(Refusal) as refusal:
        tx.reps.me()
    assert refusal.value.code == "NOT_FOUND"
    with work.engine.begin() as connection, writing(connection, Writer.SYNC):
        connection.execute(codecs.REP.table.insert(), codecs.REP.record(rep))
    with work.begin("read") as tx:
        assert tx.reps.me() == rep


@pytest.mark.parametrize(
    "read",
    [
        lambda tx: tx.accounts.get(AccountId(fresh())),
        lambda tx: tx.activities.get(ActivityId(fresh())),
        lambda tx: tx.proposals.get(ProposalId(fresh())),
        lambda tx: tx.proposals.remove(ProposalId(fresh())),
        lambda tx: tx.catalogue.get(ProductId(fresh())),
        lambda tx: tx.documents.get(DocumentId(fresh())),
        lambda tx: tx.documents.content("0" * 64),
    ],
)
def test_what_is_not_there_is_refused(work: SqlWork, read: Callable[[Transaction], object]) -> None:
    with work.begin("read") as tx, pytest.raises(Refusal) as refusal:
        read(tx)
    assert refusal.value.code == "NOT_FOUND"


def test_an_account_nobody_asked_yet_has_no_discovery(work: SqlWork) -> None:
    with work.begin("read") as tx:
        assert tx.activities.discovery_of(AccountId(fresh())) is None


@many
@given(found=st.lists(samples.orders, max_size=4))
def test_orders_come_latest_edition_first(work: SqlWork, found: list[Order]) -> None:
    account_id = AccountId(fresh())
    found = [replace(order, account_id=account_id) for order in found]
    with work.begin("save") as tx:
        for order in found:
            tx.orders.save(order)
        assert tx.orders.of_account(account_id) == latest_first(found)
        editions = [order.edition for order in tx.orders.of_account(account_id)]
    assert editions == sorted(editions, reverse=True)


def _document(content: bytes) -> Document:
    return Document(
        id=DocumentId(fresh()),
        account_id=AccountId(fresh()),
        proposal_id=ProposalId(fresh()),
        kind=DocumentKind.ORDER_FORM,
        state=DocumentState.SHOWN,
        number="BC-2027-1",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        made_at=NOW,
    )
