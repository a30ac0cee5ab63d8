"""Scripts of limited places: who comes first has it, who comes second hears what is left, and nothing is sold twice."""

from __future__ import annotations

import hashlib

from tests.sync.later import of_the_first_revision
from tests.sync.selling_places import COVER, LOIRET, SPRING
from tests.sync.simulation.deeds import correct, order, sign, undo, validate
from tests.sync.simulation.places import ask, go_without, offer, release, take_instead, take_out, tidy
from tests.sync.simulation.prepared import FLORIST, HERS, HIS, contact_of
from tests.sync.simulation.stage import Actor, Script, Stage

_DAY = 86_400


def granted(s: Stage, slot: str = COVER) -> list[str]:
    """Give whose place it is, by the account."""
    wanted = "SELECT account_id FROM reservation WHERE slot_id = :slot AND state = 'granted'"
    return [str(row["account_id"]) for row in s.centre.rows(wanted, slot=slot)]


def both_ask(s: Stage, first: Actor, second: Actor) -> None:
    s.marie.do(offer(HERS))
    s.paul.do(offer(HIS))
    s.marie.do(ask(HERS))
    s.paul.do(ask(HIS))
    first.sync()
    second.sync()
    s.expect("one has it", lambda: len(granted(s)) == 1)


def two_reps_ask_for_the_last_place_and_she_is_first(s: Stage) -> None:
    both_ask(s, s.marie, s.paul)
    s.plainly("hers", lambda: granted(s) == [HERS])
    s.plainly("he is told", lambda: s.paul.problems() == ["SLOT_TAKEN"])
    s.paul.do(ask(HIS, SPRING))
    s.paul.sync()
    s.plainly("he takes what is left", lambda: granted(s, SPRING) == [HIS])


def two_reps_ask_for_the_last_place_and_he_is_first(s: Stage) -> None:
    both_ask(s, s.paul, s.marie)
    s.plainly("his", lambda: granted(s) == [HIS])
    s.plainly("she is told", lambda: s.marie.problems() == ["SLOT_TAKEN"])


def a_place_is_let_go_and_goes_to_who_asks_next(s: Stage) -> None:
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.paul.do(offer(HIS))
    s.paul.sync()
    s.marie.do(release(HERS))
    s.marie.sync()
    s.paul.sync()
    s.paul.do(ask(HIS))
    s.paul.sync()
    s.plainly("his", lambda: granted(s) == [HIS])
    s.other.sync()


def asked_let_go_and_asked_again_offline(s: Stage) -> None:
    s.marie.do(offer(HERS), ask(HERS), release(HERS), ask(HERS, LOIRET), ask(HERS))
    s.marie.sync()
    s.expect("the last word", lambda: (granted(s), granted(s, LOIRET)) == ([HERS], []))


def let_go_and_taken_back_while_the_other_device_orders(s: Stage) -> None:
    """What is ordered lets no place go, and who takes the word back has it still: it stays granted."""
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.other.sync()
    s.other.do(validate, order)
    s.other.sync()
    s.marie.do(release(HERS), undo)
    s.marie.sync()
    s.plainly("still hers", lambda: granted(s) == [HERS])
    s.plainly("she sees it", lambda: _states(s.marie) == ["granted"])


def an_asking_is_taken_back_by_undo(s: Stage) -> None:
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.marie.do(undo)
    s.marie.sync()
    s.other.sync()
    s.plainly("free again", lambda: not granted(s))


def a_place_goes_with_its_line_and_comes_back_by_undo(s: Stage) -> None:
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.marie.do(take_out(HERS))
    s.marie.sync()
    s.plainly("free", lambda: not granted(s))
    s.marie.do(undo)
    s.paul.do(offer(HIS), ask(HIS))
    s.paul.sync()
    s.marie.sync()
    s.plainly("his", lambda: granted(s) == [HIS])
    s.plainly("what comes back was asked anew", lambda: s.marie.problems() == ["SLOT_TAKEN"])


