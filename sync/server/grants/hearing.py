"""Remembers which proofs were heard, so that none is taken twice, by whichever process, before or after a restart.

The note is committed before the request is answered, where every process sees it, but its commit does not wait for the
disk. A killed or restarted centre forgets nothing by that. A machine that loses its power may forget the notes of its
last moments (PostgreSQL: of less than a second); never those of a request that changed anything, for what that request
committed afterwards went to the disk behind the note, in the same log. So what could be shown a second time then is, at
most, a read of those moments, within the five minutes of its proof, by one who had token and proof to hand.
"""

from __future__ import annotations

from app.store.engine import Engines
from sync.protocol.enrolment import PROOF_WINDOW
from sync.server.straight import Driver, straight_to

_SWEEP = "DELETE FROM device_nonce WHERE at < {at}"
_NOTE = "INSERT INTO device_nonce (device, nonce, at) VALUES (?, ?, ?)"
_SEEN = "UPDATE sync_device SET seen_at = ? WHERE device = ?"
_EXCHANGED = "UPDATE sync_device SET seen_at = ?, exchanged_at = ? WHERE device = ?"

_RELAXED = (
    "WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS now), "
    "seen AS (UPDATE sync_device SET seen_at = %(at)s, "
    "exchanged_at = CASE WHEN %(is_exchange)s THEN %(at)s ELSE exchanged_at END WHERE device = %(device)s) "
    "INSERT INTO device_nonce (device, nonce, at) SELECT %(device)s, %(nonce)s, %(at)s FROM relaxed"
)
"""All in one statement, which is its own transaction."""


def hear(engines: Engines, device: str, nonce: str, at: int, *, is_exchange: bool) -> None:
    """Note a proof and that its device was there (`at`, microseconds UTC).

    Raises sqlalchemy.exc.IntegrityError for a nonce that was heard before.
    """
    with straight_to(engines.writer) as driver:
        if driver.is_postgres:
            if _is_to_sweep(nonce):
                driver.run(_SWEEP.format(at=at - 2 * PROOF_WINDOW))
            driver.run(_RELAXED, {"device": device, "nonce": nonce, "at": at, "is_exchange": is_exchange})
        else:
            _hear_in_file(driver, device, nonce, at, is_exchange=is_exchange)


def _hear_in_file(driver: Driver, device: str, nonce: str, at: int, *, is_exchange: bool) -> None:
    # Within a transaction the switch does nothing: it is turned before it begins and after it ended.
    driver.run("PRAGMA synchronous=NORMAL")
    try:
        driver.run("BEGIN IMMEDIATE")
        if _is_to_sweep(nonce):
            driver.run(_SWEEP.format(at=at - 2 * PROOF_WINDOW))
        driver.run(_NOTE, (device, nonce, at))
        if is_exchange:
            driver.run(_EXCHANGED, (at, at, device))
        else:
            driver.run(_SEEN, (at, device))
        driver.run("COMMIT")
    finally:
        driver.roll_back()  # what failed leaves its transaction open, within which no switch turns
        driver.run("PRAGMA synchronous=FULL")


def _is_to_sweep(nonce: str) -> bool:
    """Let one request in sixteen, as chance wrote its nonce, sweep out what is out of time anyway."""
    return nonce.startswith("0")
