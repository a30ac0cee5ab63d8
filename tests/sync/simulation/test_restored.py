"""A centre that somebody put back from a copy, with nobody told: devices notice by the tags, and read anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.sync.simulation import faults
from tests.sync.simulation.acts import correct_contact
from tests.sync.simulation.conftest import Place
from tests.sync.simulation.ledger import Violation
from tests.sync.simulation.simulation import Plan, Simulation, simulation

pytestmark = [pytest.mark.expects_log, pytest.mark.timeout(300)]


def office_changes(made: Simulation) -> None:
    """The back office changes rows in every portfolio; devices hear of it."""
    for scope in [scope for scope in made.centre.ledger.heads if scope.startswith("rep:")]:
        (account,) = accounts(made, scope)[:1]
        made.centre.put("account", account, activity="Perdu", legal_name="Perdu")


def office_adds(made: Simulation) -> None:
    """The back office makes a row that will never have been."""
    (account,) = accounts(made, f"rep:{made.reps[0]}")[:1]
    made.centre.put("contact", "f" * 32, account_id=account, position=9, name="Perdue", is_signatory=0)


def reps_work(made: Simulation) -> None:
    """The reps' own work is taken by the centre, and lost there."""
    for device in made.devices:
        correct_contact(device, made.chance)


def accounts(made: Simulation, scope: str) -> list[str]:
    wanted = "SELECT id FROM account WHERE coalesce(rep_id, '') = :rep ORDER BY id"
    return [str(row["id"]) for row in made.centre.rows(wanted, rep=scope.removeprefix("rep:"))]


def put_back(made: Simulation, lose: Callable[[Simulation], None]) -> None:
    """Put the centre back to before `lose`, and let its own people go on until its logs are as long as they were."""
    made.rest()
    copy = made.centre.backup()
    lose(made)
    made.rest()
    lost = dict(made.centre.ledger.heads)
    made.centre.restore(copy)
    for device in made.devices:
        device.forget_versions()
    number = 0
    for scope, head in lost.items():
        while made.centre.ledger.heads[scope] < head:
            number += 1
            made.centre.put("account", accounts(made, scope)[-1], activity=f"Métier {number}")
    made.rest()


@pytest.mark.parametrize("lose", [office_changes, office_adds, reps_work])
def test_a_centre_put_back_is_noticed_by_its_tags(lose: Callable[[Simulation], None], place: Place) -> None:
    with place() as places, simulation(1, places, Plan()) as made:
        put_back(made, lose)


def test_without_tags_it_would_not_be_noticed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    faults.no_tag(monkeypatch)
    with (
        pytest.raises(Violation, match=r"not converged|sums differ|memberships"),
        place() as places,
        simulation(1, places, Plan()) as made,
    ):
        put_back(made, office_changes)
