"""One action: all of it or nothing, told once to the centre and once to the screens."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from app.domain.identifiers import AccountId, ProposalId
from app.domain.money import Money
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from app.store.codec import microseconds
from app.store.guard import Writer, writing
from app.store.opening import Store
from app.store.unit_of_work import SqlTransaction, SqlWork
from sync.protocol.changeset import Entry, Op
from tests.store import trade
from tests.store.samples import NOW, fresh


def _saved(work: SqlWork) -> tuple[AccountId, ProposalId]:
    of = trade.account()
    made = trade.proposal(of)
    with work.begin("prepare_proposal") as tx:
        tx.accounts.save(of)
        tx.proposals.save(made)
        tx.about(account=of.trade_name, proposal=made.name)
        tx.commit()
    return of.id, made.id


def _changesets(connection: Connection) -> list[tuple[object, ...]]:
    found = connection.exec_driver_sql("SELECT n, mid, name, facts, state, final, undoes FROM changeset ORDER BY n")
    return [tuple(row) for row in found]


def _entries(connection: Connection, mid: object) -> list[tuple[object, ...]]:
    statement = "SELECT table_name, row_id, op, base_ver, old, new FROM changeset_entry WHERE mid = ? ORDER BY position"
    return [tuple(row) for row in connection.exec_driver_sql(statement, (mid,))]


def test_an_action_becomes_one_changeset_with_before_and_after(store: Store) -> None:
    _account_id, proposal_id = _saved(store.work)
    with store.work.begin("rename_proposal") as tx:
        tx.proposals.save(replace(tx.proposals.get(proposal_id), name="Avec display"))
        tx.about(account="Au nom de la Rose", proposal="Avec display")
        tx.commit()
    with store.engine.reader.connect() as connection:
        (first, second) = _changesets(connection)
        assert (first[0], first[2], second[0], second[2]) == (1, "prepare_proposal", 2, "rename_proposal")
        assert json.loads(str(second[3])) == {"account": "Au nom de la Rose", "proposal": "Avec display"}
        assert second[4:] == ("pending", 0, None)
        assert _entries(connection, second[1]) == [
            ("proposal", proposal_id, "update", 0, '{"name":"Reconduction"}', '{"name":"Avec display"}')
        ]


def test_a_created_row_is_told_with_all_its_columns_owners_first(store: Store) -> None:
    of = trade.account()
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(of)
        tx.commit()
    with store.engine.reader.connect() as connection:
        entries = _entries(connection, _changesets(connection)[0][1])
        stored = connection.exec_driver_sql("SELECT * FROM account").mappings().one()
    assert [(entry[0], entry[2]) for entry in entries] == [("account", "create"), ("contact", "create")]
    told = json.loads(str(entries[0][5]))
    assert told == {name: value for name, value in stored.items() if name not in ("id", "ver")}


def test_the_version_that_an_edit_was_made_on_goes_with_it(store: Store) -> None:
    account_id, _ = _saved(store.work)
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE account SET ver = 7")
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(replace(tx.accounts.get(account_id), siret="73282932000074"))
        (entry,) = tx.rows.entries()
    assert entry == Entry(
        table="account", row=account_id, op=Op.UPDATE, base_ver=7, old={"siret": ""}, new={"siret": "73282932000074"}
    )


def test_what_is_not_committed_leaves_no_trace(store: Store) -> None:
    before = trade.picture(store.engine)
    with store.work.begin("prepare_proposal") as tx:
        tx.accounts.save(trade.account())
    assert trade.picture(store.engine) == before
    with store.engine.reader.connect() as connection:
        assert _changesets(connection) == []


def test_a_refusal_takes_everything_back(store: Store) -> None:
    def lose(work: SqlWork) -> None:
        with work.begin("prepare_proposal") as tx:
            tx.accounts.save(trade.account())
            raise Refusal("ACCOUNT_LOST")

    with pytest.raises(Refusal):
        lose(store.work)
    assert trade.picture(store.engine) == {}


def test_numbers_stay_dense_whatever_is_taken_back(store: Store) -> None:
    for is_committed in (True, False, False, True, False, True):
        with store.work.begin("edit_account") as tx:
            tx.accounts.save(trade.account())
            if is_committed:
                tx.commit()
    with store.engine.reader.connect() as connection:
        assert [row[0] for row in _changesets(connection)] == [1, 2, 3]


def test_numbers_are_not_given_twice_after_the_outbox_was_pruned(store: Store) -> None:
    _saved(store.work)
    with store.engine.writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM changeset")
    _saved(store.work)
    with store.engine.reader.connect() as connection:
        assert [row[0] for row in _changesets(connection)] == [2]


def test_an_action_that_changes_nothing_is_not_told(store: Store) -> None:
    account_id, proposal_id = _saved(store.work)
    told: list[frozenset[str]] = []
    store.work.listen(told.append)
    with store.work.begin("edit_account") as tx:
        tx.accounts.save(tx.accounts.get(account_id))
        tx.proposals.save(tx.proposals.get(proposal_id))
        tx.commit()
    assert told == []
    with store.engine.reader.connect() as connection:
        assert len(_changesets(connection)) == 1


def test_a_change_and_its_contrary_in_one_action_are_nothing(store: Store) -> None:
    account_id, proposal_id = _saved(store.work)
    with store.work.begin("edit_account") as tx:
        found = tx.accounts.get(account_id)
        tx.accounts.save(replace(found, siret="1"))
        tx.accounts.save(found)
        made = tx.proposals.get(proposal_id)
        extra = trade.proposal(found)
        tx.proposals.save(extra)
        tx.proposals.remove(extra.id)
        tx.proposals.save(made)
        assert tx.rows.entries() == ()


def test_screens_are_told_once_what_was_touched(store: Store) -> None:
    told: list[frozenset[str]] = []
    store.work.listen(told.append)
    _saved(store.work)
    assert told == [
        frozenset({"account", "contact", "proposal", "proposal_sub_order", "proposal_line", "instalment", "changeset"})
    ]


def test_screens_that_read_when_told_see_what_was_committed(store: Store) -> None:
    seen: list[int] = []
    store.work.listen(lambda _tables: seen.append(len(store.readers.proposals())))
    _saved(store.work)
    assert seen == [1]


def test_a_sub_order_that_moves_to_another_proposal_is_changed_not_made_again(store: Store) -> None:
    _account_id, proposal_id = _saved(store.work)
    for apart_first in (True, False):
        with store.work.begin("split_proposal") as tx:
            whole = tx.proposals.get(proposal_id)
            stays, moves = whole.sub_orders
            kept = replace(whole, sub_orders=(stays,))
            apart = replace(whole, id=ProposalId(fresh()), sub_orders=(moves,), payment_plan=())
            for saved in (apart, kept) if apart_first else (kept, apart):
                tx.proposals.save(saved)
            parts = [entry for entry in tx.rows.entries() if entry.table == "proposal_sub_order"]
            assert [(entry.row, entry.op, entry.new) for entry in parts] == [
                (moves.id, Op.UPDATE, {"proposal_id": apart.id, "position": 0})
            ]
            assert [entry for entry in tx.rows.entries() if entry.table == "proposal_line"] == []
            assert (tx.proposals.get(kept.id), tx.proposals.get(apart.id)) == (kept, apart)


def test_a_line_put_in_between_moves_as_few_others_as_can_be(store: Store) -> None:
    _account_id, proposal_id = _saved(store.work)
    with store.work.begin("remove_line") as tx:
        made = tx.proposals.get(proposal_id)
        first, *rest = made.sub_orders
        tx.proposals.save(replace(made, sub_orders=(replace(first, lines=first.lines[1:]), *rest)))
        assert [entry.op for entry in tx.rows.entries()] == [Op.DELETE]


def test_removing_a_proposal_takes_all_its_parts(store: Store) -> None:
    _account_id, proposal_id = _saved(store.work)
    with store.work.begin("remove") as tx:
        tx.proposals.remove(proposal_id)
        assert [entry.table for entry in tx.rows.entries()] == [
            "proposal_line",
            "proposal_line",
            "proposal_line",
            "proposal_sub_order",
            "proposal_sub_order",
            "instalment",
            "instalment",
            "proposal",
        ]
        tx.commit()
    assert {table for table, _ in trade.picture(store.engine)} == {"account", "contact"}


def test_an_action_has_one_instant_and_names_that_sort_by_it(store: Store) -> None:
    with store.work.begin("x") as tx:
        names = [tx.new_id() for _ in range(100)]
        assert (tx.now(), tx.today()) == (NOW, NOW.date())
    assert len(set(names)) == 100
    for name in names:
        assert (len(name), int(name[:12], 16), name[12]) == (32, microseconds(NOW) // 1000, "7")
        assert name[16] in "89ab"


def test_an_action_is_over_once_it_is_committed(store: Store) -> None:
    with store.work.begin("x") as tx:
        tx.commit()
        with pytest.raises(RuntimeError):
            tx.commit()


def test_a_signature_is_marked_as_final(store: Store) -> None:
    with store.work.begin("sign_order_form") as tx:
        tx.accounts.save(trade.account())
        tx.is_final()
        tx.commit()
    with store.engine.reader.connect() as connection:
        assert _changesets(connection)[0][5] == 1


def test_a_full_disk_is_told_and_nothing_is_half_written(store: Store) -> None:
    account_id, _ = _saved(store.work)
    before = trade.picture(store.engine)
    with store.engine.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        connection.rollback()
    with pytest.raises(Trouble) as trouble:
        _write_much(store.work, account_id)
    assert trouble.value.code == "DISK_FULL"
    assert trade.picture(store.engine) == before
    with store.engine.writer.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1073741823")
        connection.rollback()
    _saved(store.work)
    assert len(trade.picture(store.engine)) == 2 * len(before)


def _write_much(work: SqlWork, account_id: AccountId) -> None:
    with work.begin("edit_account") as tx:
        tx.accounts.save(replace(tx.accounts.get(account_id), legal_name="x" * 100_000))
        tx.commit()


def test_a_fault_of_ours_is_no_trouble_of_the_world(store: Store) -> None:
    with pytest.raises(DBAPIError), store.work.begin("x") as tx:
        tx.connection.exec_driver_sql("SELECT nothing FROM nowhere")


def test_the_journal_says_who_wrote_what_at_either_end(work: SqlWork) -> None:
    """The same unit of work on PostgreSQL: a journal of its own is handed the entries."""

    def change(tx: SqlTransaction) -> None:
        of = trade.account()
        made = trade.proposal(of)
        tx.accounts.save(of)
        tx.proposals.save(made)
        part = replace(made.sub_orders[0], lines=(trade.line(5), *made.sub_orders[0].lines))
        tx.proposals.save(replace(made, sub_orders=(part,), payment_plan=made.payment_plan[:1]))

    with work.begin("x") as tx:
        change(tx)
        entries = tx.rows.entries()
        tx.commit()
    assert [entry.op for entry in entries] == [Op.CREATE] * len(entries)
    with work.engine.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM changeset_entry").scalar_one()
        assert count == len(entries) == 2 + 1 + 1 + 3 + 1
        net = connection.exec_driver_sql("SELECT sum(net) FROM proposal_line").scalar_one()
        assert Money(int(net)) == Money(500_05)
