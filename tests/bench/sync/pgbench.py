"""The yardstick of many reps: pgbench on the same database, writing by hand the rows that one exchange writes."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import psycopg

from tests.postgres import binaries

SCRIPT = r"""
\set i random(1, :reps)
SELECT device, scope, activity FROM bench_rep WHERE i = :i \gset
WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true) AS now),
  seen AS (UPDATE sync_device SET seen_at = 1 WHERE device = :device)
  INSERT INTO device_nonce (device, nonce, at) SELECT :device, gen_random_uuid()::text, 0 FROM relaxed;
BEGIN;
SELECT set_config('tournee.writing', '1', true);
SELECT last_n FROM sync_device WHERE device = :device FOR UPDATE \gset
SELECT ver + 1 AS ver FROM activity WHERE id = :activity FOR UPDATE \gset
UPDATE activity SET detail = 'by hand ' || :ver::text, ver = :ver WHERE id = :activity;
INSERT INTO sync_applied (device, n, mid, hash, result, at)
  VALUES (:device, :last_n + 1, gen_random_uuid()::text, md5(:activity), '{"r":"applied"}', 1);
UPDATE sync_device SET last_n = :last_n + 1 WHERE device = :device;
SELECT head + 1 AS head FROM sync_scope WHERE scope = :scope FOR UPDATE \gset
INSERT INTO sync_entry (scope, table_name, row_id, seq, tag, op, ver, writer)
  VALUES (:scope, 'activity', :activity, :head, 'by hand', 'U', :ver, :device)
  ON CONFLICT (scope, table_name, row_id)
  DO UPDATE SET seq = excluded.seq, tag = excluded.tag, ver = excluded.ver, writer = excluded.writer;
UPDATE sync_scope SET head = :head, head_tag = 'by hand' WHERE scope = :scope;
COMMIT;
"""


def by_hand(url: str, reps: int, at_once: int, seconds: int, folder: Path) -> float:
    """Give transactions per second with `at_once` connections; `bench_rep` names device, scope and activity."""
    programs = binaries()
    if programs is None:
        raise RuntimeError("pgbench comes with PostgreSQL")
    script = folder / "exchange.sql"
    script.write_text(SCRIPT, encoding="utf-8")
    address = psycopg.conninfo.conninfo_to_dict(url.replace("+psycopg", ""))
    run = subprocess.run(
        [
            str((programs / "initdb").resolve().with_name("pgbench")),
            *(
                "-n",
                "-M",
                "prepared",
                "-f",
                str(script),
                "-c",
                str(at_once),
                "-j",
                "2",
                "-T",
                str(seconds),
                "-D",
                f"reps={reps}",
            ),
            *("-h", str(address["host"]), "-p", str(address["port"]), "-U", str(address["user"])),
            str(address["dbname"]),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"tps = ([\d.]+)", run.stdout)
    if run.returncode != 0 or found is None:
        raise RuntimeError(f"pgbench: {run.stderr[-500:]}")
    return float(found[1])
