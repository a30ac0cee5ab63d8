"""Every text of the interface is there in French, English and Chinese, finished and well set."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.architecture.sources import ROOT, modules, name_of, tree

TRANSLATIONS = ROOT / "resources/translations"
# Forms of the plural, as Qt counts them for each language.
FORMS = {"fr": 2, "en": 2, "zh": 1}
HOLES = re.compile(r"%n|%L?\d|\{\w*\}")
# A plain space where a narrow or no-break one belongs, and a typewriter's apostrophe between letters.
CARELESS_FRENCH = re.compile(r" [;:?!»€]| %(?![\dnL])|« |\w'\w")
FRENCH_LETTER = re.compile(r"[à-öø-ÿÀ-ÖØ-ß]\w|\w[à-öø-ÿÀ-ÖØ-ß]")
WORDS_BY_LANGUAGE = {"resources/formats.py"}  # the names of months
# The product's name, a language that names itself, a trade as accounts spell it.
SAID_AS_IT_IS = {"Tournée", "Français", "étanch"}
TRANSLATING = {"tr", "translate", "QT_TRANSLATE_NOOP", "QT_TR_NOOP"}


@dataclass(frozen=True)
class Text:
    """A text as it stands in the code: the class that says it, words, hint, whether it counts something."""

    context: str
    source: str
    hint: str
    counts: bool


@dataclass(frozen=True)
class Translation:
    """What became of it; `state` is empty where it is finished and in use."""

    words: tuple[str, ...]
    state: str


def _read(path: Path) -> dict[Text, Translation]:
    found = {}
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - our own files
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None:
                continue
            counts = message.get("numerus") == "yes"
            forms = (
                [form.text or "" for form in translation.iter("numerusform")] if counts else [translation.text or ""]
            )
            text = Text(
                context.findtext("name", ""),
                message.findtext("source", ""),
                message.findtext("comment", ""),
                counts,
            )
            found[text] = Translation(tuple(forms), translation.get("type", ""))
    return found


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> set[Text]:
    """All texts of the code, as Qt's own tool finds them."""
    fresh = tmp_path_factory.mktemp("texts") / "fresh_en.ts"
    update = str(Path(sys.executable).with_name("pyside6-lupdate"))
    run = subprocess.run([update, *modules("views"), "-ts", fresh], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "warning" not in run.stderr.lower(), run.stderr
    return set(_read(fresh))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_text_is_translated(spoken: set[Text], language: str) -> None:
    kept = _read(TRANSLATIONS / f"tournee_{language}.ts")
    assert len(spoken) > 100
    assert sorted(f"{text.context}: {text.source}" for text in spoken - set(kept)) == []


@pytest.mark.parametrize("language", FORMS)
def test_no_translation_outlives_its_text(spoken: set[Text], language: str) -> None:
    kept = _read(TRANSLATIONS / f"tournee_{language}.ts")
    assert sorted(f"{text.context}: {text.source}" for text in set(kept) - spoken) == []


def test_every_french_text_that_counts_has_its_plural(spoken: set[Text]) -> None:
    kept = _read(TRANSLATIONS / "tournee_fr.ts")
    assert {text for text in spoken if text.counts} - set(kept) == set()


@pytest.mark.parametrize("language", FORMS)
def test_every_translation_is_finished(language: str) -> None:
    unfinished = []
    for text, translation in _read(TRANSLATIONS / f"tournee_{language}.ts").items():
        forms = FORMS[language] if text.counts else 1
        if translation.state or len(translation.words) != forms or not all(translation.words):
            unfinished.append(f"{text.context}: {text.source} {translation.state}")
    assert unfinished == []


@pytest.mark.parametrize("language", FORMS)
def test_every_translation_fills_the_same_holes(language: str) -> None:
    wrong = [
        f"{text.context}: {text.source} -> {words}"
        for text, translation in _read(TRANSLATIONS / f"tournee_{language}.ts").items()
        for words in translation.words
        if not _same_holes(text.source, words)
    ]
    assert wrong == []


def _same_holes(source: str, words: str) -> bool:
    wanted, filled = Counter(HOLES.findall(source)), Counter(HOLES.findall(words))
    # A plural's form for one may say "one" instead of the figure.
    return not filled - wanted and not wanted - filled - Counter(["%n"])


def test_french_is_set_as_french_is(spoken: set[Text]) -> None:
    careless = [f"{text.context}: {text.source}" for text in spoken if CARELESS_FRENCH.search(text.source)]
    assert sorted(careless) == []


def _said_past_qt(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The literals with a French letter that stand neither in a docstring nor in a call that translates."""
    excused: set[int] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            excused.add(id(node.value))
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in TRANSLATING:
                excused.update(id(part) for part in ast.walk(node))
    for node in ast.walk(module):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in excused else None
        if isinstance(node, ast.Constant) and isinstance(text, str) and FRENCH_LETTER.search(text):
            yield node.lineno, text


def test_every_text_of_the_window_goes_through_qt() -> None:
    found = [
        f"{name_of(path)}:{line} {text}"
        for path in modules("views")
        if name_of(path) not in WORDS_BY_LANGUAGE and not path.is_relative_to(ROOT / "views/guided_day")
        if "gallery" not in name_of(path)  # samples are data
        for line, text in _said_past_qt(tree(path))
        if text not in SAID_AS_IT_IS
    ]
    assert found == []
