"""What a rep and the road do to the store besides splitting and signing, and what befalls a store, all to be killed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, select

from app.adapters.paper.renderer import ReportlabPaper
from app.domain.signature.ceremony import DocumentKind
from app.ports.work import Work
from app.store.answering import Answering
from app.store.backups import Backups
from app.store.engine import open_encrypted
from app.store.feed import DeviceFeed
from app.store.guard import Writer, writing
from app.store.migrating import HEAD, MIGRATIONS, keyed
from app.store.opening import Store, open_store
from app.store.outbox import Outbox
from app.store.putting_back import finish, put_back
from app.store.quick_lists import QuickLists
from app.store.rows import SYNCED
from app.store.settling import lists_fall_behind
from app.store.tracked import TrackedRows
from app.usecases.accounts.edit_account import EditContact, edit_contact
from app.usecases.accounts.plan_task import PlanTask, plan_task
from app.usecases.sales.order_proposal import OrderProposal, order_proposal
from app.usecases.sales.prepare_proposal import PrepareProposal, prepare_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from sync.protocol.frames import Answer
from sync.protocol.results import Applied, Rejected
from tests.reliability.selling import ACCOUNT, KEY, ME, StoreAction, founded, proposal_of
from tests.unit.usecases.conftest import COMPANY, DayClock, fill

LATER = int(datetime(2030, 1, 1, tzinfo=UTC).timestamp() * 1_000_000)
DAY = date(2026, 11, 23)
PAGE = 4_096
Told = Callable[[str], None]


def _contact(work: Work, name: str) -> None:
    with work.begin("read") as tx:
        one = tx.accounts.get(ACCOUNT).contacts[0]
    edit_contact(EditContact(account_id=ACCOUNT, contact_id=one.id, name=name, email=one.email), work)


def _name(work: Work) -> str:
    with work.begin("read") as tx:
        return tx.accounts.get(ACCOUNT).contacts[0].name


def _tasks(work: Work, *subjects: str) -> None:
    for subject in subjects:
        plan_task(PlanTask(ACCOUNT, subject, DAY), work)


def _statuses(work: Work) -> list[str]:
    with work.begin("read") as tx:
        return [proposal.status for proposal in tx.proposals.of_account(ACCOUNT)]


def _feed(store: Store) -> DeviceFeed:
    return DeviceFeed(store.engine, QuickLists(), store.work.tell)


class Editing(StoreAction):
    """Corrects a contact."""

    def act(self, work: Work, folder: Path) -> str:
        _contact(work, "Rose Martin")
        return "corrected"

    def missing(self, work: Work, folder: Path) -> list[str]:
        return [] if _name(work) == "Rose Martin" else [f"the contact is {_name(work)}"]


class Undoing(StoreAction):
    """Takes a correction back."""

    def begin(self, work: Work, folder: Path) -> None:
        (folder / "name").write_text(_name(work))
        _contact(work, "Rose Martin")

    def do(self, store: Store, folder: Path) -> str:
        store.history.undo()
        return "undone"

    def missing(self, work: Work, folder: Path) -> list[str]:
        return [] if _name(work) == (folder / "name").read_text() else [f"the contact is {_name(work)}"]


class Planning(StoreAction):
    """Plans a task."""

    def act(self, work: Work, folder: Path) -> str:
        _tasks(work, "call back")
        return "planned"

    def missing(self, work: Work, folder: Path) -> list[str]:
        return []


class Preparing(StoreAction):
    """Prepares a proposal from the orders that run."""

    def act(self, work: Work, folder: Path) -> str:
        return prepare_proposal(PrepareProposal(ACCOUNT, 2027), work)

    def missing(self, work: Work, folder: Path) -> list[str]:
        return [] if _statuses(work) == ["draft"] else [f"the proposals are {_statuses(work)}"]


class Validating(StoreAction):
    """Validates a proposal's prices."""

    def begin(self, work: Work, folder: Path) -> None:
        (folder / "proposal").write_text(prepare_proposal(PrepareProposal(ACCOUNT, 2027), work))

    def act(self, work: Work, folder: Path) -> str:
        validate_proposal(ValidateProposal(proposal_of(folder)), work)
        return "validated"

    def missing(self, work: Work, folder: Path) -> list[str]:
        return [] if _statuses(work) == ["validated"] else [f"the proposals are {_statuses(work)}"]


