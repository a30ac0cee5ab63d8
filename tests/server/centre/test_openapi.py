"""The centre's description is true: of every route, and of every answer to whatever is sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests

from app.domain.refusal import Refusal
from app.store.rows import REVISION, SYNCED
from sync.protocol.changeset import Changeset, Entry, Op
from sync.protocol.handshake import read_hello
from sync.server.application import application
from sync.server.describing import OPENAPI, PUBLIC, ROUTES, asks_for_proof, endpoints
from sync.server.exchange.soundness import must_be_sound
from tests.sync.world import World

pytestmark = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)


@pytest.fixture
def document(world: World) -> dict[str, Any]:
    return dict(requests.get(world.centre.url + OPENAPI, timeout=10).json())


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_every_route_is_told_of_and_none_besides(world: World, document: dict[str, Any]) -> None:
    there = {(method, path) for method, path, _ in endpoints(application(world.centre.engines))}
    assert there == set(ROUTES)
    assert {(method, path) for method, path, _ in operations(document)} == there


def test_every_route_has_a_policy(world: World) -> None:
    """A route asks for a device's proof, or stands among those few that need none."""
    found = {
        (method, path) for method, path, end in endpoints(application(world.centre.engines)) if not asks_for_proof(end)
    }
    assert found == PUBLIC


def test_a_route_of_which_nothing_is_said_cannot_be_described(world: World) -> None:
    centre = application(world.centre.engines)
    centre.add_api_route("/sync/v1/unheard-of", lambda: None)
    with pytest.raises(KeyError, match="unheard-of"):
        centre.openapi()


def test_every_route_says_what_it_is_what_it_asks_and_what_it_may_answer(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    tags = {tag["name"] for tag in document["tags"]}
    for method, path, operation in operations(document):
        assert len(operation["summary"]) > 10, path
        assert set(operation["tags"]) <= tags
        assert operation["security"] == ([] if (method, path) in PUBLIC else [{"token": [], "proof": []}]), path
        assert any(200 <= int(status) < 300 for status in operation["responses"])
        assert {"400", "413", "503"} <= operation["responses"].keys()
        assert ("401" in operation["responses"]) == ((method, path) not in PUBLIC)
        assert all(answer["description"] for answer in operation["responses"].values())
        named = {part["name"] for part in operation.get("parameters", []) if part["in"] == "path"}
        assert named == {part[1:-1] for part in path.split("/") if part.startswith("{")}
        if method in {"GET", "HEAD", "DELETE", "OPTIONS"}:
            assert "requestBody" not in operation


def test_every_reference_leads_somewhere_and_every_example_can_be_read(document: dict[str, Any]) -> None:
    def references(part: object) -> Iterator[str]:
        if isinstance(part, dict):
            for name, value in part.items():
                if name == "$ref":
                    yield value
                else:
                    yield from references(value)
        elif isinstance(part, list):
            for value in part:
                yield from references(value)

    schemas = document["components"]["schemas"]
    assert {name.removeprefix("#/components/schemas/") for name in references(document)} <= schemas.keys()
    assert {"Frame", "Verify", "Changeset", "Refused"} <= schemas.keys()
    (example,) = schemas["Hello"]["examples"]
    assert read_hello(msgspec.json.encode(example)).cursors[0].scope == "catalogue"


def test_without_a_proof_no_route_but_the_public_ones_answers(world: World, document: dict[str, Any]) -> None:
    for method, path, _ in operations(document):
        filled = path.replace("{", "").replace("}", "")
        query = "?scope=catalogue&first=1&last=1&q=abc"
        answer = requests.request(method, world.centre.url + filled + query, timeout=10)
        assert (answer.status_code == 401) == ((method, path) not in PUBLIC), (method, path, answer.status_code)


def test_the_rows_that_it_tells_of_are_the_ones_that_are_taken(document: dict[str, Any]) -> None:
    """What the description calls a row is sound, and what it does not is refused: column by column."""
    told = {
        name.removeprefix("row."): schema["properties"]
        for name, schema in document["components"]["schemas"].items()
        if name.startswith("row.")
    }
    assert told.keys() == SYNCED.tables.keys()
    for table, columns in told.items():
        says = {name: kind for name, kind in columns.items() if name not in {"id", "ver"}}
        row = {name: _fitting(kind) for name, kind in says.items()}
        assert _is_taken(table, row), table
        for name, kind in says.items():
            is_nullable, is_text = "null" in kind["type"], "string" in kind["type"]
            assert _is_taken(table, row | {name: None}) is is_nullable, (table, name)
            assert _is_taken(table, row | {name: "x"}) is is_text, (table, name)
            assert _is_taken(table, row | {name: 1}) is not is_text, (table, name)
            assert not _is_taken(table, {other: value for other, value in row.items() if other != name})
            most = "x" * (kind["maxLength"] + 1) if is_text else kind["maximum"] + 1
            assert not _is_taken(table, row | {name: most}), (table, name)
        assert not _is_taken(table, row | {"unheard_of": 1})


def _fitting(kind: dict[str, Any]) -> str | int:
    if "default" in kind:
        return str(kind["default"]) if "string" in kind["type"] else int(kind["default"])
    return "x" * kind["maxLength"] if "string" in kind["type"] else int(kind["maximum"])


def _is_taken(table: str, row: dict[str, Any]) -> bool:
    entry = Entry(table=table, row="0" * 32, op=Op.CREATE, new=row)
    changeset = Changeset(n=1, mid="m", name="test", at=1, revision=REVISION, entries=(entry,))
    try:
        must_be_sound(changeset, 1)
    except Refusal:
        return False
    return True
