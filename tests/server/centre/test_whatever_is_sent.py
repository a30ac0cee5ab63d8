"""Whatever is sent to the centre, made of its description or against it, gets a described answer, never a fault."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

import hypothesis
import pytest
import requests
import schemathesis
from hypothesis import strategies
from schemathesis import Case, GenerationMode, SerializationContext

from sync.protocol import transfer
from sync.server.describing import OPENAPI
from sync.server.web import LINES
from tests.sync.world import Device

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
REQUESTS = 20_000 if IS_SOAK else 1_000
LEFT_OUT = {
    "/sync/v1/pull": "it waits for half a minute where it is asked well",
    "/centre/v1/device/renew": "it gives the device that asks another identity",
    "/centre/v1/devices/{device}/revoke": "it may shut out the device that asks",
    "/centre/v1/devices/{device}/wipe": "it may order the device that asks to wipe itself",
}
SENT = {"method", "url", "headers", "params", "data", "json", "cookies"}


@schemathesis.serializer(LINES)
def lines(_: SerializationContext, frames: object) -> bytes:
    """Write frames as they travel, closed by a sound end: what is wrong with them is met where they are read."""
    if not isinstance(frames, list):
        return json.dumps(frames).encode()
    written = [json.dumps(frame).encode() + b"\n" for frame in frames]
    rows = [frame.get("rows") for frame in frames if isinstance(frame, dict) and frame.get("f") == "rows"]
    end = {
        "f": "end",
        "frames": len(written),
        "rows": sum(len(told) for told in rows if isinstance(told, list)),
        "check": hashlib.blake2b(b"".join(written), digest_size=16).hexdigest(),
    }
    return b"".join(written) + json.dumps(end).encode() + b"\n"


@schemathesis.serializer(transfer.OCTETS)
def piece(_: SerializationContext, content: object) -> bytes:
    """Send a piece of a file as it is; made-up bytes come wrapped."""
    content = getattr(content, "data", content)
    return content if isinstance(content, bytes) else str(content).encode()


def described(centre: str) -> dict[str, Any]:
    """Give the centre's description; a message of lines is told as a list of frames, which is what can be made up."""
    document: dict[str, Any] = requests.get(centre + OPENAPI, timeout=10).json()
    for methods in document["paths"].values():
        for operation in methods.values():
            content = operation.get("requestBody", {}).get("content", {})
            if LINES in content:
                content[LINES] = {"schema": {"type": "array", "items": content[LINES]["schema"]["x-line"]}}
    return document


@pytest.mark.timeout(7_200 if IS_SOAK else 300)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
def test_whatever_is_sent_no_answer_is_a_fault_and_each_is_one_that_was_described(
    device: Device, mode: GenerationMode
) -> None:
    document = described(device.road.centre)
    schema = schemathesis.openapi.from_dict(document)
    asked = [
        (path, method) for path, methods in document["paths"].items() if path not in LEFT_OUT for method in methods
    ]
    cases = [schema[path][method].as_strategy(mode) for path, method in asked]

    @hypothesis.settings(
        max_examples=REQUESTS // 2,
        deadline=None,
        database=None,
        derandomize=not IS_SOAK,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(strategies.one_of(cases))
    def ask(case: Case[Any]) -> None:
        parts = case.as_transport_kwargs(device.road.centre)
        sent = requests.Request(**{name: part for name, part in parts.items() if name in SENT}).prepare()
        body = sent.body.encode() if isinstance(sent.body, str) else sent.body or b""
        answer = device.road._once(str(sent.method), sent.path_url, body, dict(sent.headers))
        told = document["paths"][case.path][case.method.lower()]["responses"].get(str(answer.status_code))
        assert answer.status_code < 500
        assert told is not None, (answer.status_code, answer.content)
        if answer.status_code >= 400 and case.method != "HEAD" and answer.status_code != 416:
            assert json.loads(answer.content)["code"] in told["description"]

    ask()
