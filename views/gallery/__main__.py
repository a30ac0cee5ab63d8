"""Draws the bench: `python -m views.gallery OUT` leaves a picture for each sheet and theme in the folder OUT."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from views import formats
from views.gallery.bench import Sheet
from views.gallery.controls import ControlsSheet
from views.gallery.floating import FloatingSheet
from views.gallery.patterns import PatternsSheet
from views.shell.theme import NAMES, install

_SHEETS: dict[str, type[Sheet]] = {
    "widgets": ControlsSheet,
    "patterns": PatternsSheet,
    "floating": FloatingSheet,
}


def draw(folder: Path, themes: tuple[str, ...] = NAMES, sheets: tuple[str, ...] = tuple(_SHEETS)) -> list[Path]:
    """Draw the sheets in the themes; return the pictures. Needs an application whose look is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the bench draws widgets: it needs a QApplication")
    drawn = []
    for theme_name in themes:
        look = install(app, theme_name, chinese_now=True)
        look.set_moves(False)
        for sheet_name in sheets:
            sheet = _SHEETS[sheet_name](theme_name)
            picture = folder / f"{sheet_name}-{theme_name}.png"
            sheet.draw(picture)
            sheet.close()
            sheet.deleteLater()
            app.processEvents()
            drawn.append(picture)
    return drawn


def main(arguments: list[str] | None = None) -> int:
    """Read the arguments and draw; 0 when every picture was written."""
    parser = argparse.ArgumentParser(prog="python -m views.gallery", description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the pictures")
    parser.add_argument("--theme", choices=NAMES, help="only this theme")
    parser.add_argument("--sheet", choices=tuple(_SHEETS), help="only this sheet")
    given = parser.parse_args(arguments)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(app, QApplication):
        install(app, given.theme or NAMES[0], chinese_now=True)
    formats.set_language("fr")
    themes = (given.theme,) if given.theme else NAMES
    sheets = (given.sheet,) if given.sheet else tuple(_SHEETS)
    for picture in draw(given.out, themes, sheets):
        print(picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
