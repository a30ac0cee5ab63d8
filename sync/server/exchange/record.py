"""What the centre answered to each changeset: looked up before one is taken, stored with its effect, given again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from app.domain.refusal import Refusal
from app.store.codec import compact_json
from app.store.naming import new_id
from sync.protocol.changeset import Changeset
from sync.protocol.frames import Answer
from sync.protocol.results import (
    Applied,
    Conflict,
    FieldConflict,
    FieldMerge,
    Merged,
    Result,
    pack_result,
    unpack_result,
)
from sync.server.among import among
from sync.server.clock import now, now_us
from sync.server.database import run_over
from sync.server.grants.rights import Caller
from sync.server.tables import APPLIED, CONFLICT, DEVICE

_STANDS = and_(DEVICE.c.device == bindparam("of"), DEVICE.c.revoked_at.is_(None))
_LAST = select(DEVICE.c.last_n).where(_STANDS).with_for_update()
_ANSWERED = select(APPLIED.c.n, APPLIED.c.mid, APPLIED.c.hash, APPLIED.c.result)
_OF_NUMBERS = _ANSWERED.where(APPLIED.c.device == bindparam("of"), APPLIED.c.n.in_(bindparam("wanted", expanding=True)))
_OF_ACTIONS = _ANSWERED.where(among(APPLIED.c.mid, "wanted"))
_STORED = "INSERT INTO sync_applied (device, n, mid, hash, result, at) VALUES (?, ?, ?, ?, ?, ?)"
_APPLIED = pack_result(Applied())
_ADVANCED = update(DEVICE).where(DEVICE.c.device == bindparam("of")).values(last_n=bindparam("number"))


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered: the changeset's digest and the result as it is stored."""

    hash: str
    result: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A changeset that was decided now."""

    changeset: Changeset
    digest: str
    result: Result
    packed: str


def taken(changeset: Changeset, digest: str, result: Result) -> Taken:
    """Put a changeset together with what was decided of it."""
    return Taken(changeset, digest, result, _APPLIED if isinstance(result, Applied) else pack_result(result))


@dataclass(slots=True)
class Known:
    """What was answered under some numbers of a device, and to some actions under whatever number."""

    by_number: dict[int, Answered] = field(default_factory=dict)
    by_action: dict[str, Answered] = field(default_factory=dict)

    def of(self, changeset: Changeset) -> Answered | None:
        """Give what was answered under this number, or to this action under another number."""
        return self.by_number.get(changeset.n) or self.by_action.get(changeset.mid)

    def add(self, one: Taken) -> None:
        """Know one that was decided in this very transaction."""
        answered = Answered(one.digest, one.packed)
        self.by_number[one.changeset.n] = self.by_action[one.changeset.mid] = answered


def last_number(connection: Connection, device: str) -> int:
    """Give the number of the last changeset taken from a device, and keep others from taking more until the commit.

    Raises Refusal TOKEN_UNKNOWN for a device that was shut out since it asked.
    """
    number = connection.execute(_LAST, {"of": device}).scalar_one_or_none()
    if number is None:
        raise Refusal("TOKEN_UNKNOWN")
    return int(number)


def known(connection: Connection, device: str, changesets: Sequence[Changeset], last_n: int) -> Known:
    """Find what was answered to changesets that may have come before; nothing was under a number above `last_n`."""
    known = Known()
    numbers = [changeset.n for changeset in changesets if changeset.n <= last_n]
    if numbers:
        for row in connection.execute(_OF_NUMBERS, {"of": device, "wanted": numbers}).all():
            known.by_number[row.n] = Answered(row.hash, row.result)
    actions = [changeset.mid for changeset in changesets]
    for row in connection.execute(_OF_ACTIONS, {"wanted": actions}).all():
        known.by_action[row.mid] = Answered(row.hash, row.result)
    return known


def advance(connection: Connection, device: str, n: int) -> None:
    """Let a number be the last that was taken."""
    connection.execute(_ADVANCED, {"of": device, "number": n})


def remember(connection: Connection, caller: Caller, decided: Sequence[Taken]) -> None:
    """Store answers with their effect and advance the device's number, before the scopes are locked."""
    at = now_us()
    stored: list[tuple[str | int, ...]] = []
    kept: list[Mapping[str, object]] = []
    for one in decided:
        n, mid = one.changeset.n, one.changeset.mid
        stored.append((caller.device, n, mid, one.digest, one.packed, at))
        kept += [
            {**_conflict(field, at), "device": caller.device, "n": n, "mid": mid, "id": new_id(now()), "at": at}
            for field in _fields(one.result)
            if _is_contest(field)
        ]
    if stored:
        run_over(connection, _STORED, stored)
        advance(connection, caller.device, decided[-1].changeset.n)
    if kept:
        connection.execute(insert(CONFLICT), kept)


def _fields(result: Result) -> Sequence[FieldMerge | FieldConflict]:
    if isinstance(result, Conflict):
        return (*result.fields, *result.merged)
    return result.fields if isinstance(result, Merged) else ()


def _is_contest(field: FieldMerge | FieldConflict) -> bool:
    """Say whether both sides changed the field, so that a value was or would be overwritten: it is kept."""
    return field.base != field.theirs


def _conflict(field: FieldMerge | FieldConflict, at: int) -> dict[str, object]:
    is_settled = isinstance(field, FieldMerge)
    return {
        "table_name": field.table,
        "row_id": field.row,
        "column_name": field.column,
        "base": compact_json(field.base),
        "mine": compact_json(field.mine),
        "theirs": compact_json(field.theirs),
        "kept": field.kept.value if isinstance(field, FieldMerge) else "asked",
        "settled_at": at if is_settled else None,
    }


def answers(connection: Connection, caller: Caller, numbers: Sequence[int]) -> list[Answer]:
    """Give again what was answered under these numbers, for a reply that was lost."""
    found = connection.execute(_OF_NUMBERS.order_by(APPLIED.c.n), {"of": caller.device, "wanted": list(numbers)})
    return [Answer(n=row.n, mid=row.mid, result=unpack_result(row.result)) for row in found]