class Ordering(Validating):
    """Orders a proposal: its form is printed and kept."""

    def begin(self, work: Work, folder: Path) -> None:
        super().begin(work, folder)
        super().act(work, folder)

    def act(self, work: Work, folder: Path) -> str:
        return order_proposal(OrderProposal(proposal_of(folder)), work, ReportlabPaper(), COMPANY).sha256

    def missing(self, work: Work, folder: Path) -> list[str]:
        with work.begin("read") as tx:
            kept = tx.documents.of_proposal(proposal_of(folder))
            forms = [tx.documents.content(one.sha256) for one in kept if one.kind is DocumentKind.ORDER_FORM]
        whole = [form for form in forms if form.startswith(b"%PDF") and form.rstrip().endswith(b"%%EOF")]
        return [] if (len(whole), _statuses(work)) == (1, ["ordered"]) else [f"{len(whole)} forms, {_statuses(work)}"]


class Answered(StoreAction):
    """Keeps a batch of the centre's answers, a refusal among them."""

    def begin(self, work: Work, folder: Path) -> None:
        _tasks(work, "one", "two", "three")

    def do(self, store: Store, folder: Path) -> str:
        feed = _feed(store)
        waiting = feed.pending(10, 1_000_000)
        answers = [
            Answer(n=one.n, mid=one.mid, result=Rejected(code="OUT_OF_SCOPE") if place == 1 else Applied())
            for place, one in enumerate(waiting)
        ]
        Answering(feed).keep(answers, LATER)
        return "answered"

    def missing(self, work: Work, folder: Path) -> list[str]:
        return []


class Pruning(StoreAction):
    """Lets go of what was answered long ago, and named by a scope since: before that it is not let go of."""

    def start(self, store: Store, folder: Path) -> None:
        _tasks(store.work, "one", "two", "three")
        feed = _feed(store)
        answers = [Answer(n=one.n, mid=one.mid, result=Applied()) for one in feed.pending(10, 1_000_000)]
        Answering(feed).keep(answers, 1)
        named = "SELECT DISTINCT 'rep', table_name, row_id FROM changeset_entry"
        with feed.writing() as connection:
            connection.exec_driver_sql(f"INSERT INTO sync_member (scope, table_name, row_id) {named}")

    def do(self, store: Store, folder: Path) -> str:
        Outbox(_feed(store)).prune(3, LATER)
        return "pruned"

    def missing(self, work: Work, folder: Path) -> list[str]:
        return []


class Befalling:
    """Something that befalls a whole store: what breaks it off is followed by doing it again."""

    def run(self, folder: Path, acknowledge: Told) -> None:
        """Does it."""
        raise NotImplementedError

    @contextmanager
    def running(self, folder: Path) -> Iterator[Callable[[], str]]:
        """Tried from its beginning until it comes through."""
        said: list[str] = []

        def act() -> str:
            self.run(folder, said.append)
            return said[-1]

        yield act


