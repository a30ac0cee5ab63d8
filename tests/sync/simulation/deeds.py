"""What a script lets a rep do, one named thing at a time, through the true use cases."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Text

from app.domain.identifiers import AccountId, ActivityId, ContactId, DocumentId, LineId, ProposalId
from app.store.rows import SYNCED
from app.usecases.accounts.edit_account import EditAccount, EditContact, edit_account, edit_contact
from app.usecases.accounts.plan_task import CompleteTask, PlanTask, complete_task, plan_task
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.rename_proposal import RenameProposal, rename_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from sync.client.courier import MINE, SyncCourier
from sync.protocol.changeset import Value
from tests.sync.simulation.acts import STROKE, PlainSealer
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.prepared import FLORIST
from tests.unit.usecases.conftest import COMPANY, PlainPaper

Deed = Callable[[SimulatedDevice], object]


def correct(contact: str, **changes: str) -> Deed:
    """Correct a contact's words."""

    def deed(device: SimulatedDevice) -> None:
        (row,) = _found(device, "contact", contact)
        kept = {name: str(row[name]) for name in ("name", "role", "email", "mobile", "phone")}
        command = EditContact(
            account_id=AccountId(str(row["account_id"])),
            contact_id=ContactId(contact),
            is_signatory=bool(row["is_signatory"]),
            **(kept | changes),
        )
        edit_contact(command, device.work)

    return deed


def _found(device: SimulatedDevice, table: str, row_id: str) -> list[dict[str, Value]]:
    found = device.rows(f"SELECT * FROM {table} WHERE id = ?", row_id)
    if not found:
        raise LookupError(row_id)
    return found


def add_contact(account: str, name: str) -> Deed:
    return lambda device: edit_contact(EditContact(account_id=AccountId(account), name=name), device.work)


def name_company(account: str, legal_name: str) -> Deed:
    return lambda device: edit_account(EditAccount(account_id=AccountId(account), legal_name=legal_name), device.work)


def plan(account: str, subject: str) -> Deed:
    return lambda device: plan_task(PlanTask(AccountId(account), subject, device.clock.today()), device.work)


def tick(device: SimulatedDevice) -> None:
    """Tick the first task off."""
    complete_task(CompleteTask(ActivityId(_first(device, "activity", "kind = 'task'")), True), device.work)


def put(table: str, row: str, **values: str | int | None) -> Deed:
    """Bring a row to these columns, as one action."""

    def deed(device: SimulatedDevice) -> None:
        with device.work.begin("put") as tx:
            tx.rows.put(SYNCED.tables[table], {"id": row, **values})
            tx.commit()

    return deed


def make(table: str, row: str, **values: str | int | None) -> Deed:
    """Make a row: what is not said is as the table has it."""
    plain: dict[str, str | int | None] = {}
    for column in SYNCED.tables[table].columns:
        if column.name not in {"id", "ver"}:
            empty = "" if isinstance(column.type, Text) else 0
            default = getattr(column.default, "arg", empty)
            plain[column.name] = None if column.nullable else default
    return put(table, row, **(plain | values))


def remove(table: str, row: str) -> Deed:
    def deed(device: SimulatedDevice) -> None:
        with device.work.begin("remove") as tx:
            tx.rows.remove(SYNCED.tables[table], row)
            tx.commit()

    return deed


def undo(device: SimulatedDevice) -> None:
    device.store.history.undo()


def redo(device: SimulatedDevice) -> None:
    device.store.history.redo()


def decide(device: SimulatedDevice, *choices: str) -> None:
    """Answer the first conflict: for the rep's own value in all fields, unless other choices are given."""
    courier = SyncCourier(device.feed, device.work, device.road, device.clock.now)
    for problem in device.rows("SELECT id FROM problem WHERE code = 'CONFLICT' AND is_settled = 0 ORDER BY at"):
        found = device.feed.conflict(str(problem["id"]))
        if found is None:
            raise LookupError(problem["id"])
        chosen = choices or (MINE,) * len(found[1].fields)
        places = [f"{field.table}/{field.row}/{field.column}" for field in found[1].fields]
        courier.resolve(str(problem["id"]), dict(zip(places, chosen, strict=True)))
        return
    raise LookupError("no conflict")


# ---------------------------------------------------------------------------------------------- proposals
def prepare(device: SimulatedDevice) -> None:
    """Prepare the florist's proposal from the order that runs."""
    prepare_proposal(PrepareProposal(AccountId(FLORIST), 2027), device.work)


def _first(device: SimulatedDevice, table: str, condition: str = "1") -> str:
    for row in device.ids(table, condition):
        return row
    raise LookupError(table)


def proposal_of(device: SimulatedDevice) -> ProposalId:
    return ProposalId(_first(device, "proposal"))


def rename(name: str) -> Deed:
    return lambda device: rename_proposal(RenameProposal(proposal_of(device), name), device.work)


def negotiate(quantity: int) -> Deed:
    def deed(device: SimulatedDevice) -> None:
        line = LineId(_first(device, "proposal_line"))
        change_line(ChangeLine(proposal_of(device), line, quantity=quantity), device.work)

    return deed


def validate(device: SimulatedDevice) -> None:
    validate_proposal(ValidateProposal(proposal_of(device)), device.work)


def order(device: SimulatedDevice) -> None:
    order_proposal(OrderProposal(proposal_of(device)), device.work, PlainPaper(), COMPANY)


def sign(place: str = "Chartres") -> Deed:
    """Let the customer sign the latest form."""

    def deed(device: SimulatedDevice) -> None:
        for form in device.rows("SELECT id, sha256 FROM document WHERE kind = 'order_form' ORDER BY id DESC"):
            command = SignOrderForm(DocumentId(str(form["id"])), str(form["sha256"]), STROKE, place)
            sign_order_form(command, device.work, PlainSealer())
            return
        raise LookupError("no form")

    return deed
