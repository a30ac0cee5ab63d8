"""What must hold once all is said, asked of the databases by plain SQL, beside the code that keeps it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Engine

from app.store.codec import Record
from app.store.quick_lists import FULL_TEXT, QuickLists
from app.store.rows import SYNCED
from tests.sync.simulation.ledger import COLUMNS, Key, must

_OF_REP = {
    "rep": "team = (SELECT team FROM rep WHERE id = ?)",
    "account": "rep_id = ?",
}
_OF_ACCOUNT = "account_id IN (SELECT id FROM account WHERE rep_id = ?)"
_LISTS = {
    "account_index": "account_id, name_key, words",
    "account_figure": "i.account_id, f.net, f.urgency, f.area, f.renew_by, f.email_missing, f.rejections",
    "account_net": "i.account_id, f.net",
    "search_entry": "kind, row_id, account_id, title, subtitle, title_key, words",
}
_FIGURES = {"account_figure", "account_net"}


def fresh_rows(centre: Engine, me: str, loads: set[str]) -> tuple[dict[str, set[Key]], dict[Key, Record]]:
    """Give what a rep's device should hold: the scopes with their rows' names, and the rows as they are."""
    scopes: dict[str, set[Key]] = {"catalogue": set(), f"rep:{me}": set(), **{load: set() for load in loads}}
    rows: dict[Key, Record] = {}
    with centre.connect() as connection:
        team = connection.exec_driver_sql("SELECT team FROM rep WHERE id = ?", (me,)).scalar_one()
        scopes[f"team:{team}"] = set()
        for table in SYNCED.sorted_tables:
            name, is_catalogue = table.name, "account_id" not in table.columns and table.name not in _OF_REP
            condition = "? <> ''" if is_catalogue else _OF_REP.get(name, _OF_ACCOUNT)
            scope = "catalogue" if is_catalogue else f"team:{team}" if name == "rep" else f"rep:{me}"
            columns = COLUMNS[name]
            wanted = f"SELECT {', '.join(columns)} FROM {name} WHERE {condition}"
            for row in connection.exec_driver_sql(wanted, (me,)):
                key = (name, str(row[0]))
                rows[key] = dict(zip(columns, row, strict=True))
                scopes[scope].add(key)
            for load in () if is_catalogue or name == "rep" else loads:
                account = "id" if name == "account" else "account_id"
                of_load = f"SELECT {', '.join(columns)} FROM {name} WHERE {account} = ?"
                for row in connection.exec_driver_sql(of_load, (load.removeprefix("load:"),)):
                    rows[name, str(row[0])] = dict(zip(columns, row, strict=True))
                    scopes[load].add((name, str(row[0])))
    return scopes, rows


def check_outbox(store: Engine, name: str, *, may_have_holes: bool) -> None:
    """Numbers are dense, but for what was let go beside what a problem asks about; entries have their changeset."""
    with store.connect() as connection:
        first, last, count = connection.exec_driver_sql("SELECT min(n), max(n), count(*) FROM changeset").one()
        is_dense = not count or last - first + 1 == count
        must(may_have_holes or is_dense, "the outbox is not dense", name, first, last, count)
        orphans = connection.exec_driver_sql(
            "SELECT e.mid FROM changeset_entry e LEFT JOIN changeset c ON c.mid = e.mid WHERE c.mid IS NULL"
        ).all()
        must(not orphans, "an entry of no changeset", name, orphans)


def check_quick_lists(store: Engine, name: str) -> None:
    """The quick lists and the search are what they would be if they were worked out anew."""
    with store.connect() as connection:
        before = _lists(connection)
        for full_text in FULL_TEXT:
            connection.exec_driver_sql(f"INSERT INTO {full_text} ({full_text}, rank) VALUES ('integrity-check', 1)")
        QuickLists().rebuild(connection)
        after = _lists(connection)
        connection.rollback()
    for table, rows in after.items():
        must(before[table] == rows, "quick lists are not in step", name, table, set(before[table]) ^ set(rows))


def _lists(connection: Connection) -> dict[str, Sequence[tuple[object, ...]]]:
    found: dict[str, Sequence[tuple[object, ...]]] = {}
    for table, columns in _LISTS.items():
        source = f"{table} f JOIN account_index i ON i.n = f.n" if table in _FIGURES else table
        rows = connection.exec_driver_sql(f"SELECT {columns} FROM {source}")
        found[table] = sorted((tuple(row) for row in rows), key=repr)
    return found
