"""The device's store with a small trade in it, and two actions to be killed: the split and the signature."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, select

from app.adapters.paper.renderer import ReportlabPaper
from app.adapters.seal.sealer import DeviceIdentity, PadesSealer
from app.domain.identifiers import AccountId, ProposalId, RepId
from app.domain.sales.losses import LossReason
from app.domain.signature.ceremony import DocumentKind, HandStroke, Point
from app.ports.work import Work
from app.store.guard import Writer, writing
from app.store.migrating import keyed
from app.store.opening import Store, open_store
from app.store.quick_lists import QuickLists
from app.store.rows import DEVICE, SYNCED
from app.store.rows.accounts import RepRow
from app.store.rows.base import table_of
from app.store.rows.device import ChangesetEntryRow, ChangesetRow
from app.store.tracked import TrackedRows
from app.usecases.sales.amend_sub_order import AmendSubOrder, amend_sub_order
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.split_proposal import SplitProposal, split_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from app.usecases.signature.sign_order_form import SignOrderForm, sign_order_form
from sync.protocol.changeset import Op
from tests.unit.adapters.authority import authority
from tests.unit.usecases.conftest import COMPANY, fill, hex_id

KEY = bytes(range(32))
ME = RepId(hex_id("rep"))
ACCOUNT = AccountId(hex_id("account"))
STROKE = HandStroke(strokes=(tuple(Point(x / 40, 0.5, 0.5, 8 * x) for x in range(40)),), ratio=2.0)

# Every row of every table: (table, row as text). Ids are drawn anew at each run, so two runs are compared by `_shape`.
Content = dict[str, list[str]]


class Noon:
    """A clock that stands still: what is done is the same, however often it was tried before."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 12, tzinfo=UTC)

    def today(self) -> date:
        return self.now().date()


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """The store of a folder, as the app opens it; closed at the end."""
    store = open_store(folder / "store.db", KEY, Noon(), ME)
    try:
        yield store
    finally:
        store.close()


def founded(folder: Path) -> None:
    """Makes the store in a folder: one rep, one florist, a catalogue, an order that runs."""
    with opened(folder) as store, store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        rep = {"id": ME, "ver": 1, "login": "jl", "name": "Julie Lambert", "email": "", "team": "centre"}
        connection.execute(table_of(RepRow).insert(), {**rep, "discount_limit": 1500})
        fill(TrackedRows(connection), ACCOUNT, ME)
        QuickLists().rebuild(connection)


def _content(store: Store) -> Content:
    with store.engine.reader.connect() as connection:
        link = connection.connection.cursor()
        names = [table.name for table in (*SYNCED.sorted_tables, *DEVICE.sorted_tables)]
        return {name: sorted(map(repr, link.execute(f"SELECT * FROM {name}"))) for name in names}


def _shape(content: Content) -> dict[str, int]:
    return {name: len(rows) for name, rows in content.items()}


def _damage(path: Path) -> list[str]:
    """What SQLite and SQLCipher find wrong with a store's file."""
    problems = []
    with closing(keyed(path, KEY)) as link:
        for check, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", []), ("cipher_integrity_check", [])):
            found = link.execute(f"PRAGMA {check}").fetchall()
            if found != sound:
                problems.append(f"{check}: {found}")
    return problems


def _untold(connection: Connection) -> list[str]:
    """Where the rows are not what the last changeset says of them."""
    entry, changeset = table_of(ChangesetEntryRow), table_of(ChangesetRow)
    last = select(changeset.c.mid).order_by(changeset.c.n.desc()).limit(1).scalar_subquery()
    problems = []
    for told in connection.execute(select(entry).where(entry.c.mid == last)).mappings():
        table = SYNCED.tables[told["table_name"]]
        row = connection.execute(select(table).where(table.c.id == told["row_id"])).mappings().one_or_none()
        new = json.loads(told["new"])
        is_there = row is not None and all(row[column] == value for column, value in new.items())
        if is_there == (told["op"] == Op.DELETE):
            problems.append(f"row and journal differ: {table.name} {told['op']} {new} {row}")
    return problems


class StoreAction:
    """One action on the store, from `begun` to `done`: it is whole or not there, and can then be done again."""

    def __init__(self) -> None:
        self._sound: set[str] = set()
        """The contents that were found whole."""

    def begin(self, work: Work, folder: Path) -> None:
        """Brings the store to where the action starts."""

    def act(self, work: Work, folder: Path) -> str:
        """Does it; what the screen then says."""
        raise NotImplementedError

    def start(self, store: Store, folder: Path) -> None:
        """Brings an open store to where the action starts."""
        self.begin(store.work, folder)

    def do(self, store: Store, folder: Path) -> str:
        """Does it in an open store, where it asks for more than the unit of work."""
        return self.act(store.work, folder)

    def missing(self, work: Work, folder: Path) -> list[str]:
        """What of the finished action a user would not find."""
        raise NotImplementedError

    def prepare(self, folder: Path) -> None:
        founded(folder)
        with opened(folder) as store:
            self.start(store, folder)
        trial = folder.with_name("trial")
        trial.mkdir()
        for file in folder.iterdir():
            (trial / file.name).write_bytes(file.read_bytes())
        with opened(trial) as store:
            self.do(store, trial)
        for name, place in (("before", folder), ("after", trial)):
            with opened(place) as store:
                (folder / f"{name}.json").write_text(json.dumps(_content(store)))

    def run(self, folder: Path, acknowledge: Callable[[str], None]) -> None:
        with opened(folder) as store:
            acknowledge(self.do(store, folder))

    @contextmanager
    def running(self, folder: Path) -> Iterator[Callable[[], str]]:
        """An open store, in which it is tried until it is done."""
        with opened(folder) as store:
            yield lambda: self.do(store, folder)

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        before, after = (json.loads((folder / f"{name}.json").read_text()) for name in ("before", "after"))
        with opened(folder) as store:
            content = _content(store)
        # What the log held is in the file now: the cipher's own check looks at the file alone.
        problems = _damage(folder / "store.db")
        if content == before and before != after:
            problems += [f"lost: {said}" for said in acknowledged]
        elif _shape(content) != _shape(after):
            problems.append(f"half written: {Counter(_shape(content)) - Counter(_shape(after))}")
        digest = hashlib.sha256(repr(content).encode()).hexdigest()
        if not problems and digest not in self._sound:
            problems = self._unsound(folder, is_undone=content == before)
            self._sound |= set() if problems else {digest}
        return problems

    def _unsound(self, folder: Path, *, is_undone: bool) -> list[str]:
        """What is wrong with rows that were not met before; in a sound file, the same rows are sound again."""
        with opened(folder) as store:
            with store.engine.reader.connect() as connection:
                problems = _untold(connection)
            if is_undone:
                self.do(store, folder)
            if not store.readers.search("rose", 5):
                problems.append("the search does not find the account")
            return [*problems, *self.missing(store.work, folder)]


