"""Puts the desktop application together; the only place that knows every part."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.adapters.logs import write_lines
from app.domain.refusal import Refusal
from app.ports.trouble import Trouble
from resources.wording import words

if TYPE_CHECKING:
    from app.bootstrap.device import Device

DONE, WRONG = 0, 2


@contextmanager
def _said_on_the_terminal() -> Iterator[None]:
    """Turn what cannot be into one line on the terminal and exit code 2."""
    try:
        yield
    except Refusal as refusal:
        sys.exit(_say(words("refusals", refusal.code, "fr", **refusal.facts)))
    except Trouble as trouble:
        sys.exit(_say(f"{words('troubles', trouble.code, 'fr', **trouble.facts)} {trouble.technical}".rstrip()))


def _say(what: str) -> int:
    sys.stderr.write(f"tournee: {what}\n")
    return WRONG


def run(data: Path | None, *, training: bool, fresh: bool) -> int:
    """Open the window on the training base, or by the door of this device; gives the exit code."""
    write_lines(is_quiet=True)
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY") and sys.platform == "linux":
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from views.shell.start import data_folder

    folder = data or data_folder()
    with _said_on_the_terminal():
        return _run_training(folder / "training", fresh=fresh) if training else _run_device(folder / "device")


def _run_training(folder: Path, *, fresh: bool) -> int:
    from views.shell.start import while_the_training_base_is_made

    with ExitStack() as ends:

        def make_ready() -> Device:
            from app.bootstrap.training import TrainingBase, centre_running

            base = TrainingBase(folder)
            code = base.make(fresh=fresh)
            centre = ends.enter_context(centre_running(base.database))
            return base.open_device(centre, code)

        device = while_the_training_base_is_made(make_ready)
        if device is None:
            return DONE
        from app.bootstrap.window import run_window

        return run_window(device, training=True)


def _run_device(folder: Path) -> int:
    from app.bootstrap.entrance import DeviceEntrance
    from views.shell.choices import SETTINGS_FILE
    from views.shell.memory import SettingsMemory
    from views.shell.start import through_the_door

    while True:
        entrance = DeviceEntrance(folder)
        entrance.finish_wipe()
        if not through_the_door(entrance, SettingsMemory(str(folder / SETTINGS_FILE))) or entrance.device is None:
            return DONE
        from app.bootstrap.window import run_window

        code = run_window(entrance.device, training=False)
        if not entrance.device.orders.must_close:
            return code


def day(out: Path) -> int:
    """Play the guided day offscreen; gives 0 only if every step was seen to hold."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap.guided_day import play

    with _said_on_the_terminal():
        return play(out)


def pictures(out: Path, only: str, language: str) -> int:
    """Paint every page of the training base into files, in a language: fr, en or zh."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.bootstrap.pictures import paint

    with _said_on_the_terminal():
        return paint(out, only, language)


def export_proposal(data: Path | None, account: str, proposal: str, out: Path | None, *, training: bool) -> int:
    """Write one proposal as `tournee check` reads it, to a file or the standard output."""
    from app.bootstrap.exporting import export

    write_lines(is_quiet=True)
    with _said_on_the_terminal():
        return export(data, account, proposal, out, training=training)
