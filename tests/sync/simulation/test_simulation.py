"""Whatever happens in whatever order: what was done takes effect once, nothing is lost, and all end up the same."""

from __future__ import annotations

import os

import pytest

from tests.sync.simulation.conftest import Place
from tests.sync.simulation.simulation import Plan, run
from tests.sync.simulation.telling import Tell

pytestmark = [pytest.mark.expects_log, pytest.mark.timeout(600)]

IS_SOAK = os.environ.get("TOURNEE_SOAK") == "1"
SEED = os.environ.get("TOURNEE_SEED")
SEEDS = [int(SEED)] if SEED else range(1, 1_001 if IS_SOAK else 21)
STEPS = int(os.environ.get("TOURNEE_STEPS", "150" if IS_SOAK else "50"))
PLAN = Plan(steps=STEPS, restarts=4 if IS_SOAK else 0)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_world_of_faults_comes_to_rest(seed: int, place: Place, tell: Tell) -> None:
    with place() as places:
        trace = run(seed, places, PLAN)
    tell("worlds", 1)
    print(f"TOURNEE_SEED={seed}: {len(trace)} things happened")


def test_a_seed_tells_the_same_story_twice(place: Place) -> None:
    plan = Plan(steps=20)
    with place() as places:
        first = run(7, places, plan)
    with place() as places:
        assert run(7, places, plan) == first
