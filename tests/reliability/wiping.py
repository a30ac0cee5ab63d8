"""A process that hears the order to wipe its device, and dies at the step it is told to.

It reads lines of JSON, {folder, keyring, phrase, step}; for each it forks, and says how the child ended.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from app.adapters.clock import SystemClock
from app.adapters.keyring import InAppSecrets
from app.bootstrap.device import real_now, unlocked
from app.bootstrap.orders import finish_wipe
from app.ports.trouble import Trouble


def wipe(folder: Path, keyring: Path, phrase: str, step: str) -> None:
    """Do as the app does when the order comes; dies once `step` is reached."""

    def reached(now: str) -> None:
        if now == step:
            os.kill(os.getpid(), signal.SIGKILL)

    secrets = InAppSecrets(keyring)
    device = unlocked(folder, secrets, SystemClock(), phrase)
    device.orders.reached = reached
    with suppress(Trouble):
        device.courier.exchange()
    device.close()
    finish_wipe(folder, secrets, real_now, reached)


def main() -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            wipe(Path(asked["folder"]), Path(asked["keyring"]), asked["phrase"], asked["step"])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(json.dumps({"killed": killed}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
