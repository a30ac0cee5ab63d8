"""The rows that every side of the bench moves: activities, 13 columns and a version, about 290 bytes each as JSON."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from app.store.rows import SYNCED
from sync.protocol.changeset import Value

TABLE = "activity"
COLUMNS = tuple(column.name for column in SYNCED.tables[TABLE].columns)
ACCOUNTS = 500
"""Accounts that the activities of one portfolio are spread over."""
_FIRST_AT = 1_760_000_000_000
"""Milliseconds UTC."""
_WORDS = [
    "alpha",
    "bravo",
    "charlie",
    "delta",
    "echo",
    "foxtrot",
    "golf",
    "hotel",
    "india",
    "juliet",
    "kilo",
    "lima",
    "mike",
    "november",
    "oscar",
    "papa",
    "quebec",
    "romeo",
    "sierra",
    "tango",
    "uniform",
    "victor",
    "whiskey",
    "xray",
    "yankee",
    "zulu",
    "atelier",
    "boucherie",
    "chantier",
    "devis",
    "enseigne",
    "facture",
    "garage",
    "horaire",
    "imprimeur",
    "jardin",
    "lavage",
    "menuisier",
    "notaire",
    "opticien",
    "parution",
    "quartier",
    "rappel",
    "sanitaire",
    "toiture",
    "urgence",
    "vitrine",
    "annonce",
    "bandeau",
    "contrat",
]


def account_rows(rep: str, chance: random.Random) -> list[dict[str, Value]]:
    """The accounts of a rep."""
    return [
        {
            "id": _id(chance, i),
            "number": f"{chance.randrange(10**8):08d}",
            "trade_name": _said(chance, 2),
            "rep_id": rep,
        }
        for i in range(ACCOUNTS)
    ]


def activity_rows(count: int, accounts: Sequence[Mapping[str, Value]], chance: random.Random) -> list[dict[str, Value]]:
    """Activities of these accounts, without their versions, with ids and words that pack no better than true ones."""
    return [
        {
            "id": _id(chance, i),
            "account_id": chance.choice(accounts)["id"],
            "kind": chance.choice(("call", "visit", "note")),
            "subject": _said(chance, 2),
            "at": (_FIRST_AT + i * 1_000 + chance.randrange(1_000)) * 1_000,
            "detail": _said(chance, 2),
            "seconds": chance.randrange(900),
            "place": f"{chance.randrange(200)} rue {chance.choice(_WORDS)}",
            "contact_id": None,
            "rep_id": None,
            "author": f"rep-{chance.randrange(7)}",
            "due_on": None,
            "done_at": None,
        }
        for i in range(count)
    ]


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words))


def _id(chance: random.Random, place: int) -> str:
    """An id in the shape of UUIDv7: milliseconds, then chance; one is made a second or so."""
    at = _FIRST_AT + place * 1_000 + chance.randrange(1_000)
    return f"{at:012x}7{chance.getrandbits(12):03x}{0x8 | chance.getrandbits(2):x}{chance.getrandbits(60):015x}"


def as_tuples(rows: Sequence[Mapping[str, Value]]) -> list[tuple[Value, ...]]:
    """The rows as a driver takes them, at version 1."""
    return [tuple(1 if name == "ver" else row[name] for name in COLUMNS) for row in rows]
