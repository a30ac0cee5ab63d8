import pytest, time
pytestmark=[pytest.mark.expects_log]
from tests.sync.simulation.simulation import run, Plan
@pytest.mark.parametrize("seed", range(2000,2012))
def test_s(seed, place):
    with place() as places: run(seed, places, Plan(steps=100))
