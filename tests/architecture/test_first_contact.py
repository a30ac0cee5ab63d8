"""What a new user and CI meet: commands that exist, requirements without addresses, one command for all."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of, tracked

PAGES = [ROOT / "README.md", ROOT / "app/README.md"]


def _code_of(page: Path) -> str:
    """The commands that a page gives: its code blocks and its code spans."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```(?:sh|console)?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    return "\n".join([*blocks, *re.findall(r"`([^`\n]+)`", text)])


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_that_a_page_names_exists(page: Path) -> None:
    named = set(re.findall(r"\bmake ([a-z-]+)", _code_of(page)))
    assert named, "the page names no command"
    assert named <= _targets()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_file_that_a_page_points_at_exists(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize(("program", "module"), [("tournee", "app"), ("tournee-centre", "sync.server")])
def test_every_command_that_the_readme_names_exists(program: str, module: str) -> None:
    spoken = _code_of(ROOT / "README.md")
    named = set(re.findall(rf"(?:^|/|\s){program} ([a-z]+(?:-[a-z]+)*)", spoken))
    assert named, f"the README names no command of {program}"
    for command in sorted(named):
        run = subprocess.run(
            [sys.executable, "-m", module, command, "--help"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr


def test_the_help_names_every_command_that_is_meant_for_people() -> None:
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for word in ("setup", "run", "day", "pictures", "check", "test", "bench", "clean"):
        assert f"make {word} " in said


def test_requirements_are_pinned_and_hashed_and_hold_no_address() -> None:
    for path in sorted((ROOT / "installer/requirements").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        requirements = re.split(r"\n(?=[a-z])", text.strip())
        assert [line for line in requirements if "==" not in line or "--hash=sha256:" not in line] == []


def test_nothing_names_a_place_on_one_machine() -> None:
    """No file of the project holds the path of somebody's machine."""
    homes = re.compile(rb"(?<![\w.-])(?:/home/[a-z]+|/Users/[A-Za-z]+|/root)/\w")
    own = Path(__file__)
    found = [name_of(path) for path in tracked() if path != own and homes.search(path.read_bytes())]
    assert found == []


def test_ci_runs_what_a_developer_runs() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert (ROOT / ".ci/run").stat().st_mode & 0o111
