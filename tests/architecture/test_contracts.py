"""Each part knows only what lies below it: checked by import-linter, which is itself checked to bite."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, ROOT, modules

BREACHES = {
    "Every part of app has its place in the order": ("app/utils/__init__.py", ""),
    "Every part of sync has its place in the order": ("sync/shared.py", ""),
    "Each part knows only what lies below it": ("app/domain/stray.py", "import app.ports\n"),
    "Rules, ports, use cases and protocol know neither Qt nor a database": (
        "app/usecases/stray.py",
        "import sqlalchemy\n",
    ),
    "Views never meet the store, the adapters, sync or a database": (
        "views/stray.py",
        "import sync.protocol\n",
    ),
    "Only views know Qt": ("app/adapters/stray.py", "from PySide6.QtGui import QImage\n"),
    "Nothing goes in circles": ("app/ports/stray_one.py", "import app.ports.stray_two\n"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    lint = str(Path(sys.executable).with_name("lint-imports"))
    command = [lint, "--no-logo", "--no-cache", "--config", str(folder / "pyproject.toml")]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_each_part_knows_only_what_lies_below_it() -> None:
    run = _lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("contract", BREACHES)
def test_a_breach_of_a_contract_is_seen(contract: str, tmp_path: Path) -> None:
    for path in modules(*PRODUCT):
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    place, text = BREACHES[contract]
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text(text)
    (tmp_path / "app/ports/stray_two.py").write_text("import app.ports.stray_one\n" if "circles" in contract else "")
    run = _lint(tmp_path)
    assert run.returncode == 1, run.stdout + run.stderr
    assert f"{contract} BROKEN" in run.stdout
