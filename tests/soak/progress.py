"""How far a soak has come: kept in a file after each thing done, so that it can be stopped anywhere and go on later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do: its number in its part, what it is, and the command that does it alone again."""

    number: int
    what: str
    replay: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the soak: `items` gives what there is to do from a number on, always in the same order."""

    name: str
    items: Callable[[int], Iterator[Item]]


@dataclass(slots=True)
class Failure:
    """Something that did not hold: what, why in one line, and how to see it again."""

    what: str
    why: str
    replay: str


@dataclass(slots=True)
class Standing:
    """How far one part has come."""

    next: int = 0
    done: int = 0
    is_finished: bool = False
    failures: list[Failure] = field(default_factory=list)

    def __str__(self) -> str:
        state = "all" if self.is_finished else "so far"
        return f"{self.done} {state}, {len(self.failures)} failed"


@dataclass(slots=True)
class Progress:
    """What was asked for (`seed`, `figures`), and how far each part has come."""

    seed: int
    figures: dict[str, int]
    parts: dict[str, Standing] = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        return bool(self.parts) and all(standing.is_finished for standing in self.parts.values())

    @property
    def failures(self) -> list[Failure]:
        return [failure for standing in self.parts.values() for failure in standing.failures]

    @classmethod
    def read(cls, path: Path) -> Progress | None:
        """Read what was kept; None where nothing was, or nothing whole."""
        try:
            kept = json.loads(path.read_text())
            parts = {
                name: Standing(
                    told["next"],
                    told["done"],
                    told["is_finished"],
                    [Failure(**failure) for failure in told["failures"]],
                )
                for name, told in kept["parts"].items()
            }
            return cls(kept["seed"], kept["figures"], parts)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, path: Path) -> None:
        """Keep it; a kill leaves the one before or this one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(self), indent=1))
        fresh.replace(path)


def begun(path: Path, seed: int | None, figures: dict[str, int]) -> Progress:
    """Go on with what was begun with these figures; begin anew for another seed, or after the end at the next seeds."""
    kept = Progress.read(path)
    if seed is not None and (kept is None or kept.seed != seed or kept.figures != figures or kept.is_finished):
        return Progress(seed, figures)
    if kept is None or kept.figures != figures:
        return Progress(1, figures)
    return Progress(kept.seed + figures["seeds"], figures) if kept.is_finished else kept


def go_on(progress: Progress, parts: list[Part], path: Path, must_stop: Callable[[], bool]) -> bool:
    """Do what is left, part after part; gives whether all is done. What fails is kept with its reason, and passed."""
    for part in parts:
        progress.parts.setdefault(part.name, Standing())
    for part in parts:
        standing = progress.parts[part.name]
        if standing.is_finished:
            continue
        for item in part.items(standing.next):
            if must_stop():
                return False
            try:
                item.run()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a failure to be shown, and the rest goes on
                why = (str(error).strip() or type(error).__name__).splitlines()[0]
                standing.failures.append(Failure(item.what, why[:300], item.replay))
                print(f"FAILED {part.name}: {item.what}: {why}\n  again with: {item.replay}", flush=True)
            standing.next = item.number + 1
            standing.done += 1
            progress.write(path)
        standing.is_finished = True
        progress.write(path)
        print(f"soak, seed {progress.seed}, {part.name}: {standing}", flush=True)
    return True
