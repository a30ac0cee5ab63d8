"""`python -m tests.sync.golden` writes what this revision of the app sends, for all later centres to take.

A file holds one JSON document a line: the rows that a centre held, then every changeset as it went over the wire with
the kind of answer it got. A file of a revision that was shipped is never written again.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.domain.identifiers import AccountId, ProposalId
from app.domain.refusal import Refusal
from app.domain.sales.losses import LossReason
from app.domain.sales.proposal import SubOrder
from app.store.changesets import changeset_of
from app.store.opening import make_store
from app.store.rows import REVISION, SYNCED
from app.usecases.sales.amend_sub_order import AmendSubOrder, amend_sub_order
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from sync.protocol.changeset import Changeset, Value
from sync.protocol.frames import Push
from sync.protocol.scope import TABLES
from tests.sync.simulation.acts import OF_A_REP
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.simulation import Places, Plan, Simulation, simulation
from tests.sync.world import KEY, prepared
from tests.unit.usecases.conftest import hex_id

FOLDER = Path(__file__).parents[1] / "data" / "revisions"
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


Line = Row | Sent | Owner
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
        device.exchange()
        rows = _rows(made)
        _sell(device)
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
        return [Owner(rep=str(device.me)), *rows, *pushes]


def _sell(device: SimulatedDevice) -> None:
    """Take one proposal through every step of a negotiation."""
    work = device.work
    proposal = prepare_proposal(PrepareProposal(AccountId(hex_id("florist")), 2027), work)
    parts = _parts(device, proposal)
    change_line(ChangeLine(proposal, parts["001"].lines[0].id, quantity=2, discount=500), work)
    for number in ("101", "201"):
        amend_sub_order(AmendSubOrder(proposal, parts[number].id), work)
    cancel_line(CancelLine(proposal, _parts(device, proposal)["101"].lines[0].id, LossReason.BUDGET), work)
    split_proposal(SplitProposal(proposal), work)


def _parts(device: SimulatedDevice, proposal: ProposalId) -> dict[str, SubOrder]:
    with device.work.begin("read") as tx:
        return {part.number: part for part in tx.proposals.get(proposal).sub_orders}


def _rows(made: Simulation) -> list[Row]:
    with made.centre.engines.reader.connect() as connection:
        return [
            Row(table=name, values={column: row[column] for column in row if column != "ver"})
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
