"""Each screen is read in a few statements, however much there is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from app.domain.accounts.activity import Activity, ActivityKind
from app.domain.desk.request import Request, RequestKind
from app.domain.identifiers import AccountId, ActivityId, ProposalId, RequestId
from app.ports.readers import AccountFilter
from app.store.opening import Store
from tests.store import trade
from tests.store.samples import NOW, TODAY, fresh

Watch = Callable[[Engine], list[str]]

READS: tuple[tuple[str, int, Callable[[Store, AccountId, ProposalId], object]], ...] = (
    ("today", 9, lambda store, _account, _proposal: store.readers.today(TODAY)),
    ("account", 19, lambda store, account, _proposal: store.readers.account(account)),
    ("proposal", 4, lambda store, _account, proposal: store.readers.proposal(proposal)),
    ("proposals", 1, lambda store, _account, _proposal: store.readers.proposals()),
    ("orders", 1, lambda store, _account, _proposal: store.readers.orders(0, 60)),
    ("requests", 2, lambda store, _account, _proposal: store.readers.requests()),
    ("accounts", 4, lambda store, _account, _proposal: store.readers.accounts(AccountFilter(text="rose"), 0, 60)),
    ("products", 3, lambda store, _account, _proposal: store.readers.products("")),
    ("search", 4, lambda store, _account, _proposal: store.readers.search("rose")),
    ("sync", 5, lambda store, _account, _proposal: store.readers.sync()),
    ("dashboard", 5, lambda store, _account, _proposal: store.readers.dashboard(2027)),
)


@pytest.mark.parametrize(("name", "most", "read"), READS, ids=[name for name, _, _ in READS])
def test_a_screen_is_read_in_few_statements_however_much_there_is(
    store: Store, statements: Watch, name: str, most: int, read: Callable[[Store, AccountId, ProposalId], object]
) -> None:
    counts = []
    seen = statements(store.engine.reader)
    for _ in range(2):
        account_id, proposal_id = _fill(store)
        seen.clear()
        read(store, account_id, proposal_id)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= most, seen


def _fill(store: Store) -> tuple[AccountId, ProposalId]:
    """Ten more accounts with everything; gives the last."""
    portfolio = [trade.account() for _ in range(10)]
    made = trade.proposal(portfolio[-1])
    with store.work.begin("x") as tx:
        for of in portfolio:
            tx.accounts.save(of)
            tx.proposals.save(made if of is portfolio[-1] else trade.proposal(of))
            tx.orders.save(trade.order(of, 2026, 100))
            for kind in (ActivityKind.APPOINTMENT, ActivityKind.TASK):
                entry = Activity(id=ActivityId(fresh()), account_id=of.id, kind=kind, subject="Rose", at=NOW)
                tx.activities.save(entry)
            rejection = Request(
                id=RequestId(fresh()),
                account_id=of.id,
                kind=RequestKind.REJECTION,
                title="101",
                body="Il manque la fiche.",
                made_at=NOW,
            )
            tx.requests.save(rejection)
        tx.commit()
    return made.account_id, made.id
