"""The list of accounts: how many match and what they have running, and the rows that are looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.accounts.account import AccountStatus
from app.domain.identifiers import AccountId
from app.domain.money import Money
from app.ports.readers import AccountFilter, AccountItem, AccountSort
from app.store.codec import instant, microseconds
from app.store.folding import folded
from app.store.quick_lists import NO_RENEWAL
from app.store.reading.sql import holes, matching

_WALK = 100
"""Where n accounts match and n² is over 100 × all, a page fills sooner by walking the list in its order."""
_WALK_BY_NAME = 400
"""By name it pays only for more of them: what begins alike stands together, maybe at the far end."""

_REMEMBERED = 500

_ORDER = {
    AccountSort.URGENCY: "f.urgency, f.n",
    AccountSort.NAME: "i.name_key, i.n",
    AccountSort.AMOUNT: "f.net DESC, f.n DESC",
}

_ITEMS = """
SELECT f.n, a.id, a.number, a.trade_name, a.activity, a.city, a.status, a.renew_by, f.net, f.rejections,
  f.email_missing,
  (SELECT min(v.at) FROM activity v WHERE v.account_id = a.id AND v.kind = 'appointment' AND v.at >= ?),
  (SELECT count(*) FROM proposal p WHERE p.account_id = a.id AND p.status IN ('draft', 'validated', 'ordered')),
  (SELECT count(*) FROM proposal p WHERE p.account_id = a.id AND p.status = 'signed_to_confirm'),
  (SELECT count(*) FROM preparation_item t WHERE t.account_id = a.id AND t.is_done = 0)
    + (SELECT count(*) FROM activity t WHERE t.account_id = a.id AND t.kind = 'task' AND t.done_at IS NULL)
FROM account_figure f JOIN account_index i ON i.n = f.n JOIN account a ON a.id = i.account_id
WHERE f.n IN """


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a filter asks: folded words, and conditions on the figures with their values."""

    words: tuple[str, ...]
    conditions: tuple[str, ...]
    values: tuple[str, ...]


def _asked(wanted: AccountFilter) -> _Asked:
    conditions: list[str] = []
    values: list[str] = []
    if wanted.area is not None:
        conditions.append("f.area = ?")
        values.append(wanted.area)
    if wanted.renew_before is not None:
        # The plus keeps SQLite from going through the index of all urgencies.
        conditions += ["f.renew_by < ?", f"+f.urgency < {NO_RENEWAL}"]
        values.append(wanted.renew_before.isoformat())
    if wanted.without_email:
        conditions.append("f.email_missing = 1")
    if wanted.rejected:
        conditions.append("f.rejections > 0")
    if wanted.loaded:
        conditions.append(
            "f.n IN (SELECT x.n FROM account_load l JOIN account_index x ON x.account_id = l.account_id "
            "WHERE l.state IN ('wanted', 'loaded'))"
        )
    return _Asked(tuple(folded(wanted.text).split()), tuple(conditions), tuple(values))


class Totals:
    """How many accounts match a filter and what they have running, remembered until the store changes.

    Counting costs milliseconds where tens of thousands match, and both the head of the list and its rows need it.
    """

    def __init__(self) -> None:
        self._known: dict[_Asked, tuple[int, int]] = {}
        self._generation = 0

    def forget(self) -> None:
        """The store has changed: count anew."""
        self._generation += 1
        self._known.clear()

    def of(self, connection: Connection, wanted: AccountFilter) -> tuple[int, int]:
        """Give the number of accounts and their net in cents."""
        asked, generation = _asked(wanted), self._generation
        found = self._known.get(asked)
        if found is None:
            found = _count(connection, asked)
            if generation == self._generation and len(self._known) < _REMEMBERED:
                self._known[asked] = found
        return found


def _count(connection: Connection, asked: _Asked) -> tuple[int, int]:
    figures = "account_figure" if asked.conditions else "account_net"
    source, conditions, values = f"{figures} f", asked.conditions, asked.values
    if asked.words:
        source = f"account_search CROSS JOIN {figures} f ON f.n = account_search.rowid"
        conditions, values = ("account_search MATCH ?", *conditions), (matching(asked.words), *values)
    statement = f"SELECT count(*), coalesce(sum(f.net), 0) FROM {source}{_where(conditions)}"  # noqa: S608 - bound
    count, net = connection.exec_driver_sql(statement, values).one()
    return count, net


def account_items(
    connection: Connection, totals: Totals, wanted: AccountFilter, offset: int, limit: int, now: datetime
) -> tuple[AccountItem, ...]:
    """Give one page of the list; `now` tells coming visits from past ones."""
    places = _page(connection, totals, wanted, offset, limit)
    if not places:
        return ()
    found = connection.exec_driver_sql(_ITEMS + holes(len(places)), (microseconds(now), *places))
    items = {
        row[0]: AccountItem(
            id=AccountId(row[1]),
            number=row[2],
            trade_name=row[3],
            activity=row[4],
            city=row[5],
            status=AccountStatus(row[6]),
            renew_by=None if row[7] is None else date.fromisoformat(row[7]),
            running_net=Money(row[8]),
            rejections=row[9],
            email_missing=bool(row[10]),
            next_visit=None if row[11] is None else instant(row[11]),
            drafts=row[12],
            to_confirm=row[13],
            left_to_do=row[14],
        )
        for row in found
    }
    return tuple(items[place] for place in places)


def _page(connection: Connection, totals: Totals, wanted: AccountFilter, offset: int, limit: int) -> list[int]:
    asked = _asked(wanted)
    order = _ORDER[wanted.sort]
    by_name = wanted.sort is AccountSort.NAME
    conditions, values = asked.conditions, asked.values
    if not asked.words:
        source = "account_index i CROSS JOIN account_figure f ON f.n = i.n" if by_name else "account_figure f"
    elif totals.of(connection, wanted)[0] ** 2 > (_WALK_BY_NAME if by_name else _WALK) * _all(connection):
        ends = ("account_index i", "account_figure f")
        first, second = ends if by_name else reversed(ends)
        source = f"{first} CROSS JOIN {second} ON f.n = i.n"
        conditions = (*conditions, *("instr(' ' || i.words, ?) > 0" for _ in asked.words))
        values = (*values, *(f" {word}" for word in asked.words))
    else:
        source = "account_search CROSS JOIN account_figure f ON f.n = account_search.rowid"
        source += " CROSS JOIN account_index i ON i.n = account_search.rowid" if by_name else ""
        conditions, values = ("account_search MATCH ?", *conditions), (matching(asked.words), *values)
    statement = f"SELECT f.n FROM {source}{_where(conditions)} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608 - bound
    return [row[0] for row in connection.exec_driver_sql(statement, (*values, limit, offset))]


def _all(connection: Connection) -> int:
    count: int | None = connection.exec_driver_sql("SELECT max(n) FROM account_net").scalar_one()
    return count or 0


def _where(conditions: tuple[str, ...]) -> str:
    return f" WHERE {' AND '.join(conditions)}" if conditions else ""
