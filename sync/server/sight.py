"""What a caller may see: told to PostgreSQL at the beginning of a reading, so that no query shows any other row.

Rights are a condition of each query (`grants/rights.py`); this is the second wall behind them (`walls.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

CALLERS = "session_user || '_caller'"
"""The role that reads for callers, as PostgreSQL works its name out: it belongs to the database's user alone."""

_TELL = (
    f"SELECT set_config('role', {CALLERS}, true), set_config('tournee.scopes', (%s::text[])::text, true), "
    "set_config('tournee.device', %s, true), set_config('tournee.searches_team', %s, true)"
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a caller may see: rows of some scopes, what was answered to a device; the team's accounts in a search."""

    device: str
    scopes: tuple[str, ...]
    searches_team: bool = False


def look_as(connection: Connection, sight: Sight) -> None:
    """Let this transaction, which has read nothing yet, see what the caller may see, until it ends."""
    told = (list(sight.scopes), sight.device, "yes" if sight.searches_team else "")
    connection.exec_driver_sql(_TELL, told)
