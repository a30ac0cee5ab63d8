"""What people do in a simulation: reps on their devices through the true use cases, the back office at the centre."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.domain.accounts.account import AdvertiserDetails
from app.domain.identifiers import AccountId, ActivityId, ContactId, DocumentId, LineId, ProposalId, SubOrderId
from app.domain.sales.losses import LossReason
from app.domain.signature.ceremony import HandStroke, Point
from app.ports.documents import SealVerdict
from app.store.rows import SYNCED
from app.usecases.accounts.edit_account import EditAccount, EditContact, edit_account, edit_contact
from app.usecases.accounts.plan_task import CompleteTask, PlanTask, complete_task, plan_task
from app.usecases.sales.amend_sub_order import AmendSubOrder, amend_sub_order
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.chance import Chance, T
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.places import let_a_place_go, sell_anew, tidy, want_a_place
from tests.unit.usecases.conftest import COMPANY, PlainPaper

Act = Callable[[SimulatedDevice, Chance], None]
STROKE = HandStroke(strokes=(tuple(Point(x / 40, 0.5, 0.5, 8 * x) for x in range(40)),), ratio=2.0)
WORDS = ("Rose", "Lys", "Iris", "Pivoine")
EMAILS = ("a@example.org", "b@example.org", "c@example.org", "")
PHONES = ("0237000001", "0237000002", "")


class PlainSealer:
    """Seals by writing the place and the signatory behind the shown bytes."""

    def seal(self, shown: bytes, stroke: HandStroke, signatory: str, at: datetime, place: str) -> bytes:
        return shown + f"|{signatory}|{at}|{place}".encode()

    def verify(self, sealed: bytes, sha256: str) -> SealVerdict:
        raise NotImplementedError  # nobody looks at a seal here


_SEALER = PlainSealer()


def _hot(things: Sequence[T], chance: Chance) -> T | None:
    """Give any, most often the first: several people should work on the same."""
    return chance.any_of(things[:1] if chance.happens(0.6) else things)


# ---------------------------------------------------------------------------------------------- a rep
def correct_contact(device: SimulatedDevice, chance: Chance) -> None:
    contact = _hot(device.rows("SELECT * FROM contact ORDER BY id"), chance)
    if contact is None:
        return
    kept = {name: str(contact[name]) for name in ("name", "role", "email", "mobile", "phone")}
    column, values = chance.choice((("name", WORDS), ("role", WORDS), ("email", EMAILS), ("phone", PHONES)))
    edit_contact(
        EditContact(
            account_id=AccountId(str(contact["account_id"])),
            contact_id=ContactId(str(contact["id"])),
            is_signatory=bool(contact["is_signatory"]),
            **(kept | {column: chance.choice(values)}),
        ),
        device.work,
    )


def add_contact(device: SimulatedDevice, chance: Chance) -> None:
    account = chance.any_of(device.ids("account"))
    if account is not None:
        edit_contact(EditContact(account_id=AccountId(account), name=chance.choice(WORDS)), device.work)


def drop_row(table: str) -> Act:
    def drop(device: SimulatedDevice, chance: Chance) -> None:
        row = chance.any_of(device.ids(table))
        if row is not None:
            with device.work.begin("edit_contact") as tx:
                tx.rows.remove(SYNCED.tables[table], row)
                tx.commit()

    return drop


def correct_account(device: SimulatedDevice, chance: Chance) -> None:
    account = chance.any_of(device.ids("account"))
    if account is None:
        return
    if chance.happens(0.5):
        edit_account(EditAccount(account_id=AccountId(account), legal_name=chance.choice(WORDS)), device.work)
    else:
        details = AdvertiserDetails(name=chance.choice(WORDS), phone=chance.choice(PHONES))
        edit_account(EditAccount(account_id=AccountId(account), details=details), device.work)


def plan(device: SimulatedDevice, chance: Chance) -> None:
    account = chance.any_of(device.ids("account"))
    if account is not None:
        plan_task(PlanTask(AccountId(account), chance.choice(WORDS), device.clock.today()), device.work)


def tick(device: SimulatedDevice, chance: Chance) -> None:
    task = _hot(device.ids("activity", "kind = 'task'"), chance)
    if task is not None:
        complete_task(CompleteTask(ActivityId(task), chance.happens(0.5)), device.work)


def prepare(device: SimulatedDevice, chance: Chance) -> None:
    account = chance.any_of(device.ids("account"))
    if account is not None:
        prepare_proposal(PrepareProposal(AccountId(account), 2027), device.work)


def _proposal(device: SimulatedDevice, chance: Chance, status: str = "draft") -> ProposalId | None:
    found = _hot(device.ids("proposal", f"status = '{status}'"), chance)
    return None if found is None else ProposalId(found)


def rename(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance)
    if proposal is not None:
        rename_proposal(RenameProposal(proposal, chance.choice(WORDS)), device.work)


def simulate_prices(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance)
    if proposal is not None and len(device.ids("proposal")) < 4:
        duplicate_proposal(DuplicateProposal(proposal, chance.choice(WORDS)), device.work)


@dataclass(frozen=True)
class _Part:
    sub_order: SubOrderId
    number: str
    lines: tuple[LineId, ...]


def _parts(device: SimulatedDevice, proposal: ProposalId) -> list[_Part]:
    with device.work.begin("read") as tx:
        found = tx.proposals.get(proposal).sub_orders
        return [_Part(part.id, part.number, tuple(line.id for line in part.lines)) for part in found]


def negotiate(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance)
    part = None if proposal is None else chance.any_of(_parts(device, proposal))
    line = None if part is None else chance.any_of(part.lines)
    if proposal is not None and line is not None:
        change = ChangeLine(proposal, line, quantity=chance.randint(1, 3), discount=chance.choice((0, 500, 1000)))
        change_line(change, device.work)


def amend_and_cancel(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance)
    part = None if proposal is None else chance.any_of(_parts(device, proposal))
    if proposal is None or part is None:
        return
    if chance.happens(0.7):
        amend_sub_order(AmendSubOrder(proposal, part.sub_order), device.work)
        part = next(other for other in _parts(device, proposal) if other.number == part.number)
    if part.lines:
        cancel_line(CancelLine(proposal, part.lines[0], LossReason.BUDGET), device.work)


def split(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance)
    if proposal is not None:
        split_proposal(SplitProposal(proposal), device.work)


def validate(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance)
    if proposal is not None:
        validate_proposal(ValidateProposal(proposal), device.work)


def order(device: SimulatedDevice, chance: Chance) -> None:
    proposal = _proposal(device, chance, "validated")
    if proposal is not None:
        order_proposal(OrderProposal(proposal), device.work, PlainPaper(), COMPANY)


def sign(device: SimulatedDevice, chance: Chance) -> None:
    form = chance.any_of(device.rows("SELECT id, sha256 FROM document WHERE kind = 'order_form' ORDER BY id"))
    if form is not None:
        command = SignOrderForm(DocumentId(str(form["id"])), str(form["sha256"]), STROKE, "Chartres")
        sign_order_form(command, device.work, _SEALER)


def undo(device: SimulatedDevice, _chance: Chance) -> None:
    device.store.history.undo()


def redo(device: SimulatedDevice, _chance: Chance) -> None:
    device.store.history.redo()


OF_A_REP: dict[Act, int] = {
    correct_contact: 10,
    add_contact: 2,
    drop_row("contact"): 2,
    correct_account: 4,
    plan: 3,
    tick: 4,
    drop_row("activity"): 2,
    prepare: 4,
    rename: 3,
    simulate_prices: 2,
    negotiate: 5,
    amend_and_cancel: 4,
    split: 3,
    validate: 3,
    order: 3,
    sign: 3,
    want_a_place: 8,
    let_a_place_go: 2,
    sell_anew: 3,
    undo: 4,
    redo: 2,
}


# ---------------------------------------------------------------------------------------------- the back office
def office(centre: SimulatedCentre, chance: Chance, reps: list[str]) -> str:
    """Do something at the centre; gives what."""
    act = chance.choice(
        ("contact", "contact", "contact", "account", "move", "move", "task", "untask", "uncontact", "tidy")
    )
    accounts = [str(row["id"]) for row in centre.rows("SELECT id FROM account ORDER BY id")]
    contacts = [str(row["id"]) for row in centre.rows("SELECT id FROM contact ORDER BY id")]
    tasks = [str(row["id"]) for row in centre.rows("SELECT id FROM activity WHERE kind = 'task' ORDER BY id")]
    account, contact, task = chance.choice(accounts), _hot(contacts, chance), _hot(tasks, chance)
    if act == "contact" and contact is not None:
        column, values = chance.choice((("role", WORDS), ("email", EMAILS), ("phone", PHONES)))
        centre.put("contact", contact, **{column: chance.choice(values)})
    elif act == "account":
        centre.put("account", account, legal_name=chance.choice(WORDS), activity=chance.choice(WORDS))
    elif act == "move":
        centre.put("account", account, rep_id=chance.choice(reps))
    elif act == "task" and task is not None:
        centre.put("activity", task, subject=chance.choice(WORDS))
    elif act == "tidy":
        tidy(centre)
    elif act == "untask" and task is not None:
        centre.remove("activity", task)
    elif act == "uncontact" and contact is not None and len(contacts) > 3:
        centre.remove("contact", contact)
    return act


def later(device: SimulatedDevice, days: int) -> None:
    """Let a device's clock be wrong by some days more."""
    device.clock.ahead += timedelta(days=days)
