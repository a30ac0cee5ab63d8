"""`python -m tests.sync.golden` writes what this revision of the app sends, for all later centres to take.

A file holds one JSON document a line: the rows that a centre held, then every changeset as it went over the wire with
the kind of answer it got. A file of a revision that was shipped is never written again.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.domain.identifiers import AccountId, ActivityId, ContactId, ProductId, ProposalId
from app.domain.money import Money
from app.domain.refusal import Refusal
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import Instalment, PlanTemplate, SubOrder
from app.store.changesets import changeset_of
from app.store.codec import Record
from app.store.opening import make_store
from app.store.rows import REVISION, SYNCED
from app.usecases.accounts.edit_account import EditContact, edit_contact
from app.usecases.accounts.plan_task import (
    PlanTask,
    RecordPresentation,
    TickPreparation,
    plan_task,
    record_presentation,
    tick_preparation,
)
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.amend_sub_order import (
    AmendSubOrder,
    ChangeDetails,
    RenewSubOrder,
    amend_sub_order,
    change_details,
    renew_sub_order,
)
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.drop_sub_order import DropSubOrder, drop_sub_order
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.lose_account import LoseAccount, lose_account
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.release_slot import ReleaseSlot, release_slot
from app.usecases.sales.remove_line import RemoveLine, remove_line
from app.usecases.sales.replace_product import ReplaceProduct, replace_product
from app.usecases.sales.restore_line import RestoreLine, restore_line
from app.usecases.sales.revoke_loss import RevokeLoss, revoke_loss
from app.usecases.sales.sell_anew import GoWithoutPlace, TakeOtherPlace, go_without_place, take_other_place
from app.usecases.sales.set_payment_plan import EditInstalments, SetPaymentPlan, edit_instalments, set_payment_plan
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import ReopenProposal, ValidateProposal, reopen_proposal, validate_proposal
from sync.protocol.changeset import Changeset, Value
from sync.protocol.frames import Push
from sync.protocol.scope import TABLES
from sync.server.feed import write
from tests.sync.selling_places import AREA, COVER, DISPLAY, HEADING, SPRING
from tests.sync.simulation.acts import OF_A_REP
from tests.sync.simulation.breaks import wish
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.prepared import FLORIST, HIS
from tests.sync.simulation.simulation import Places, Plan, Simulation, simulation
from tests.sync.world import KEY, prepared
from tests.unit.usecases.conftest import COMPANY, PlainPaper, hex_id

FOLDER = Path(__file__).parents[1] / "data" / "revisions"
POINT = "a" * 32
"""A point of the florist's preparation list."""
ROUNDS = 8
"""How often each kind of act is tried, so that each finds something to act upon."""


class Row(msgspec.Struct, frozen=True, kw_only=True, tag_field="k", tag="row"):
    """A row that the centre held before."""

    table: str
    values: dict[str, Value]


class Sent(msgspec.Struct, frozen=True, kw_only=True, tag_field="k", tag="sent"):
    """A changeset as its line went over the wire, and the kind of answer it got."""

    push: msgspec.Raw
    state: str


class Owner(msgspec.Struct, frozen=True, kw_only=True, tag_field="k", tag="owner"):
    """The rep whose work it is."""

    rep: str


class Loaded(msgspec.Struct, frozen=True, kw_only=True, tag_field="k", tag="loaded"):
    """An account of a colleague that was loaded on the device before the changesets that follow."""

    account: str


Line = Row | Sent | Owner | Loaded
_decoder: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)


def read(path: Path) -> list[Line]:
    """Read a golden file."""
    return [_decoder.decode(line) for line in path.read_bytes().splitlines()]


def changeset_in(sent: Sent) -> Changeset:
    """Give the changeset of a line."""
    return msgspec.json.decode(sent.push, type=Push).changeset


def written(places: Places) -> list[Line]:
    """Let a rep do everything once without a network, then send it all; gives the lines."""
    with simulation(1, places, Plan(faults=0, deaths=0, meanwhile=0)) as made:
        device = made.devices[0]
        point: Record = {
            "id": POINT,
            "is_done": 0,
            "account_id": FLORIST,
            "position": 0,
            "subject": "Relire le bon en cours",
        }
        write(made.centre.engines, lambda _connection, feed: feed.load("preparation_item", (point,)))
        wish(device, HIS, 10)
        device.exchange()
        rows = _rows(made)
        proposal = prepare_proposal(PrepareProposal(AccountId(FLORIST), 2027), device.work)
        _meet(device, duplicate_proposal(DuplicateProposal(proposal, "Au rendez-vous"), device.work))
        _sell(device, proposal)
        _reserve(device, proposal)
        _lose(device)
        _visit_for_a_colleague(device)
        for _ in range(ROUNDS):
            for act in OF_A_REP:
                try:
                    act(device, made.chance)
                except (Refusal, IntegrityError):
                    continue
        device.exchange()
        states = device.rows("SELECT n, state FROM changeset ORDER BY n")
        with device.store.engine.reader.connect() as connection:
            sent = [(changeset_of(connection, int(str(row["n"]))), str(row["state"])) for row in states]
        pushes = [Sent(push=msgspec.Raw(msgspec.json.encode(Push(changeset=one))), state=state) for one, state in sent]
        return [Owner(rep=str(device.me)), *rows, Loaded(account=HIS), *pushes]


