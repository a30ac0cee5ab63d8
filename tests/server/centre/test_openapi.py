"""The centre's description is true: of every route, and of every answer to whatever is sent to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import requests

from sync.protocol.handshake import read_hello
from sync.server.application import application
from sync.server.describing import OPENAPI, PUBLIC, ROUTES, asks_for_proof, endpoints
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