def a_place_that_a_colleague_asked_for_comes_back_by_undo(s: Stage) -> None:
    """It is asked for anew by who takes her word back: nobody may ask in another's name."""
    s.paul.do(offer(HIS), ask(HIS))
    s.paul.sync()
    s.at_the_centre(lambda centre: centre.put("account", HIS, rep_id=s.reps[0]))
    s.marie.sync()
    s.marie.do(ask(HIS, LOIRET), undo)
    s.marie.sync()
    s.plainly("nothing was refused", lambda: not s.marie.problems())
    s.expect("the last word", lambda: (granted(s), granted(s, LOIRET)) == ([HIS], []))


def a_place_is_asked_for_while_the_other_device_takes_its_line_out(s: Stage) -> None:
    s.marie.do(offer(HERS))
    s.marie.sync()
    s.other.sync()
    s.marie.do(ask(HERS))
    s.other.do(take_out(HERS))
    s.other.sync()
    s.marie.sync()
    told = "SELECT parameters ->> 'proposal' AS name FROM problem WHERE code = 'LINE_UNKNOWN'"
    s.plainly(
        "she is told in which proposal", lambda: [bool(row["name"]) for row in s.marie.device.rows(told)] == [True]
    )
    s.expect("free", lambda: not granted(s))


def the_time_is_over_while_the_rep_is_offline(s: Stage) -> None:
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.time.pass_by(15 * _DAY)
    s.at_the_centre(tidy)
    s.paul.sync()
    s.paul.do(offer(HIS), ask(HIS))
    s.paul.sync()
    s.marie.do(correct(contact_of(HERS), role="Gérante"))
    s.marie.sync()
    s.plainly("his", lambda: granted(s) == [HIS])
    s.plainly("hers is over", lambda: _states(s.marie) == ["expired"])
    s.plainly("she cannot order", lambda: not s.marie.problems())


def what_was_ordered_in_time_has_its_place_again(s: Stage) -> None:
    """The order lay on the device until the centre had let the place go; nobody else took it."""
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.marie.do(validate, order)
    s.time.pass_by(15 * _DAY)
    s.at_the_centre(tidy)
    s.plainly("free", lambda: not granted(s))
    s.marie.sync()
    s.expect("hers again", lambda: granted(s) == [HERS])
    s.time.pass_by(15 * _DAY)
    s.at_the_centre(tidy)
    s.plainly("for as long as it is ordered", lambda: granted(s) == [HERS])


def what_was_ordered_too_late_is_refused(s: Stage) -> None:
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    s.marie.do(validate, order)
    it_goes_to_him_meanwhile(s)
    s.plainly("she is told", lambda: s.marie.problems() == ["PLACE_LOST"])


def it_goes_to_him_meanwhile(s: Stage) -> None:
    """Her time is over, he asks and has the place; then she comes with what she did."""
    s.time.pass_by(15 * _DAY)
    s.at_the_centre(tidy)
    s.paul.sync()
    s.paul.do(offer(HIS), ask(HIS))
    s.paul.sync()
    s.marie.sync()
    s.plainly("his", lambda: granted(s) == [HIS])


def sell_it_to_another(s: Stage) -> list[str]:
    """She has the florist sign offline until her time is over and he has the place; gives what was signed, by name."""
    s.marie.do(offer(FLORIST), ask(FLORIST))
    s.marie.sync()
    s.marie.do(validate, order, sign())
    it_goes_to_him_meanwhile(s)
    s.plainly("she is told once, in one piece", lambda: s.marie.problems() == ["SIGNED_PLACE_LOST"])
    s.plainly("what was signed is kept here", lambda: len(signed(s.marie)) == 1)
    return signed(s.marie)


def signed(actor: Actor) -> list[str]:
    """Give the forms that were signed, by number and SHA-256, as they lie on a device: their bytes are looked at."""
    wanted = (
        "SELECT d.number, d.sha256, b.content FROM document d JOIN blob b ON b.sha256 = d.sha256 "
        "WHERE d.kind = 'signed_order_form' ORDER BY d.number"
    )
    with actor.device.store.engine.reader.connect() as connection:
        found = connection.exec_driver_sql(wanted).all()
    return [f"{number} {sha256}" for number, sha256, content in found if hashlib.sha256(content).hexdigest() == sha256]


def taken_in(s: Stage) -> list[str]:
    """Give the forms that were signed, as the centre has them."""
    wanted = "SELECT number, sha256 FROM document WHERE kind = 'signed_order_form' ORDER BY number"
    return [f"{row['number']} {row['sha256']}" for row in s.centre.rows(wanted)]


