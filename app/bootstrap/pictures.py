"""Every page of the training base as pictures, for the designer's bench."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from app.bootstrap.training import TrainingBase, centre_running
from app.bootstrap.window import session_on
from views import pictures
from views.shell.start import application


def paint(out: Path, only: str) -> int:
    """Paint the pages whose picture's name contains a word, into `out`; gives the exit code."""
    application()
    shots = [shot for shot in pictures.SHOTS if only in shot.name]
    with tempfile.TemporaryDirectory() as folder:
        base = TrainingBase(Path(folder) / "training")
        code = base.make()
        with centre_running(base.database) as centre:
            device = base.open_device(centre, code)
            try:
                written = pictures.render(lambda: session_on(device), out, shots)
            finally:
                device.close()
    sys.stdout.write(f"{len(written)} pictures in {out}\n")
    return 0
