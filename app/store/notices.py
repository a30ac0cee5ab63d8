"""Notices to the rep that belong to no action of the rep's own: they stand with the problems until put away."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from app.store.codec import compact_json, instant
from app.store.naming import new_id

ACCOUNTS_LEFT = "ACCOUNTS_LEFT"
CENTRE_WENT_BACK = "CENTRE_WENT_BACK"
LOAD_REFUSED = "LOAD_REFUSED"
TOO_MANY_LOADS = "TOO_MANY_LOADS"
_MOST_NAMED = 20
_MOST_LETTERS = 600


def note(connection: Connection, code: str, parameters: Mapping[str, str], at: int) -> None:
    """Put a notice before the rep; `at` in microseconds UTC."""
    connection.exec_driver_sql(
        "INSERT INTO problem (id, mid, code, parameters, choices, at, is_settled) VALUES (?, '', ?, ?, '[]', ?, 0)",
        (new_id(instant(at)), code, compact_json(dict(parameters)), at),
    )


def say_went_back(connection: Connection, count: int, at: int) -> None:
    """Tell the rep that the centre lost actions that it once took and that are not kept here any more; once."""
    said = "SELECT 1 FROM problem WHERE code = ? AND is_settled = 0"
    if connection.exec_driver_sql(said, (CENTRE_WENT_BACK,)).first() is None:
        note(connection, CENTRE_WENT_BACK, {"count": str(count)}, at)


def say_left(connection: Connection, names: Sequence[str], at: int) -> None:
    """Tell the rep that accounts left the portfolio; a notice that was not put away yet is made longer."""
    if not names:
        return
    found = connection.exec_driver_sql(
        "SELECT id, parameters FROM problem WHERE code = ? AND is_settled = 0", (ACCOUNTS_LEFT,)
    ).first()
    before = json.loads(found[1]) if found is not None else {"count": "0", "accounts": ""}
    listed = [name for name in (before["accounts"], ", ".join(names[:_MOST_NAMED])) if name]
    told = {"count": str(int(before["count"]) + len(names)), "accounts": ", ".join(listed)[:_MOST_LETTERS]}
    if found is None:
        note(connection, ACCOUNTS_LEFT, told, at)
        return
    longer = "UPDATE problem SET parameters = ?, at = ? WHERE id = ?"
    connection.exec_driver_sql(longer, (compact_json(told), at, found[0]))
