"""What an administrator is given to install the centre with says what is true, and its commands run."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from sync.server import settings
from sync.server.__main__ import main
from sync.server.watermark import WATERMARK
from tests.architecture.sources import ROOT
from tests.postgres import free_port

FOLDER = ROOT / "installer/server"
KNOWN = {
    *(f"{name}{end}" for name in (settings.DATABASE, settings.SECRET, settings.PASSWORD) for end in ("", "_FILE")),
    settings.POOL,
    settings.POOL_SECONDS,
    settings.METRICS,
    settings.LOG,
    WATERMARK,
}


@pytest.fixture
def compose() -> dict[str, dict[str, dict[str, object]]]:
    read: dict[str, dict[str, dict[str, object]]] = yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))
    return read


def test_every_setting_that_is_spoken_of_is_read_and_every_one_read_is_spoken_of() -> None:
    texts = {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()}
    named = {name: set(re.findall(r"TOURNEE_CENTRE_[A-Z_]+", text)) for name, text in texts.items()}
    assert set().union(*named.values()) <= KNOWN
    assert named["README.md"] >= {name for name in KNOWN if not name.endswith("_FILE")} - {settings.PASSWORD}


def test_the_containers_may_do_little_and_hold_no_secret(compose: dict[str, dict[str, dict[str, object]]]) -> None:
    for name in ("centre", "migrate"):
        service = compose["services"][name]
        assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert compose["services"]["centre"]["ports"] == ["127.0.0.1:8470:8470"]
    assert set(compose["secrets"]) == {"database_password", "database_url", "centre_secret"}
    assert "USER tournee" in (FOLDER / "Dockerfile").read_text("utf-8")
    for path in FOLDER.iterdir():
        assert not re.search(r"(?:FROM|image:) \S+\.\S+/", path.read_text("utf-8")), "an image is named without a host"


def test_the_commands_of_the_containers_run_with_settings_from_files(
    compose: dict[str, dict[str, dict[str, object]]], tmp_path: Path
) -> None:
    """The same commands and settings, on a database, a port and secrets of this test's own."""
    (tmp_path / "url").write_text(f"sqlite:///{tmp_path / 'centre.db'}\n")
    (tmp_path / "secret").write_text("0123456789abcdef")
    environment = {name: value for name, value in os.environ.items() if name not in KNOWN}
    environment |= {
        f"{settings.DATABASE}_FILE": str(tmp_path / "url"),
        f"{settings.SECRET}_FILE": str(tmp_path / "secret"),
        WATERMARK: str(tmp_path / "mark"),
    }
    assert environment.keys() >= compose["x-centre"]["environment"].keys()

    def command(service: str) -> list[str]:
        words = compose["services"][service]["command"]
        assert isinstance(words, list)
        return [sys.executable, "-m", "sync.server", *map(str, words)]

    migrated = subprocess.run(command("migrate"), env=environment, cwd=ROOT, capture_output=True, check=False)
    assert migrated.returncode == 0, migrated.stderr
    served = [*command("centre"), "--port", str(port := free_port()), "--host", "127.0.0.1"]
    refused = subprocess.run(served, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "PostgreSQL" in refused.stderr  # two workers need it
    with subprocess.Popen([*served, "--workers", "1"], env=environment, cwd=ROOT) as server:
        answers = False
        while not answers and server.poll() is None:
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                answers = True
        server.terminate()
    assert answers


@pytest.mark.parametrize("value", ["none", "0", "-1", "nan"])
def test_a_setting_that_is_no_number_is_said_in_one_line(
    value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    database = f"sqlite:///{tmp_path / 'centre.db'}"
    assert main(["migrate", "--database", database]) == 0
    capsys.readouterr()
    monkeypatch.setenv(settings.POOL, value)
    assert main(["serve", "--database", database, f"--port={free_port()}"]) == 2
    told = capsys.readouterr().err
    assert settings.POOL in told
    assert told.count("\n") == 1


def test_the_unit_is_understood_by_systemd(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("no systemd here")
    unit = tmp_path / "tournee-centre.service"
    text = (FOLDER / "tournee-centre.service").read_text("utf-8")
    unit.write_text(text.replace("/opt/tournee/.venv/bin/tournee-centre", shutil.which("true") or "/bin/true"))
    run = subprocess.run([program, "verify", str(unit)], capture_output=True, text=True, check=False)
    said = [line for line in run.stderr.splitlines() if unit.name in line]
    assert said == []


def test_what_the_centre_needs_is_pinned_as_in_the_whole() -> None:
    def pinned(name: str) -> dict[str, str]:
        text = (ROOT / "installer/requirements" / name).read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))

    centre, whole = pinned("centre.txt"), pinned("app.txt")
    assert centre.items() <= whole.items()
    assert {"fastapi", "uvicorn", "psycopg", "prometheus-client"} <= centre.keys()
