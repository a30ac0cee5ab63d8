"""Scripts of stores that are copied or put back, beside a centre that may be put back too."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from app.ports.trouble import Trouble
from tests.sync.simulation.centre import SimulatedCentre
from tests.sync.simulation.deeds import correct, plan, put, tick
from tests.sync.simulation.device import DeviceDied
from tests.sync.simulation.prepared import HERS, contact_of
from tests.sync.simulation.scripts_scopes import new_epoch, while_asking
from tests.sync.simulation.stage import Actor, Script, Stage
from tests.sync.simulation.wire import Fault

ROSE, LYS = contact_of(HERS), contact_of(HERS, 1)


def a_device_is_put_back_from_an_old_disk(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    copy = s.marie.device.copy(s.folder / "old.db")
    s.marie.do(correct(ROSE, email="b@example.org"), plan(HERS, "Rappeler"))
    s.marie.sync()
    s.marie.device.put_back(copy)
    s.marie.do(correct(LYS, email="l@example.org"))
    s.marie.sync()
    s.other.sync()
    s.expect("nothing is lost", lambda: s.other.row("contact", ROSE)["email"] == "b@example.org")
    s.expect("the new work too", lambda: s.other.row("contact", LYS)["email"] == "l@example.org")


def office_puts(s: Stage, times: int) -> None:
    for time in range(times):
        s.at_the_centre(partial(SimulatedCentre.put, table="contact", row=LYS, role=f"Rôle {time}"))


def a_refused_edit_lay_on_a_row_that_the_centre_has_in_an_older_state(s: Stage) -> None:
    """She makes it while her portfolio is read anew: once it is refused, what was read must be there."""

    def lose(s: Stage) -> None:
        office_puts(s, 3)
        s.marie.sync()

    s.put_the_centre_back(lose)
    s.at_the_centre(new_epoch)
    while_asking(s, 5, put("contact", LYS, name="X" * 100_001))  # after first words, catalogue, team, what it holds
    s.marie.sync()
    s.marie.device.wire.meanwhile = lambda: None
    s.plainly("refused", lambda: len(s.marie.problems()) == 1)
    s.expect("as it was before", lambda: s.marie.row("contact", LYS)["role"] == "")


def what_is_sent_again_is_a_guess_until_it_is_told(s: Stage) -> None:
    """She dies over it before she hears the row; her other device does again what came after, under that version."""

    def lose(s: Stage) -> None:
        s.marie.do(correct(ROSE, role="Patronne"))
        s.marie.sync()
        s.other.sync()
        s.other.do(correct(ROSE, role="Gérante"))
        s.other.sync()
        office_puts(s, 3)
        s.marie.sync()

    s.put_the_centre_back(lose)
    s.marie.device.received.may_differ = s.other.device.received.may_differ = True
    s.marie.start_again()
    with s.in_one_breath(), suppress(DeviceDied):
        s.marie.device.dies_in = 4  # the answer is kept, the rows are not
        s.marie.device.exchange()
    s.marie.start_again()
    s.other.start_again()
    s.other.sync()
    office_puts(s, 4)  # so that the entry at which her cursor stood moved on
    s.marie.sync()
    s.expect("as it is", lambda: s.marie.row("contact", ROSE)["role"] == "Gérante")


def a_store_is_copied_and_both_go_on(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    twin = s.twin(s.marie)
    s.marie.do(plan(HERS, "Rappeler"))
    twin.do(correct(LYS, email="l@example.org"))
    s.marie.sync()
    twin.sync()
    s.marie.do(tick)
    twin.do(correct(LYS, role="Gérante"))
    twin.sync()
    s.marie.sync()
    s.expect("two devices", lambda: s.marie.device.id != twin.device.id)
    s.expect("both are there", lambda: s.marie.row("contact", LYS)["role"] == "Gérante")


def a_copy_sends_again_to_a_centre_that_was_put_back_and_is_answered_otherwise(s: Stage) -> None:
    """The other copy, whose numbers are those of the first, has no cause to send: it keeps the answer that it heard."""

    def lose(s: Stage) -> None:
        s.marie.do(correct(ROSE, role="Patronne"))
        s.marie.sync()

    s.put_the_centre_back(lose)
    twin = s.twin(s.marie)
    s.at_the_centre(lambda centre: centre.put("contact", ROSE, role="Gérante"))
    s.marie.sync()
    s.plainly("asked by the one", lambda: s.marie.problems() == ["CONFLICT"])
    twin.do(correct(LYS, email="l@example.org"))
    twin.sync()
    s.marie.do(correct(LYS, role="Associée"))
    s.marie.sync()
    twin.sync()
    s.expect("the same here", lambda: twin.row("contact", ROSE)["role"] == "Gérante")
    s.expect("and the work of both", lambda: (lys := s.marie.row("contact", LYS))["email"] != "" != lys["role"])
    s.plainly("the other as it was", lambda: twin.states()[0] == "applied" and not twin.problems())


def its_place_is_taken(s: Stage) -> Actor:
    """A copy is heard by a centre that is put back, and the other takes its number; gives the copy, at work again."""
    twin = s.twin(s.marie)
    twin.do(correct(ROSE, email="a@example.org"))
    s.put_the_centre_back(lambda _: twin.sync())
    s.marie.do(correct(LYS, email="l@example.org"))
    s.marie.sync()
    twin.do(plan(HERS, "Rappeler"))
    return twin


def a_copy_takes_the_place_of_what_a_centre_lost(s: Stage) -> None:
    """Under the number of what it did, of which the centre knows nothing any more, there is another's; it goes on."""
    twin = its_place_is_taken(s)
    twin.start_again()
    twin.sync()
    s.expect("sent again", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


def a_copy_takes_the_place_and_it_goes_on_before_it_is_found_out(s: Stage) -> None:
    """Both numbers and their last digest fit; that it reads anew, as its cursor is of another history, tells it."""
    twin = its_place_is_taken(s)
    twin.sync()
    s.expect("sent again", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")


def a_copy_takes_the_place_of_the_first_that_a_centre_lost(s: Stage) -> None:
    """What it lost beyond is missing, of what came before another's stands there."""
    twin = s.twin(s.marie)
    twin.do(correct(ROSE, email="a@example.org"), plan(HERS, "Rappeler"))
    s.put_the_centre_back(lambda _: twin.sync())
    s.marie.do(correct(LYS, email="l@example.org"))
    s.marie.sync()
    twin.start_again()
    twin.sync()
    s.expect("sent again", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")
    s.expect("and the other", lambda: len(s.other.device.ids("activity", "subject = 'Rappeler'")) == 1)


def a_copy_takes_the_place_of_all_that_a_centre_lost(s: Stage) -> None:
    """As many as it lost are there, but the other's; its cursor fits, and it goes on without first words."""
    twin = s.twin(s.marie)
    twin.do(correct(ROSE, email="a@example.org"), plan(HERS, "Rappeler"))
    s.put_the_centre_back(lambda _: twin.sync())
    s.marie.do(correct(LYS, email="l@example.org"), correct(LYS, role="Gérante"))
    s.marie.sync()
    office_puts(s, 3)  # so that the entry at which its cursor stood moved on
    twin.device.received.may_differ = True
    twin.do(correct(LYS, phone="1"))
    twin.sync()
    s.expect("sent again", lambda: s.other.row("contact", ROSE)["email"] == "a@example.org")
    s.expect("and the other", lambda: len(s.other.device.ids("activity", "subject = 'Rappeler'")) == 1)
    s.expect("and what came after", lambda: s.other.row("contact", LYS)["phone"] == "1")


def a_renewal_is_asked_for_twice_and_the_first_comes_late(s: Stage) -> None:
    s.marie.sync()
    twin = s.twin(s.marie)
    s.marie.do(plan(HERS, "Rappeler"))
    s.marie.sync()
    twin.do(correct(LYS, email="l@example.org"))
    with s.in_one_breath(), s.weather.plan(None, Fault.LATE):
        with suppress(Trouble):
            twin.device.exchange()  # hello is answered; the renewal is long on its way, and asked for again
        twin.device.exchange()
    twin.do(correct(LYS, role="Gérante"))
    twin.sync()
    s.marie.sync()
    s.expect("two devices", lambda: s.marie.device.id != twin.device.id)
    s.expect("both are there", lambda: s.marie.row("contact", LYS)["role"] == "Gérante")


SCRIPTS: tuple[Script, ...] = (
    a_refused_edit_lay_on_a_row_that_the_centre_has_in_an_older_state,
    a_device_is_put_back_from_an_old_disk,
    what_is_sent_again_is_a_guess_until_it_is_told,
    a_store_is_copied_and_both_go_on,
    a_copy_sends_again_to_a_centre_that_was_put_back_and_is_answered_otherwise,
    a_copy_takes_the_place_of_what_a_centre_lost,
    a_copy_takes_the_place_and_it_goes_on_before_it_is_found_out,
    a_copy_takes_the_place_of_the_first_that_a_centre_lost,
    a_copy_takes_the_place_of_all_that_a_centre_lost,
    a_renewal_is_asked_for_twice_and_the_first_comes_late,
)
