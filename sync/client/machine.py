"""What this device says of itself: its system and the version of the app."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from sync.protocol.standing import Machine


@cache
def this_machine() -> Machine:
    """Give the system with its release, and the version that is installed, empty where it runs uninstalled."""
    try:
        installed = version("tournee")
    except PackageNotFoundError:
        installed = ""
    return Machine(platform=f"{platform.system()} {platform.release()}"[:80], version=installed)
