"""Remembers which proofs were heard, so that none is taken twice, by whichever process, before or after a restart.

The note is committed before the request is answered, where every process sees it, but its commit does not wait for the
disk. A killed or restarted centre forgets nothing by that. A machine that loses its power may forget the notes of its
last moments (PostgreSQL: of less than a second); never those of a request that changed anything, for what that request
committed afterwards went to the disk behind the note, in the same log. So what could be shown a second time then is, at
most, a read of those moments, within the five minutes of its proof, by one who had token and proof to hand.
"""

from __future__ import annotations

from sqlalchemy import Connection

from app.store.engine import Engines
from sync.protocol.enrolment import PROOF_WINDOW
from sync.server.database import is_postgres

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
    with engines.writer.connect() as connection:
        if is_postgres(connection):
            connection.execution_options(isolation_level="AUTOCOMMIT")  # of this connection, until it is given back
            if _is_to_sweep(nonce):
                connection.exec_driver_sql(_SWEEP.format(at=at - 2 * PROOF_WINDOW))
            values = {"device": device, "nonce": nonce, "at": at, "is_exchange": is_exchange}
            connection.exec_driver_sql(_RELAXED, values)
        else:
            _hear_in_file(connection, device, nonce, at, is_exchange=is_exchange)


def _hear_in_file(connection: Connection, device: str, nonce: str, at: int, *, is_exchange: bool) -> None:
    driver = connection.connection.dbapi_connection
    if driver is None:
        raise RuntimeError("the writing connection is closed")
    # Within a transaction the switch does nothing: it is turned before it begins and after it ended.
    driver.cursor().execute("PRAGMA synchronous=NORMAL")
    try:
        with connection.begin():
            if _is_to_sweep(nonce):
                connection.exec_driver_sql(_SWEEP.format(at=at - 2 * PROOF_WINDOW))
            connection.exec_driver_sql(_NOTE, (device, nonce, at))
            if is_exchange:
                connection.exec_driver_sql(_EXCHANGED, (at, at, device))
            else:
                connection.exec_driver_sql(_SEEN, (at, device))
    finally:
        driver.rollback()  # a commit that failed leaves its transaction open, within which no switch turns
        driver.cursor().execute("PRAGMA synchronous=FULL")


def _is_to_sweep(nonce: str) -> bool:
    """Let one request in sixteen, as chance wrote its nonce, sweep out what is out of time anyway."""
    return nonce.startswith("0")
