"""Scripts of the world around: wrong clocks, devices shut out, long queues, what was sent being sent again."""

from __future__ import annotations

import os
from datetime import timedelta

from app.ports.trouble import Trouble
from sync.protocol.handshake import Limits
from sync.server.database import in_one_write
from sync.server.exchange import service
from tests.sync.simulation.deeds import correct, plan, put, tick
from tests.sync.simulation.ledger import must
from tests.sync.simulation.prepared import HERS, contact_of
from tests.sync.simulation.stage import Script, Stage

MANY = 1_000 if os.environ.get("TOURNEE_SOAK") == "1" else 60
"""Changesets that wait at once; they go in three requests."""
ROSE, LYS = contact_of(HERS), contact_of(HERS, 1)


def a_clock_is_a_year_behind(s: Stage) -> None:
    s.marie.device.clock.ahead = timedelta(days=-365)
    s.marie.do(correct(ROSE, email="a@example.org"), plan(HERS, "Rappeler"))
    s.marie.sync()
    s.other.do(correct(ROSE, email="b@example.org"))
    s.other.sync()
    s.plainly("asked", lambda: s.other.problems() == ["CONFLICT"])
    s.expect("the first stands", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


def a_clock_jumps_a_year_ahead_and_back(s: Stage) -> None:
    s.marie.do(plan(HERS, "Rappeler"))
    s.marie.device.clock.ahead = timedelta(days=365)
    s.marie.sync()
    s.marie.do(tick, correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.marie.device.clock.ahead = timedelta()
    s.marie.do(correct(ROSE, email="b@example.org"))
    s.marie.sync()
    s.expect("the last stands", lambda: s.marie.row("contact", ROSE)["email"] == "b@example.org")


def a_device_is_shut_out_and_keeps_its_work(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.marie.do(correct(ROSE, email="b@example.org"))
    shut = "UPDATE sync_device SET revoked_at = 1 WHERE device = ?"
    her = (s.marie.device.enrolled.identity.device,)
    s.at_the_centre(
        lambda centre: in_one_write(centre.engines, lambda connection: connection.exec_driver_sql(shut, her))
    )
    try:
        s.marie.device.exchange()
    except Trouble as trouble:
        must(trouble.code in {"CENTRE_REFUSES", "OFFLINE"}, "a device that is shut out is told", trouble)
    else:
        must(False, "a device that is shut out was let in")
    must(s.marie.device.waiting() == 1, "the work of a device that is shut out stays", s.marie.states())
    s.leaves(s.marie)
    s.other.sync()
    s.expect("the first stands", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


def many_changes_are_sent_at_once(s: Stage) -> None:
    s.patch.setattr(service, "LIMITS", Limits(changesets=MANY // 3))
    with s.in_one_breath():
        for number in range(MANY):
            put("contact", ROSE, role=f"Rôle {number}")(s.marie.device)
    s.marie.sync()
    s.other.sync()
    s.expect("the last stands", lambda: s.other.row("contact", ROSE)["role"] == f"Rôle {MANY - 1}")


def what_was_sent_is_sent_again(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"), correct(LYS, email="l@example.org"), plan(HERS, "Rappeler"))
    s.marie.sync()
    with s.marie.device.feed.writing() as connection:
        connection.exec_driver_sql("UPDATE changeset SET state = 'pending'")
    s.marie.start_again()
    s.marie.do(correct(ROSE, email="b@example.org"))
    s.marie.sync()
    s.other.sync()
    s.expect("once", lambda: len(s.other.device.ids("activity", "kind = 'task'")) == 1)
    s.expect("the last stands", lambda: s.other.row("contact", ROSE)["email"] == "b@example.org")


SCRIPTS: tuple[Script, ...] = (
    a_clock_is_a_year_behind,
    a_clock_jumps_a_year_ahead_and_back,
    a_device_is_shut_out_and_keeps_its_work,
    many_changes_are_sent_at_once,
    what_was_sent_is_sent_again,
)
