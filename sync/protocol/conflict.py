"""Where two sides changed the same: by ownership first, then by the field's policy; an edit beats a deletion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from sync.protocol.changeset import Entry, Value
from sync.protocol.results import FieldConflict, FieldMerge, Kept
from sync.protocol.scope import CATALOGUE_TABLES, TEAM_TABLES


class Policy(StrEnum):
    """Whose value stands when both sides changed a field."""

    CLIENT_WINS = "client_wins"
    SERVER_WINS = "server_wins"
    MERGE_SET = "merge_set"
    ASK = "ask"


REPS_OWN = frozenset(
    {
        "activity",
        "preparation_item",
        "opportunity",
        "proposal",
        "proposal_sub_order",
        "proposal_line",
        "instalment",
        "reservation",
        "loss",
    }
)
"""Visits and proposals belong to the rep: what the rep's device says stands."""

CENTRE_OWNS = frozenset(
    {*CATALOGUE_TABLES, *TEAM_TABLES, "customer_order", "ordered_sub_order", "order_line", "amendment"}
)
"""Prices, people and orders in production belong to the centre: a device reads them and writes none."""

CREATE_ONLY = frozenset({"document"})
"""What was kept once is never changed and never taken away, by anybody."""

_FIELDS: Mapping[tuple[str, str], Policy] = {
    ("account", "number"): Policy.SERVER_WINS,
    ("account", "status"): Policy.SERVER_WINS,
    ("account", "rep_id"): Policy.SERVER_WINS,
    ("account", "customer_since"): Policy.SERVER_WINS,
    ("account", "renew_by"): Policy.SERVER_WINS,
    ("discovery", "answers"): Policy.MERGE_SET,
    ("discovery", "quote"): Policy.CLIENT_WINS,
    ("request", "body"): Policy.CLIENT_WINS,
    ("request", "title"): Policy.CLIENT_WINS,
    ("request", "state"): Policy.SERVER_WINS,
}


def policy_of(table: str, column: str) -> Policy:
    """Give the policy of a field: of its table's owner, else its own; what nothing is said of is asked."""
    if table in CENTRE_OWNS:
        return Policy.SERVER_WINS
    if table in REPS_OWN:
        return Policy.CLIENT_WINS
    return _FIELDS.get((table, column), Policy.ASK)


_elements = msgspec.json.Decoder(list[msgspec.Raw])


def _as_list(text: Value) -> list[bytes] | None:
    if not isinstance(text, str):
        return None
    try:
        return [bytes(element) for element in _elements.decode(text or "[]")]
    except msgspec.DecodeError:
        return None


def merged_sets(base: Value, mine: Value, theirs: Value) -> str | None:
    """Lay two JSON lists together: theirs, without what mine took out, with what mine put in at the end.

    Gives None where one of the three is no JSON list.
    """
    lists = [_as_list(value) for value in (base, mine, theirs)]
    if any(found is None for found in lists):
        return None
    was, ours, now = ([*found] if found else [] for found in lists)
    gone = [element for element in was if element not in ours]
    kept = [element for element in now if element not in gone]
    fresh = [element for element in ours if element not in was and element not in kept]
    return msgspec.json.encode([msgspec.Raw(element) for element in (*kept, *fresh)]).decode()


@dataclass(frozen=True, slots=True)
class Decision:
    """The value of a field that both sides changed, and whose it is; `kept` is None where a person decides."""

    value: Value
    kept: Kept | None


def decide(policy: Policy, base: Value, mine: Value, theirs: Value) -> Decision:
    """Decide a field that both sides changed to different values."""
    if policy is Policy.CLIENT_WINS:
        return Decision(mine, Kept.MINE)
    if policy is Policy.SERVER_WINS:
        return Decision(theirs, Kept.THEIRS)
    together = merged_sets(base, mine, theirs) if policy is Policy.MERGE_SET else None
    return Decision(theirs, None) if together is None else Decision(together, Kept.BOTH)


@dataclass(frozen=True, slots=True)
class Merge:
    """What a patch does to a row: the columns to write, how both-sided changes were laid together, what is asked."""

    write: Mapping[str, Value]
    merged: tuple[FieldMerge, ...]
    conflicts: tuple[FieldConflict, ...]


def merge(entry: Entry, current: Mapping[str, Value], *, by_others: bool) -> Merge:
    """Lay a patch on the row as it is now, field by field.

    Where the field still has the patch's old value the new one is taken; where it has the new one already there is
    nothing to do; where it has another one both sides changed it, and its policy decides: by the values alone, as a
    centre that was put back gives the same version twice. `by_others` says that others wrote the row last: then fields
    taken without contest are named too. A creation of a row that is there already is laid on it like a patch whose old
    values are not known.
    """
    write: dict[str, Value] = {}
    merged: list[FieldMerge] = []
    conflicts: list[FieldConflict] = []
    for column, mine in entry.new.items():
        base, theirs = entry.old.get(column), current[column]
        if theirs == mine:
            continue
        is_contest = theirs != base
        decision = (
            decide(policy_of(entry.table, column), base, mine, theirs) if is_contest else Decision(mine, Kept.MINE)
        )
        if decision.value != theirs:
            write[column] = decision.value
        if decision.kept is None:
            contested = FieldConflict(
                table=entry.table, row=entry.row, column=column, base=base, mine=mine, theirs=theirs
            )
            conflicts.append(contested)
        elif is_contest or by_others:
            taken = FieldMerge(
                table=entry.table,
                row=entry.row,
                column=column,
                base=base,
                mine=mine,
                theirs=theirs,
                kept=decision.kept,
            )
            merged.append(taken)
    return Merge(write, tuple(merged), tuple(conflicts))


def edit_beats(entry: Entry, current: Mapping[str, Value]) -> tuple[FieldMerge, ...]:
    """Say which fields were changed by others since the row that an entry deletes was read.

    Where there are any the edit beats the deletion: the row stays. `mine` is None: it would have gone.
    """
    return tuple(
        FieldMerge(
            table=entry.table,
            row=entry.row,
            column=column,
            base=base,
            mine=None,
            theirs=current[column],
            kept=Kept.THEIRS,
        )
        for column, base in entry.old.items()
        if column != "ver" and column in current and current[column] != base
    )
