"""Whether the quick lists are what a fresh start would work out."""

from __future__ import annotations

from app.store.opening import Store
from app.store.quick_lists import FULL_TEXT, QuickLists

LISTS = {
    "account_index": "account_id, name_key, words",
    "search_entry": "row_id, kind, account_id, title, subtitle, title_key, words",
    "account_figure JOIN account_index USING (n)": (
        "account_id, net, urgency, area, renew_by, email_missing, rejections"
    ),
    "account_net JOIN account_index USING (n)": "account_id, net",
}


def _read(store: Store) -> list[list[tuple[object, ...]]]:
    with store.engine.reader.connect() as connection:
        return [
            [tuple(row) for row in connection.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY 1")]
            for table, columns in LISTS.items()
        ]


def lists_are_in_step(store: Store) -> None:
    """Fail unless what was kept in step, row by row, is what a rebuild gives, full text included."""
    kept = _read(store)
    with store.engine.writer.begin() as connection:
        for name in FULL_TEXT:
            connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('integrity-check', 1)")
        QuickLists().rebuild(connection)
    assert kept == _read(store)
