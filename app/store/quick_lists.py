"""Keeps the quick lists in step: an account's words and figures, and what else the search finds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Connection

from app.store.derived import Change

FULL_TEXT = {
    "account_search": (
        "CREATE VIRTUAL TABLE account_search USING fts5(words, content='account_index', content_rowid='n', "
        "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail=none, columnsize=0)"
    ),
    "entry_search": (
        "CREATE VIRTUAL TABLE entry_search USING fts5(words, content='search_entry', content_rowid='n', "
        "tokenize='unicode61 remove_diacritics 2', prefix='1 2 3', detail=none, columnsize=0)"
    ),
}
"""The full-text tables, by name. `detail=none` keeps them small: words in any order, no phrases."""

RUNNING = "('in_production', 'completed')"
NO_RENEWAL, LOST = 99_999_999, 100_000_000

_WORDS = """
SELECT a.id AS account_id, folded(a.trade_name) AS name_key,
  folded(a.trade_name || ' ' || a.legal_name || ' ' || a.number || ' ' || a.activity || ' ' || a.postcode || ' '
    || a.city || ' ' || a.siret || ' ' || coalesce(
      (SELECT group_concat(c.name, ' ') FROM contact c WHERE c.account_id = a.id), '')) AS words
FROM account a WHERE a.id NOT IN (SELECT q.row_id FROM quarantine q WHERE q.table_name = 'account')"""

_FIGURES = f"""
SELECT i.n,
  coalesce((SELECT sum(l.net) FROM customer_order o
    JOIN ordered_sub_order s ON s.order_id = o.id JOIN order_line l ON l.sub_order_id = s.id
    WHERE o.account_id = a.id AND o.status IN {RUNNING} AND o.edition = (
      SELECT max(p.edition) FROM customer_order p WHERE p.account_id = a.id AND p.status IN {RUNNING})), 0) AS net,
  CASE WHEN a.status = 'lost' THEN {LOST} WHEN a.rejections > 0 THEN 0 WHEN a.renew_by IS NULL THEN {NO_RENEWAL}
    ELSE CAST(replace(a.renew_by, '-', '') AS INTEGER) END AS urgency,
  a.area, a.renew_by,
  NOT EXISTS (SELECT 1 FROM contact c WHERE c.account_id = a.id AND c.is_signatory = 1 AND c.email LIKE '%_@_%')
    AS email_missing,
  a.rejections
FROM (SELECT b.*, (SELECT count(*) FROM request r
    WHERE r.account_id = b.id AND r.kind = 'rejection' AND r.state <> 'resolved') AS rejections FROM account b) a
JOIN account_index i ON i.account_id = a.id"""  # noqa: S608 - made of constants

_ENTRIES = {
    "contact": """
SELECT 'contact' AS kind, c.id AS row_id, c.account_id, c.name AS title, a.trade_name AS subtitle,
  folded(c.name) AS title_key,
  folded(c.name || ' ' || c.role || ' ' || c.email || ' ' || replace(c.mobile, ' ', '') || ' '
    || replace(c.phone, ' ', '') || ' ' || a.trade_name) AS words
FROM contact c JOIN account a ON a.id = c.account_id JOIN account_index i ON i.account_id = a.id""",
    "proposal": """
SELECT 'proposal', p.id, p.account_id, p.name, a.trade_name || ' · ' || p.edition, folded(p.name),
  folded(p.name || ' ' || p.edition || ' ' || a.trade_name)
FROM proposal p JOIN account a ON a.id = p.account_id JOIN account_index i ON i.account_id = a.id""",
    "customer_order": """
SELECT 'order', o.id, o.account_id, o.number, a.trade_name || ' · ' || o.edition, folded(o.number),
  folded(o.number || ' ' || o.edition || ' ' || a.trade_name)
FROM customer_order o JOIN account a ON a.id = o.account_id JOIN account_index i ON i.account_id = a.id""",
    "product": """
