"""The sync page: each change in its three steps, and what needs the rep."""

from __future__ import annotations

import json
from dataclasses import replace

from app.domain.desk.request import Request, RequestKind
from app.domain.identifiers import AccountId, ProposalId, RequestId
from app.domain.sales.proposal import ProposalStatus
from app.ports.readers import FieldChoice, StepState
from app.store.codec import compact_json, microseconds
from app.store.guard import Writer, writing
from app.store.opening import Store
from app.store.rows.device import LAST_EXCHANGE
from tests.store import trade
from tests.store.samples import NOW, fresh


def _five_changes(store: Store) -> list[str]:
    """Five actions; gives their mids."""
    of = trade.account()
    made = replace(trade.proposal(of), status=ProposalStatus.SIGNED_TO_CONFIRM)
    mids = []
    for number in range(1, 6):
        with store.work.begin("sign_order_form" if number == 5 else "edit_account") as tx:
            tx.accounts.save(replace(of, trade_name=f"{number}"))
            tx.about(account=f"{number}")
            if number == 5:
                tx.proposals.save(made)
                tx.is_final()
            tx.commit()
            mids.append(str(tx.mid))
    return mids


def _answer(store: Store, mid: str, state: str, result: dict[str, object]) -> None:
    with store.engine.writer.begin() as connection:
        statement = "UPDATE changeset SET state = ?, result = ? WHERE mid = ?"
        connection.exec_driver_sql(statement, (state, compact_json(result), mid))


def test_the_sync_page_shows_each_change_in_its_three_steps(store: Store) -> None:
    mids = _five_changes(store)
    _answer(store, mids[0], "applied", {"r": "applied"})
    _answer(store, mids[1], "rejected", {"r": "rejected", "code": "SLOT_TAKEN"})
    _answer(store, mids[2], "retained", {"r": "merged", "fields": []})
    _answer(store, mids[3], "sent", {"r": "deferred", "code": "LATER"})
    page = store.readers.sync()
    assert [(item.number, item.centre, item.production, item.detail) for item in page.waiting] == [
        (4, StepState.NOW, StepState.NONE, "LATER"),
        (5, StepState.NOW, StepState.LATER, ""),
    ]
    assert [(item.number, item.centre, item.detail) for item in page.arrived] == [
        (3, StepState.DONE, ""),
        (2, StepState.REFUSED, "SLOT_TAKEN"),
        (1, StepState.DONE, ""),
    ]
    assert {item.here for item in (*page.waiting, *page.arrived)} == {StepState.DONE}
    assert (page.waiting[1].action, page.waiting[1].facts, page.waiting[1].at) == (
        "sign_order_form",
        {"account": "5"},
        NOW,
    )
    assert (page.problems, page.last_exchange_at) == ((), None)


def test_a_signed_order_goes_on_once_the_customer_confirmed_it(store: Store) -> None:
    mids = _five_changes(store)
    _answer(store, mids[4], "applied", {"r": "applied"})
    assert store.readers.sync().arrived[0].production is StepState.LATER
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.exec_driver_sql("UPDATE proposal SET status = 'signed'")
    assert store.readers.sync().arrived[0].production is StepState.NOW
    with store.engine.reader.connect() as connection:
        proposal_id, account_id = connection.exec_driver_sql("SELECT id, account_id FROM proposal").one()
    with store.work.begin("x") as tx:
        tx.requests.save(
            Request(
                id=RequestId(fresh()),
                account_id=AccountId(account_id),
                kind=RequestKind.REJECTION,
                title="101",
                body="Il manque la fiche.",
                made_at=NOW,
                proposal_id=ProposalId(proposal_id),
            )
        )
        tx.commit()
    assert store.readers.sync().arrived[0].production is StepState.REFUSED


def test_what_needs_the_rep_waits_until_it_is_answered(store: Store) -> None:
    mids = _five_changes(store)
    choice = {"table": "contact", "row": fresh(), "column": "phone", "base": "1", "mine": "2", "theirs": "3"}
    _answer(store, mids[0], "conflict", {"r": "conflict", "fields": []})
    with store.engine.writer.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO problem (id, mid, code, parameters, choices, at) VALUES (?, ?, ?, ?, ?, ?)",
            ("p1", mids[0], "CONFLICT", '{"account":"1"}', json.dumps([choice]), microseconds(NOW)),
        )
        connection.exec_driver_sql("INSERT INTO meta VALUES (?, ?)", (LAST_EXCHANGE, str(microseconds(NOW))))
    page = store.readers.sync()
    assert (page.waiting[0].number, page.waiting[0].centre, page.waiting[0].detail) == (
        1,
        StepState.REFUSED,
        "CONFLICT",
    )
    (problem,) = page.problems
    assert (problem.id, problem.change, problem.action, problem.code) == ("p1", 1, "edit_account", "CONFLICT")
    wanted = FieldChoice(table="contact", row=choice["row"], column="phone", base="1", mine="2", theirs="3")
    assert (problem.parameters, problem.choices, problem.at) == ({"account": "1"}, (wanted,), NOW)
    assert page.last_exchange_at == NOW
    with store.engine.writer.begin() as connection:
        connection.exec_driver_sql("UPDATE problem SET is_settled = 1")
    page = store.readers.sync()
    assert (page.problems, [item.number for item in page.arrived]) == ((), [1])


def test_a_refused_action_still_tells_what_was_entered(store: Store) -> None:
    mids = _five_changes(store)
    _answer(store, mids[1], "rejected", {"r": "rejected", "code": "SLOT_TAKEN"})
    with store.engine.writer.begin() as connection:
        statement = "INSERT INTO problem (id, mid, code, at) VALUES (?, ?, 'SLOT_TAKEN', ?)"
        connection.exec_driver_sql(statement, ("p1", mids[1], microseconds(NOW)))
    (problem,) = store.readers.sync().problems
    assert [(edit.table, edit.column, edit.before, edit.mine) for edit in problem.edits] == [
        ("account", "trade_name", "1", "2")
    ]
