"""`make bench`: every speed figure that is promised, measured now, with its goal; one table and one JSON line each."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from tests.bench import recomputing, starting, typing_in_list, writing_locally
from tests.bench.figures import Figure, table

MEASURES: dict[str, Callable[[], Figure]] = {
    "starting": starting.measure,
    "typing": typing_in_list.measure,
    "recomputing": recomputing.measure,
    "writing": writing_locally.measure,
}


def main() -> int:
    """Measures what is named (all, when nothing is) and prints it, also where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASURES], help="only these")
    names = parser.parse_args().names or list(MEASURES)
    figures = []
    for name in names:
        print(f"measuring {name}…", file=sys.stderr, flush=True)
        figures.append(MEASURES[name]())
    print(table(figures))
    for figure in figures:
        print(figure.as_json())
    return 0


if __name__ == "__main__":
    sys.exit(main())