def is_sold(s: Stage, account: str, version: int) -> bool:
    """Whether the account's proposal is signed, in this version, with this many."""
    wanted = "SELECT status, version FROM proposal WHERE account_id = :account"
    return s.centre.rows(wanted, account=account) == [{"status": "signed_to_confirm", "version": version}]


def signed_offline_while_its_place_was_sold_to_another_and_signed_again_for_another_place(s: Stage) -> None:
    proof = sell_it_to_another(s)
    s.marie.do(take_instead(FLORIST, SPRING))
    s.marie.sync()
    s.plainly("another place is hers", lambda: granted(s, SPRING) == [FLORIST])
    s.plainly("the proof went up by itself", lambda: taken_in(s) == proof)
    s.marie.do(order, sign())
    s.marie.sync()
    s.other.sync()
    s.expect("what was signed first is as it was", lambda: not proof or taken_in(s)[:1] == proof)
    s.plainly("and what is signed now arrived", lambda: taken_in(s) == signed(s.marie))
    s.plainly("two forms", lambda: len(signed(s.marie)) == 2)
    s.plainly("one order", lambda: is_sold(s, FLORIST, 2))
    s.expect("never oversold", lambda: len(granted(s)) <= 1 and len(granted(s, SPRING)) <= 1)


def signed_offline_while_its_place_was_sold_to_another_and_signed_again_without_it(s: Stage) -> None:
    proof = sell_it_to_another(s)
    s.marie.do(go_without(FLORIST), sign())
    s.marie.sync()
    s.plainly("proof and order", lambda: taken_in(s)[:1] == proof and taken_in(s) == signed(s.marie))
    s.plainly("one order", lambda: is_sold(s, FLORIST, 2))
    s.plainly("she has no place, and wants none", lambda: not _states(s.marie))


def the_other_place_is_gone_too_and_a_third_one_is_taken(s: Stage) -> None:
    sell_it_to_another(s)
    s.paul.do(ask(HIS, SPRING))
    s.marie.do(take_instead(FLORIST, SPRING))
    s.paul.sync()
    s.marie.sync()
    s.plainly("his again", lambda: granted(s, SPRING) == [HIS])
    s.plainly("she is told what is left", lambda: "SLOT_TAKEN" in s.marie.problems())
    s.marie.do(take_instead(FLORIST, LOIRET))
    s.marie.sync()
    s.marie.do(order, sign())
    s.marie.sync()
    s.plainly("two forms", lambda: taken_in(s) == signed(s.marie) and len(signed(s.marie)) == 2)
    s.plainly("hers in the end", lambda: granted(s, LOIRET) == [FLORIST])


def _states(actor: Actor) -> list[str]:
    return [str(row["state"]) for row in actor.device.rows("SELECT state FROM reservation ORDER BY id")]


def the_centre_is_put_back_to_before_a_grant(s: Stage) -> None:
    """Who was first asks again from what was kept; somebody else was quicker this time, and she is told."""
    s.marie.do(offer(HERS))
    s.marie.sync()
    s.paul.do(offer(HIS))
    s.paul.sync()

    def lose(_: Stage) -> None:
        s.marie.do(ask(HERS))
        s.marie.sync()

    s.put_the_centre_back(lose)
    s.paul.do(ask(HIS))
    s.paul.sync()
    s.marie.sync()
    s.marie.sync()
    s.expect("one has it", lambda: len(granted(s)) == 1)
    s.plainly("he was quicker", lambda: granted(s) == [HIS])
    s.plainly("she is told", lambda: "SLOT_TAKEN" in s.marie.problems())


def the_centre_is_put_back_and_she_asks_again_first(s: Stage) -> None:
    s.marie.do(offer(HERS))
    s.marie.sync()

    def lose(_: Stage) -> None:
        s.marie.do(ask(HERS))
        s.marie.sync()

    s.put_the_centre_back(lose)
    s.marie.sync()
    s.marie.sync()
    s.paul.do(offer(HIS), ask(HIS))
    s.paul.sync()
    s.expect("hers, as it was", lambda: granted(s) == [HERS])


