"""Says what an import brings, or would bring, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator

from sync.server.imports.problem import words
from sync.server.imports.rows import Imported
from sync.server.imports.writing import Effect

_SHOWN = ("rep", "product_range", "product", "price", "slot", "account", "contact", "customer_order", "order_line")
_EXAMPLES = {"account": "trade_name", "product": "name", "rep": "name"}
_MOST_EXAMPLES = 3


def told(rows: Imported, effect: Effect, language: str = "fr", *, is_dry: bool) -> Iterator[str]:
    """Give the lines: per kind how many there are, how many of them new and changed, and a few names."""
    own = words(language)
    yield own["preview_dry" if is_dry else "preview_done"]
    for table in _SHOWN:
        count = rows.count(table)
        if not count:
            continue
        done = effect[table]
        line = own["preview_line"].format(
            kind=own[f"kind_{table}"], count=count, new=len(done.new), changed=len(done.changed)
        )
        names = [_name(rows, table, row_id) for row_id in (*done.new, *done.changed)[:_MOST_EXAMPLES]]
        if table in _EXAMPLES and names:
            more = len(done.new) + len(done.changed) > len(names)
            line += own["preview_names"].format(names=", ".join(names) + ("…" if more else ""))
        yield line
    yield own["preview_net"].format(amount=_amount(rows.net, own["decimal"]))


def _name(rows: Imported, table: str, row_id: str) -> str:
    return str(rows.tables[table][row_id].given.get(_EXAMPLES.get(table, ""), ""))


def _amount(cents: int, decimal: str) -> str:
    whole, rest = divmod(abs(cents), 100)
    thousands = f"{whole:,}".replace(",", "\u00a0")
    return f"{'−' if cents < 0 else ''}{thousands}{decimal}{rest:02d}\u00a0€"
