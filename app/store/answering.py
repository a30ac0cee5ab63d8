"""What the centre answered, kept many at a time: what it does to the rows here, and what the rep is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.store.changesets import ENTRY, WAITS, entry_of, holes, parts, row_from, waiting_among
from app.store.codec import Record, compact_json, instant
from app.store.derived import Change
from app.store.feed import DeviceFeed, Key, heard_of, upsert_rows
from app.store.fitting import only_what_fits
from app.store.naming import new_id
from app.store.rows import SYNCED
from app.store.rows.device import ChangesetState
from app.store.standing import standing_after
from sync.protocol.changeset import Entry, Op, Value
from sync.protocol.frames import Answer
from sync.protocol.overlay import base_under, laid_on, taken
from sync.protocol.results import Applied, Conflict, Deferred, Merged, Rejected, Result, pack_result

Shadow = tuple[int, Record | None]
"""The centre's last word on a row with edits on their way: its version, the row or None."""

_STATES: dict[type[Result], ChangesetState] = {
    Applied: ChangesetState.APPLIED,
    Merged: ChangesetState.MERGED,
    Conflict: ChangesetState.CONFLICT,
    Rejected: ChangesetState.REJECTED,
}


# The order's refusal and its signature's are one thing to the rep: the later one says it all.
_SAID_BY_A_LATER_ONE = (
    "UPDATE problem SET is_settled = 1 "
    "WHERE ? = 'SIGNED_PLACE_LOST' AND code = 'PLACE_LOST' AND parameters ->> '$.line_id' = ?"
)


class Answering:
    """Keeps answers in the device's store."""

    def __init__(self, feed: DeviceFeed) -> None:
        self._feed = feed

    def keep(self, answers: Sequence[Answer], at: int, at_centre: int = 0) -> int:
        """Keep what the centre answered (`at`, microseconds UTC) in one transaction; gives how many raised a problem.

        Heard again it changes nothing. A refusal takes back here what the centre did not take, but never a document;
        what was done on top of it stays on top. A conflict is kept with all three values until the rep decides. How
        long an answer is kept counts from the later of this clock and the centre's (`at_centre`): where this one was a
        year behind and is put right, nothing goes.
        """
        with only_what_fits(), self._feed.writing() as connection:
            waiting = waiting_among(connection, [answer.n for answer in answers])
            asked = [answer for answer in answers if waiting.get(answer.n) == answer.mid]
            decided = [answer for answer in asked if not isinstance(answer.result, Deferred)]
            _wait_on(connection, [answer for answer in asked if isinstance(answer.result, Deferred)])
            standing = standing_after(
                connection, [answer.mid for answer in decided if isinstance(answer.result, Applied)]
            )
            settled = [answer for answer in decided if answer.mid not in standing]
            rows = _Rows(connection, [answer.mid for answer in settled])
            problems = 0
            for answer in settled:
                rows.settle(answer.mid, answer.result)
                problems += _note_problem(connection, answer.mid, answer.result, at)
            _note_answers(connection, decided, max(at, at_centre))
            changes = rows.write(connection)
            self._feed.derived.refresh(connection, changes)
        if decided:
            tables = {key[0] for key, _, _ in changes}
            self._feed.tell(frozenset({"changeset", *tables, *(["problem"] if problems else [])}))
        return problems


def _wait_on(connection: Connection, answers: Sequence[Answer]) -> None:
    again = "UPDATE changeset SET state = 'pending', result = ? WHERE n = ?"
    if answers:
        connection.exec_driver_sql(again, [(pack_result(answer.result), answer.n) for answer in answers])


def _note_answers(connection: Connection, answers: Sequence[Answer], at: int) -> None:
    noted = "UPDATE changeset SET state = ?, result = ?, answered_at = ? WHERE n"
    plain = [one.n for one in answers if isinstance(one.result, Applied)]
    for part in parts(plain):
        told = (ChangesetState.APPLIED.value, pack_result(Applied()), at)
        connection.exec_driver_sql(f"{noted} IN ({holes(part)})", (*told, *part))
    others = [one for one in answers if not isinstance(one.result, Applied)]
    values = [(_STATES[type(one.result)].value, pack_result(one.result), at, one.n) for one in others]
    if values:
        connection.exec_driver_sql(f"{noted} = ?", values)