def a_place_is_granted_twice_for_another_time_by_a_centre_that_was_put_back(s: Stage) -> None:
    """Nobody says that it was put back, and by where it has read her other device cannot tell: the versions do."""
    rose = contact_of(HERS)
    s.marie.do(offer(HERS))
    s.marie.sync()
    s.other.sync()

    def lose(_: Stage) -> None:
        s.marie.do(ask(HERS))
        s.marie.sync()
        s.marie.do(correct(rose, role="Patronne"))
        s.marie.sync()
        s.other.sync()

    s.put_the_centre_back(lose)
    s.time.pass_by(2 * _DAY)
    s.marie.sync()
    s.marie.do(correct(rose, role="Gérante"))
    s.marie.sync()
    s.other.device.received.may_differ = True
    s.other.sync()
    s.expect("hers", lambda: granted(s) == [HERS])


def a_place_is_asked_for_among_many_other_actions(s: Stage) -> None:
    """Of a lot that shares transactions the asking has its own; before and after it nothing is held up."""
    rose = contact_of(HERS)
    s.marie.do(*(correct(rose, role=f"Rôle {number}") for number in range(4)))
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.do(*(correct(rose, role=f"Métier {number}") for number in range(4)))
    s.marie.sync()
    s.expect("the last one came", lambda: s.marie.row("contact", rose)["role"] == "Métier 3")


def an_app_that_knows_no_places_reads_on_and_knows_them_once_it_is_updated(s: Stage) -> None:
    """Revision 1 is told of places and reservations, keeps them aside, and needs to read nothing anew later."""
    rose = contact_of(HERS)
    with of_the_first_revision(s.patch):
        old = s.newcomer("marie", "old1")
        old.sync()
        s.plainly("aside", lambda: _aside(old) == ["slot"] * 3)
    s.marie.do(offer(HERS), ask(HERS))
    s.marie.sync()
    with of_the_first_revision(s.patch):
        old.do(correct(rose, role="Gérante"))
        old.sync()
        s.plainly("the reservation too", lambda: _aside(old) == ["reservation", *["slot"] * 3])
        s.plainly("its work goes on", lambda: old.states() == ["applied"])
        old.do(correct(rose, role="Patronne"))
    old.start_again()
    s.plainly("known before any exchange", lambda: (_aside(old), _states(old)) == ([], ["granted"]))
    old.do(release(HERS))
    old.sync()
    s.expect("let go by the updated app", lambda: not granted(s))
    s.expect(
        "with what was made before",
        lambda: s.centre.rows("SELECT role FROM contact WHERE id = :c", c=rose) == [{"role": "Patronne"}],
    )


def _aside(actor: Actor) -> list[str]:
    found = actor.device.rows("SELECT table_name FROM sync_aside WHERE is_row = 1 ORDER BY table_name")
    return [str(row["table_name"]) for row in found]


SCRIPTS: tuple[Script, ...] = (
    two_reps_ask_for_the_last_place_and_she_is_first,
    two_reps_ask_for_the_last_place_and_he_is_first,
    a_place_is_let_go_and_goes_to_who_asks_next,
    asked_let_go_and_asked_again_offline,
    let_go_and_taken_back_while_the_other_device_orders,
    an_asking_is_taken_back_by_undo,
    a_place_goes_with_its_line_and_comes_back_by_undo,
    a_place_that_a_colleague_asked_for_comes_back_by_undo,
    a_place_is_asked_for_while_the_other_device_takes_its_line_out,
    the_time_is_over_while_the_rep_is_offline,
    what_was_ordered_in_time_has_its_place_again,
    what_was_ordered_too_late_is_refused,
    signed_offline_while_its_place_was_sold_to_another_and_signed_again_for_another_place,
    signed_offline_while_its_place_was_sold_to_another_and_signed_again_without_it,
    the_other_place_is_gone_too_and_a_third_one_is_taken,
    the_centre_is_put_back_to_before_a_grant,
    the_centre_is_put_back_and_she_asks_again_first,
    a_place_is_granted_twice_for_another_time_by_a_centre_that_was_put_back,
    a_place_is_asked_for_among_many_other_actions,
    an_app_that_knows_no_places_reads_on_and_knows_them_once_it_is_updated,
)
