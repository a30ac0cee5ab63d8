"""Every column that the lists and the search are worked out from keeps them in step, alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Connection, delete, insert, select

from app.domain.catalogue.product import Product, ProductKind
from app.domain.desk.request import Request, RequestKind
from app.domain.identifiers import ProductId, RangeId, RequestId
from app.store.codec import Record
from app.store.feed import DeviceFeed
from app.store.opening import Store
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from sync.protocol.changeset import Value
from tests.store import trade
from tests.store.in_step import lists_are_in_step
from tests.store.samples import NOW, TODAY, fresh

READ = ("account", "contact", "customer_order", "ordered_sub_order", "order_line", "request", "proposal", "product")
COLUMNS = [
    (table, column.name)
    for table in READ
    for column in SYNCED.tables[table].columns
    # Within an aggregate the owner is checked; what moves there is shown by the laws of undo.
    if column.name not in ("id", "ver") and not column.foreign_keys
]
OTHERS: dict[str, Value] = {"status": "cancelled", "state": "resolved", "kind": "question", "renew_by": "2030-01-01"}


@pytest.fixture
def filled(store: Store) -> Store:
    """Two accounts with one of everything."""
    for name in ("Au nom de la Rose", "Bat-Étanche"):
        of = replace(trade.account(name), renew_by=TODAY)
        rejection = Request(
            id=RequestId(fresh()), account_id=of.id, kind=RequestKind.REJECTION, title="101", body="…", made_at=NOW
        )
        product = Product(
            id=ProductId(fresh()),
            code="LP",
            name="Lien",
            kind=ProductKind.SERVICE,
            range_id=RangeId(fresh()),
            vat_rate=trade.NORMAL,
        )
        with store.work.begin("x") as tx:
            tx.accounts.save(of)
            tx.orders.save(trade.order(of, 2025, 30))
            tx.orders.save(trade.order(of, 2026, 100))
            tx.proposals.save(trade.proposal(of))
            tx.requests.save(rejection)
            tx.catalogue.save(product)
            tx.commit()
    return store


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_change_of_one_column_keeps_the_lists_in_step(filled: Store, table: str, column: str) -> None:
    touched = SYNCED.tables[table]
    with filled.work.begin("x") as tx:
        rows = tx.connection.exec_driver_sql(f"SELECT id, {column} FROM {table} ORDER BY id DESC").all()
        row_id, value = rows[0]
        is_whole = touched.c[column].type.python_type is int
        other = OTHERS.get(column, 1 - (value or 0) if is_whole else "Épernon 4417")
        if column == "account_id":
            accounts = tx.connection.exec_driver_sql("SELECT id FROM account ORDER BY id").scalars().all()
            other = next(account for account in accounts if account != value)
        tx.rows.put(touched, {"id": row_id, column: other})
        assert len(tx.rows.changes()) == 1
        tx.commit()
    lists_are_in_step(filled)


def test_an_account_that_comes_after_its_rows_and_goes_before_them_is_found_with_all_that_is_its(filled: Store) -> None:
    account = SYNCED.tables["account"]
    with filled.engine.reader.connect() as connection:
        record: Record = {**connection.execute(select(account).limit(1)).mappings().one()}
    key = ("account", str(record["id"]))
    lists = QuickLists()
    with unguarded_writer(filled) as connection:
        connection.execute(delete(account).where(account.c.id == key[1]))
        lists.refresh(connection, [(key, record, None)])
    lists_are_in_step(filled)
    with unguarded_writer(filled) as connection:
        connection.execute(insert(account).values(record))
        lists.refresh(connection, [(key, None, record)])
    lists_are_in_step(filled)


@contextmanager
def unguarded_writer(store: Store) -> Iterator[Connection]:
    """As the road writes: rows come in any order, none is held back by one that is missing."""
    with DeviceFeed(store.engine, QuickLists(), store.work.tell).writing() as connection:
        yield connection


@pytest.mark.parametrize("table", ["contact", "request", "product", "order_line"])
def test_a_row_that_goes_leaves_the_lists(filled: Store, table: str) -> None:
    with filled.work.begin("x") as tx:
        row_id = tx.connection.exec_driver_sql(f"SELECT max(id) FROM {table}").scalar_one()
        tx.rows.remove(SYNCED.tables[table], row_id)
        tx.commit()
    lists_are_in_step(filled)


def test_an_account_that_goes_leaves_the_lists(filled: Store) -> None:
    with filled.work.begin("x") as tx:
        account_id = tx.connection.exec_driver_sql("SELECT max(id) FROM account").scalar_one()
        for table in reversed(SYNCED.sorted_tables):
            if "account_id" in table.columns:
                for record in tx.rows.rows(table, "account_id", (account_id,)):
                    tx.rows.remove(table, str(record["id"]))
        tx.rows.remove(SYNCED.tables["account"], account_id)
        tx.commit()
    lists_are_in_step(filled)
    with filled.engine.reader.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM account_index").scalar_one() == 1


def test_what_the_lists_do_not_show_leaves_them_alone(filled: Store) -> None:
    """A line of a proposal is the commonest edit: it costs the lists nothing."""
    with filled.work.begin("x") as tx:
        (line,) = tx.rows.rows(SYNCED.tables["proposal_line"], "label", ("Bloc annonce",))[:1]
        tx.rows.put(SYNCED.tables["proposal_line"], {"id": line["id"], "net": 5})
        before = tx.connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        QuickLists().refresh(tx.connection, tx.rows.changes())
        assert tx.connection.exec_driver_sql("SELECT total_changes()").scalar_one() == before