@dataclass(slots=True)
class _Place:
    """One row with what is known of it: the centre's last word, edits on their way with their actions, memberships."""

    now: Record | None = None
    shadow: Shadow | None = None
    pending: list[tuple[str, Entry]] = field(default_factory=list)
    is_member: bool = False
    is_aside: bool = False


class _Rows:
    """The rows that answers concern, read at once, settled answer by answer, written at once."""

    def __init__(self, connection: Connection, mids: Sequence[str]) -> None:
        self._places: dict[Key, _Place] = {}
        self._of_action: dict[str, dict[Key, None]] = {mid: {} for mid in mids}
        self._read_edits(connection, mids)
        by_table: dict[str, list[str]] = {}
        for table, row in self._places:
            by_table.setdefault(table, []).append(row)
        for table, rows in by_table.items():
            for part in parts(rows):
                self._read(connection, table, part)
        self._before = {key: (place.now, place.shadow, place.is_aside) for key, place in self._places.items()}

    def _read_edits(self, connection: Connection, mids: Sequence[str]) -> None:
        """Read all that waits on these rows, of whatever action, each row's in the order in which it was made."""
        for part in parts(mids):
            touched = f"SELECT table_name, row_id FROM changeset_entry WHERE mid IN ({holes(part)})"  # noqa: S608 - holes
            waiting = f"JOIN changeset c ON c.mid = e.mid WHERE c.{WAITS} AND (e.table_name, e.row_id) IN ({touched})"
            edits: dict[Key, list[tuple[str, Entry]]] = {}
            for row in connection.exec_driver_sql(f"{ENTRY} {waiting} ORDER BY c.n, e.position", tuple(part)).all():
                edits.setdefault((row[1], row[2]), []).append((row[0], entry_of(row)))
            for key, made in edits.items():
                self._places[key] = _Place(pending=made)
                for mid, _ in made:
                    if mid in self._of_action:
                        self._of_action[mid][key] = None

    def _read(self, connection: Connection, table: str, rows: Sequence[str]) -> None:
        listed = holes(rows)
        wanted = f"SELECT * FROM {table} WHERE id IN ({listed})"  # noqa: S608 - our own names
        found = connection.exec_driver_sql(wanted, tuple(rows))
        names = tuple(found.keys())
        place = names.index("id")
        for values in found.all():
            self._places[table, str(values[place])].now = dict(zip(names, values, strict=True))
        of_rows = f"WHERE table_name = ? AND row_id IN ({listed})"
        of_these = (table, *rows)
        shadows = f"SELECT row_id, base_ver, base FROM sync_shadow {of_rows}"  # noqa: S608 - holes
        for row_id, ver, base in connection.exec_driver_sql(shadows, of_these):
            self._places[table, row_id].shadow = (ver, row_from(base))
        for row_id in connection.exec_driver_sql(f"SELECT row_id FROM sync_member {of_rows}", of_these).scalars():  # noqa: S608 - holes
            self._places[table, row_id].is_member = True
        for row_id in connection.exec_driver_sql(f"SELECT row_id FROM quarantine {of_rows}", of_these).scalars():  # noqa: S608 - holes
            self._places[table, row_id].is_aside = True

    def settle(self, mid: str, result: Result) -> None:
        """Bring the rows of an answered action to what the centre has, with what still waits laid on top again."""
        for key in self._of_action[mid]:
            place = self._places[key]
            if isinstance(result, Applied) and _stands(place, mid):
                place.pending = []
            else:
                _settle(place, key, mid, result)

    def write(self, connection: Connection) -> list[Change]:
        """Write what is otherwise than it was; gives the rows that changed."""
        changes: list[Change] = []
        shadows: list[tuple[str, str, int, str]] = []
        bare: list[Key] = []
        freed: list[Key] = []
        for key, place in self._places.items():
            now, shadow, is_aside = self._before[key]
            if place.now != now:
                changes.append((key, now, place.now))
            if place.shadow is None and shadow is not None:
                bare.append(key)
            elif place.shadow is not None and place.shadow is not shadow:
                shadows.append((*key, place.shadow[0], compact_json(place.shadow[1])))
            if is_aside and not place.is_aside:
                freed.append(key)
        _run(connection, "DELETE FROM sync_shadow WHERE table_name = ? AND row_id = ?", bare)
        kept = "INSERT OR REPLACE INTO sync_shadow (table_name, row_id, base_ver, base) VALUES (?, ?, ?, ?)"
        _run(connection, kept, shadows)
        _run(connection, "DELETE FROM quarantine WHERE table_name = ? AND row_id = ?", freed)
        _write_rows(connection, changes)
        return changes


