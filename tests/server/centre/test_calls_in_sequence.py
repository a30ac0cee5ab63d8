"""Whatever follows upon whatever, with the ids, tokens and codes that were given, no answer is a fault."""

from __future__ import annotations

import os
import random

import pytest

from sync.protocol.standing import Role
from sync.server.database import in_one_write
from sync.server.grants.devices import set_role
from tests.conftest import SEED
from tests.server.centre.calls_in_sequence import Walk
from tests.server.centre.described_calls import Calls, described
from tests.sync.world import Centre

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
CALLS = 2_000 if IS_SOAK else 50


@pytest.mark.expects_log
@pytest.mark.timeout(1_800 if IS_SOAK else 300)
def test_calls_that_follow_one_another_are_answered_as_described_and_never_with_a_fault(centre: Centre) -> None:
    reps = [centre.user(login, team) for login, team in (("marie", "nord"), ("paul", "sud"), ("boss", "nord"))]
    in_one_write(centre.engines, lambda connection: set_role(connection, "boss", Role.ADMINISTRATOR))
    calls = Calls(centre, document := described(centre), reps)
    seed = SEED if not IS_SOAK or "TOURNEE_SEED" in os.environ else random.SystemRandom().randrange(10**8)
    rng = random.Random(seed)
    print(f"calls in sequence, TOURNEE_SEED={seed}")
    try:
        while calls.asked.total() < CALLS:
            Walk(calls, rng).go()
    finally:
        calls.close()
    routes = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    print(f"{calls.asked.total()} calls, {len(calls.went_well)} of {len(routes)} routes went well")
    if IS_SOAK:
        assert routes == calls.went_well, "what never goes well shows little"
