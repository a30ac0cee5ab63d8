"""Undo gives back the very same rows, redo does it again, whatever was done and however often the app was closed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.accounts.account import Account
from app.domain.identifiers import ActivityId, DocumentId, LossId, ProposalId
from app.domain.money import Money
from app.domain.refusal import Refusal
from app.domain.sales.losses import Loss, LossKind, LossReason
from app.domain.sales.proposal import Proposal
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.ports.work import Step
from app.store.guard import Writer, writing
from app.store.opening import Store, open_store
from app.store.unit_of_work import SqlTransaction
from tests.store import samples, trade
from tests.store.in_step import lists_are_in_step
from tests.store.samples import KEY, ME, NOW, TODAY, FixedClock, fresh


def _rename(store: Store, of: Account, name: str) -> None:
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(replace(tx.accounts.get(of.id), trade_name=name))
        tx.about(account=name)
        tx.commit()


@pytest.fixture
def of(store: Store) -> Account:
    """An account that is there from the start, and an empty history."""
    made = trade.account()
    with store.work.begin("import") as tx:
        tx.accounts.save(made)
        tx.commit()
    with store.engine.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM journal")
    return made


def test_undo_gives_back_the_very_same_proposal(store: Store, of: Account) -> None:
    before = trade.picture(store.engine)
    made = trade.proposal(of)
    with store.work.begin("prepare_proposal") as tx:
        tx.proposals.save(made)
        tx.about(account=of.trade_name, proposal=made.name)
        tx.commit()
    after = trade.picture(store.engine)
    step = Step(name="prepare_proposal", facts={"account": of.trade_name, "proposal": made.name})
    assert (store.history.last_done(), store.history.last_undone()) == (step, None)
    assert store.history.undo() == step
    assert trade.picture(store.engine) == before
    assert (store.history.last_done(), store.history.last_undone()) == (None, step)
    assert store.history.redo() == step
    assert trade.picture(store.engine) == after
    assert (store.history.last_done(), store.history.last_undone()) == (step, None)


def test_an_undo_is_a_changeset_of_its_own_that_names_what_it_takes_back(store: Store, of: Account) -> None:
    _rename(store, of, "La Rose")
    store.history.undo()
    store.history.redo()
    with store.engine.reader.connect() as connection:
        found = connection.exec_driver_sql("SELECT mid, name, undoes, facts FROM changeset ORDER BY n").all()[1:]
        (done, undone, again) = found
        assert [row[1] for row in found] == ["edit_account", "undo", "edit_account"]
        assert (done[2], undone[2], again[2]) == (None, done[0], undone[0])
        assert undone[3] == '{"account":"La Rose","action":"edit_account"}'
        entry = "SELECT old, new FROM changeset_entry WHERE mid = ?"
        assert connection.exec_driver_sql(entry, (undone[0],)).one() == (
            '{"trade_name":"La Rose"}',
            '{"trade_name":"Au nom de la Rose"}',
        )


def test_history_outlives_a_restart(store: Store, of: Account, clock: FixedClock) -> None:
    _rename(store, of, "Un")
    _rename(store, of, "Deux")
    store.history.undo()
    store.close()
    again = open_store(store.path, KEY, clock, ME)
    assert again.history.undo().facts == {"account": "Un"}
    assert again.readers.account(of.id).account.trade_name == "Au nom de la Rose"
    again.history.redo()
    again.close()
    again = open_store(store.path, KEY, clock, ME)
    assert again.history.redo().facts == {"account": "Deux"}
    assert again.readers.account(of.id).account.trade_name == "Deux"
    again.close()


def test_a_new_action_clears_what_could_be_redone(store: Store, of: Account) -> None:
    _rename(store, of, "Un")
    store.history.undo()
    _rename(store, of, "Deux")
    assert store.history.last_undone() is None
    with pytest.raises(Refusal) as refusal:
        store.history.redo()
    assert refusal.value.code == "NOTHING_TO_REDO"


def test_with_nothing_done_there_is_nothing_to_undo(store: Store, of: Account) -> None:
    with pytest.raises(Refusal) as refusal:
        store.history.undo()
    assert refusal.value.code == "NOTHING_TO_UNDO"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE account SET trade_name = 'Changed at the centre'",
        "DELETE FROM contact",
    ],
)
def test_what_has_changed_since_is_not_undone(store: Store, of: Account, change: str) -> None:
    with store.work.begin("edit_contact") as tx:
        found = tx.accounts.get(of.id)
        people = (replace(found.contacts[0], role="Gérante"),)
        tx.accounts.save(replace(found, trade_name="La Rose", contacts=people))
        tx.commit()
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql(change)
    before = trade.picture(store.engine)
    with pytest.raises(Refusal) as refusal:
        store.history.undo()
    assert refusal.value.code == "CHANGED_SINCE"
    assert trade.picture(store.engine) == before
    assert store.history.last_done() is not None


def test_what_was_made_and_changed_since_is_not_taken_away(store: Store, of: Account) -> None:
    with store.work.begin("prepare_proposal") as tx:
        tx.proposals.save(trade.proposal(of))
        tx.commit()
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE proposal_line SET quantity = 9 WHERE position = 0")
    with pytest.raises(Refusal) as refusal:
        store.history.undo()
    assert refusal.value.code == "CHANGED_SINCE"


def test_other_columns_of_the_row_may_change_meanwhile(store: Store, of: Account) -> None:
    _rename(store, of, "La Rose")
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE account SET siret = '73282932000074', ver = 4")
    store.history.undo()
    found = store.readers.account(of.id).account
    assert (found.trade_name, found.siret) == ("Au nom de la Rose", "73282932000074")
    with store.engine.reader.connect() as connection:
        last = "SELECT base_ver FROM changeset_entry e JOIN changeset c ON c.mid = e.mid ORDER BY c.n DESC LIMIT 1"
        assert connection.exec_driver_sql(last).scalar_one() == 4


def test_what_others_have_built_on_is_not_undone(store: Store, of: Account) -> None:
    made = trade.proposal(of)
    with store.work.begin("prepare_proposal") as tx:
        tx.proposals.save(made)
        tx.commit()
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql(
            "INSERT INTO instalment (id, account_id, proposal_id, position, due_on, gross) VALUES (?, ?, ?, 9, '', 1)",
            (fresh(), of.id, made.id),
        )
    before = trade.picture(store.engine)
    with pytest.raises(Refusal) as refusal:
        store.history.undo()
    assert refusal.value.code == "CHANGED_SINCE"
    assert trade.picture(store.engine) == before
    _rename(store, of, "the store still works")


def test_a_row_that_is_there_again_is_not_made_twice(store: Store, of: Account) -> None:
    with store.work.begin("edit_contact") as tx:
        tx.accounts.save(replace(of, contacts=()))
        tx.commit()
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql(
            "INSERT INTO contact (id, account_id, position, name) VALUES (?, ?, 0, 'Come back from the centre')",
            (of.contacts[0].id, of.id),
        )
    with pytest.raises(Refusal) as refusal:
        store.history.undo()
    assert refusal.value.code == "CHANGED_SINCE"


def _sign(tx: SqlTransaction, of: Account) -> None:
    document = Document(
        id=DocumentId(fresh()),
        account_id=of.id,
        proposal_id=ProposalId(fresh()),
        kind=DocumentKind.SIGNED_ORDER_FORM,
        state=DocumentState.SIGNED_TO_CONFIRM,
        number="BC-1",
        sha256=hashlib.sha256(b"signed").hexdigest(),
        size=6,
        made_at=NOW,
    )
    tx.documents.add(document, b"signed")
    tx.about(account=of.trade_name, number="BC-1")
    tx.is_final()
    tx.commit()


def test_a_signature_is_not_undone_nor_what_came_before_it(store: Store, of: Account) -> None:
    _rename(store, of, "Avant")
    with store.work.begin("sign_order_form") as tx:
        _sign(tx, of)
    _rename(store, of, "Après")
    assert store.history.undo().facts == {"account": "Après"}
    assert store.history.last_done() is None
    with pytest.raises(Refusal) as refusal:
        store.history.undo()
    assert refusal.value.code == "ACTION_IS_FINAL"
    assert store.readers.account(of.id).account.trade_name == "Avant"


def test_an_action_that_the_centre_refused_is_passed_over(store: Store, of: Account) -> None:
    _rename(store, of, "Un")
    _rename(store, of, "Deux")
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        # What the sync engine does with a refusal: the rows are put back, the changeset says so.
        connection.exec_driver_sql("UPDATE account SET trade_name = 'Un'")
        connection.exec_driver_sql("UPDATE changeset SET state = 'rejected' WHERE facts LIKE '%Deux%'")
    assert store.history.undo().facts == {"account": "Un"}
    assert store.readers.account(of.id).account.trade_name == "Au nom de la Rose"


# ------------------------------------------------------------------------------------------------ any sequence
Deed = Callable[[SqlTransaction, st.DataObject], None]


def _any_account(tx: SqlTransaction, data: st.DataObject) -> Account | None:
    ids = sorted(tx.connection.exec_driver_sql("SELECT id FROM account").scalars())
    return tx.accounts.get(data.draw(st.sampled_from(ids))) if ids else None


def _any_proposal(tx: SqlTransaction, data: st.DataObject) -> Proposal | None:
    ids = sorted(tx.connection.exec_driver_sql("SELECT id FROM proposal").scalars())
    return tx.proposals.get(data.draw(st.sampled_from(ids))) if ids else None


def _make_account(tx: SqlTransaction, data: st.DataObject) -> None:
    tx.accounts.save(data.draw(samples.accounts))


def _change_account(tx: SqlTransaction, data: st.DataObject) -> None:
    if (of := _any_account(tx, data)) is not None:
        drawn = data.draw(samples.accounts)
        tx.accounts.save(replace(drawn, id=of.id, contacts=(*drawn.contacts, *of.contacts[1:])))


def _prepare(tx: SqlTransaction, data: st.DataObject) -> None:
    if (of := _any_account(tx, data)) is not None:
        tx.proposals.save(replace(data.draw(samples.proposals), account_id=of.id))


def _edit(tx: SqlTransaction, data: st.DataObject) -> None:
    if (made := _any_proposal(tx, data)) is not None:
        drawn = data.draw(samples.proposals)
        kept = tuple(data.draw(st.permutations(made.sub_orders)))[: data.draw(st.integers(0, 3))]
        tx.proposals.save(replace(drawn, id=made.id, account_id=made.account_id, sub_orders=(*kept, *drawn.sub_orders)))


def _split(tx: SqlTransaction, data: st.DataObject) -> None:
    made = _any_proposal(tx, data)
    if made is not None and made.sub_orders:
        apart = replace(made, id=ProposalId(fresh()), sub_orders=made.sub_orders[:1], payment_plan=())
        tx.proposals.save(replace(made, sub_orders=made.sub_orders[1:]))
        tx.proposals.save(apart)


def _remove(tx: SqlTransaction, data: st.DataObject) -> None:
    if (made := _any_proposal(tx, data)) is not None:
        tx.proposals.remove(made.id)
        loss = Loss(
            id=LossId(fresh()),
            account_id=made.account_id,
            kind=LossKind.RANGE,
            reason=LossReason.PRICE,
            on=TODAY,
            net=Money(1),
            edition=2027,
        )
        tx.losses.save(loss)


def _note(tx: SqlTransaction, data: st.DataObject) -> None:
    drawn = data.draw(samples.activities)
    tx.activities.save(replace(drawn, id=ActivityId(f"{data.draw(st.integers(0, 2)):032x}")))


def _order(tx: SqlTransaction, data: st.DataObject) -> None:
    if (of := _any_account(tx, data)) is not None:
        tx.orders.save(replace(data.draw(samples.orders), account_id=of.id))


def _ask(tx: SqlTransaction, data: st.DataObject) -> None:
    if (of := _any_account(tx, data)) is not None:
        tx.requests.save(replace(data.draw(samples.requests), account_id=of.id))


def _sell(tx: SqlTransaction, data: st.DataObject) -> None:
    tx.catalogue.save(data.draw(samples.products))


DEEDS: tuple[Deed, ...] = (
    _make_account,
    _change_account,
    _prepare,
    _edit,
    _split,
    _remove,
    _note,
    _order,
    _ask,
    _sell,
)


@settings(max_examples=40)
@given(data=st.data(), deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=8))
def test_undoing_everything_gives_back_the_beginning_and_redoing_it_the_end(
    empty_store: Path, data: st.DataObject, deeds: list[Deed]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        path.write_bytes(empty_store.read_bytes())
        store = open_store(path, KEY, FixedClock(), ME)
        try:
            _play(store, data, deeds)
        finally:
            store.close()


def _play(store: Store, data: st.DataObject, deeds: list[Deed]) -> None:
    pictures = [trade.picture(store.engine)]
    for deed in deeds:
        with store.work.begin("deed") as tx:
            deed(tx, data)
            tx.commit()
        now = trade.picture(store.engine)
        if now != pictures[-1]:
            pictures.append(now)
    for wanted in reversed(pictures[:-1]):
        store.history.undo()
        assert trade.picture(store.engine) == wanted
    assert store.history.last_done() is None
    for wanted in pictures[1:]:
        store.history.redo()
        assert trade.picture(store.engine) == wanted
    assert store.history.last_undone() is None
    for _ in range(data.draw(st.integers(0, len(pictures) - 1))):
        store.history.undo()
    lists_are_in_step(store)
