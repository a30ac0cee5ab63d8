"""A rep's device: a true encrypted store that can die before any commit, and what must hold in it."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection, event

from app.domain.identifiers import RepId
from app.ports.trouble import Trouble
from app.store.codec import Record
from app.store.deletions import Deletions, Word
from app.store.feed import DeviceFeed, Key
from app.store.opening import open_store
from app.store.quick_lists import QuickLists
from app.store.unit_of_work import SqlWork
from sync.client.engine import Engine
from sync.client.enrolment import NewDevice, enrol, keep, known_identity
from sync.client.files import Files
from sync.client.transport import Road
from sync.protocol import sums
from sync.protocol.results import unpack_result
from tests.sync.simulation.centre import Reply, SimulatedCentre, copied
from tests.sync.simulation.chance import OwnClock
from tests.sync.simulation.invariants import check_outbox, check_quick_lists, fresh_rows
from tests.sync.simulation.ledger import cursor_of, must, read_rows
from tests.sync.simulation.points import Points, Strike
from tests.sync.simulation.received import Received
from tests.sync.simulation.wire import Weather, Wire
from tests.sync.world import KEY, PASSWORD, InMemory

ADDRESS = "http://127.0.0.1:9"
WAITS = ("pending", "sent")


class DeviceDied(BaseException):
    """The app's process ended just before a commit."""


