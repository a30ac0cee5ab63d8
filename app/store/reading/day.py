"""The day of the rep: visits in order, rejections, open tasks, and how much is to be renewed soon."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection

from app.domain.accounts.activity import Activity
from app.domain.desk.request import Request
from app.domain.identifiers import AccountId, RepId
from app.domain.money import Money
from app.ports.readers import TodayPicture, Visit
from app.store import codecs
from app.store.assembling import accounts_from
from app.store.codec import microseconds
from app.store.quick_lists import LOST
from app.store.reading.sql import holes, values_where
from app.store.tracked import PlainRows

RENEWAL_AHEAD = timedelta(days=60)


def today(connection: Connection, day: date, me: RepId) -> TodayPicture:
    """Give the picture of a day, as long as it lasts where the rep is."""
    appointments = _appointments(connection, day, me)
    rejections = values_where(
        connection,
        codecs.REQUEST,
        "WHERE kind = 'rejection' AND state <> 'resolved' ORDER BY made_at DESC, id",
    )
    tasks = values_where(
        connection,
        codecs.ACTIVITY,
        "WHERE kind = 'task' AND done_at IS NULL "
        "AND EXISTS (SELECT 1 FROM account_index i WHERE i.account_id = activity.account_id) "
        "ORDER BY due_on IS NULL, due_on, at, id",
    )
    names = _names(connection, appointments, rejections, tasks)
    return TodayPicture(
        day=day,
        visits=_visits(connection, appointments),
        rejections=tuple(rejections),
        tasks=tuple((task, names.get(task.account_id, "")) for task in tasks),
        account_names=names,
        to_renew=_to_renew(connection, day),
    )


def _appointments(connection: Connection, day: date, me: RepId) -> list[Activity]:
    begins = datetime.combine(day, time.min).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time.min).astimezone(UTC)
    condition = "WHERE kind = 'appointment' AND at >= ? AND at < ? AND coalesce(rep_id, ?) = ? ORDER BY at, id"
    values = (microseconds(begins), microseconds(ends), me, me)
    return values_where(connection, codecs.ACTIVITY, condition, values)


def _visits(connection: Connection, appointments: list[Activity]) -> tuple[Visit, ...]:
    ids = sorted({appointment.account_id for appointment in appointments})
    if not ids:
        return ()
    accounts = {account.id: account for account in accounts_from(PlainRows(connection), "id", ids)}
    statement = f"""
        SELECT i.account_id,
          coalesce((SELECT sum(l.net) FROM proposal p JOIN proposal_sub_order s ON s.proposal_id = p.id
            JOIN proposal_line l ON l.sub_order_id = s.id
            WHERE p.id = (SELECT max(d.id) FROM proposal d
              WHERE d.account_id = i.account_id AND d.kind = 'default' AND d.status <> 'closed')), f.net),
          (SELECT count(*) FROM proposal p WHERE p.account_id = i.account_id AND p.status <> 'closed')
        FROM account_index i JOIN account_figure f ON f.n = i.n WHERE i.account_id IN {holes(len(ids))}"""  # noqa: S608 - constants
    stakes = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(statement, tuple(ids))}
    return tuple(
        Visit(
            activity=appointment,
            account=accounts[appointment.account_id],
            at_stake=Money(stakes[appointment.account_id][0]),
            note=appointment.detail,
            proposals=stakes[appointment.account_id][1],
        )
        for appointment in appointments
        if appointment.account_id in accounts and appointment.account_id in stakes  # not one that left
    )


def _names(
    connection: Connection, appointments: list[Activity], rejections: list[Request], tasks: list[Activity]
) -> dict[AccountId, str]:
    ids = {entry.account_id for entry in (*appointments, *tasks)} | {entry.account_id for entry in rejections}
    if not ids:
        return {}
    statement = f"SELECT id, trade_name FROM account WHERE id IN {holes(len(ids))}"  # noqa: S608 - holes only
    return {AccountId(row[0]): row[1] for row in connection.exec_driver_sql(statement, tuple(ids))}


def _to_renew(connection: Connection, day: date) -> int:
    statement = f"SELECT count(*) FROM account_figure WHERE urgency < {LOST} AND renew_by BETWEEN ? AND ?"  # noqa: S608 - constants
    last = day + RENEWAL_AHEAD
    count: int = connection.exec_driver_sql(statement, (day.isoformat(), last.isoformat())).scalar_one()
    return count