def _stands(place: _Place, mid: str) -> bool:
    """Say whether a row already is what it will be once the only action that waits on it is taken as it was made."""
    if place.now is None or place.shadow is not None or place.is_aside:
        return False
    ver = int(place.now["ver"] or 0)
    return all(of == mid and entry.op is Op.UPDATE and entry.base_ver <= ver for of, entry in place.pending)


def _settle(place: _Place, key: Key, mid: str, result: Result) -> None:
    pending = [entry for _, entry in place.pending]
    own = [entry for of, entry in place.pending if of == mid]
    place.pending = [(of, entry) for of, entry in place.pending if of != mid]
    later = [entry for _, entry in place.pending]
    heard = heard_of(place.now, place.shadow, pending)
    base = base_under(place.now, pending) if place.shadow is None else place.shadow[1]
    is_revived = base is None and any(entry.op is Op.UPDATE for entry in own) and not isinstance(result, Rejected)
    for entry in () if isinstance(result, Rejected) else own:
        base = taken(base, entry, result)
    after = place.now if is_revived else laid_on(base, later)
    is_member = heard > 0 and place.is_member
    if not later and not is_member and (place.is_aside or (heard > 0 and isinstance(result, Rejected))):
        after = None  # it left all scopes while an edit was on its way: now it goes from here too
        place.is_aside = False
    if after is not None:
        after = {**after, "id": key[1], "ver": heard}
    # Where it is deleted here its tombstone is still to come: the scope's sum needs the version heard last.
    place.shadow = (heard, base) if later or (after is None and is_member) else None
    is_older = after is not None and place.now is not None and heard < int(place.now["ver"] or 0)
    if not is_older and not (after is None and key[0] == "document"):
        place.now = after


def _write_rows(connection: Connection, changes: Sequence[Change]) -> None:
    gone: dict[str, list[tuple[str]]] = {}
    kept: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = {}
    for (table, row_id), _, after in changes:
        if after is None:
            gone.setdefault(SYNCED.tables[table].name, []).append((row_id,))
        else:
            kept.setdefault((table, tuple(after)), []).append(tuple(after.values()))
    for table, rows in gone.items():
        _run(connection, f"DELETE FROM {table} WHERE id = ?", rows)  # noqa: S608 - our own names
    for (table, columns), values in kept.items():
        upsert_rows(connection, table, columns, values)


def _note_problem(connection: Connection, mid: str, result: Result, at: int) -> bool:
    """Put a refusal or a conflict before the rep."""
    if isinstance(result, Rejected):
        code, parameters, choices = result.code, result.parameters, []
        connection.exec_driver_sql(_SAID_BY_A_LATER_ONE, (code, parameters.get("line_id", "")))
    elif isinstance(result, Conflict):
        code, parameters = "CONFLICT", {}
        choices = [
            {
                "table": field.table,
                "row": field.row,
                "column": field.column,
                "base": _said(field.base),
                "mine": _said(field.mine),
                "theirs": _said(field.theirs),
                "by": field.by,
                "at": field.at,
            }
            for field in result.fields
        ]
    else:
        return False
    connection.exec_driver_sql(
        "INSERT INTO problem (id, mid, code, parameters, choices, at, is_settled) VALUES (?, ?, ?, ?, ?, ?, 0)",
        (new_id(instant(at)), mid, code, compact_json(parameters), compact_json(choices), at),
    )
    return True


def _said(value: Value) -> str:
    return "" if value is None else str(value)


def _run(connection: Connection, statement: str, values: Iterable[tuple[str | int, ...]]) -> None:
    rows = list(values)
    if rows:
        connection.exec_driver_sql(statement, rows)
