"""Scripts of edits: alone, against each other, refused, taken back."""

from __future__ import annotations

from tests.sync.simulation.deeds import (
    add_contact,
    correct,
    decide,
    make,
    name_company,
    plan,
    put,
    redo,
    remove,
    tick,
    undo,
)
from tests.sync.simulation.prepared import HERS, contact_of
from tests.sync.simulation.stage import Script, Stage

ROSE, LYS = contact_of(HERS), contact_of(HERS, 1)
VISIT, WORTH = "d" * 32, "e" * 32


def email(s: Stage, contact: str = ROSE) -> object:
    (row,) = s.centre.rows("SELECT email FROM contact WHERE id = :id", id=contact)
    return row["email"]


def an_edit_is_sent_and_comes_to_the_other_device(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="rose@example.org"))
    s.marie.sync()
    s.other.sync()
    s.expect("it is there", lambda: email(s) == s.other.row("contact", ROSE)["email"] == "rose@example.org")


def a_rep_edits_the_same_offline_twice_and_goes_on(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"), correct(ROSE, email="b@example.org"), plan(HERS, "Rappeler"))
    s.marie.start_again()
    s.marie.sync()
    s.marie.do(correct(ROSE, email="c@example.org"), tick)
    s.marie.sync()
    s.expect("the last one stands", lambda: email(s) == "c@example.org")


def two_devices_change_one_field_and_the_rep_is_asked(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.other.do(correct(ROSE, email="b@example.org"))
    s.marie.sync()
    s.other.sync()
    s.plainly("a conflict", lambda: s.other.problems() == ["CONFLICT"])
    s.marie.sync()
    s.expect("the first stands", lambda: email(s) == "a@example.org")


def a_conflict_is_decided_for_mine(s: Stage) -> None:
    two_devices_change_one_field_and_the_rep_is_asked(s)
    s._expected.clear()
    s.other.do(decide)
    s.other.sync()
    s.expect("mine stands", lambda: email(s) == "b@example.org")


def a_conflict_is_decided_while_the_value_changes_again(s: Stage) -> None:
    two_devices_change_one_field_and_the_rep_is_asked(s)
    s._expected.clear()
    s.marie.do(correct(ROSE, email="c@example.org"))
    s.marie.sync()
    s.other.do(decide)
    s.other.sync()
    s.plainly("a second conflict", lambda: s.other.problems() == ["CONFLICT"])
    s.other.do(lambda device: decide(device, "theirs"))
    s.other.sync()
    s.expect("theirs stands", lambda: email(s) == "c@example.org")


def two_devices_rename_a_visit_and_the_later_one_stands(s: Stage) -> None:
    s.marie.do(plan(HERS, "Rappeler"))
    s.marie.sync()
    s.other.sync()
    (task,) = s.marie.device.ids("activity", "kind = 'task'")[:1]
    s.marie.do(put("activity", task, subject="Rappeler lundi"))
    s.other.do(put("activity", task, subject="Rappeler mardi"))
    s.marie.sync()
    s.other.sync()
    wanted = "SELECT subject FROM activity WHERE id = :id"
    s.expect("the later", lambda: s.centre.rows(wanted, id=task)[0]["subject"] == "Rappeler mardi")


def a_status_belongs_to_the_centre(s: Stage) -> None:
    s.marie.do(put("account", HERS, status="inactive"))
    s.at_the_centre(lambda centre: centre.put("account", HERS, status="blocked"))
    s.marie.sync()
    s.expect("the centre's stands", lambda: s.marie.row("account", HERS)["status"] == "blocked")


def two_devices_add_to_one_set(s: Stage) -> None:
    found = "c" * 32
    s.marie.do(make("discovery", found, account_id=HERS, answers='[["a","1"],["b","2"]]'))
    s.marie.sync()
    s.other.sync()
    s.marie.do(put("discovery", found, answers='[["a","1"],["b","2"],["c","3"]]'))
    s.other.do(put("discovery", found, answers='[["b","2"],["d","4"]]'))
    s.marie.sync()
    s.other.sync()
    wanted = "SELECT answers FROM discovery"
    s.expect("both are in it", lambda: s.centre.rows(wanted)[0]["answers"] == '[["b","2"],["c","3"],["d","4"]]')


def a_refusal_holds_nothing_up(s: Stage) -> None:
    s.marie.do(put("product", s.marie.device.ids("product")[0], name="À moi"), correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.expect("told", lambda: s.marie.problems() == ["BELONGS_TO_CENTRE"])
    s.expect("the next went on", lambda: email(s) == "a@example.org")


def what_hangs_on_a_refused_action_is_told_too(s: Stage) -> None:
    s.marie.do(
        make("contact", VISIT, account_id=HERS, position=7, name="X" * 100_001, is_signatory=0),
        put("contact", VISIT, email="x@example.org"),
        correct(ROSE, email="a@example.org"),
        put("contact", VISIT, role="Gérante"),
    )
    s.marie.sync()
    s.expect("told", lambda: len(s.marie.problems()) == 3)
    s.expect("the others went on", lambda: email(s) == "a@example.org")
    s.expect("not here either", lambda: VISIT not in s.marie.device.ids("contact"))


def an_edit_comes_after_the_deletion_and_beats_it(s: Stage) -> None:
    s.marie.do(remove("contact", LYS))
    s.other.do(correct(LYS, email="lys@example.org"))
    s.marie.sync()
    s.other.sync()
    s.marie.sync()
    s.expect("she is there", lambda: email(s, LYS) == s.marie.row("contact", LYS)["email"] == "lys@example.org")


def a_deletion_comes_after_the_edit_and_is_not_carried_out(s: Stage) -> None:
    s.marie.do(remove("contact", LYS))
    s.other.do(correct(LYS, email="lys@example.org"))
    s.other.sync()
    s.marie.sync()
    s.expect("she is there", lambda: email(s, LYS) == s.marie.row("contact", LYS)["email"] == "lys@example.org")


def both_devices_delete_the_same(s: Stage) -> None:
    s.marie.do(remove("contact", LYS))
    s.other.do(remove("contact", LYS))
    s.marie.sync()
    s.other.sync()
    s.expect("gone", lambda: not s.centre.rows("SELECT id FROM contact WHERE id = :id", id=LYS))


def an_action_is_taken_back_after_it_was_sent(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    s.marie.sync()
    s.marie.do(undo)
    s.marie.sync()
    s.marie.do(redo)
    s.marie.sync()
    s.expect("done again", lambda: email(s) == "a@example.org")


def an_action_is_taken_back_before_it_was_sent(s: Stage) -> None:
    s.marie.do(add_contact(HERS, "Iris"), undo, redo, undo, name_company(HERS, "Iris SARL"))
    s.marie.sync()
    s.other.sync()
    s.expect("nobody", lambda: not s.centre.rows("SELECT id FROM contact WHERE name = 'Iris'"))


def the_rep_goes_on_while_a_request_is_under_way(s: Stage) -> None:
    s.marie.do(correct(ROSE, email="a@example.org"))
    emails = iter(("b@example.org", "c@example.org", "d@example.org"))

    def more() -> None:
        address = next(emails, "")
        if address:
            correct(ROSE, email=address)(s.marie.device)

    s.marie.device.wire.meanwhile = more
    s.at_the_centre(lambda centre: centre.put("contact", ROSE, role="Gérante"))
    s.marie.sync()
    s.marie.device.wire.meanwhile = lambda: None
    s.marie.sync()
    s.expect("both are there", lambda: s.marie.row("contact", ROSE)["role"] == "Gérante")


def texts_as_long_as_may_be(s: Stage) -> None:
    for place in range(2, 16):
        words = {"kind": "complaint", "title": "Longue", "body": f"{place:x}" * 100_000}
        s.marie.do(make("request", f"{place:x}" * 32, account_id=HERS, made_at=0, **words))
    s.marie.sync()
    s.other.sync()
    s.expect("all there", lambda: len(s.other.device.ids("request")) == 14)


SCRIPTS: tuple[Script, ...] = (
    an_edit_is_sent_and_comes_to_the_other_device,
    a_rep_edits_the_same_offline_twice_and_goes_on,
    two_devices_change_one_field_and_the_rep_is_asked,
    a_conflict_is_decided_for_mine,
    a_conflict_is_decided_while_the_value_changes_again,
    two_devices_rename_a_visit_and_the_later_one_stands,
    a_status_belongs_to_the_centre,
    two_devices_add_to_one_set,
    a_refusal_holds_nothing_up,
    what_hangs_on_a_refused_action_is_told_too,
    an_edit_comes_after_the_deletion_and_beats_it,
    a_deletion_comes_after_the_edit_and_is_not_carried_out,
    both_devices_delete_the_same,
    an_action_is_taken_back_after_it_was_sent,
    an_action_is_taken_back_before_it_was_sent,
    the_rep_goes_on_while_a_request_is_under_way,
    texts_as_long_as_may_be,
)
