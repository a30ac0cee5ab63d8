"""The commands of the centre: each does its thing, and says in one line what it cannot do."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from sync.server import settings
from sync.server.__main__ import main
from tests.architecture.sources import ROOT
from tests.postgres import free_port


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'centre.db'}"
    if request.param == "postgres":
        url = str(request.getfixturevalue("postgres_url"))
    monkeypatch.setenv(settings.DATABASE, url)
    monkeypatch.setenv(settings.PASSWORD, "correct horse battery")
    return url


def test_from_nothing_to_a_device_s_code(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == main(["migrate"]) == 0
    assert main(["user", "add", "marie", "--name", "Marie Diallo", "--team", "nord"]) == 0
    capsys.readouterr()
    assert main(["device", "enrol", "marie"]) == 0
    code = capsys.readouterr().out.strip()
    assert (len(code), code[4]) == (9, "-")


def test_what_cannot_be_is_said_in_one_line(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    def said(*arguments: str) -> str:
        assert main(arguments) == 2
        told = capsys.readouterr()
        assert told.out == ""
        assert told.err.count("\n") == 1
        return told.err

    assert "run tournee-centre migrate" in said("device", "enrol", "marie")
    assert main(["migrate"]) == 0
    capsys.readouterr()
    assert "marie" in said("device", "enrol", "marie")
    assert "nobody" in said("user", "add", "marie", "--name", "Marie", "--rep", "nobody")
    assert "not known" in said("device", "revoke", "nothing")
    assert "not understood" in said("migrate", "--database", "no address")
    assert "unable to open" in said("migrate", "--database", "sqlite:////nowhere/at/all/centre.db")
    assert "cannot be used" in said("migrate", "--database", "postgresql+psycopg://x@127.0.0.1:9/x")


def test_a_password_comes_from_standard_input_where_there_is_no_terminal(database: str) -> None:
    assert main(["migrate"]) == 0
    environment = {name: value for name, value in os.environ.items() if name != settings.PASSWORD}
    command = [sys.executable, "-m", "sync.server", "user", "add", "marie", "--name", "Marie"]
    run = subprocess.run(
        command, input="correct horse battery\n", env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("marie may enter")


def test_it_serves_until_it_is_told_to_stop(database: str) -> None:
    assert main(["migrate"]) == 0
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "sync.server", "serve", "--port", str(port)], cwd=ROOT)
    answers = False
    while not answers and server.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            answers = True
    health = requests.get(f"http://127.0.0.1:{port}/centre/v1/health", timeout=10)
    assert health.json() == {"status": "ok"}
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=20) in (0, -signal.SIGTERM)


def test_the_training_base_fills_a_centre(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["training"]) == 0
    assert "comptes" in capsys.readouterr().out
    assert main(["training"]) == 2


def test_a_centre_that_is_not_there_is_not_made_by_asking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(settings.DATABASE, raising=False)

    for asked in (["serve"], ["device", "enrol", "marie"]):
        assert main(asked) == 2
        assert "run tournee-centre migrate" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("port", ["99999999", "-1"])
def test_a_port_that_is_none_is_said_in_one_line(database: str, port: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    capsys.readouterr()

    assert main(["serve", f"--port={port}"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("tournee-centre: The centre cannot listen")
    assert told.count("\n") == 1


def test_for_how_long_a_place_is_held_can_be_said(database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 0
    assert main(["hold-places", "5"]) == 0
    assert "held 5 days" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["hold-places", "0"])
    assert "invalid" in capsys.readouterr().err
    assert main(["tidy"]) == 0
    assert "0 limited places are free again" in capsys.readouterr().out
