"""The guided day, played as `make day` plays it: a process of its own, a real window, a real centre, a real seal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PATIENCE_SECONDS = 300


@pytest.mark.timeout(PATIENCE_SECONDS + 60)
def test_the_guided_day_holds_from_today_to_the_centre(tmp_path: Path) -> None:
    out = tmp_path / "day"

    played = subprocess.run(
        [sys.executable, "-m", "app", "day", "--out", str(out)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )

    assert played.returncode == 0, played.stdout + played.stderr
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["holds"]
    assert [step["number"] for step in report["steps"]] == list(range(1, 17))
    for step in report["steps"]:
        assert step["holds"], step
        assert (out / step["picture"]).stat().st_size > 10_000, step
    checked = subprocess.run(
        ["pdfsig", str(out / "bon-de-commande.pdf")], capture_output=True, text=True, check=False, timeout=60
    )
    assert "Signature is Valid" in checked.stdout, checked.stdout + checked.stderr
    assert "Total document signed" in checked.stdout
