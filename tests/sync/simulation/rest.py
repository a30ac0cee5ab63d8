"""Lets all come to rest over a network without a fault, and asks whether everything that was promised holds."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from sync.protocol.digest import digest_of
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.device import SimulatedDevice
from tests.sync.simulation.ledger import Violation, must
from tests.sync.simulation.places import check_told

ROUNDS = 5
"""Rounds without a fault within which all must be at rest."""


def come_to_rest(centre: SimulatedCentre, devices: Sequence[SimulatedDevice]) -> None:
    """Exchange until nothing moves any more, then check everything. Raises Violation."""
    for number in range(1, ROUNDS + 1):
        heads, waiting = dict(centre.ledger.heads), sum(device.waiting() for device in devices)
        for device in devices:
            device.agree()
            if device.has_twin:
                device.engine.greet_again()  # it hears what the other loaded while nobody had found them out
            try:
                device.exchange()
            except (Trouble, Refusal) as trouble:
                centre.ledger.must_be_well()
                raise Violation(f"trouble without a fault: {device.name} {trouble}") from trouble
            device.check()
        if number > 1 and not waiting and heads == centre.ledger.heads:
            break
    slots = {str(row["id"]) for row in centre.rows("SELECT id FROM slot")}
    for device in devices:
        check_told(device, slots)
        must(device.waiting() == 0, "not drained", device.name)
        device.check_at_rest()
    check_centre(centre)


def check_centre(centre: SimulatedCentre) -> None:
    """What the centre keeps beside the rows: each action once, under its own number, and no file of nobody."""
    applied = centre.rows("SELECT device, n, mid, hash FROM sync_applied ORDER BY device, n")
    numbers: dict[object, list[int]] = {}
    for row in applied:
        numbers.setdefault(row["device"], []).append(int(str(row["n"])))
        sent = centre.ledger.pushed[str(row["mid"])]
        must(row["hash"] == digest_of(sent), "the record is of another action", row["mid"])
    for device, taken in numbers.items():
        must(taken == list(range(taken[0], taken[0] + len(taken))), "numbers not dense", device, taken)
    blobs = {row["sha256"] for row in centre.rows("SELECT sha256 FROM blob")}
    must(blobs <= centre.ledger.papers, "a file of nobody", blobs - centre.ledger.papers)
    lacking = centre.rows(
        "SELECT d.id, b.sha256 FROM document d JOIN blob b ON b.sha256 IN (d.sha256, d.shown_sha256) WHERE NOT EXISTS "
        "(SELECT 1 FROM blob_brought h WHERE h.sha256 = b.sha256 AND h.account_id = d.account_id)"
    )
    must(lacking == [], "a file that is there, and that who may see its document cannot fetch", lacking)
    centre.ledger.must_be_well()
