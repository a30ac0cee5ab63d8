"""A device's work goes up once, comes down to others, and what the centre does not take is said and shown."""

from __future__ import annotations

from app.ports.readers import StepState
from tests.sync.world import World, same_rows, sums_agree

TABLES = ("account", "contact", "activity")


def test_a_first_pull_brings_the_portfolio_and_nothing_else(world: World) -> None:
    centre = world.centre
    marie, paul = centre.user("marie"), centre.user("paul", team="sud")
    mine = [centre.account(marie, f"Compte {place}", contacts=3) for place in range(7)]
    centre.account(paul, "Chez Paul")
    device = world.device("marie")
    assert device.exchange()[1] == 7 + 21 + 1
    same_rows(centre, device, TABLES, marie)
    assert {row["id"] for row in device.rows("SELECT id FROM account")} == set(mine)
    assert [row["login"] for row in device.rows("SELECT login FROM rep")] == ["marie"]
    assert sums_agree(centre, device)
    assert device.store.readers.search("Compte 3")[0].title == "Compte 3"


def test_a_correction_goes_up_and_comes_down_to_a_second_device_once(world: World) -> None:
    centre = world.centre
    marie = centre.user()
    account = centre.account(marie)
    first, second = world.device(), world.device()
    first.exchange()
    second.exchange()
    contact = str(first.value("SELECT id FROM contact"))
    first.rename(contact, account, email="new@example.org")
    assert first.exchange()[0] == 1
    assert centre.value("SELECT email FROM contact WHERE id = :row", row=contact) == "new@example.org"
    assert second.exchange()[1] == 1
    assert second.row("contact", contact)["email"] == "new@example.org"
    assert first.exchange() == second.exchange() == (0, 0, 0)
    same_rows(centre, first, TABLES, marie)
    same_rows(centre, second, TABLES, marie)
    assert sums_agree(centre, first, second)
    assert first.states() == ["applied"]
    (item,) = first.store.readers.sync().arrived
    assert (item.action, item.centre) == ("edit_contact", StepState.DONE)
