"""The training base goes into an empty centre, and there the rep's day comes out as the pictures show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.domain.identifiers import AccountId, LineId, ProductId, ProposalId, RepId
from app.domain.money import Money
from app.domain.refusal import Refusal
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import Proposal, SubOrder
from app.store.engine import Engines, open_url
from app.store.rows import SYNCED
from app.store.unit_of_work import SqlWork
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.amend_sub_order import AmendSubOrder, amend_sub_order
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from sync.protocol.scope import CATALOGUE_TABLES
from sync.server.feed import FeedJournal
from sync.server.grants.people import is_password
from sync.server.migrating import migrate
from sync.server.tables import ENTRY, SCOPE, USER
from sync.server.training import TrainingLoaded, fill, load

TODAY = date(2026, 11, 23)


class Monday:
    """The clock of the training day."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 7, 12, tzinfo=UTC)

    def today(self) -> date:
        return TODAY


class School:
    """A centre filled with the training base."""

    def __init__(self, url: str) -> None:
        self.loaded: TrainingLoaded = load(url, TODAY)
        self.engines: Engines = open_url(url)
        self.work = SqlWork(self.engines.writer, Monday(), RepId(self.loaded.rep_id), FeedJournal())

    def id_of(self, table: str, column: str, value: str) -> str:
        rows = SYNCED.tables[table]
        with self.engines.reader.connect() as connection:
            return str(connection.execute(select(rows.c.id).where(rows.c[column] == value)).scalar_one())

    def proposal(self, proposal_id: ProposalId) -> Proposal:
        with self.work.begin("look") as tx:
            return tx.proposals.get(proposal_id)


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    made = School(f"sqlite:///{tmp_path / 'centre.db'}")
    yield made
    made.engines.dispose()


def test_every_row_is_in_the_feed_of_a_scope(school: School) -> None:
    with school.engines.reader.connect() as connection:
        heads = {row.scope: row.head for row in connection.execute(select(SCOPE))}
        entries = connection.execute(select(func.count()).select_from(ENTRY)).scalar_one()
    counts = school.loaded.counts
    assert heads["catalogue"] == sum(counts[name] for name in CATALOGUE_TABLES)
    assert heads["team:eure-et-loir"] == counts["rep"] == 3
    assert entries == sum(heads.values()) == sum(counts.values())
    assert counts["account"] == 148 + 26
    assert heads[f"rep:{school.loaded.rep_id}"] > 1_000


def test_the_rep_may_enter_with_the_password_that_is_told(school: School) -> None:
    with school.engines.reader.connect() as connection:
        people = {row.login: row for row in connection.execute(select(USER))}
    assert people.keys() == {"jl", "tp", "hm", "admin"}
    julie = people[school.loaded.login]
    assert (julie.rep_id, julie.name) == (school.loaded.rep_id, "Julie Lambert")
    assert is_password(julie.password_hash, school.loaded.password)


def test_the_command_says_who_may_enter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engines = open_url(f"sqlite:///{tmp_path / 'centre.db'}")
    migrate(engines)
    loaded = fill(engines)
    engines.dispose()
    said = capsys.readouterr().out
    assert "174 comptes" in said
    assert f"Entrer comme jl, mot de passe {loaded.password}" in said


def test_a_centre_that_is_not_empty_is_left_alone(school: School) -> None:
    with pytest.raises(Refusal, match="CENTRE_NOT_EMPTY"):
        load(school.engines, TODAY)
    assert school.id_of("account", "trade_name", "Au nom de la Rose")


@pytest.mark.postgres
def test_it_goes_into_postgresql_as_well(postgres_url: str, tmp_path: Path) -> None:
    other = load(f"sqlite:///{tmp_path / 'centre.db'}", TODAY)
    assert load(postgres_url, TODAY) == other


def _part(proposal: Proposal, number: str) -> SubOrder:
    return next(part for part in proposal.sub_orders if part.number == number)


def _line(proposal: Proposal, number: str, product: str) -> LineId:
    return next(line.id for line in _part(proposal, number).lines if line.product == product)


