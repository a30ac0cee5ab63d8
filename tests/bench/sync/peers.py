"""Other sync engines, measured in the same run: programs of their own in a folder that the caller names."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

FOLDER = "TOURNEE_PEERS"
"""The variable that names the folder where the command line does not."""
KEYS = ("first_pull_rows", "push_1000", "pull_100", "empty")
_PATIENCE_SECONDS = 900


@dataclass
class Peer:
    """One program, which prints one line of JSON with milliseconds under KEYS; the lines it printed so far."""

    name: str
    command: Sequence[str]
    lines: list[dict[str, float | int | str]] = field(default_factory=list)

    def measure(self) -> None:
        """One round. Raises RuntimeError with the program's own words when it fails."""
        told = subprocess.run(self.command, capture_output=True, check=False, text=True, timeout=_PATIENCE_SECONDS)
        try:
            line = msgspec.json.decode(told.stdout.strip().splitlines()[-1], type=dict[str, float | int | str])
        except (IndexError, msgspec.DecodeError) as error:
            raise RuntimeError(f"{self.name} gave no figures: {told.stderr.strip()[-500:]}") from error
        self.lines.append(line)


def found_in(folder: Path | None) -> tuple[list[Peer], list[str]]:
    """The peers that can run here, and of each other one why it is left out."""
    if folder is None:
        return [], [f"no folder of peers was named (--peers FOLDER, or {FOLDER})"]
    peers, left_out = [], []
    anki, python = folder / "anki_peer.py", _python_of(folder)
    if not anki.is_file():
        left_out.append(f"anki: no {anki.name} in {folder}")
    elif not _runs((python, "-c", "import anki")):
        left_out.append(f"anki: {python} has no anki (python -m venv {folder}/.venv, then pip install anki there)")
    else:
        peers.append(Peer("anki", (python, str(anki))))
    pouchdb = folder / "pouchdb_peer"
    if not (pouchdb / "peer.js").is_file():
        left_out.append(f"pouchdb: no pouchdb_peer/peer.js in {folder}")
    elif not (pouchdb / "node_modules").is_dir() or not _runs(("node", "--version")):
        left_out.append(f"pouchdb: not installed (npm install --prefix {pouchdb})")
    else:
        peers.append(Peer("pouchdb", ("node", str(pouchdb / "peer.js"))))
    return peers, left_out


def folder_named(on_command_line: Path | None) -> Path | None:
    """The folder of peers: of the command line, else of the variable."""
    named = os.environ.get(FOLDER)
    return on_command_line or (Path(named) if named else None)


def _python_of(folder: Path) -> str:
    own = folder / ".venv" / "bin" / "python"
    return str(own) if own.exists() else "python3"


def _runs(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
