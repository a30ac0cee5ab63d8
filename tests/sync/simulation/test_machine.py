"""Whatever Hypothesis makes up, all comes to rest and every promise holds."""

from __future__ import annotations

import os

import hypothesis
import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.sync.simulation.machine import Days
from tests.sync.simulation.prepared import Prepared
from tests.sync.simulation.telling import Tell
from tests.sync.simulation.test_simulation import IS_SOAK, SEED

pytestmark = [pytest.mark.expects_log, pytest.mark.timeout(36_000 if IS_SOAK else 300)]

EXAMPLES = int(os.environ.get("TOURNEE_EXAMPLES", "3000" if IS_SOAK else "8"))
STEPS = 60 if IS_SOAK else 20


def test_days_that_hypothesis_makes_up_come_to_rest(prepared: Prepared, tell: Tell) -> None:
    Days.prepared = prepared
    as_always = hypothesis.settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        derandomize=not (IS_SOAK or SEED),  # the check is the same each time; the soak goes where none has been
        deadline=None,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    machine = hypothesis.seed(int(SEED))(type("Days", (Days,), {})) if SEED else Days
    run_state_machine_as_test(machine, settings=as_always)
    tell("days", EXAMPLES)
    print(f"{EXAMPLES} days of up to {STEPS} steps came to rest")