class Splitting(StoreAction):
    """Takes a negative amendment out into a proposal of its own, and one that changes nothing to customer service."""

    def begin(self, work: Work, folder: Path) -> None:
        proposal_id = prepare_proposal(PrepareProposal(ACCOUNT, 2027), work)
        with work.begin("read") as tx:
            parts = {part.number: part for part in tx.proposals.get(proposal_id).sub_orders}
        for number in ("101", "201"):
            amend_sub_order(AmendSubOrder(proposal_id, parts[number].id), work)
        with work.begin("read") as tx:
            amended = {part.number: part for part in tx.proposals.get(proposal_id).sub_orders}
        cancel_line(CancelLine(proposal_id, amended["101"].lines[0].id, LossReason.BUDGET), work)
        (folder / "proposal").write_text(proposal_id)

    def act(self, work: Work, folder: Path) -> str:
        outcome = split_proposal(SplitProposal(proposal_of(folder)), work)
        return f"split into {outcome.kept} and {outcome.apart}"

    def missing(self, work: Work, folder: Path) -> list[str]:
        with work.begin("read") as tx:
            proposals = tx.proposals.of_account(ACCOUNT)
        found = sorted([part.number for part in proposal.sub_orders] for proposal in proposals)
        asked = [proposal for proposal in proposals if proposal.payment_plan and proposal.totals.gross.cents <= 0]
        return [f"the sub-orders stand as {found}"] if found != [["001"], ["101"]] or asked else []


class Signing(StoreAction):
    """Seals the order form that was shown, keeps it, and sets the proposal to "signed, to be confirmed"."""

    def begin(self, work: Work, folder: Path) -> None:
        root = authority()
        identity = root.issue("appareil", begin=datetime(2026, 1, 1, tzinfo=UTC))
        for name, content in (("root", root.root), ("key", identity.private_key), ("chain", identity.chain)):
            (folder / name).write_bytes(content)
        proposal_id = prepare_proposal(PrepareProposal(ACCOUNT, 2027), work)
        validate_proposal(ValidateProposal(proposal_id), work)
        form = order_proposal(OrderProposal(proposal_id), work, ReportlabPaper(), COMPANY)
        (folder / "proposal").write_text(proposal_id)
        (folder / "form").write_text(f"{form.id} {form.sha256}")

    def act(self, work: Work, folder: Path) -> str:
        form_id, shown = (folder / "form").read_text().split()
        with work.begin("read") as tx:
            form = next(kept for kept in tx.documents.of_proposal(proposal_of(folder)) if kept.id == form_id)
        signed = sign_order_form(SignOrderForm(form.id, shown, STROKE, "Chartres"), work, _sealer(folder))
        return f"signed {signed.sha256}"

    def missing(self, work: Work, folder: Path) -> list[str]:
        with work.begin("read") as tx:
            kept = tx.documents.of_proposal(proposal_of(folder))
            signed = [document for document in kept if document.kind is DocumentKind.SIGNED_ORDER_FORM]
            sealed = [tx.documents.content(document.sha256) for document in signed]
            status = tx.proposals.get(proposal_of(folder)).status
            shown = [tx.documents.content(document.shown_sha256) for document in signed]
        if len(signed) != 1 or status != "signed_to_confirm":
            return [f"{len(signed)} signed forms, the proposal is {status}"]
        verdict = _sealer(folder).verify(sealed[0], signed[0].sha256)
        problems = [] if verdict.is_verified else [f"the seal does not hold: {verdict.reason}"]
        return problems if sealed[0].startswith(shown[0]) else [*problems, "not the file that was shown"]


def proposal_of(folder: Path) -> ProposalId:
    return ProposalId((folder / "proposal").read_text())


class SealedOnce:
    """Seals and judges what it is given once: that knows no disk, and takes longer than all the rest of an action."""

    def __init__(self, sealer: PadesSealer) -> None:
        self.seal = cache(sealer.seal)
        self.verify = cache(sealer.verify)


@cache
def _sealed_by(key: bytes, chain: bytes, root: bytes) -> SealedOnce:
    return SealedOnce(PadesSealer(DeviceIdentity(key, chain), root, UTC))


def _sealer(folder: Path) -> SealedOnce:
    return _sealed_by(*((folder / name).read_bytes() for name in ("key", "chain", "root")))


SPLITTING, SIGNING = Splitting(), Signing()
