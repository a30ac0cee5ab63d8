"""What each screen reads, and in how few statements."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Engine

from app.domain.accounts.account import AccountStatus
from app.domain.accounts.activity import Activity, ActivityKind, Discovery, PreparationItem
from app.domain.accounts.rep import Rep
from app.domain.catalogue.product import Price, Product, ProductKind, ProductRange
from app.domain.desk.request import Request, RequestKind, RequestState
from app.domain.identifiers import (
    AccountId,
    ActivityId,
    DocumentId,
    LossId,
    ProductId,
    ProposalId,
    RangeId,
    RepId,
    RequestId,
)
from app.domain.money import Money
from app.domain.refusal import Refusal
from app.domain.sales.losses import Loss, LossKind, LossReason
from app.domain.sales.order import OrderStatus
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState
from app.ports.readers import Readers
from app.store import codecs
from app.store.guard import Writer, writing
from app.store.opening import Store
from tests.store import samples, trade
from tests.store.samples import ME, NOW, TODAY, fresh

Watch = Callable[[Engine], list[str]]


def _activity(of: AccountId, kind: ActivityKind, subject: str, at: datetime, due_on: date | None = None) -> Activity:
    return Activity(id=ActivityId(fresh()), account_id=of, kind=kind, subject=subject, at=at, due_on=due_on)


def _request(of: AccountId, kind: RequestKind = RequestKind.REJECTION) -> Request:
    return Request(
        id=RequestId(fresh()), account_id=of, kind=kind, title="101", body="Il manque la fiche.", made_at=NOW
    )


def _local(day: date, hour: int) -> datetime:
    """An hour of the day where the tests run, in UTC."""
    return datetime(day.year, day.month, day.day, hour).astimezone(UTC)


def test_the_store_reads_for_every_screen(store: Store) -> None:
    readers: Readers = store.readers
    assert readers.areas() == ()


def test_the_day_shows_visits_rejections_and_tasks(store: Store) -> None:
    rose, bat = trade.account(), trade.account("Bat-Etanche", city="Maintenon")
    yesterday = TODAY - timedelta(days=1)
    later = _activity(bat.id, ActivityKind.APPOINTMENT, "Visite", _local(TODAY, 13))
    first = replace(_activity(rose.id, ActivityKind.APPOINTMENT, "Visite", _local(TODAY, 0)), detail="devis attendu")
    others = replace(_activity(rose.id, ActivityKind.APPOINTMENT, "Visite", _local(TODAY, 9)), rep_id=RepId(fresh()))
    urgent = _activity(bat.id, ActivityKind.TASK, "Rappeler", NOW, yesterday)
    soon = _activity(rose.id, ActivityKind.TASK, "Envoyer le devis", NOW, TODAY)
    some_day = _activity(rose.id, ActivityKind.TASK, "Un jour", NOW)
    done = replace(_activity(rose.id, ActivityKind.TASK, "Faite", NOW, yesterday), done_at=NOW)
    rejection, answered = _request(bat.id), replace(_request(rose.id), state=RequestState.RESOLVED)
    made = trade.proposal(rose)
    with store.work.begin("x") as tx:
        tx.accounts.save(replace(rose, renew_by=TODAY + timedelta(days=60)))
        tx.accounts.save(replace(bat, renew_by=TODAY + timedelta(days=61)))
        tx.accounts.save(replace(trade.account(), renew_by=TODAY, status=AccountStatus.LOST))
        for entry in (later, first, others, urgent, soon, some_day, done):
            tx.activities.save(entry)
        for day in (yesterday, TODAY + timedelta(days=1)):
            tx.activities.save(_activity(rose.id, ActivityKind.APPOINTMENT, "Un autre jour", _local(day, 12)))
        tx.requests.save(rejection)
        tx.requests.save(answered)
        tx.requests.save(_request(rose.id, RequestKind.COMPLAINT))
        tx.proposals.save(made)
        tx.proposals.save(replace(trade.proposal(rose), kind=ProposalKind.SIMULATION))
        tx.proposals.save(replace(trade.proposal(rose), status=ProposalStatus.CLOSED))
        tx.orders.save(trade.order(bat, 2026, 862_000))
        tx.commit()
    shown = store.readers.today(TODAY)
    assert [visit.activity for visit in shown.visits] == [first, later]
    assert [visit.account.trade_name for visit in shown.visits] == ["Au nom de la Rose", "Bat-Etanche"]
    # At stake: what the open default proposal comes to, else what runs.
    assert [visit.at_stake for visit in shown.visits] == [made.totals.net, Money(862_000)]
    assert [(visit.note, visit.proposals) for visit in shown.visits] == [("devis attendu", 2), ("", 0)]
    assert shown.rejections == (rejection,)
    assert shown.tasks == ((urgent, "Bat-Etanche"), (soon, "Au nom de la Rose"), (some_day, "Au nom de la Rose"))
    assert shown.account_names == {rose.id: "Au nom de la Rose", bat.id: "Bat-Etanche"}
    assert (shown.day, shown.to_renew) == (TODAY, 1)


def test_an_empty_day_is_empty(store: Store) -> None:
    day = store.readers.today(TODAY)
    assert (day.visits, day.rejections, day.tasks, day.account_names, day.to_renew) == ((), (), (), {}, 0)


def test_the_account_page_shows_all_that_is_known(store: Store) -> None:
    of = trade.account()
    default = trade.proposal(of)
    simulation = replace(trade.proposal(of, name="Sans display"), kind=ProposalKind.SIMULATION)
    items = [
        PreparationItem(id=ActivityId(fresh()), account_id=of.id, position=place, subject=f"{place}")
        for place in (2, 1)
    ]
    discovery = Discovery(id=ActivityId(fresh()), account_id=of.id, answers=(("Qui ?", "Des mariés"),))
    early = _activity(of.id, ActivityKind.CALL, "Appel", NOW - timedelta(days=3))
    late = _activity(of.id, ActivityKind.NOTE, "Note", NOW)
    orders = [trade.order(of, edition, 100) for edition in (2025, 2026)]
    losses = [
        Loss(
            id=LossId(fresh()),
            account_id=of.id,
            kind=LossKind.PRODUCT,
            reason=LossReason.PRICE,
            on=TODAY,
            net=Money(1),
            edition=2027,
        )
    ]
    content = b"form"
    form = Document(
        id=DocumentId(fresh()),
        account_id=of.id,
        proposal_id=default.id,
        kind=DocumentKind.ORDER_FORM,
        state=DocumentState.SHOWN,
        number="BC-1",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        made_at=NOW,
    )
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        # Made first, shown after the default one.
        tx.proposals.save(replace(simulation, id=ProposalId("0" * 31 + "1")))
        tx.proposals.save(default)
        for item in items:
            tx.activities.save_preparation(item)
        tx.activities.save_discovery(discovery)
        tx.activities.save(early)
        tx.activities.save(late)
        for order in orders:
            tx.orders.save(order)
        for loss in losses:
            tx.losses.save(loss)
        tx.requests.save(_request(of.id))
        tx.documents.add(form, content)
        tx.commit()
    page = store.readers.account(of.id)
    assert page.account == of
    assert [item.subject for item in page.preparation] == ["1", "2"]
    assert page.discovery == discovery
    assert page.timeline == (late, early)
    assert [order.edition for order in page.orders] == [2026, 2025]
    assert [proposal.kind for proposal in page.proposals] == [ProposalKind.DEFAULT, ProposalKind.SIMULATION]
    assert page.proposals[0] == default == store.readers.proposal(default.id)
    assert (len(page.requests), page.losses, page.documents) == (1, tuple(losses), (form,))
    assert store.readers.documents(default.id) == (form,)
    assert store.readers.content(form.sha256) == content


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=samples.proposals)
def test_the_list_of_proposals_comes_to_the_same_as_the_proposal(store: Store, made: Proposal) -> None:
    of = trade.account()
    made = replace(made, account_id=of.id)
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        tx.proposals.save(made)
        tx.commit()
    (item,) = store.readers.proposals(of.id)
    assert (item.net, item.gross) == (made.totals.net, made.totals.gross)
    assert (item.id, item.account_name, item.name, item.kind) == (made.id, of.trade_name, made.name, made.kind)
    assert (item.status, item.edition) == (made.status, made.edition)
    assert item in store.readers.proposals()


def test_orders_come_page_by_page_latest_signed_first(store: Store) -> None:
    of = trade.account()
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        for edition in range(2020, 2027):
            tx.orders.save(trade.order(of, edition, edition))
        tx.commit()
    pages = [store.readers.orders(offset, 3) for offset in (0, 3, 6, 9)]
    assert [order.edition for page in pages for order in page] == [2026, 2025, 2024, 2023, 2022, 2021, 2020]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert (pages[0][0].account_name, pages[0][0].net) == (of.trade_name, Money(2026))
    assert (pages[0][0].status, pages[0][0].signed_on) == ("in_production", date(2025, 11, 20))


def test_requests_bear_the_name_of_their_account(store: Store) -> None:
    of = trade.account()
    early, late = replace(_request(of.id), made_at=NOW - timedelta(hours=1)), _request(of.id)
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        tx.requests.save(early)
        tx.requests.save(late)
        tx.commit()
    assert store.readers.requests() == ((late, of.trade_name), (early, of.trade_name))


def _catalogue(store: Store) -> dict[str, Product]:
    ranges = [ProductRange(id=RangeId(fresh()), number=number, name=number) for number in ("101", "001")]
    price = Price(edition=2027, net=Money(10), valid_from=TODAY, valid_until=TODAY)
    names = (("Z1", "Bloc annonce", 1), ("A1", "Lien privilège", 0), ("B2", "Encart été", 1))
    found = {
        code: Product(
            id=ProductId(fresh()),
            code=code,
            name=name,
            kind=ProductKind.PUBLICATION,
            range_id=ranges[place].id,
            vat_rate=trade.NORMAL,
            prices=(price,),
        )
        for code, name, place in names
    }
    with store.work.begin("x") as tx:
        for family in ranges:
            tx.catalogue.save_range(family)
        for product in found.values():
            tx.catalogue.save(product)
        tx.commit()
    return found


def test_products_come_by_range_and_code(store: Store) -> None:
    found = _catalogue(store)
    assert [family.number for family in store.readers.ranges()] == ["001", "101"]
    assert store.readers.products() == (found["B2"], found["Z1"], found["A1"])
    assert store.readers.products(limit=2) == (found["B2"], found["Z1"])
    assert store.readers.product(found["A1"].id) == found["A1"]


@pytest.mark.parametrize(
    ("text", "codes"), [("ete", ["B2"]), ("Été", ["B2"]), ("ann bl", ["Z1"]), ("a1", ["A1"]), ("xyz", []), ("’", [])]
)
def test_products_are_found_by_words_begun(store: Store, text: str, codes: list[str]) -> None:
    _catalogue(store)
    assert [product.code for product in store.readers.products(text)] == codes


def test_the_rep_is_read(store: Store) -> None:
    with pytest.raises(Refusal):
        store.readers.me()
    rep = Rep(id=ME, login="julie", name="Julie Lefèvre")
    with store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        connection.execute(codecs.REP.table.insert(), codecs.REP.record(rep))
    assert store.readers.me() == rep


def test_the_dashboard_adds_up(store: Store) -> None:
    here, there, lost = trade.account(), trade.account(), trade.account()
    signed = replace(trade.proposal(here), status=ProposalStatus.SIGNED_TO_CONFIRM)
    loss = Loss(
        id=LossId(fresh()),
        account_id=lost.id,
        kind=LossKind.TOTAL,
        reason=LossReason.BUDGET,
        on=TODAY,
        net=Money(700),
        edition=2027,
    )
    with store.work.begin("x") as tx:
        for of, net in ((here, 100), (there, 20), (lost, 3)):
            tx.accounts.save(replace(of, area="Orne" if of is there else "Eure-et-Loir"))
            tx.orders.save(trade.order(of, 2026, net))
        tx.proposals.save(signed)
        tx.proposals.save(trade.proposal(there))
        tx.losses.save(loss)
        tx.losses.save(replace(loss, id=LossId(fresh()), reason=LossReason.PRICE, kind=LossKind.RANGE, net=Money(900)))
        tx.losses.save(replace(loss, id=LossId(fresh()), account_id=there.id, revoked_at=NOW))
        tx.commit()
    board = store.readers.dashboard(2027)
    assert (board.signed_net, board.at_stake_net) == (signed.totals.net, Money(20))
    assert board.losses_by_reason == (("price", Money(900)), ("budget", Money(700)))
    assert board.progress_by_area == (("Eure-et-Loir", 2, 2), ("Orne", 0, 1))
    assert board.proposals_by_status == ((ProposalStatus.DRAFT, 1), (ProposalStatus.SIGNED_TO_CONFIRM, 1))
    empty = store.readers.dashboard(2030)
    assert (empty.signed_net, empty.at_stake_net, empty.losses_by_reason) == (Money(0), Money(123), ())


def test_what_no_longer_runs_is_not_at_stake(store: Store) -> None:
    of = trade.account()
    with store.work.begin("x") as tx:
        tx.accounts.save(of)
        tx.orders.save(trade.order(of, 2024, 5))
        tx.orders.save(trade.order(of, 2025, 10))
        tx.orders.save(trade.order(of, 2025, 7, OrderStatus.COMPLETED))
        tx.orders.save(trade.order(of, 2026, 1_000, OrderStatus.CANCELLED))
        tx.orders.save(trade.order(of, 2026, 2_000, OrderStatus.REJECTED))
        tx.commit()
    assert store.readers.dashboard(2030).at_stake_net == Money(17)
