"""Scripts of the world around: wrong clocks, devices shut out, long queues, what was sent being sent again."""

from __future__ import annotations

import os
from datetime import timedelta

from app.ports.trouble import Trouble
from app.store.rows import SYNCED
from sync.protocol.handshake import Limits
from sync.server.database import in_one_write
from sync.server.exchange import service
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.deeds import correct, plan, put, remove, tick
from tests.sync.simulation.ledger import must
from tests.sync.simulation.prepared import HERS, contact_of
from tests.sync.simulation.scripts_scopes import new_epoch
from tests.sync.simulation.stage import Actor, Script, Stage

CONTACT = SYNCED.tables["contact"]
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


def a_clock_that_was_a_year_behind_is_put_right_and_nothing_is_let_go(s: Stage) -> None:
    s.marie.device.clock.ahead = timedelta(days=-365)
    s.marie.do(correct(ROSE, email="a@example.org"), correct(ROSE, email="b@example.org"))
    s.marie.sync()
    s.marie.device.clock.ahead = timedelta()
    s.marie.do(correct(LYS, email="l@example.org"))
    s.marie.start_again()
    s.marie.sync()
    s.marie.start_again()
    s.marie.sync()
    s.plainly("all can still be sent again", lambda: len(s.marie.states()) == 3)


