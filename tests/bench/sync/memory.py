"""One first pull in a process of its own, to see what it holds: `python -m tests.bench.sync.memory` (for the bench)."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import msgspec

from app.ports.trouble import Trouble
from tests.bench.sync.centre import Centre, forget_peak_of, memory_of
from tests.bench.sync.device import enrolled


def of_first_pull(centre: Centre, login: str, path: Path) -> dict[str, int]:
    """Let a rep's first pull into a fresh store happen in such a process; gives rows, and base and peak in bytes."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.sync.memory"],
        input=json.dumps({"centre": centre.url, "login": login, "code": centre.code(login), "path": str(path)}),
        capture_output=True,
        check=True,
        text=True,
    )
    return msgspec.json.decode(told.stdout, type=dict[str, int])


def main() -> int:
    """Reads centre, login, code and the store's path as JSON; answers base and peak in bytes."""
    asked = json.load(sys.stdin)
    with enrolled(Path(asked["path"]), asked["centre"], asked["login"], asked["code"]) as device:
        # All that an exchange needs is loaded before the base is taken: a request that was cut loads it too.
        device.road.cut()
        try:
            device.engine.exchange()
        except Trouble:
            device.road.mend()
        gc.collect()
        base, _ = memory_of("self")
        forget_peak_of("self")
        device.engine.exchange()
        _, peak = memory_of("self")
        rows = device.count("SELECT count(*) FROM activity")
    print(json.dumps({"rows": rows, "base": base, "peak": peak}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