class Migrating(Befalling):
    """Brings a store of the release before to this one, a copy made first."""

    BEFORE = "0004"

    def prepare(self, folder: Path) -> None:
        engines = open_encrypted(folder / "store.db", KEY)
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        with engines.writer.begin() as connection, writing(connection, Writer.SYNC):
            config.attributes["connection"] = connection
            command.upgrade(config, self.BEFORE)
            rep = "INSERT INTO rep (id, ver, login, name, email, team, discount_limit) VALUES (?, 1, ?, ?, '', '', 0)"
            connection.exec_driver_sql(rep, (ME, "jl", "Julie"))
            fill(TrackedRows(connection), ACCOUNT, ME)
            lists_fall_behind(connection)
            connection.exec_driver_sql("INSERT INTO meta (name, value) VALUES ('store', '')")
            changeset = "INSERT INTO changeset (mid, name, at, revision, facts) VALUES ('m', 'plan_task', 1, '4', '{}')"
            connection.exec_driver_sql(changeset)
            rows = self._rows(connection)
        engines.dispose()
        (folder / "rows.json").write_text(json.dumps(rows))

    def run(self, folder: Path, acknowledge: Told) -> None:
        open_store(folder / "store.db", KEY, DayClock(), ME).close()
        acknowledge("migrated")

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        path = folder / "store.db"
        found, problems = self._revision(path), []
        if found not in (self.BEFORE, HEAD) or (acknowledged and found != HEAD):
            problems.append(f"lost or half migrated: {found}, {acknowledged}")
        copy = path.with_name(f"{path.name}.before-{HEAD}")
        if found == HEAD and (not copy.exists() or self._revision(copy) != self.BEFORE):
            problems.append("no copy of what was before")
        store = open_store(path, KEY, DayClock(), ME)
        try:
            with store.engine.reader.connect() as connection:
                rows = self._rows(connection)
                waiting = connection.exec_driver_sql("SELECT mid, state FROM changeset").all()
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar_one()
            if rows != json.loads((folder / "rows.json").read_text()):
                problems.append("the rows are others")
            if [tuple(row) for row in waiting] != [("m", "pending")] or sound != "ok":
                problems.append(f"{waiting} {sound}")
            if not store.readers.search("rose", 5):
                problems.append("the search does not find the account")
        finally:
            store.close()
        return problems if self._revision(path) == HEAD else [*problems, "it cannot be migrated any more"]

    @staticmethod
    def _rows(connection: Connection) -> dict[str, list[str]]:
        """The rows of every table; of one that the release before did not have, none."""
        there = set(connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars())
        return {
            table.name: sorted(map(str, connection.execute(select(table)))) if table.name in there else []
            for table in SYNCED.sorted_tables
        }

    @staticmethod
    def _revision(path: Path) -> str:
        link = keyed(path, KEY)
        try:
            return str(link.execute("SELECT version_num FROM alembic_version").fetchone()[0])
        finally:
            link.close()


class PuttingBack(Befalling):
    """Puts a copy in the place of a damaged store, with the action that was done after it."""

    def prepare(self, folder: Path) -> None:
        founded(folder)
        path = folder / "store.db"
        store = open_store(path, KEY, DayClock(), ME)
        _tasks(store.work, "before")
        store.backups.make(datetime(2026, 11, 23, 9, 43, tzinfo=UTC))
        _tasks(store.work, "after")
        with store.engine.reader.connect() as connection:
            root = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'meta'").scalar_one()
        store.close()
        content = bytearray(path.read_bytes())
        content[(root - 1) * PAGE : root * PAGE] = bytes(PAGE)
        path.write_bytes(content)
        (folder / "damaged").write_bytes(content)

    def run(self, folder: Path, acknowledge: Told) -> None:
        done = put_back(Backups(folder / "store.db", KEY), "", datetime.now(UTC))
        acknowledge(f"{done.salvaged} {done.lost}")

    def check(self, folder: Path, acknowledged: Sequence[str]) -> list[str]:
        path, problems = folder / "store.db", []
        kept = [one.read_bytes() for one in folder.glob("damaged-*/store.db")]
        if acknowledged and (folder / "damaged").read_bytes() not in kept:
            problems.append("the damaged store is not kept")
        finish(path)
        if path.read_bytes() == (folder / "damaged").read_bytes():
            problems += [f"lost: {said}" for said in acknowledged]
            self.run(folder, lambda _said: None)
        store = open_store(path, KEY, DayClock(), ME)
        try:
            with store.engine.reader.connect() as connection:
                shown = connection.exec_driver_sql("SELECT subject FROM activity ORDER BY 1").scalars().all()
                waiting = connection.exec_driver_sql("SELECT n FROM changeset ORDER BY n").scalars().all()
                sound = connection.exec_driver_sql("PRAGMA integrity_check").scalars().first()
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if (list(shown), list(waiting), sound, list(broken)) != (["after", "before"], [1, 2], "ok", []):
                problems.append(f"{shown} {waiting} {sound} {broken}")
        finally:
            store.close()
        return problems


EDITING, UNDOING, PLANNING = Editing(), Undoing(), Planning()
PREPARING, VALIDATING, ORDERING = Preparing(), Validating(), Ordering()
ANSWERED, PRUNING, MIGRATING, PUTTING_BACK = Answered(), Pruning(), Migrating(), PuttingBack()
