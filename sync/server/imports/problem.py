"""What is wrong with an import, one line each: file, line, column and reason, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import yaml

MOST_SHOWN = 100
"""So many problems are told; what is beyond is counted."""
_LONGEST_VALUE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that cannot be taken: where it stands, the code of the reason, and the facts behind it.

    `line` counts from 1, the heading included; 0 stands for the file as a whole. `place` is the column of the CSV
    file or the key of the mapping, empty when the whole line is meant.
    """

    file: str
    line: int
    place: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def told(self, language: str = "fr") -> str:
        """Say it in one line: French by default, else "en" or "zh"."""
        own = words(language)
        where = [self.file]
        if self.line:
            where.append(own["line"].format(line=self.line))
        if self.place:
            where.append(own["place"].format(place=_shown(self.place)))
        facts = {name: _shown(value) for name, value in self.facts.items()}
        return own["told"].format(where=own["between"].join(where), reason=own[self.code].format(**facts))


class Problems:
    """The problems met so far, and how many lines they make unusable."""

    def __init__(self) -> None:
        self._all: list[Problem] = []
        self._places: set[tuple[str, int, str]] = set()

    def name(self, file: str, line: int, place: str, code: str, facts: Mapping[str, object] | None = None) -> None:
        """Name one more thing that is wrong, as `Problem` has it."""
        self.add(Problem(file=file, line=line, place=place, code=code, facts=facts or {}))

    def add(self, problem: Problem) -> None:
        """Keep one more problem; a place already named is not named twice."""
        place = (problem.file, problem.line, problem.place)
        if place not in self._places:
            self._places.add(place)
            self._all.append(problem)

    def __bool__(self) -> bool:
        return bool(self._all)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Every problem, file by file in the order they were met, line by line."""
        files_met = {problem.file: None for problem in self._all}
        order = {name: index for index, name in enumerate(files_met)}
        return tuple(sorted(self._all, key=lambda problem: (order[problem.file], problem.line)))

    @property
    def rejected(self) -> int:
        """How many lines (or whole files) cannot be taken; a line with two faults counts once."""
        return len({(problem.file, problem.line) for problem in self._all})

    def told(self, language: str = "fr") -> list[str]:
        """Say them all, one line each; beyond the first hundred only how many more there are."""
        lines = [problem.told(language) for problem in self.all[:MOST_SHOWN]]
        if len(self._all) > MOST_SHOWN:
            lines.append(words(language)["more"].format(count=len(self._all) - MOST_SHOWN))
        return lines


class Malformed(Exception):
    """The mapping or a file cannot be read at all; `problems` says why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.code for problem in problems))
        self.problems = problems


def _shown(value: object) -> str:
    """Give a value as it can stand in one line: no line ends, nothing endless."""
    text = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in str(value))
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


@cache
def words(language: str) -> dict[str, str]:
    """Give the words of imports in a language, by their codes."""
    text = files("resources").joinpath("mappings", "reasons.yaml").read_text(encoding="utf-8")
    by_language: dict[str, dict[str, str]] = yaml.safe_load(text)
    return by_language[language]
