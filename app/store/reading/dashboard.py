"""The figures of the portfolio: signed and at stake, losses by reason, progress by area."""

from __future__ import annotations

from sqlalchemy import Connection

from app.domain.money import Money
from app.domain.sales.proposal import ProposalStatus
from app.ports.readers import DashboardPicture

_SIGNED = "('signed', 'signed_to_confirm')"

_SIGNED_NET = f"""
SELECT coalesce(sum(l.net), 0) FROM proposal p JOIN proposal_sub_order s ON s.proposal_id = p.id
JOIN proposal_line l ON l.sub_order_id = s.id WHERE p.edition = ? AND p.status IN {_SIGNED}"""  # noqa: S608 - constants

_DONE = f"""
SELECT account_id FROM proposal WHERE edition = ? AND status IN {_SIGNED}
UNION SELECT account_id FROM loss WHERE edition = ? AND kind = 'total' AND revoked_at IS NULL"""  # noqa: S608 - constants

_DONE_BY_AREA = f"""
SELECT f.area, count(*), sum(f.net) FROM ({_DONE}) d
JOIN account_index i ON i.account_id = d.account_id JOIN account_figure f ON f.n = i.n GROUP BY f.area"""  # noqa: S608 - constants

_ALL_BY_AREA = "SELECT area, count(*), sum(net) FROM account_figure GROUP BY area ORDER BY area"

_LOSSES = """
SELECT reason, sum(net) FROM loss WHERE edition = ? AND revoked_at IS NULL GROUP BY reason ORDER BY 2 DESC, 1"""

_STATUSES = "SELECT status, count(*) FROM proposal WHERE edition = ? GROUP BY status"


def dashboard(connection: Connection, edition: int) -> DashboardPicture:
    """Give the figures of an edition: an account counts as done when it signed or was lost altogether.

    At stake is what runs at the accounts that are not done.
    """
    signed: int = connection.exec_driver_sql(_SIGNED_NET, (edition,)).scalar_one()
    done = {row[0]: (row[1], row[2]) for row in connection.exec_driver_sql(_DONE_BY_AREA, (edition, edition))}
    areas = connection.exec_driver_sql(_ALL_BY_AREA).all()
    losses = connection.exec_driver_sql(_LOSSES, (edition,))
    counts = {row[0]: row[1] for row in connection.exec_driver_sql(_STATUSES, (edition,))}
    return DashboardPicture(
        signed_net=Money(signed),
        at_stake_net=Money(sum(row[2] - done.get(row[0], (0, 0))[1] for row in areas)),
        losses_by_reason=tuple((row[0], Money(row[1])) for row in losses),
        progress_by_area=tuple((row[0], done.get(row[0], (0, 0))[0], row[1]) for row in areas),
        proposals_by_status=tuple((status, counts[status]) for status in ProposalStatus if status in counts),
    )
