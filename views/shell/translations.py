"""Puts the interface into French, English or Chinese; `python -m views.shell.translations` renews the .ts files.

French is the language of the source, so that its file holds plurals alone. The .qm files are compiled by `make setup`
(`pyside6-lrelease resources/translations/tournee_en.ts -qm resources/translations/tournee_en.qm`).
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import ClassVar
from weakref import ref

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from views import formats
from views.formats import LANGUAGES
from views.shell.theme import RESOURCES

FOLDER = RESOURCES / "translations"
_LOCALES = {
    "fr": QLocale(QLocale.Language.French, QLocale.Country.France),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}


class Interpreter:
    """Speaks for a window; the one that spoke last is heard, and when it is silent the one before it again."""

    _speaking: ClassVar[list[ref[Interpreter]]] = []
    """Those of the open windows, the one that is heard last; a window that is thrown away takes its own with it."""

    def __init__(self, app: QCoreApplication, folder: Path = FOLDER) -> None:
        self._app = app
        self._folder = folder
        self.language = ""
        """What it spoke last; empty before the first word."""

    def speak(self, language: str) -> bool:
        """Switch to a language; gives whether its texts were found. Raises KeyError for an unknown one."""
        QLocale.setDefault(_LOCALES[language])
        self._leave()
        self._speaking.append(ref(self))
        self.language = language
        formats.set_language(language)
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._wear(f"qtbase_{'zh_CN' if language == 'zh' else language}", qt_folder)
        return self._wear(f"tournee_{language}", str(self._folder))

    def be_silent(self) -> None:
        """Leave the word to the window that spoke before; with no other open the source speaks."""
        self._leave()
        while self._speaking and self._speaking[-1]() is None:
            self._speaking.pop()
        before = self._speaking[-1]() if self._speaking else None
        if before is not None:
            before.speak(before.language)

    def _leave(self) -> None:
        """Take every translator off, one that a window thrown away left too: French would let it be heard."""
        self._speaking[:] = [other for other in self._speaking if other() is not self]
        for old in self._app.findChildren(QTranslator):
            self._app.removeTranslator(old)
            old.setParent(None)

    def _wear(self, name: str, folder: str) -> bool:
        translator = QTranslator(self._app)
        if not translator.load(name, folder):
            return False
        self._app.installTranslator(translator)
        return True


def renew() -> int:
    """Bring the .ts files up to what the code says now; gives the tool's exit code."""
    import subprocess

    sources = sorted(str(path) for path in (RESOURCES.parent / "views").rglob("*.py"))
    tool = str(Path(sys.executable).with_name("pyside6-lupdate"))
    worst = 0
    for language in LANGUAGES:
        only = ["-pluralonly"] if language == "fr" else []
        target = FOLDER / f"tournee_{language}.ts"
        command = [tool, *sources, "-ts", str(target), "-no-obsolete", "-locations", "none", *only]
        worst = max(worst, subprocess.run(command, check=False).returncode)  # noqa: S603 - our own tool and files
    return worst


if __name__ == "__main__":
    sys.exit(renew())
