"""The log of a device, and of a centre: one JSON document a line, and nothing in it by which a person could be known.

Nothing is trusted to have been left out before: what is written is what may be (numbers, ids, codes, places in the
code). A message's own words come from the code; what fills them, what an exception says and what a statement was given
come from outside, and stay outside.
"""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType

FACTS = "facts"
"""The attribute of a record with what is written beside its words: numbers, ids and codes, by name."""
_LEVELS = {"": logging.WARNING, "app": logging.INFO, "sync": logging.INFO, "tournee": logging.INFO}
_MOST_FRAMES = 12

_MAY_BE_WRITTEN = re.compile(
    r"(?:[a-z]+:)?[0-9a-f]{32}"  # an id, a scope
    r"|[A-Z]+(?:_[A-Z]+)+"  # a code
    r"|[A-Z][A-Za-z]*(?:Error|Exception|Warning|Disconnect)"  # the name of an exception
    r"|/|/(?:centre|sync)/v1/[a-z{}/_0-9]{0,40}"  # a route
    r"|GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|OTHER"
)
_HIDDEN = "…"
_LOOKS_PERSONAL = re.compile(r"\S+@\S+|\+?\d[\d .-]{5,}\d|[A-Za-z0-9_\-+/=.]{24,}")


def write_lines(*, is_quiet: bool = False) -> None:
    """Let everything that is logged, and every exception that nobody caught, go to standard error as JSON lines.

    Only what goes wrong where `is_quiet`.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLine())
    logging.getLogger().handlers[:] = [handler]
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(logging.WARNING if is_quiet else level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = _uncaught_in_thread
    sys.unraisablehook = _uncaught_at_an_end


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logging.getLogger("tournee").critical("nobody caught this", exc_info=(kind, error, trace))


def _uncaught_in_thread(caught: threading.ExceptHookArgs) -> None:
    error = caught.exc_value
    logging.getLogger("tournee").error("nobody caught this", exc_info=error if error is not None else False)


def _uncaught_at_an_end(caught: sys.UnraisableHookArgs) -> None:
    error = caught.exc_value
    logging.getLogger("tournee").error("nobody could catch this", exc_info=error if error is not None else False)


class JsonLine(logging.Formatter):
    """Writes a record as one line: time, level, logger, words, facts, and of an exception its kind and its places."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": said(record),
            "worker": os.getpid(),
        }
        facts = getattr(record, FACTS, None)
        if isinstance(facts, dict):
            line |= {str(name): shown(value) for name, value in facts.items()}
        if record.exc_info and record.exc_info[1] is not None:
            line["failed"] = chain_of(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def said(record: logging.LogRecord) -> str:
    """Give a record's words, filled in only with what may be written."""
    words = _LOOKS_PERSONAL.sub(_HIDDEN, str(record.msg).strip())
    if isinstance(record.args, tuple) and record.args:
        try:
            return words % tuple(shown(argument) for argument in record.args)
        except (TypeError, ValueError):
            return words
    return words


def shown(value: object) -> object:
    """Give a value as it may be written: numbers, ids, codes, and collections of these; anything else is hidden."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(name): shown(inner) for name, inner in value.items()}
    text = str(value)
    return text if not text or _MAY_BE_WRITTEN.fullmatch(text) else _HIDDEN


def chain_of(error: BaseException) -> list[dict[str, object]]:
    """Give an exception and what caused it: each its kind, its SQLSTATE, and where it passed; never what it says."""
    chain: list[dict[str, object]] = []
    link: BaseException | None = error
    while link is not None and len(chain) < 5:
        frames = traceback.extract_tb(link.__traceback__)[-_MOST_FRAMES:]
        places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]
        state = getattr(getattr(link, "orig", link), "sqlstate", None)
        chain.append({"kind": type(link).__name__, "sqlstate": state, "at": places})
        link = link.__cause__ or link.__context__
    return chain