def _sell(device: SimulatedDevice, proposal: ProposalId) -> None:
    """Take one proposal through every step of a negotiation."""
    work = device.work
    parts = _parts(device, proposal)
    change_line(ChangeLine(proposal, parts["001"].lines[0].id, quantity=2, discount=500), work)
    for number in ("101", "201"):
        amend_sub_order(AmendSubOrder(proposal, parts[number].id), work)
    cancel_line(CancelLine(proposal, _parts(device, proposal)["101"].lines[0].id, LossReason.BUDGET), work)
    split_proposal(SplitProposal(proposal), work)


def _meet(device: SimulatedDevice, proposal: ProposalId) -> None:
    """Prepare a visit, show a proposal, and change it line by line at the customer's table."""
    work = device.work
    tick_preparation(TickPreparation(ActivityId(POINT), True), work)
    record_presentation(RecordPresentation(proposal, 540), work)
    first = _parts(device, proposal)["001"].lines[0].id
    replace_product(ReplaceProduct(proposal, first, ProductId(hex_id("Ligne en gras"))), work)
    site = _parts(device, proposal)["101"].id
    amend_sub_order(AmendSubOrder(proposal, site), work)
    change_details(ChangeDetails(proposal, site, "Nouvelle adresse du site"), work)
    renew_sub_order(RenewSubOrder(proposal, site), work)
    before = {line.id for line in _parts(device, proposal)["101"].lines}
    add_line(AddLine(proposal, ProductId(hex_id("Site Essentiel"))), work)
    for line in _parts(device, proposal)["101"].lines:
        if line.id not in before:
            remove_line(RemoveLine(proposal, line.id), work)
    dropped = _parts(device, proposal)["101"].lines[-1].id
    cancel_line(CancelLine(proposal, dropped, LossReason.RESULTS), work)
    restore_line(RestoreLine(proposal, dropped), work)
    set_payment_plan(SetPaymentPlan(proposal, PlanTemplate.THREE), work)
    edit_instalments(EditInstalments(proposal, (Instalment(due_on=date(2027, 3, 1), gross=Money(100_00)),)), work)
    drop_sub_order(DropSubOrder(proposal, _parts(device, proposal)["201"].id, LossReason.PRICE), work)
    set_payment_plan(SetPaymentPlan(proposal, PlanTemplate.FOUR), work)
    validate_proposal(ValidateProposal(proposal), work)
    reopen_proposal(ReopenProposal(proposal), work)


def _reserve(device: SimulatedDevice, proposal: ProposalId) -> None:
    """Ask for a limited place, take another one, let it go, ask again, take another instead, and go without."""
    work = device.work
    added = add_line(AddLine(proposal, DISPLAY, activity=HEADING, area=AREA), work)
    line = next(line.id for line in added.lines if line.product_id == DISPLAY)
    ask_for_slot(AskForSlot(proposal, line, COVER), work)
    ask_for_slot(AskForSlot(proposal, line, SPRING, move=True), work)
    release_slot(ReleaseSlot(proposal, line), work)
    device.store.history.undo()
    take_other_place(TakeOtherPlace(proposal, line, COVER), work)
    go_without_place(GoWithoutPlace(proposal, line), work, PlainPaper(), COMPANY)


def _lose(device: SimulatedDevice) -> None:
    """Lose the whole account, and win it back."""
    loss = lose_account(LoseAccount(AccountId(FLORIST), LossReason.COMPETITOR, 2027), device.work)
    revoke_loss(RevokeLoss(loss), device.work)


def _visit_for_a_colleague(device: SimulatedDevice) -> None:
    """Work on an account of the team that is loaded here."""
    (contact,) = device.rows("SELECT * FROM contact WHERE account_id = ? ORDER BY id LIMIT 1", HIS)
    edit_contact(
        EditContact(
            account_id=AccountId(HIS),
            contact_id=ContactId(str(contact["id"])),
            name=str(contact["name"]),
            email="visite@example.org",
        ),
        device.work,
    )
    plan_task(PlanTask(AccountId(HIS), "Rapporter au collègue", device.clock.today()), device.work)


def _parts(device: SimulatedDevice, proposal: ProposalId) -> dict[str, SubOrder]:
    with device.work.begin("read") as tx:
        return {part.number: part for part in tx.proposals.get(proposal).sub_orders}


def _rows(made: Simulation) -> list[Row]:
    with made.centre.engines.reader.connect() as connection:
        return [
            Row(table=name, values={**row})
            for name in TABLES
            for row in connection.execute(select(SYNCED.tables[name]).order_by("id")).mappings()
        ]


def main() -> None:
    """Write the file of the present revision."""
    path = FOLDER / f"{REVISION}.jsonl"
    with tempfile.TemporaryDirectory() as folder:
        empty, migrated = Path(folder) / "empty.db", Path(folder) / "migrated.db"
        make_store(empty, KEY, "")
        prepared(f"sqlite:///{migrated}")
        run = Path(folder) / "run"
        run.mkdir()
        lines = written(Places(run, empty, migrated))
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    names = sorted({changeset_in(line).name for line in lines if isinstance(line, Sent)})
    print(f"{path}: {len(lines)} lines, {', '.join(names)}")


if __name__ == "__main__":
    main()
