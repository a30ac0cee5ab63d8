"""What the surroundings say about how the centre is to be run; every setting has a default that fits."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from app.ports.trouble import Trouble

DATABASE = "TOURNEE_CENTRE_DATABASE"
PASSWORD = "TOURNEE_CENTRE_PASSWORD"  # noqa: S105 - the name of a variable
SECRET = "TOURNEE_CENTRE_SECRET"  # noqa: S105 - the name of a variable
"""Where it is set, the authority's private keys are kept encrypted under it."""
POOL = "TOURNEE_CENTRE_POOL"
POOL_SECONDS = "TOURNEE_CENTRE_POOL_SECONDS"
METRICS = "TOURNEE_CENTRE_METRICS"
LOG = "TOURNEE_CENTRE_LOG"
QUIET = "warning"
"""Said in `LOG`: no line for each request, only for what goes wrong."""

MOST_CONNECTIONS = 20
"""Of one worker, where nothing else is said: more would only wait for each other."""
BESIDE = 3
"""Connections of a worker beside its pool: it listens, it tells; and one for who looks at the figures."""
OF_OTHERS = 10
"""Connections that are left to the commands, the backup and the administrator."""


def is_quiet() -> bool:
    """Whether only what goes wrong is to be logged."""
    return os.environ.get(LOG) == QUIET


def read_files() -> None:
    """Take in settings that stand in files, as a container's secrets do: ‹NAME›_FILE names the file of ‹NAME›."""
    for name in (DATABASE, PASSWORD, SECRET):
        path = os.environ.get(f"{name}_FILE")
        if path and name not in os.environ:
            os.environ[name] = Path(path).read_text(encoding="utf-8").strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the centre is run.

    `pool` is the number of database connections of one worker, None to let it follow from what the database allows;
    `pool_seconds` how long a request waits for one; `metrics` the host:port of the figures, empty for none.
    """

    pool: int | None = None
    pool_seconds: float = 5.0
    metrics: str = ""

    @classmethod
    def from_surroundings(cls) -> Settings:
        """Read the settings. Raises Trouble SETTING_UNSOUND for one that is no number above 0."""
        pool = os.environ.get(POOL)
        return cls(
            pool=round(_number(POOL, pool)) if pool else None,
            pool_seconds=_number(POOL_SECONDS, os.environ.get(POOL_SECONDS) or "5"),
            metrics=os.environ.get(METRICS, ""),
        )

    def connections(self, allowed: int, workers: int) -> int:
        """Give the connections of one worker where the database allows so many to all of them together."""
        if self.pool is not None:
            return self.pool
        return max(2, min(MOST_CONNECTIONS, (allowed - OF_OTHERS) // workers - BESIDE))


def _number(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 10_000:
        raise Trouble("SETTING_UNSOUND", {"name": name, "value": text})
    return number
