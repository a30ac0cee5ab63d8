"""One first pull in a process of its own, to see what it holds: `python -m tests.bench.sync.memory` (for the bench)."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path

from app.ports.trouble import Trouble
from tests.bench.sync.centre import forget_peak_of, memory_of
from tests.bench.sync.device import enrolled


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
