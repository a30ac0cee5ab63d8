"""The project's own files, as its rules see them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("app", "views", "sync", "resources")


@cache
def tree(path: Path) -> ast.Module:
    """A module as Python reads it."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def modules(*folders: str) -> list[Path]:
    """All Python files under `folders` of the project, in order of name."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """A file's path from the project's folder on, as a message shows it."""
    return path.relative_to(ROOT).as_posix()


def imported(module: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) for each thing that is imported; the name is empty where the module itself is."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def tracked() -> list[Path]:
    """The files that git keeps; where this is no clone, all files but those that are built."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        built = {".venv", "out", "build", "dist", "__pycache__"}
        return [path for path in ROOT.rglob("*") if path.is_file() and not built & set(path.parts)]
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]
