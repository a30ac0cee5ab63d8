"""Every code that a person may meet has its words in French, English and Chinese, and the facts to fill them."""

from __future__ import annotations

import ast
import random
import re
import string
from collections.abc import Iterator
from enum import StrEnum

import pytest

from app.domain.accounts.account import AccountStatus, Missing
from app.domain.accounts.activity import ActivityKind, OpportunityStage
from app.domain.catalogue.product import ProductKind
from app.domain.desk.request import RequestKind, RequestState
from app.domain.sales.anomalies import AnomalyCode, Circumstances, Remedy, Severity, Signatory
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.order import OrderStatus
from app.domain.sales.proposal import Action, PlanTemplate, ProposalStatus
from app.domain.sales.reservation import SlotStanding
from app.domain.signature.ceremony import DocumentKind, DocumentState
from resources.wording import wording, words
from tests.architecture.sources import modules, name_of, tree
from tests.bench import recomputing

LANGUAGES = ("fr", "en", "zh")
OF_A_WHOLE_REQUEST = tuple(
    f"sync/server/exchange/{name}"
    for name in ("service", "routes", "reading", "repairing", "loads", "search", "waiting")
)
"""Modules whose refusals are of a request, never of a changeset."""
# The section of resources/wording in which each enumeration has its words.
SECTIONS: list[tuple[str, type[StrEnum]]] = [
    ("anomaly_titles", AnomalyCode),
    ("anomaly_texts", AnomalyCode),
    ("anomaly_messages", AnomalyCode),
    ("remedies", Remedy),
    ("severities", Severity),
    ("statuses", ProposalStatus),
    ("statuses", OrderStatus),
    ("statuses", AccountStatus),
    ("statuses", RequestState),
    ("statuses", DocumentState),
    ("statuses", OpportunityStage),
    ("line_actions", Action),
    ("slot_standings", SlotStanding),
    ("loss_reasons", LossReason),
    ("loss_kinds", LossKind),
    ("missing", Missing),
    ("plans", PlanTemplate),
    ("request_kinds", RequestKind),
    ("activity_kinds", ActivityKind),
    ("product_kinds", ProductKind),
    ("documents", DocumentKind),
]
CARELESS_FRENCH = re.compile(r" [;:?!»€%]|« |\w'\w")


def _holes(text: str) -> set[str]:
    return {name for _literal, name, _format, _conversion in string.Formatter().parse(text) if name}


def _strings(node: ast.expr, scope: ast.AST) -> Iterator[str]:
    """The codes that an expression can be; of one put together, its fixed beginning or end with `*` for the rest."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body, scope)
        yield from _strings(node.orelse, scope)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    elif isinstance(node, ast.Name):
        for other in ast.walk(scope):
            if isinstance(other, ast.Assign) and ast.unparse(other.targets[0]) == node.id:
                yield from _strings(other.value, scope)


def _raised(exception: str) -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, code, names of its facts) of each `Refusal(…)` or `Trouble(…)`; facts are None where not literal."""
    for path in modules("app", "sync", "views"):
        module = tree(path)
        for call in ast.walk(module):
            if not (isinstance(call, ast.Call) and ast.unparse(call.func) == exception and call.args):
                continue
            facts: set[str] | None = set()
            given = call.args[1] if len(call.args) > 1 else None
            if isinstance(given, ast.Dict):
                facts = {str(key.value) if isinstance(key, ast.Constant) else "*" for key in given.keys}
            elif given is not None:
                facts = None
            for code in _strings(call.args[0], module):
                yield f"{name_of(path)}:{call.lineno}", code, facts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "codes"), SECTIONS, ids=lambda value: getattr(value, "__name__", value))
def test_every_code_has_its_words(section: str, codes: type[StrEnum], language: str) -> None:
    said = wording(language)[section]
    assert [code.value for code in codes if not said.get(code.value)] == []


@pytest.mark.parametrize(("exception", "section"), [("Refusal", "refusals"), ("Trouble", "troubles")])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_raised_has_its_words_and_the_facts_for_them(exception: str, section: str, language: str) -> None:
    said = wording(language)[section]
    raised = list(_raised(exception))
    assert raised, f"no {exception} is raised anywhere"
    wrong = []
    for where, code, facts in raised:
        pattern = re.compile(re.escape(code).replace(r"\*", ".+"))
        matching = [words for key, words in said.items() if pattern.fullmatch(key)]
        if not matching:
            wrong.append(f"{where}: no words for {code}")
        if facts is not None and "*" not in code:
            wrong += [f"{where}: {code} lacks {_holes(text) - facts}" for text in matching if _holes(text) - facts]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_action_has_its_words(language: str) -> None:
    named = {
        str(call.args[0].value)
        for path in modules("app/usecases")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant)
        if ast.unparse(call.func).rpartition(".")[2] in ("begin", "edit_proposal")
    }
    assert len(named) > 10
    assert named - set(wording(language)["actions"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_anomaly_can_be_said_with_the_facts_it_brings(language: str) -> None:
    wrong_ids = Signatory(siret="1", vat_number="2", iban="3")
    around = Circumstances(on=recomputing.ON, discount_limit=1_000, signatory=wrong_ids)
    _after, found = recomputing.recomputed(recomputing.proposal_of_500_lines(random.Random(1)), around)
    assert len({anomaly.code for anomaly in found}) >= 9
    for anomaly in found:
        for section in ("anomaly_titles", "anomaly_texts", "anomaly_messages"):
            text = words(section, anomaly.code.value, language, **anomaly.facts)
            assert "{" not in text


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_the_languages_say_the_same(language: str) -> None:
    french, other = wording("fr"), wording(language)
    assert set(other) == set(french)
    for section, said in french.items():
        assert set(other[section]) == set(said), section
        different = [code for code in said if not _holes(other[section][code]) <= _holes(said[code])]
        assert different == [], section


def test_french_words_are_set_as_french_is() -> None:
    careless = [
        f"{section}.{code}: {text}"
        for section, said in wording("fr").items()
        for code, text in said.items()
        if CARELESS_FRENCH.search(text)
    ]
    assert careless == []


def test_every_refusal_of_a_changeset_says_what_can_be_done() -> None:
    codes = {
        code
        for where, code, _ in _raised("Refusal")
        if where.startswith("sync/server/exchange/") and not where.startswith(OF_A_WHOLE_REQUEST)
    }
    codes.discard("TOKEN_UNKNOWN")  # the device itself is shut out
    assert len(codes) > 10
    for language in LANGUAGES:
        assert codes <= wording(language)["ways_out"].keys(), language
