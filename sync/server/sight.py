"""What a caller may see: told to PostgreSQL at the beginning of a reading, so that no query shows any other row.

Rights are a condition of each query (`grants/rights.py`); this is the second wall behind them (`walls.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from sync.protocol.scope import Scope, ScopeKind
from sync.server.straight import straight_through

CALLERS = "session_user || '_caller'"
"""The role that reads for callers, as PostgreSQL works its name out: it belongs to the database's user alone."""

_TELL = (
    f"SELECT set_config('role', {CALLERS}, true), set_config('tournee.scopes', %s, true), "
    "set_config('tournee.reps', %s, true), set_config('tournee.loads', %s, true), "
    "set_config('tournee.device', %s, true), set_config('tournee.searches', %s, true)"
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a caller may see: rows of some scopes, and what was answered to a device.

    While it searches among colleagues, these are their reps' ids, whose accounts it sees with nothing that belongs to
    any account.
    """

    device: str
    scopes: tuple[str, ...]
    colleagues: tuple[str, ...] | None = None


def look_as(connection: Connection, sight: Sight) -> None:
    """Let this transaction, which has read nothing yet, see what the caller may see, until it ends."""
    with straight_through(connection) as driver:
        driver.run(_TELL, _told(sight))


@lru_cache(maxsize=4_096)
def _told(sight: Sight) -> tuple[str, str, str, str, str]:
    scopes = [Scope.parse(scope) for scope in sight.scopes]
    reps, loads = ([scope.key for scope in scopes if scope.kind is kind] for kind in (ScopeKind.REP, ScopeKind.LOAD))
    reps += sight.colleagues or ()
    searches = "" if sight.colleagues is None else "yes"
    return _array(sight.scopes), _array(reps), _array(loads), sight.device, searches


def _array(names: Iterable[str]) -> str:
    """Write names as PostgreSQL reads an array of texts."""
    quoted = (name.replace("\\", "\\\\").replace('"', '\\"') for name in names)
    return "{" + ",".join(f'"{name}"' for name in quoted) + "}"
