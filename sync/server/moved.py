"""What moved, as the processes of one centre tell each other through PostgreSQL."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.store.engine import Engines

_log = logging.getLogger(__name__)

Head = tuple[int, str]
"""The last sequence of a scope and its random tag."""
Moved = dict[str, Head]

CHANNEL = "tournee_moved"
MOST_BYTES = 7_500
"""Of one message; PostgreSQL takes 8,000 at most."""


def messages(moved: Mapping[str, Head]) -> Iterator[str]:
    """Write what moved in as few messages as their size allows."""
    part: Moved = {}
    size = 2
    for scope, head in moved.items():
        more = len(json.dumps({scope: head}))
        if part and size + more > MOST_BYTES:
            yield json.dumps(part)
            part, size = {}, 2
        part[scope] = head
        size += more
    if part:
        yield json.dumps(part)


def read(message: str) -> Moved:
    """Read a message. Raises ValueError for anything that is none."""
    told = json.loads(message)
    if not isinstance(told, dict):
        raise ValueError("a message names scopes")  # noqa: TRY004 - all that is wrong with a message is a ValueError
    moved: Moved = {}
    for scope, head in told.items():
        seq, tag = head
        moved[scope] = (int(seq), str(tag))
    return moved


def notify_once(engines: Engines, moved: Moved) -> None:
    """Tell from a process that does not serve, a command for example; the work is kept whether it is heard or not."""
    try:
        with engines.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for message in messages(moved):
                connection.execute(
                    text("SELECT pg_notify(:channel, :message)"), {"channel": CHANNEL, "message": message}
                )
    except SQLAlchemyError as error:
        _log.info("nobody was told what moved: %s", type(error).__name__)
