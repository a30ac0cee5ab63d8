"""Every reason an import can give has its words, in the three languages, with the facts it brings."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "sync/server/imports").glob("*.py"))
WORDS: dict[str, dict[str, str]] = yaml.safe_load(
    (ROOT / "resources/mappings/reasons.yaml").read_text(encoding="utf-8")
)
CODES = {code for code in WORDS["fr"] if code.isupper()}


def test_the_three_languages_say_the_same_things_with_the_same_facts() -> None:
    for language in ("en", "zh"):
        assert WORDS[language].keys() == WORDS["fr"].keys()
        for code, words in WORDS["fr"].items():
            assert set(re.findall(r"{\w+}", WORDS[language][code])) == set(re.findall(r"{\w+}", words)), code


def test_every_reason_is_given_somewhere_and_has_its_words() -> None:
    given = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', CODE))
    assert given >= CODES, CODES - given
    assert given - CODES <= {"FR", "NFC"}, given - CODES  # a country, a form of Unicode


def test_french_is_well_set() -> None:
    for code, words in WORDS["fr"].items():
        assert not re.search(r" [;:?!»%]|« |\w'\w", words), (code, words)
