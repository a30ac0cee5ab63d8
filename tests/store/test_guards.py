"""Nothing writes a synced row outside a unit of work, and nothing changes a signed document."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy.exc import DBAPIError

from app.domain.identifiers import AccountId, DocumentId, ProposalId
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.store.guard import KEPT, OUTSIDE, Writer, writing
from app.store.opening import Store
from app.store.rows import SYNCED
from app.store.unit_of_work import SqlWork
from tests.store import trade
from tests.store.samples import NOW, fresh

PDF = b"%PDF-1.7 signed"


def _signed(work: SqlWork) -> None:
    document = Document(
        id=DocumentId(fresh()),
        account_id=AccountId(fresh()),
        proposal_id=ProposalId(fresh()),
        kind=DocumentKind.SIGNED_ORDER_FORM,
        state=DocumentState.SIGNED_TO_CONFIRM,
        number="BC-1",
        sha256=hashlib.sha256(PDF).hexdigest(),
        size=len(PDF),
        made_at=NOW,
    )
    with work.begin("sign_order_form") as tx:
        tx.documents.add(document, PDF)
        tx.accounts.save(trade.account())
        tx.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE account SET city = 'Dreux'",
        "DELETE FROM contact",
        "INSERT INTO product_range (id, number, name) VALUES ('1', '001', 'Annuaire')",
    ],
)
def test_a_write_outside_a_unit_of_work_is_refused(work: SqlWork, statement: str) -> None:
    _signed(work)
    with pytest.raises(DBAPIError, match=OUTSIDE), work.engine.begin() as connection:
        connection.exec_driver_sql(statement)


def test_every_synced_table_is_guarded_against_every_write(store: Store) -> None:
    with store.engine.reader.connect() as connection:
        found = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars())
    wanted = {f"guard_{table}_{verb}" for table in SYNCED.tables for verb in ("insert", "update", "delete")}
    assert wanted <= found


def test_the_guard_closes_behind_each_action(work: SqlWork) -> None:
    _signed(work)
    with pytest.raises(ZeroDivisionError), work.begin("x"):
        _ = 1 // 0
    with pytest.raises(DBAPIError, match=OUTSIDE), work.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM contact")


def test_the_sync_engine_may_write(work: SqlWork) -> None:
    _signed(work)
    with work.engine.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE account SET ver = 3")
    with work.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT ver FROM account").scalar_one() == 3


@pytest.mark.parametrize("writer", Writer)
@pytest.mark.parametrize("change", ["number = 'BC-2'", "sha256 = ''", "kind = 'quote'", "signatory = 'X'"])
def test_a_kept_document_never_changes(work: SqlWork, writer: Writer, change: str) -> None:
    _signed(work)
    with (
        pytest.raises(DBAPIError, match=KEPT),
        work.engine.begin() as connection,
        writing(connection, writer),
    ):
        connection.exec_driver_sql(f"UPDATE document SET {change}")


def test_a_signed_document_is_not_deleted_by_any_action(work: SqlWork) -> None:
    _signed(work)
    with (
        pytest.raises(DBAPIError, match=KEPT),
        work.engine.begin() as connection,
        writing(connection, Writer.UNIT_OF_WORK),
    ):
        connection.exec_driver_sql("DELETE FROM document")


def test_the_centre_may_confirm_a_document_and_a_device_let_go_of_it(work: SqlWork) -> None:
    _signed(work)
    with work.engine.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE document SET state = 'confirmed', ver = 2")
    with work.engine.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("DELETE FROM document")


def test_the_bytes_of_a_file_never_change(store: Store) -> None:
    _signed(store.work)
    with (
        pytest.raises(DBAPIError, match=KEPT),
        store.engine.writer.begin() as connection,
        writing(connection, Writer.SYNC),
    ):
        connection.exec_driver_sql("UPDATE blob SET content = x'00'")


def test_readers_cannot_write_at_all(store: Store) -> None:
    with (
        pytest.raises(DBAPIError, match="readonly"),
        store.engine.reader.begin() as connection,
        writing(connection, Writer.SYNC),
    ):
        connection.exec_driver_sql("UPDATE account SET ver = 3")