def test_the_florists_proposal_comes_out_as_pictured(school: School) -> None:
    work = school.work
    rose = AccountId(school.id_of("account", "trade_name", "Au nom de la Rose"))
    proposal_id = prepare_proposal(PrepareProposal(rose, 2027), work)
    renewed = school.proposal(proposal_id)
    assert [(part.number, part.net.cents) for part in renewed.sub_orders] == [
        ("001", 179_200),
        ("101", 154_800),
        ("201", 220_800),
        ("301", 24_000),
    ]
    # In print and online: the 4 000,00 € of the comparison's first column.
    assert _part(renewed, "001").net + _part(renewed, "201").net == Money(400_000)

    amend_sub_order(AmendSubOrder(proposal_id, _part(renewed, "101").id), work)
    amend_sub_order(AmendSubOrder(proposal_id, _part(renewed, "301").id), work)
    amended = school.proposal(proposal_id)
    assert (_part(amended, "101").amendment, _part(amended, "301").amendment) == ("02", "01")
    essential = ProductId(school.id_of("product", "code", "SVE"))
    replace_product(ReplaceProduct(proposal_id, _line(amended, "101", "SVC"), essential), work)
    cancel_line(CancelLine(proposal_id, _line(amended, "101", "RFL"), LossReason.BUDGET), work)
    cover = ProductId(school.id_of("product", "code", "D4C"))
    add_line(AddLine(proposal_id, cover, area="Eure-et-Loir"), work)
    added = school.proposal(proposal_id)
    change_line(ChangeLine(proposal_id, _line(added, "001", "D4C"), discount=800), work)
    change_line(ChangeLine(proposal_id, _line(added, "201", "CMC3"), discount=1000), work)

    pictured = school.proposal(proposal_id)
    assert [(part.number, part.net.cents) for part in pictured.sub_orders] == [
        ("001", 377_000),
        ("101", -70_800),
        ("201", 208_200),
        ("301", 0),
    ]
    lines = {line.product: line.net.cents for line in pictured.lines}
    assert (lines["SVE"], lines["RFL"], lines["D4C"], lines["CMC3"]) == (-48_000, -22_800, 197_800, 113_400)
    assert (pictured.totals.net, pictured.totals.gross) == (Money(514_400), Money(617_280))
    assert [part.gross.cents for part in pictured.payment_plan] == [154_320] * 4
    assert [part.due_on for part in pictured.payment_plan] == [date(2027, month, 15) for month in (1, 2, 3, 4)]

    outcome = split_proposal(SplitProposal(proposal_id, LossReason.BUDGET), work)
    assert [part.number for part in outcome.parts.stays] == ["001", "201"]
    assert [part.number for part in outcome.parts.apart] == ["101"]
    assert [part.number for part in outcome.parts.customer_service] == ["301"]
    kept = school.proposal(proposal_id)
    assert kept.totals.gross == Money(702_240)
    assert [part.gross.cents for part in kept.payment_plan] == [175_560] * 4


def test_the_florist_can_ask_for_a_display_that_is_limited_and_hears_of_one_that_is_taken(school: School) -> None:
    """Exercise 4: a simulation that holds a display besides the renewals, its place asked for."""
    work = school.work
    rose = AccountId(school.id_of("account", "trade_name", "Au nom de la Rose"))
    simulation = duplicate_proposal(DuplicateProposal(prepare_proposal(PrepareProposal(rose, 2027), work)), work)
    third, second = (ProductId(school.id_of("product", "code", code)) for code in ("D3C", "D2C"))
    for product in (third, second):
        add_line(AddLine(simulation, product, area="Eure-et-Loir"), work)
    made = school.proposal(simulation)
    with work.begin("look") as tx:
        places = {product: tx.slots.of(product, made.edition) for product in (third, second)}
    (free,) = (slot for slot in places[third] if slot.is_free and slot.area == "Eure-et-Loir")
    asked = ask_for_slot(AskForSlot(simulation, _line(made, "001", "D3C"), free.id), work)
    assert asked.account_id == rose
    (held,) = (slot for slot in places[second] if not slot.is_free)
    with pytest.raises(Refusal, match="SLOT_TAKEN") as refused:
        ask_for_slot(AskForSlot(simulation, _line(made, "001", "D2C"), held.id), work)
    assert refused.value.facts["alternatives"] == "Display, 2ᵉ de couverture · Loiret · 2027"
