"""A soak can be stopped anywhere and gone on with: nothing is done twice, nothing left out, what failed is kept."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.soak.parts import STRIKES, ground, strikes, worlds
from tests.soak.progress import Item, Part, Progress, begun, go_on
from tests.sync.simulation.points import Points
from tests.sync.simulation.scripts_world import how_many
from tests.sync.simulation.simulation import Plan

FIGURES = {"seeds": 5}


def counting(name: str, done: list[str], *, first: int, last: int, bad: int = -1) -> Part:
    def do(number: int) -> None:
        done.append(f"{name} {number}")
        if number == bad:
            raise AssertionError(f"{number} does not hold\nand why")

    def items(start: int) -> Iterator[Item]:
        for number in range(max(start, first), last + 1):
            yield Item(number, f"{name} {number}", f"again {number}", partial(do, number))

    return Part(name, items)


def after(times: int) -> Callable[[], bool]:
    left = iter(range(times))
    return lambda: next(left, None) is None


@pytest.mark.parametrize("stop_after", range(8))
def test_what_was_stopped_goes_on_where_it_was(stop_after: int, tmp_path: Path) -> None:
    done: list[str] = []
    path = tmp_path / "out" / "progress.json"
    parts = [counting("worlds", done, first=3, last=7, bad=4), counting("days", done, first=0, last=2)]
    if go_on(begun(path, 3, FIGURES), parts, path, after(stop_after)):
        pytest.fail("it was to stop")
    again = begun(path, 3, FIGURES)
    assert go_on(again, parts, path, lambda: False)
    assert done == [*(f"worlds {number}" for number in range(3, 8)), *(f"days {number}" for number in range(3))]
    assert [(failure.what, failure.why, failure.replay) for failure in again.failures] == [
        ("worlds 4", "4 does not hold", "again 4")
    ]
    kept = Progress.read(path)
    assert kept == again
    assert kept.is_finished


def test_after_the_end_the_next_seeds_come_and_another_seed_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    assert begun(path, None, FIGURES).seed == 1
    assert go_on(begun(path, None, FIGURES), [counting("worlds", [], first=1, last=5)], path, lambda: False)
    assert begun(path, None, FIGURES).seed == 6
    assert begun(path, 40, FIGURES) == Progress(40, FIGURES)
    assert begun(path, None, {"seeds": 7}).seed == 1


def test_a_damaged_file_of_progress_is_begun_anew(tmp_path: Path) -> None:
    path = tmp_path / "progress.json"
    path.write_text('{"seed": 3, "figures": {"seeds": 5}, "parts": {"worlds": {"next"')
    assert begun(path, None, FIGURES) == Progress(1, FIGURES)


@pytest.mark.expects_log
def test_strikes_go_on_within_a_script() -> None:
    names = ["an_edit_is_sent_and_comes_to_the_other_device", "a_status_belongs_to_the_centre"]
    with ground() as on:
        whole = [item.number for item in strikes(on, names).items(0)]
        assert [item.number for item in strikes(on, names).items(whole[7])] == whole[7:]
        later = list(strikes(on, names).items(STRIKES))
        assert [item.number for item in later] == [number for number in whole if number >= STRIKES]
        assert "TOURNEE_STRIKE='centre.commit:office#1: centre dies'" in later[2].replay
        later[2].run()
        (world,) = worlds(on, 7, 1, Plan(steps=6, restarts=1)).items(0)
        world.run()
        assert "TOURNEE_SEED=7 " in world.replay


def test_a_soak_strikes_a_queue_of_a_thousand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TOURNEE_SOAK", raising=False)
    assert how_many() == 60
    monkeypatch.setenv("TOURNEE_SOAK", "1")  # said after everything is imported, as the command does
    assert how_many() == 1_000
    points = Points(passed=[f"marie1.piece:exchange/answer#{number}" for number in range(1, 1_001)])
    struck = {int(blow.point.partition("#")[2]) for blow in points.blows()}
    assert struck == {*range(1, 101), *range(125, 1_001, 25)}


def test_the_command_stops_when_it_is_told_and_goes_on(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.soak", "--only", "worlds", "--steps", "2", "--out", str(tmp_path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen([*command, "--seeds", "5000"], cwd=root, stdout=subprocess.PIPE, text=True) as child:
        limit = threading.Timer(60, child.kill)
        limit.start()
        path = tmp_path / "progress.json"
        while child.poll() is None and ((kept := Progress.read(path)) is None or kept.parts["worlds"].done < 2):
            limit.finished.wait(0.05)
        child.send_signal(signal.SIGTERM)
        told = child.communicate()[0]
        limit.cancel()
    assert child.returncode == 130, told
    assert "stopped, go on with the same command" in told
    kept = Progress.read(path)
    assert kept is not None
    assert kept.parts["worlds"].done >= 2
    kept.figures["seeds"] = kept.parts["worlds"].done + 1  # one is left
    kept.write(path)
    rest = subprocess.run(
        [*command, "--seeds", str(kept.figures["seeds"])],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
        timeout=60,
    )
    assert rest.returncode == 0, rest.stdout + rest.stderr
    assert f"worlds {kept.figures['seeds']} all, 0 failed" in rest.stdout
