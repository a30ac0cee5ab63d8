"""All scripts, each named as a sentence."""

from __future__ import annotations

from tests.sync.simulation import (
    scripts_copies,
    scripts_edits,
    scripts_loads,
    scripts_scopes,
    scripts_slots,
    scripts_trade,
    scripts_world,
)
from tests.sync.simulation.stage import Script

SCRIPTS: dict[str, Script] = {
    script.__name__: script
    for part in (
        scripts_edits,
        scripts_trade,
        scripts_slots,
        scripts_scopes,
        scripts_loads,
        scripts_world,
        scripts_copies,
    )
    for script in part.SCRIPTS
}
