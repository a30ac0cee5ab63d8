"""Every page of the training base as pictures, for the designer's bench."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from app.bootstrap.device import Device
from app.bootstrap.training import TrainingBase, centre_running
from app.bootstrap.window import session_on
from views import pictures
from views.shell.session import Session
from views.shell.start import application


def paint(out: Path, only: str, language: str) -> int:
    """Paint the pages whose picture's name contains a word, in a language, into `out`; gives the exit code."""
    application()
    shots = [shot for shot in pictures.SHOTS if only in shot.name]
    with tempfile.TemporaryDirectory() as folder:
        base = TrainingBase(Path(folder) / "training")
        code = base.make()
        with centre_running(base.database) as centre:
            device = base.open_device(centre, code)
            try:
                written = pictures.render(lambda: _speaking(device, language), out, shots)
            finally:
                device.close()
    sys.stdout.write(f"{len(written)} pictures in {out}\n")
    return 0


def _speaking(device: Device, language: str) -> Session:
    session = session_on(device)
    session.set_language(language)
    return session