class SimulatedDevice:
    """An enrolled device; `dies_in` counts the commits until it dies."""

    def __init__(
        self,
        name: str,
        login: str,
        centre: SimulatedCentre,
        weather: Weather,
        clock: OwnClock,
        points: Points | None = None,
    ) -> None:
        self.name = name
        self.login = login
        self.clock = clock
        self.dies_in = 0
        self._centre = centre
        self._points = points or Points()
        self._lives = 0
        self._grave: Path | None = None
        self._versions: dict[Key, int] = {}
        self._may_fall = False
        self._has_let_go = False
        self.has_twin = False
        self._done: set[str] = set()
        self._before: set[str] = set()
        """What was done when the centre was put back, which may hold it no more and let it go."""
        self._heard: set[tuple[str, str]] = set()
        """Actions with the answers that were ever kept for them, here or in a copy of this store."""
        self.received = Received(name)
        self.road = Road(ADDRESS, clock.now)
        self.keyring = InMemory()
        self.wire = Wire(name, centre, weather, self._points)
        self.wire.die = self.die
        self.road._session.mount(ADDRESS, self.wire)

    def set_up(self, empty_store: Path, folder: Path) -> None:
        """Enrol and begin on an empty store."""
        path = folder / f"{self.name}.db"
        shutil.copy(empty_store, path)
        self.take_up(path, enrol(self.road, self.login, PASSWORD, self._centre.code(self.login), self.name))

    def take_up(self, path: Path, enrolled: NewDevice) -> None:
        """Go on with a store of an enrolled device."""
        self.enrolled = enrolled
        self.road.identity = enrolled.identity
        self.me = RepId(enrolled.enrolled.rep_id)
        self.wire.heard = self._hear
        self._path = path
        self._begin()
        keep(enrolled, self.feed, self.keyring)

    def _begin(self) -> None:
        self.store = open_store(self._path, KEY, self.clock, self.me)
        self.feed = DeviceFeed(self.store.engine, QuickLists(), self.store.work.tell)
        self.engine = Engine(self.feed, self.road, self.clock.now, secrets=self.keyring)
        self.files = Files(self.feed, self.road, self.clock.now)
        # Who it is stands in the store: it may have got another identity since it was enrolled.
        self.road.identity = known_identity(self.feed, self.keyring) or self.road.identity
        event.listen(self.store.engine.writer, "commit", self._before_commit)

    def _hear(self, path: str, reply: Reply) -> None:
        self.received.hear(path, reply, self.me, self._centre.ledger, self._centre.loads_of(self.id))

    def _before_commit(self, _connection: Connection) -> None:
        self.dies_in -= 1
        if self._points.at_commit(self.name) is Strike.DEVICE_DIES or self.dies_in == 0:
            self.die()

    def die(self) -> None:
        """End here and now: what the process does while it falls does not count. Raises DeviceDied."""
        self._grave = copied(self._path, self._lives + 1)
        raise DeviceDied(self.name)

    def start_again(self) -> None:
        """Open the store's file anew, as a killed process left it."""
        self._lives += 1
        before, self._path = self._path, self._grave or copied(self._path, self._lives)
        self._grave, self.dies_in = None, 0
        self.store.close()
        before.unlink()
        self._begin()

    def close(self) -> None:
        self.store.close()
        self.road.close()

    @property
    def id(self) -> str:
        """Who it is to the centre; a clone gets another identity."""
        identity = self.road.identity
        assert identity is not None
        return identity.device

    @property
    def work(self) -> SqlWork:
        return self.store.work

    # ------------------------------------------------------------------------------------------ sync
    def exchange(self) -> None:
        """Go to the centre once. Raises Trouble, DeviceDied."""
        self.engine.exchange()
        self.files.carry()

    def agree(self) -> None:
        """Let the rep say yes to deletions that stopped."""
        deletions = Deletions(self.feed)
        for scope in deletions.stops():
            deletions.say(scope, Word.ALLOWED)

    def waiting(self) -> int:
        return self.feed.waiting().count

    def rows(self, statement: str, *values: str | int) -> list[Record]:
        with self.store.engine.reader.connect() as connection:
            return [dict(row) for row in connection.exec_driver_sql(statement, values).mappings()]

    def ids(self, table: str, condition: str = "1") -> list[str]:
        return [str(row["id"]) for row in self.rows(f"SELECT id FROM {table} WHERE {condition} ORDER BY id")]

    # ------------------------------------------------------------------------------------------ what must hold
    def check(self) -> None:
        """What holds at any moment: nothing done is lost, edits on their way show, versions never fall, files stay."""
        with self.store.engine.reader.connect() as connection:
            rows = read_rows(cursor_of(connection))
        for key, row in rows.items():
            ver = int(str(row["ver"]))
            if ver:
                may_be = self._may_fall or ver >= self._versions.get(key, 0)
                must(may_be, "a version fell on a device", self.name, key, ver)
                self._versions[key] = ver
        self._check_pending(rows)
        kept = self.rows("SELECT mid, result FROM changeset")
        self._heard.update((str(row["mid"]), str(row["result"])) for row in kept if row["result"] is not None)
        done = {str(row["mid"]) for row in kept}
        gone = self._done - done - self._centre.ledger.answers.keys()
        must(not gone, "an action that was done is gone from the outbox", self.name, gone)
        self._has_let_go |= bool((self._done | self._before) - done)
        self._done, self._before = done, set()
        for blob in self.rows("SELECT sha256, content FROM blob"):
            content = blob["content"]
            assert isinstance(content, bytes)
            must(hashlib.sha256(content).hexdigest() == blob["sha256"], "kept bytes changed", blob["sha256"])

    def _check_pending(self, rows: Mapping[Key, Record]) -> None:
        last: dict[tuple[Key, str], object] = {}
        for entry in self.rows(
            "SELECT e.table_name, e.row_id, e.op, e.new FROM changeset_entry e JOIN changeset c ON c.mid = e.mid "
            "WHERE c.state IN ('pending', 'sent') ORDER BY c.n, e.position"
        ):
            key = (str(entry["table_name"]), str(entry["row_id"]))
            if entry["op"] == "update":
                last.update(((key, column), value) for column, value in json.loads(str(entry["new"])).items())
            else:
                for place in [place for place in last if place[0] == key]:
                    del last[place]
        for (key, column), value in last.items():
            if key in rows:
                must(rows[key][column] == value, "an edit on its way does not show", self.name, key, column)

    def check_at_rest(self) -> None:
        """What holds once all is said: the same rows as the centre's fresh ones over its scopes, answers, problems."""
        scopes, wanted = fresh_rows(self._centre.engines.reader, self.me, self._centre.loads_of(self.id))
        with self.store.engine.reader.connect() as connection:
            found = read_rows(cursor_of(connection))
        own_papers = set(self.rows_made("document"))
        for key in found.keys() - wanted.keys():
            # A document that the centre refused stays where it was made: it may be signed.
            must(key in own_papers, "out of scope on a device", self.name, key)
            del found[key]
        for key in sorted(found.keys() | wanted.keys()):
            must(found.get(key) == wanted.get(key), "not converged", self.name, key, _differences(found, wanted, key))
        if self._may_fall:
            # What left meanwhile bore a version of the centre as it was: it may come again with one of today's.
            self._versions = {key: int(str(row["ver"])) for key, row in found.items()}
            self._may_fall = False
        self._check_cursors(scopes)
        self._check_answers()
        check_outbox(self.store.engine.reader, self.name, may_have_holes=self._has_let_go)
        check_quick_lists(self.store.engine.writer, self.name)

    def copy(self, path: Path) -> Path:
        """Copy the store as it lies on the disk."""
        taken = copied(self._path, self._lives + 1)
        for ending in ("", "-wal"):
            source = taken.with_name(taken.name + ending)
            if source.exists():
                source.replace(path.with_name(path.name + ending))
        return path

    def twin_of(self, other: SimulatedDevice, path: Path) -> None:
        """Go on with a copy of another one's store, keyring and all."""
        self.has_twin = other.has_twin = True
        self.enrolled, self.me = other.enrolled, other.me
        self.keyring.kept = dict(other.keyring.kept)
        self.road.identity = other.road.identity
        self.received.heard_as(other.received)
        self._heard, self._done = other._heard, set(other._done)
        self._has_let_go, self._may_fall = other._has_let_go, other._may_fall
        self.wire.heard = self._hear
        self._path = other.copy(path)
        self._begin()

    def damage(self, table: str, row: str, **values: str) -> None:
        """Let a row be another than the centre's, as if an answer had been lost here long ago."""
        self.received.may_differ = True
        with self.feed.writing() as connection:
            named = ", ".join(f"{column} = ?" for column in values)
            ver = f"SELECT ver FROM {table} WHERE id = ?"
            known = int(connection.exec_driver_sql(ver, (row,)).scalar_one())
            connection.exec_driver_sql(f"UPDATE {table} SET {named}, ver = 0 WHERE id = ?", (*values.values(), row))
            scope = "SELECT scope FROM sync_member WHERE table_name = ? AND row_id = ?"
            of = str(connection.exec_driver_sql(scope, (table, row)).scalar_one())
            total = connection.exec_driver_sql("SELECT state_sum FROM sync_cursor WHERE scope = ?", (of,)).scalar_one()
            other = sums.written(sums.read(total) ^ sums.sum_of(table, row, known) ^ sums.sum_of(table, row, 0))
            connection.exec_driver_sql("UPDATE sync_cursor SET state_sum = ? WHERE scope = ?", (other, of))
        self.forget_versions()

    def put_back(self, copy: Path) -> None:
        """Go on from a copy of before, as somebody does who found an old disk."""
        self.store.close()
        for ending in ("-wal", "-shm"):
            self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
        self._lives += 1
        self._path = Path(shutil.copy(copy, self._path.with_name(f"{self.name}~{self._lives}.db")))
        wal = copy.with_name(copy.name + "-wal")
        if wal.exists():
            shutil.copy(wal, self._path.with_name(self._path.name + "-wal"))
        self.forget_versions()
        self._before.clear()  # what was done since goes with the newer store
        self._begin()

    def forget_versions(self) -> None:
        """Let versions begin anew, with a centre or a store that was put back; until a rest they may fall."""
        self._may_fall = True
        self._versions.clear()
        self._before, self._done = self._before | self._done, set()

    def rows_made(self, table: str) -> list[Key]:
        made = self.rows("SELECT row_id FROM changeset_entry WHERE table_name = ? AND op = 'create'", table)
        return [(table, str(row["row_id"])) for row in made]

    def _check_cursors(self, scopes: Mapping[str, set[Key]]) -> None:
        at_centre = {
            str(row["scope"]): row for row in self._centre.rows("SELECT scope, head, state_sum FROM sync_scope")
        }
        cursors = {str(row["scope"]): row for row in self.rows("SELECT scope, seq, phase, state_sum FROM sync_cursor")}
        must(
            cursors.keys() == scopes.keys(),
            "scopes held are not those entitled to",
            self.name,
            cursors.keys() ^ scopes.keys(),
        )
        for scope, cursor in cursors.items():
            head = at_centre.get(scope, {"head": 0, "state_sum": ""})
            told = (cursor["seq"], cursor["state_sum"], cursor["phase"])
            must(told == (head["head"], head["state_sum"], "live"), "sums differ", self.name, scope, told, head)
        members = {
            (str(row["scope"]), (str(row["table_name"]), str(row["row_id"])))
            for row in self.rows("SELECT scope, table_name, row_id FROM sync_member")
        }
        must(
            members == {(scope, key) for scope, keys in scopes.items() for key in keys},
            "memberships are not the rows",
            self.name,
        )
        must(not self.rows("SELECT * FROM sync_shadow"), "a shadow is left with nothing on its way", self.name)

    def _check_answers(self) -> None:
        answers = self._centre.ledger.answers
        problems = {str(row["mid"]) for row in self.rows("SELECT mid FROM problem")}
        for row in self.rows("SELECT n, mid, name, state, result FROM changeset ORDER BY n"):
            mid, state, facts = str(row["mid"]), str(row["state"]), (self.name, row["n"], row["name"])
            must(state not in WAITS, "not drained", *facts)
            must(mid in answers, "an action never came to the centre", *facts)
            if state in {"applied", "merged", "conflict", "rejected"}:
                # A copy may have sent it again to a centre that was put back: the rep was told there what came of it.
                heard = {result for of, result in self._heard if of == mid} if self.has_twin else {str(row["result"])}
                is_told = unpack_result(answers[mid]) in map(unpack_result, heard)
                must(is_told, "the answer kept is another", *facts)
            must(
                (mid in problems) == (state in {"conflict", "rejected"}), "no problem put before the rep", *facts, state
            )


def _differences(found: Mapping[Key, Record], wanted: Mapping[Key, Record], key: Key) -> object:
    here, there = found.get(key), wanted.get(key)
    if here is None or there is None:
        return "missing here" if here is None else "not at the centre"
    return {column: (here[column], there[column]) for column in here if here[column] != there[column]}


def is_passing(trouble: Trouble) -> bool:
    """Say whether a trouble may come of a bad network; others never may."""
    return trouble.code in {"OFFLINE", "CENTRE_SPEAKS_OTHERWISE", "CENTRE_REFUSES"}