def a_device_is_shut_out_and_keeps_its_work(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.marie.do(correct(ROSE, email="b@example.org"))
    shut = "UPDATE sync_device SET revoked_at = 1 WHERE device = ?"
    her = (s.marie.device.enrolled.identity.device,)
    s.at_the_centre(
        lambda centre: in_one_write(centre.engines, lambda connection: connection.exec_driver_sql(shut, her))
    )
    before = s.marie.device.waiting()
    try:
        s.marie.device.exchange()
    except Trouble as trouble:
        must(trouble.code in {"CENTRE_REFUSES", "OFFLINE"}, "a device that is shut out is told", trouble)
    else:
        must(False, "a device that is shut out was let in")
    must(s.marie.device.waiting() == before > 0, "the work of a device that is shut out stays", s.marie.states())
    s.leaves(s.marie)
    s.other.sync()
    s.expect("the first stands", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


def how_many() -> int:
    """Give how many changesets wait at once, which go in three requests; asked late: a soak says so after the start."""
    return 1_000 if os.environ.get("TOURNEE_SOAK") == "1" else 60


def many_changes_are_sent_at_once(s: Stage) -> None:
    many = how_many()
    s.patch.setattr(service, "LIMITS", Limits(changesets=many // 3))
    with s.in_one_breath():
        for number in range(many):
            put("contact", ROSE, role=f"Rôle {number}")(s.marie.device)
    s.marie.sync()
    s.other.sync()
    s.expect("the last stands", lambda: s.other.row("contact", ROSE)["role"] == f"Rôle {many - 1}")


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


# ---------------------------------------------------------------------------------------------- copies and old disks
def the_centre_is_put_back_and_nobody_is_told(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.put_the_centre_back(_work_that_will_be_lost)
    s.marie.do(correct(LYS, email="b@example.org"))
    s.marie.sync()
    s.other.sync()
    s.expect("sent again", lambda: s.other.row("contact", ROSE)["email"] == "lost@example.org")
    s.expect("the new work too", lambda: s.other.row("contact", LYS)["email"] == "b@example.org")


def _work_that_will_be_lost(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="lost@example.org"), plan(HERS, "Rappeler"))
    s.marie.sync()


def the_centre_is_put_back_as_it_should_be(s: Stage) -> None:
    s.put_the_centre_back(_work_that_will_be_lost)
    s.at_the_centre(new_epoch)
    s.other.sync()
    s.marie.sync()
    s.other.sync()
    s.expect("sent again", lambda: s.other.row("contact", ROSE)["email"] == "lost@example.org")
    s.expect("once", lambda: len(s.other.device.ids("activity", "subject = 'Rappeler'")) == 1)


def a_version_is_given_twice_by_a_centre_that_is_put_back(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.put_the_centre_back(lambda s: _change_twice(s.marie, "lost@example.org"))
    _change_twice(s.other, "b@example.org")
    s.marie.do(correct(ROSE, email="c@example.org"))
    s.marie.sync()
    s.other.sync()
    s.expect("what came between stands", lambda: s.marie.row("contact", ROSE)["email"] == "b@example.org")
    s.plainly("the rep is asked", lambda: "CONFLICT" in s.marie.problems())


def _change_twice(who: Actor, email: str) -> None:
    who.sync()
    who.do(correct(ROSE, email="x@example.org"))
    who.do(correct(ROSE, email=email))
    who.sync()


def a_version_says_the_same_however_often_it_is_given(s: Stage) -> None:
    """Neither numbers nor cursor tell her other device that the centre was put back: the versions do, by their sum."""

    def lose(s: Stage) -> None:
        s.marie.do(correct(ROSE, role="Patronne"))
        s.marie.sync()
        s.at_the_centre(lambda centre: centre.put("contact", LYS, role="Associée"))
        s.other.sync()

    s.put_the_centre_back(lose)
    s.at_the_centre(
        lambda centre: centre.put("contact", ROSE, role="Gérante"),
        lambda centre: centre.put("contact", LYS, role="Fille"),
        lambda centre: centre.put(
            "contact", LYS, role="Nièce"
        ),  # the entry of her cursor moves on, and its tag with it
    )
    s.marie.sync()
    s.other.device.received.may_differ = True
    s.other.sync()
    s.plainly("heard at once", lambda: s.other.row("contact", ROSE)["role"] == "Gérante")
    s.plainly("she is asked", lambda: s.marie.problems() == ["CONFLICT"])


def a_deletion_that_was_beaten_is_asked_again_of_a_centre_that_was_put_back(s: Stage) -> None:
    s.other.do(correct(LYS, role="Associée"))
    s.other.sync()
    s.marie.do(remove("contact", LYS))
    s.put_the_centre_back(lambda s: s.marie.sync())
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.expect("it stands as it was", lambda: s.marie.row("contact", LYS)["role"] == "Associée")


def much_is_deleted_at_once_and_the_rep_is_asked(s: Stage) -> None:
    people = [f"{number:02x}" * 16 for number in range(0x50, 0x50 + 30)]
    empty: dict[str, str | int] = {"account_id": HERS, "is_signatory": 0}

    def come(centre: SimulatedCentre) -> None:
        with centre.work().begin("office") as tx:
            for place, person in enumerate(people, 10):
                tx.rows.put(CONTACT, {"id": person, "name": f"P{place}", "position": place, **empty})
            tx.commit()

    def go(centre: SimulatedCentre) -> None:
        with centre.work().begin("office") as tx:
            for person in people:
                tx.rows.remove(CONTACT, person)
            tx.commit()

    s.at_the_centre(come)
    s.marie.sync()
    s.other.sync()
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.at_the_centre(go)
    s.marie.sync()
    s.plainly("all are still there", lambda: len(s.marie.device.ids("contact", f"account_id = '{HERS}'")) == 32)
    s.plainly("work went up all the same", lambda: s.marie.states() == ["applied"])

    def agree() -> None:
        for actor in (s.marie, s.other):
            actor.device.exchange()
            actor.device.agree()

    s.in_the_end(agree)
    s.expect("gone", lambda: len(s.marie.device.ids("contact", f"account_id = '{HERS}'")) == 2)


def what_was_answered_long_ago_is_let_go(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"), plan(HERS, "Rappeler"), correct(ROSE, email="b@example.org"))
    s.marie.sync()
    s.time.pass_by(100 * 86_400)
    s.marie.do(correct(LYS, email="l@example.org"), correct(LYS, email="m@example.org"))
    s.marie.start_again()
    s.marie.sync()
    s.marie.start_again()
    s.marie.do(correct(LYS, email="n@example.org"))
    s.marie.sync()
    s.plainly("the old ones are gone", lambda: len(s.marie.states()) < 6)
    s.expect("the last stands", lambda: s.marie.row("contact", LYS)["email"] == "n@example.org")


def an_app_that_is_too_old_may_still_send(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.breaks.outgrow_the_app()
    s.at_the_centre(lambda centre: centre.put("contact", LYS, role="Gérante"))
    s.marie.sync()
    s.plainly("it went up", lambda: s.marie.states() == ["applied"])
    s.plainly("nothing came down", lambda: s.marie.row("contact", LYS)["role"] == "")
    s.breaks.renew_the_apps()
    s.marie.sync()
    s.expect("renewed, it hears all", lambda: s.marie.row("contact", LYS)["role"] == "Gérante")


def a_damaged_row_is_repaired_under_an_edit(s: Stage) -> None:
    s.at_the_centre(lambda centre: centre.put("contact", LYS, role="Gérante"))
    s.marie.sync()
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.damage(s.marie, "contact", LYS, role="Abîmée")
    s.damage(s.marie, "contact", ROSE, role="Abîmée")
    s.at_the_centre(lambda centre: centre.put("account", HERS, activity="Fleuristes"))

    def go_on() -> None:
        if s.marie.device.wire.under_way == "/sync/v1/repair":
            correct(LYS, phone="0237000001")(s.marie.device)

    s.marie.device.wire.meanwhile = go_on
    s.marie.sync()
    s.marie.device.wire.meanwhile = lambda: None
    s.expect("mended", lambda: s.marie.row("contact", LYS)["role"] == "Gérante")
    s.expect("with what she did meanwhile", lambda: s.other.row("contact", LYS)["phone"] == "0237000001")
    s.expect("with her edit", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


SCRIPTS: tuple[Script, ...] = (
    a_clock_is_a_year_behind,
    a_clock_jumps_a_year_ahead_and_back,
    a_clock_that_was_a_year_behind_is_put_right_and_nothing_is_let_go,
    a_device_is_shut_out_and_keeps_its_work,
    many_changes_are_sent_at_once,
    what_was_sent_is_sent_again,
    the_centre_is_put_back_and_nobody_is_told,
    the_centre_is_put_back_as_it_should_be,
    a_version_is_given_twice_by_a_centre_that_is_put_back,
    a_version_says_the_same_however_often_it_is_given,
    a_deletion_that_was_beaten_is_asked_again_of_a_centre_that_was_put_back,
    much_is_deleted_at_once_and_the_rep_is_asked,
    what_was_answered_long_ago_is_let_go,
    an_app_that_is_too_old_may_still_send,
    a_damaged_row_is_repaired_under_an_edit,
)