SELECT 'product', p.id, NULL, p.name, p.code, folded(p.name), folded(p.name || ' ' || p.code || ' ' || p.pitch)
FROM product p""",
}
_ALIAS = {"contact": "c", "proposal": "p", "customer_order": "o", "product": "p"}
_ENTRY_COLUMNS = "kind, row_id, account_id, title, subtitle, title_key, words"
_FIGURE_COLUMNS = "n, net, urgency, area, renew_by, email_missing, rejections"

_MATTERS: Mapping[str, frozenset[str]] = {
    "account": frozenset(
        "trade_name legal_name number activity postcode city siret area renew_by status".split()  # noqa: SIM905 - reads
    ),
    "contact": frozenset({"name", "role", "email", "mobile", "phone", "is_signatory", "account_id"}),
    "customer_order": frozenset({"account_id", "status", "edition", "number"}),
    "ordered_sub_order": frozenset({"order_id", "account_id"}),
    "order_line": frozenset({"net", "sub_order_id", "account_id"}),
    "request": frozenset({"account_id", "kind", "state"}),
    "proposal": frozenset({"name", "edition", "account_id"}),
    "product": frozenset({"name", "code", "pitch"}),
}
"""The columns that the quick lists are worked out from."""
_OF_ACCOUNT = frozenset(_MATTERS) - {"account", "proposal", "product"}
"""The tables whose rows change the words or figures of their account."""


class QuickLists:
    """The device's `Derived`."""

    watched: Collection[str] = frozenset(_MATTERS)

    def refresh(self, connection: Connection, changes: Sequence[Change]) -> None:
        """Bring words, figures and search entries in step with rows that changed, were made or are gone."""
        accounts: set[str] = set()
        renamed: set[str] = set()
        entries: dict[str, set[str]] = {table: set() for table in _ENTRIES}
        for (table, row_id), before, after in changes:
            if not _matters(table, before, after):
                continue
            if table == "account":
                accounts.add(row_id)
                # The rows of an account may be here before it: one that moves comes with the log, they with a reading.
                if before is None or after is None or before["trade_name"] != after["trade_name"]:
                    renamed.add(row_id)
            elif table in _OF_ACCOUNT:
                accounts.update(str(row["account_id"]) for row in (before, after) if row is not None)
            if table in entries:
                entries[table].add(row_id)
        for account_id in accounts:
            _refresh_account(connection, account_id)
        for account_id in renamed:
            for table in ("contact", "proposal", "customer_order"):
                found = connection.exec_driver_sql(
                    f"SELECT id FROM {table} WHERE account_id = ?",  # noqa: S608 - our own names
                    (account_id,),
                )
                entries[table].update(row[0] for row in found)
        for table, row_ids in entries.items():
            for row_id in row_ids:
                _refresh_entry(connection, table, row_id)

    def rebuild(self, connection: Connection) -> None:
        """Work everything out anew, after a bulk load (about 2 s for 100,000 accounts)."""
        for table in ("account_index", "account_figure", "account_net", "search_entry"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - our own names
        connection.exec_driver_sql(f"INSERT INTO account_index (account_id, name_key, words) {_WORDS} ORDER BY 2")
        connection.exec_driver_sql(f"INSERT INTO account_figure ({_FIGURE_COLUMNS}) {_FIGURES}")
        connection.exec_driver_sql("INSERT INTO account_net (n, net) SELECT n, net FROM account_figure")
        for statement in _ENTRIES.values():
            connection.exec_driver_sql(f"INSERT INTO search_entry ({_ENTRY_COLUMNS}) {statement}")
        for name in FULL_TEXT:
            connection.exec_driver_sql(f"INSERT INTO {name} ({name}) VALUES ('rebuild')")  # noqa: S608 - our own names


def _matters(table: str, before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> bool:
    columns = _MATTERS.get(table, frozenset())
    if before is None or after is None:
        return bool(columns)
    return any(before[column] != after[column] for column in columns)


def _refresh_account(connection: Connection, account_id: str) -> None:
    find = "SELECT n, words FROM account_index WHERE account_id = ?"
    old = connection.exec_driver_sql(find, (account_id,)).first()
    new = connection.exec_driver_sql(f"{_WORDS} AND a.id = ?", (account_id,)).first()
    if new is None:
        if old is not None:
            _unlist(connection, "account_search", old[0], old[1])
            for table in ("account_index", "account_figure", "account_net"):
                connection.exec_driver_sql(f"DELETE FROM {table} WHERE n = ?", (old[0],))  # noqa: S608 - our own names
        return
    if old is None:
        insert = "INSERT INTO account_index (account_id, name_key, words) VALUES (?, ?, ?) RETURNING n"
        n = connection.exec_driver_sql(insert, tuple(new)).scalar_one()
        _list(connection, "account_search", n, new[2])
    elif old[1] != new[2]:
        _unlist(connection, "account_search", old[0], old[1])
        update = "UPDATE account_index SET name_key = ?, words = ? WHERE n = ?"
        connection.exec_driver_sql(update, (new[1], new[2], old[0]))
        _list(connection, "account_search", old[0], new[2])
    connection.exec_driver_sql(
        f"INSERT OR REPLACE INTO account_figure ({_FIGURE_COLUMNS}) {_FIGURES} WHERE a.id = ?",
        (account_id,),
    )
    copy = "INSERT OR REPLACE INTO account_net (n, net) SELECT f.n, f.net FROM account_figure f"
    connection.exec_driver_sql(f"{copy} JOIN account_index i ON i.n = f.n WHERE i.account_id = ?", (account_id,))


def _refresh_entry(connection: Connection, table: str, row_id: str) -> None:
    find = "SELECT n, words FROM search_entry WHERE row_id = ?"
    old = connection.exec_driver_sql(find, (row_id,)).first()
    new = connection.exec_driver_sql(f"{_ENTRIES[table]} WHERE {_ALIAS[table]}.id = ?", (row_id,)).first()
    if old is not None:
        _unlist(connection, "entry_search", old[0], old[1])
        connection.exec_driver_sql("DELETE FROM search_entry WHERE n = ?", (old[0],))
    if new is not None:
        insert = f"INSERT INTO search_entry ({_ENTRY_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING n"  # noqa: S608 - constants
        n = connection.exec_driver_sql(insert, tuple(new)).scalar_one()
        _list(connection, "entry_search", n, new[6])


def _list(connection: Connection, name: str, n: int, words: str) -> None:
    connection.exec_driver_sql(f"INSERT INTO {name} (rowid, words) VALUES (?, ?)", (n, words))  # noqa: S608 - our own names


def _unlist(connection: Connection, name: str, n: int, words: str) -> None:
    statement = f"INSERT INTO {name} ({name}, rowid, words) VALUES ('delete', ?, ?)"  # noqa: S608 - our own names
    connection.exec_driver_sql(statement, (n, words))
