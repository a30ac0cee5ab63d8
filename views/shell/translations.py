"""Puts the interface into French, English or Chinese; `python -m views.shell.translations` renews the .ts files.

French is the language of the source, so that its file holds plurals alone. The .qm files are compiled by `make setup`
(`pyside6-lrelease resources/translations/tournee_en.ts -qm resources/translations/tournee_en.qm`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from views.formats import LANGUAGES
from views.shell.theme import RESOURCES

FOLDER = RESOURCES / "translations"
_LOCALES = {
    "fr": QLocale(QLocale.Language.French, QLocale.Country.France),
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}


class Interpreter:
    """Holds the translators that are in force on the application."""

    def __init__(self, app: QCoreApplication, folder: Path = FOLDER) -> None:
        self._app = app
        self._folder = folder
        self._worn: list[QTranslator] = []

    def speak(self, language: str) -> bool:
        """Switch to a language; gives whether its texts were found. Raises KeyError for an unknown one."""
        QLocale.setDefault(_LOCALES[language])
        self.be_silent()
        qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        self._wear(f"qtbase_{'zh_CN' if language == 'zh' else language}", qt_folder)
        return self._wear(f"tournee_{language}", str(self._folder))

    def be_silent(self) -> None:
        """Take every translator off, one that an earlier window left too: the source speaks."""
        for old in self._app.findChildren(QTranslator):
            self._app.removeTranslator(old)
            old.setParent(None)
        self._worn = []

    def _wear(self, name: str, folder: str) -> bool:
        translator = QTranslator(self._app)
        if not translator.load(name, folder):
            return False
        self._app.installTranslator(translator)
        self._worn.append(translator)
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
