"""The search over accounts, contacts, proposals, orders and products: words begun, in any order, accents or not."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from app.domain.identifiers import AccountId
from app.ports.readers import Hit, HitKind
from app.store.folding import folded
from app.store.reading.sql import matching

_CANDIDATES = 100
"""How many matches of each sort are looked at for the ranking."""

_RANK = {kind: place for place, kind in enumerate(HitKind)}

_ACCOUNTS = """
SELECT 'account', a.id, a.trade_name, a.activity, a.city, a.id, i.name_key FROM {source}
JOIN account a ON a.id = i.account_id"""
_BY_NAME = "(SELECT * FROM account_index WHERE name_key >= ? AND name_key < ? ORDER BY name_key LIMIT ?) i"
_BY_WORDS = (
    "(SELECT rowid AS n FROM account_search WHERE account_search MATCH ? LIMIT ?) s JOIN account_index i ON i.n = s.n"
)
_ENTRIES = """
SELECT e.kind, e.row_id, e.title, e.subtitle, '', e.account_id, e.title_key FROM {source}"""
_BY_TITLE = "(SELECT * FROM search_entry WHERE title_key >= ? AND title_key < ? ORDER BY title_key LIMIT ?) e"
_BY_ENTRY_WORDS = (
    "(SELECT rowid AS n FROM entry_search WHERE entry_search MATCH ? LIMIT ?) s JOIN search_entry e ON e.n = s.n"
)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A match, and what it is ranked by."""

    hit: Hit
    key: str

    def rank(self, words: tuple[str, ...]) -> tuple[bool, int, bool, str, str]:
        """Trade names that hold all the words first, then the other titles that do; then who matches elsewhere."""
        begun = f" {self.key}"
        in_title = all(f" {word}" in begun for word in words)
        return not in_title, _RANK[self.hit.kind], not self.key.startswith(words[0]), self.key, self.hit.id


def search(connection: Connection, text: str, limit: int) -> tuple[Hit, ...]:
    """Give the best matches; none for an empty text."""
    words = tuple(folded(text).split())
    if not words:
        return ()
    beginning = " ".join(words)
    named = (beginning, beginning + "\U0010ffff", _CANDIDATES)
    worded = (matching(words), _CANDIDATES)
    found: dict[tuple[HitKind, str], _Candidate] = {}
    for statement, source, values in (
        (_ACCOUNTS, _BY_NAME, named),
        (_ACCOUNTS, _BY_WORDS, worded),
        (_ENTRIES, _BY_TITLE, named),
        (_ENTRIES, _BY_ENTRY_WORDS, worded),
    ):
        for row in connection.exec_driver_sql(statement.format(source=source), values):
            kind = HitKind(row[0])
            subtitle = " · ".join(filter(None, (row[3], row[4])))
            account_id = None if row[5] is None else AccountId(row[5])
            hit = Hit(kind=kind, id=row[1], title=row[2], subtitle=subtitle, account_id=account_id)
            found.setdefault((kind, hit.id), _Candidate(hit, row[6]))
    best = sorted(found.values(), key=lambda candidate: candidate.rank(words))
    return tuple(candidate.hit for candidate in best[:limit])
