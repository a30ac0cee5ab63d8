"""What is logged says nothing of a person."""

from __future__ import annotations

import json
import logging
import sys
import threading

import pytest
from sqlalchemy.exc import OperationalError

from app.adapters import logs
from app.adapters.logs import JsonLine, shown, write_lines

CANARIES = (
    "Rose Canari",
    "rose.canari@example.org",
    "06 12 34 56 78",
    "FR7630006000011234567890189",
    "Zk3-token_9f8e7d6c5bQwErTyUiOpAsDfGhJkLzXcVbN",
)


def line_of(record: logging.LogRecord) -> dict[str, object]:
    text = JsonLine().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def _fail_with(canary: str) -> None:
    try:
        int(canary)
    except ValueError as error:
        raise OperationalError(f"UPDATE contact SET name = '{canary}'", {"name": canary}, error) from error


@pytest.mark.parametrize("canary", CANARIES)
def test_whatever_is_logged_a_canary_is_not_in_it(canary: str) -> None:
    with pytest.raises(OperationalError) as caught:
        _fail_with(canary)
    info = (caught.type, caught.value, caught.tb)
    of = logging.getLogger("x").makeRecord
    records = [
        of("x", logging.ERROR, "f", 1, "no %s here", (canary,), info),
        of("x", logging.ERROR, "f", 1, "%s of %s", (canary, {"name": canary}), None),
        of("x", logging.ERROR, "f", 1, "not %d", (canary,), None),
        of("x", logging.ERROR, "f", 1, "request", (), None, extra={logs.FACTS: {"route": canary, "in": {"a": canary}}}),
    ]
    for record in records:
        assert canary not in json.dumps(line_of(record), ensure_ascii=False)
    failed = line_of(records[0])["failed"]
    assert isinstance(failed, list)
    assert [link["kind"] for link in failed] == ["OperationalError", "ValueError"]
    assert "test_logs.py" in str(failed[0]["at"])


@pytest.mark.parametrize("canary", CANARIES[1:])
def test_words_that_were_filled_in_before_are_hidden_where_they_look_personal(canary: str) -> None:
    record = logging.getLogger("x").makeRecord("x", logging.ERROR, "f", 1, f"sent to {canary}", (), None)
    assert canary not in str(line_of(record)["says"])


@pytest.mark.parametrize(
    "value",
    [7, 1.5, None, True, "", "0" * 32, "rep:" + "a1" * 16, "BLOB_UNKNOWN", "/sync/v1/blobs/{sha256}", "ValueError"],
)
def test_numbers_ids_codes_and_routes_may_be_written(value: object) -> None:
    assert shown(value) == value


@pytest.mark.usefixtures("as_logged")
def test_what_nobody_caught_is_a_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    write_lines()
    error = ValueError(CANARIES[0])
    sys.excepthook(ValueError, error, None)
    threading.excepthook(threading.ExceptHookArgs((ValueError, error, None, threading.current_thread())))
    written = capsys.readouterr().err.splitlines()
    assert [json.loads(line)["level"] for line in written] == ["critical", "error"]
    assert CANARIES[0] not in "".join(written)
