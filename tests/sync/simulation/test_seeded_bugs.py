"""The simulation can see: each fault that is put into the product from outside breaks a promise that it watches."""

from __future__ import annotations

import pytest

from tests.sync.simulation import faults
from tests.sync.simulation.conftest import Place
from tests.sync.simulation.faults import Fault
from tests.sync.simulation.ledger import Violation
from tests.sync.simulation.simulation import Plan, run

pytestmark = [pytest.mark.expects_log, pytest.mark.timeout(600)]

MOST_SEEDS = 8
"""Within how many seeds a fault must be found; the check runs twenty."""
NOT_THE_SAME = "not converged|sums differ|memberships|out of scope"
NOT_ANSWERED = f"never came to the centre|answer kept is another|no problem put|DEVICE_CLONED|{NOT_THE_SAME}"

FAULTS: list[tuple[Fault, str]] = [
    (faults.cursor_before_rows, NOT_THE_SAME),
    (faults.outbox_cleared_when_sent, NOT_ANSWERED),
    (faults.outbox_cleared_by_range, NOT_ANSWERED),
    (faults.edits_not_laid_on_top, "does not show"),
    (faults.departures_unheard, NOT_THE_SAME),
    (faults.departures_untold, "feed is not what the tables hold"),
    (faults.problems_unsaid, "no problem put before the rep"),
    (faults.delete_wins, "a deletion beat an edit"),
    (faults.last_writer_wins, "silent overwrite: theirs is lost"),
    (faults.first_writer_wins, "silent overwrite: mine is lost"),
    (faults.record_outside_the_transaction, "effect without its record"),
    (faults.record_lost, "DEVICE_CLONED"),
    (faults.refusals_not_stored, "trouble|not drained|never came"),
    (faults.counter_with_holes, "sequence not dense"),
    (faults.scopes_of_everybody, "out of scope on a device"),
]


@pytest.mark.parametrize(("fault", "promise"), FAULTS, ids=[fault.__name__ for fault, _ in FAULTS])
def test_the_simulation_finds_a_fault(
    fault: Fault, promise: str, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(monkeypatch)
    with pytest.raises(Violation, match=promise):  # noqa: PT012 - it may take a few seeds
        for seed in range(1, MOST_SEEDS + 1):
            with place() as places:
                run(seed, places, Plan())
