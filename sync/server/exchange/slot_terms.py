"""For how long a limited place is held, and what is let go when that time is over."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from app.domain.catalogue.slot import SlotState
from app.domain.sales.proposal import ProposalStatus
from app.domain.sales.reservation import MAY_ASK, ReservationState
from app.store.engine import Engines
from app.store.rows import SYNCED
from sync.server.clock import now_us
from sync.server.database import upsert
from sync.server.facts import find
from sync.server.feed import Feed, write
from sync.server.tables import HOLD, META

VALID_DAYS = 14
LEAST_DAYS, MOST_DAYS = 1, 365
_DAYS = "reservation_days"
_SLOT, _RESERVATION, _LINE, _PART, _PROPOSAL = (
    SYNCED.tables[name] for name in ("slot", "reservation", "proposal_line", "proposal_sub_order", "proposal")
)
_MAY_GO = frozenset(status.value for status in (*MAY_ASK, ProposalStatus.CLOSED))
_OF_LINE = (
    select(_PART.c.proposal_id).join(_LINE, _LINE.c.sub_order_id == _PART.c.id).where(_LINE.c.id == HOLD.c.line_id)
).scalar_subquery()


def valid_days(connection: Connection) -> int:
    """Give for how many days a place is held that is not ordered."""
    return int(find(connection, _DAYS) or VALID_DAYS)


def days_in(text: str) -> int:
    """Read a number of days from a command. Raises ValueError for one that no place is held for."""
    days = int(text)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        raise ValueError(text)
    return days


def set_valid_days(connection: Connection, wanted: int) -> None:
    """Let places be held for so many days from now on; what is granted already keeps its term."""
    kept = upsert(connection, META).values(name=_DAYS, value=str(wanted))
    connection.execute(kept.on_conflict_do_update(index_elements=["name"], set_={"value": str(wanted)}))


def let_go_of_expired(engines: Engines, at: int | None = None) -> int:
    """Free the places whose time is over and whose proposal was neither ordered nor signed; gives how many.

    `at` is the time of the run (microseconds UTC), now unless told. The proposals are locked first: an order that
    comes meanwhile is either seen, or finds its place gone.
    """
    now = now_us() if at is None else at
    return write(engines, lambda connection, feed: _let_go(connection, feed, now))


def _let_go(connection: Connection, feed: Feed, now: int) -> int:
    over = select(HOLD.c.slot_id, HOLD.c.reservation_id, _OF_LINE.label("proposal_id")).where(HOLD.c.valid_until < now)
    found = connection.execute(over.order_by(HOLD.c.slot_id)).all()
    proposals = sorted({row.proposal_id for row in found if row.proposal_id is not None})
    locked = select(_PROPOSAL.c.id, _PROPOSAL.c.status).where(_PROPOSAL.c.id.in_(proposals))
    states = dict(connection.execute(locked.order_by(_PROPOSAL.c.id).with_for_update()).tuples().all())
    going = [row for row in found if states.get(row.proposal_id, ProposalStatus.CLOSED) in _MAY_GO]
    for row in going:
        connection.execute(select(_SLOT.c.id).where(_SLOT.c.id == row.slot_id).with_for_update())
        connection.execute(delete(HOLD).where(HOLD.c.slot_id == row.slot_id))
        free, expired = {"state": SlotState.FREE.value}, {"state": ReservationState.EXPIRED.value}
        connection.execute(update(_SLOT).where(_SLOT.c.id == row.slot_id).values(free))
        connection.execute(update(_RESERVATION).where(_RESERVATION.c.id == row.reservation_id).values(expired))
        feed.touch("slot", (row.slot_id,))
        feed.touch("reservation", (row.reservation_id,))
    return len(going)
