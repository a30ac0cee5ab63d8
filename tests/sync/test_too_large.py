"""An action too large for any centre is refused where it is made; one that is there already holds up none."""

from __future__ import annotations

import pytest

from app.domain.identifiers import AccountId
from app.domain.refusal import Refusal
from app.store import journal
from app.store.rows import SYNCED
from tests.sync.world import Device, World, sums_agree

pytestmark = pytest.mark.parametrize("centre", ["sqlite"], indirect=True)
Shop = tuple[Device, AccountId]


@pytest.fixture
def shop(world: World) -> Shop:
    account = world.centre.account(world.centre.user())
    device = world.device()
    device.exchange()
    return device, account


def much(device: Device, table: str, row: str, size: int) -> None:
    """An edit of a text so long that the changeset has about so many bytes."""
    with device.store.work.begin("edit_contact") as tx:
        tx.rows.put(SYNCED.tables[table], {"id": row, "role": "é" * (size // 2)})
        tx.about(account="x", contact="y")
        tx.commit()


def test_what_no_centre_takes_is_refused_where_it_is_made(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    device, _ = shop
    contact, role = (str(device.value(f"SELECT {name} FROM contact")) for name in ("id", "role"))
    with pytest.raises(Refusal, match="CHANGESET_TOO_LARGE"):
        much(device, "contact", contact, 1_000_000)
    assert device.row("contact", contact)["role"] == role
    assert device.states() == []
    with monkeypatch.context() as fewer:
        fewer.setattr(journal, "MOST_ENTRIES", 0)
        with pytest.raises(Refusal, match="CHANGESET_TOO_LARGE"):
            much(device, "contact", contact, 10)
    much(device, "contact", contact, 900_000)
    assert device.states() == ["pending"], "large, but it can be sent; what the text may be is the centre's to say"


def test_one_too_large_that_is_there_already_is_refused_and_holds_up_none(
    world: World, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    device, account = shop
    contact, role = (str(device.value(f"SELECT {name} FROM contact")) for name in ("id", "role"))
    device.rename(contact, account, phone="0237000001")
    with monkeypatch.context() as as_before:
        as_before.setattr(journal, "MOST_BYTES", 100_000_000)
        much(device, "contact", contact, 1_500_000)
    device.rename(contact, account, email="after@example.org")
    device.exchange()
    assert device.states() == ["applied", "rejected", "applied"]
    kept = device.row("contact", contact)
    assert (kept["phone"], kept["role"], kept["email"]) == ("0237000001", role, "after@example.org")
    assert device.rows("SELECT code FROM problem") == [{"code": "CHANGESET_TOO_LARGE"}]
    assert sums_agree(world.centre, device)
    with monkeypatch.context() as as_before:
        as_before.setattr(journal, "MOST_BYTES", 100_000_000)
        much(device, "contact", contact, 1_100_000)
    device.exchange()
    before = device.road.identity
    device.engine.greet_again()
    device.exchange()
    assert device.road.identity == before, "what was answered last is known by what was sent, not taken for a copy"
