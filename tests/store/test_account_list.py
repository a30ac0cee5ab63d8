"""The list of accounts gives exactly what the filter asks, in its order, page by page, whichever way it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from app.domain.accounts.account import Account, AccountStatus, Address, Contact
from app.domain.accounts.activity import Activity, ActivityKind, PreparationItem
from app.domain.desk.request import Request, RequestKind
from app.domain.identifiers import AccountId, ActivityId, ContactId, RequestId
from app.domain.money import Money
from app.domain.sales.proposal import ProposalStatus
from app.ports.readers import AccountFilter, AccountSort
from app.store.bulk import bulk_insert, rebuild_lists
from app.store.codecs import ACCOUNT, CONTACT
from app.store.folding import folded
from app.store.guard import Writer, writing
from app.store.opening import Store, open_store
from app.store.reading import account_list
from tests.store import trade
from tests.store.samples import KEY, ME, NOW, FixedClock, fresh

NAMES = ("Au nom de la Rose", "Bat-Étanche", "Modern Optic", "L’Œil rosé", "Garage Lenoir", "Étang d’Or", "ROSERAIE")
CITIES = ("Chartres", "Épernon", "Dreux")
AREAS = ("Eure-et-Loir", "Orne")
TYPED = ("", "r", "rose", "ROS", "rosé", "la no", "eper", "claire", "c 01", "’", "zzz", "bat etan", "oeil")
OPEN = (ProposalStatus.DRAFT, ProposalStatus.ORDERED, ProposalStatus.SIGNED_TO_CONFIRM, ProposalStatus.CLOSED)

accounts = st.builds(
    Account,
    id=st.builds(lambda: AccountId(fresh())),
    number=st.integers(0, 99).map(lambda n: f"C-{n:03}"),
    trade_name=st.sampled_from(NAMES),
    activity=st.sampled_from(("Fleuriste", "Couvreur")),
    area=st.sampled_from(AREAS),
    address=st.builds(Address, city=st.sampled_from(CITIES)),
    status=st.sampled_from(AccountStatus),
    rep_id=st.just(ME),
    renew_by=st.none() | st.dates(date(2026, 12, 1), date(2026, 12, 6)),
    contacts=st.lists(
        st.builds(
            Contact,
            id=st.builds(lambda: ContactId(fresh())),
            name=st.sampled_from(("Claire Delmas", "Rosa Étienne")),
            email=st.sampled_from(("", "a@b.example")),
            is_signatory=st.booleans(),
        ),
        max_size=2,
    ).map(tuple),
)
filters = st.builds(
    AccountFilter,
    text=st.sampled_from(
        ("", "r", "rose", "ROS", "rosé", "la no", "eper", "claire", "c 01", "’", "zzz", "bat etan", "oeil")
    ),
    area=st.none() | st.sampled_from(AREAS),
    renew_before=st.none() | st.just(date(2026, 12, 4)),
    without_email=st.booleans(),
    rejected=st.booleans(),
    sort=st.sampled_from(AccountSort),
)


def _words(account: Account) -> list[str]:
    said = (account.trade_name, account.number, account.activity, account.address.city)
    return folded(" ".join((*said, *(contact.name for contact in account.contacts)))).split()


def _lacks_email(account: Account) -> bool:
    return not any(contact.is_signatory and contact.email for contact in account.contacts)


def _is_wanted(account: Account, wanted: AccountFilter, rejected: set[AccountId]) -> bool:
    """The filter in plain words, as a person would check it."""
    renews = account.renew_by is not None and account.status is not AccountStatus.LOST
    return (
        all(any(word.startswith(begun) for word in _words(account)) for begun in folded(wanted.text).split())
        and wanted.area in (None, account.area)
        and (wanted.renew_before is None or (renews and str(account.renew_by) < str(wanted.renew_before)))
        and (not wanted.without_email or _lacks_email(account))
        and (not wanted.rejected or account.id in rejected)
    )


def _key(account: Account, wanted: AccountFilter, rejected: set[AccountId], nets: dict[AccountId, int]) -> str:
    if wanted.sort is AccountSort.NAME:
        return folded(account.trade_name)
    if wanted.sort is AccountSort.AMOUNT:
        return str(9 - nets[account.id])
    if account.status is AccountStatus.LOST:
        return "lost last"
    if account.id in rejected:
        return "a rejection first"
    return f"by {account.renew_by}" if account.renew_by is not None else "for no day"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), portfolio=st.lists(accounts, max_size=9), wanted=st.lists(filters, min_size=2, max_size=9))
@pytest.mark.parametrize("walk", [0, 10**9])
def test_the_list_holds_what_the_filter_says_in_its_order(
    empty_store: Path,
    tmp_path_factory: pytest.TempPathFactory,
    walk: int,
    data: st.DataObject,
    portfolio: list[Account],
    wanted: list[AccountFilter],
) -> None:
    path = tmp_path_factory.mktemp("list") / "store.db"
    path.write_bytes(empty_store.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        # Both ways of reading a page, however few accounts there are.
        patch.setattr(account_list, "_WALK", walk)
        patch.setattr(account_list, "_WALK_BY_NAME", walk)
        store = open_store(path, KEY, FixedClock(), ME)
        rejected = {account.id for account in portfolio if data.draw(st.booleans())}
        nets = _save(store, portfolio, rejected)
        if data.draw(st.booleans()):
            with store.engine.writer.begin() as connection:
                rebuild_lists(connection)
        try:
            for asked in wanted:
                _check(store, portfolio, asked, rejected, nets)
        finally:
            store.close()


def _save(store: Store, portfolio: Sequence[Account], rejected: set[AccountId]) -> dict[AccountId, int]:
    nets = {}
    with store.work.begin("x") as tx:
        for place, account in enumerate(portfolio):
            nets[account.id] = (place * 7) % 5
            tx.accounts.save(account)
            if nets[account.id]:
                tx.orders.save(trade.order(account, 2026, nets[account.id]))
            if account.id in rejected:
                tx.requests.save(_rejection(account.id))
        tx.commit()
    return nets


def _rejection(of: AccountId) -> Request:
    return Request(
        id=RequestId(fresh()), account_id=of, kind=RequestKind.REJECTION, title="101", body="Il manque.", made_at=NOW
    )


def _check(
    store: Store,
    portfolio: Sequence[Account],
    wanted: AccountFilter,
    rejected: set[AccountId],
    nets: dict[AccountId, int],
) -> None:
    expected = {account.id: account for account in portfolio if _is_wanted(account, wanted, rejected)}
    count, net = store.readers.count_accounts(wanted)
    assert (count, net) == (len(expected), Money(sum(nets[account_id] for account_id in expected)))
    pages = [store.readers.accounts(wanted, offset, 3) for offset in range(0, count + 1, 3)]
    found = [item for page in pages for item in page]
    assert {item.id for item in found} == set(expected)
    assert len(found) == count
    keys = [_key(expected[item.id], wanted, rejected, nets) for item in found]
    assert keys == sorted(keys)
    for item in found:
        account = expected[item.id]
        assert (item.trade_name, item.city, item.status) == (account.trade_name, account.address.city, account.status)
        assert (item.running_net, item.rejections) == (Money(nets[item.id]), int(item.id in rejected))
        assert (item.email_missing, item.renew_by) == (_lacks_email(account), account.renew_by)


def test_a_row_says_what_is_open_with_the_account(store: Store) -> None:
    of = trade.account()
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        for status in (
            ProposalStatus.DRAFT,
            ProposalStatus.ORDERED,
            ProposalStatus.SIGNED_TO_CONFIRM,
            ProposalStatus.CLOSED,
        ):
            tx.proposals.save(replace(trade.proposal(of), status=status))
        for days in (-1, 3, 2):
            at = NOW + timedelta(days=days)
            tx.activities.save(_activity(of.id, ActivityKind.APPOINTMENT, at.day))
        tx.activities.save(_activity(of.id, ActivityKind.TASK, 1))
        tx.activities.save(replace(_activity(of.id, ActivityKind.TASK, 1), done_at=NOW))
        for place in range(3):
            item = PreparationItem(
                id=ActivityId(fresh()), account_id=of.id, position=place, subject="Lire", is_done=place == 0
            )
            tx.activities.save_preparation(item)
        tx.commit()
    (row,) = store.readers.accounts(AccountFilter(), 0, 60)
    assert (row.drafts, row.to_confirm, row.left_to_do) == (2, 1, 3)
    assert row.next_visit == NOW + timedelta(days=2)
    assert (row.number, row.activity) == (of.number, of.activity)


def _activity(of: AccountId, kind: ActivityKind, day: int) -> Activity:
    return Activity(id=ActivityId(fresh()), account_id=of, kind=kind, subject="Visite", at=NOW.replace(day=day))


def test_the_totals_follow_every_action(store: Store) -> None:
    of = trade.account()
    everything = AccountFilter()
    assert store.readers.count_accounts(everything) == (0, Money(0))
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        tx.commit()
    assert store.readers.count_accounts(everything) == (1, Money(0))
    with store.work.begin("x") as tx:
        tx.orders.save(trade.order(of, 2026, 500))
        tx.commit()
    assert store.readers.count_accounts(everything) == (1, Money(500))
    with store.work.begin("x") as tx:
        tx.accounts.save(replace(of, trade_name="Bat-Etanche"))
        tx.commit()
    assert store.readers.count_accounts(AccountFilter(text="bat")) == (1, Money(500))
    assert store.readers.count_accounts(AccountFilter(text="nom")) == (0, Money(0))


def test_a_total_counted_while_the_store_changed_is_not_remembered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = account_list._count

    def overtaken(connection: Connection, asked: account_list._Asked) -> tuple[int, int]:
        found = counted(connection, asked)
        monkeypatch.undo()
        with store.work.begin("x") as tx:
            tx.accounts.save(trade.account())
            tx.commit()
        return found

    monkeypatch.setattr(account_list, "_count", overtaken)
    assert store.readers.count_accounts(AccountFilter()) == (0, Money(0))
    assert store.readers.count_accounts(AccountFilter()) == (1, Money(0))


def test_areas_are_those_of_the_portfolio(store: Store) -> None:
    with store.work.begin("x") as tx:
        for area in ("Orne", "", "Eure-et-Loir", "Orne"):
            tx.accounts.save(replace(trade.account(), area=area))
        tx.commit()
    assert store.readers.areas() == ("Eure-et-Loir", "Orne")


def test_a_bulk_load_is_listed_after_the_rebuild(store: Store) -> None:
    portfolio = [trade.account(f"Fleurs {number:03}") for number in range(300)]
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        bulk_insert(connection, ACCOUNT.table, [ACCOUNT.record(account) for account in portfolio])
        people = [
            CONTACT.record(person, account_id=account.id, position=0)
            for account in portfolio
            for person in account.contacts
        ]
        bulk_insert(connection, CONTACT.table, people)
        bulk_insert(connection, CONTACT.table, [])
        rebuild_lists(connection)
    store.work.tell(frozenset({"account", "contact"}))
    assert store.readers.count_accounts(AccountFilter(text="fleu")) == (300, Money(0))
    page = store.readers.accounts(AccountFilter(text="fleu", sort=AccountSort.NAME), 120, 3)
    assert [item.trade_name for item in page] == ["Fleurs 120", "Fleurs 121", "Fleurs 122"]
    assert store.readers.account(portfolio[7].id).account == portfolio[7]
