"""A place that is held for a customer stays the place it is: an import that says otherwise is refused, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import BindParameter, Connection, bindparam, select

from app.domain.catalogue.slot import Slot
from app.store import codecs
from app.store.rows import SYNCED
from sync.server.imports.cells import Value
from sync.server.imports.problem import Malformed, Problem
from sync.server.imports.rows import ImportedRow
from sync.server.tables import HOLD

_SLOT, _RESERVATION, _ACCOUNT, _PRODUCT = (
    SYNCED.tables[name] for name in ("slot", "reservation", "account", "product")
)
_WANTED: BindParameter[Sequence[str]] = bindparam("wanted", expanding=True)
_LOCKED = select(_SLOT).where(_SLOT.c.id.in_(_WANTED)).order_by(_SLOT.c.id)
_HOLDERS = (
    select(HOLD.c.slot_id, _ACCOUNT.c.trade_name)
    .select_from(HOLD.join(_RESERVATION, _RESERVATION.c.id == HOLD.c.reservation_id))
    .join(_ACCOUNT, _ACCOUNT.c.id == _RESERVATION.c.account_id)
    .where(HOLD.c.slot_id.in_(_WANTED))
)


def must_not_be_moved(
    connection: Connection, changed: Mapping[str, Mapping[str, Value]], rows: Mapping[str, ImportedRow]
) -> None:
    """Raise Malformed where a place that is to become another one is held: the line, for whom, from what to what.

    `changed` are the columns that are to change, by the place's id. What is looked at stays locked, so that nobody is
    granted one of them meanwhile; a mere look ahead (on a connection that only reads) locks nothing.
    """
    ids = sorted(changed)
    if not ids:
        return
    is_reading = connection.get_execution_options().get("postgresql_readonly", False)
    standing = _LOCKED if is_reading else _LOCKED.with_for_update()
    places = {str(row["id"]): dict(row) for row in connection.execute(standing, {"wanted": ids}).mappings()}
    holders = {row.slot_id: row.trade_name for row in connection.execute(_HOLDERS, {"wanted": ids})}
    found = list(_problems(connection, places, holders, changed, rows))
    if found:
        raise Malformed(*found)


def _problems(
    connection: Connection,
    places: Mapping[str, dict[str, Value]],
    holders: Mapping[str, str],
    changed: Mapping[str, Mapping[str, Value]],
    rows: Mapping[str, ImportedRow],
) -> Iterator[Problem]:
    held = {slot_id: (places[slot_id], {**places[slot_id], **changed[slot_id]}) for slot_id in holders}
    names = _names(connection, [str(place["product_id"]) for both in held.values() for place in both])
    for slot_id, (was, now) in held.items():
        facts = {"account": holders[slot_id], "was": _words(was, names), "now": _words(now, names)}
        row = rows[slot_id]
        yield Problem(file=row.file, line=row.line, place="", code="SLOT_HELD", facts=facts)


def _names(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    wanted = select(_PRODUCT.c.id, _PRODUCT.c.name).where(_PRODUCT.c.id.in_(_WANTED))
    return {row.id: row.name for row in connection.execute(wanted, {"wanted": ids})}


def _words(place: dict[str, Value], names: Mapping[str, str]) -> str:
    slot: Slot = codecs.SLOT.value(place)
    return slot.words(names.get(slot.product_id, ""))
