"""What comes next on the road is decided from what is known alone."""

from __future__ import annotations

from dataclasses import replace

from app.store.pulled import Phase, StoredCursor
from sync.client.clocks import MOST_AWAY, Clocks
from sync.client.planning import Do, Round, Step
from sync.client.recovering import lost_from, other_from
from sync.protocol.handshake import PROTOCOL, Cursor, ScopeHead, Verdict, Welcome

LIVE = StoredCursor(scope="catalogue", seq=3, tag="t", phase=Phase.LIVE)
BEGUN = StoredCursor(scope="rep:a", phase=Phase.FIRST, resume="place")


def welcome(*scopes: str, verdict: Verdict = Verdict.WELCOME) -> Welcome:
    heads = tuple(ScopeHead(scope=scope, head=3, tag="t", sum="") for scope in scopes)
    return Welcome(protocol=PROTOCOL, verdict=verdict, revision="1", epoch="e", at=0, scopes=heads, last_n=0)


def known(said: Welcome | None, *cursors: StoredCursor, waiting: int = 0, may_be_more: bool = True) -> Round:
    held = {cursor.scope: cursor for cursor in cursors}
    return Round(welcome=said, cursors=held, waiting=waiting, may_be_more=may_be_more)


def test_first_words_come_first() -> None:
    assert known(None, waiting=3).next() == Step(Do.GREET)


def test_what_the_rep_did_goes_up_before_anything_is_read() -> None:
    assert known(welcome("catalogue", "rep:a"), waiting=1, may_be_more=False).next() == Step(Do.EXCHANGE)


def test_a_scope_is_read_once_from_where_it_was_cut_and_then_followed() -> None:
    said = welcome("catalogue", "rep:a")
    assert known(said).next() == Step(Do.READ_FIRST, "catalogue")
    assert known(said, LIVE, BEGUN).next() == Step(Do.READ_FIRST, "rep:a", "place")
    assert known(welcome("catalogue"), LIVE).next() == Step(Do.EXCHANGE)
    assert known(welcome("catalogue"), LIVE, may_be_more=False).next() == Step(Do.REST)


def test_a_device_too_old_to_read_pushes_and_rests() -> None:
    said = welcome("catalogue", verdict=Verdict.PUSH_ONLY)
    assert known(said, waiting=1).next() == Step(Do.EXCHANGE)
    assert known(said, LIVE, may_be_more=False).next() == Step(Do.REST)
    assert known(said, LIVE).to_tell() == ()


def test_only_scopes_that_are_followed_tell_their_cursors() -> None:
    cursor = Cursor(scope="catalogue", seq=3, tag="t")
    assert known(welcome("catalogue", "rep:a"), LIVE, BEGUN).to_tell() == (cursor,)
    assert known(None, LIVE, BEGUN).to_tell() == (cursor,)


def test_scopes_that_the_centre_no_longer_names_are_left() -> None:
    assert known(welcome("catalogue"), LIVE, BEGUN).left() == ["rep:a"]
    assert known(None, LIVE).left() == []


def test_a_device_that_was_copied_gets_its_own_identity_before_anything_else() -> None:
    said = welcome("catalogue", verdict=Verdict.RENEW)
    assert known(said, LIVE, waiting=2).next() == Step(Do.RENEW)
    assert known(said, LIVE).to_tell() == ()


def test_of_a_scope_that_stopped_nothing_is_read_while_work_goes_up() -> None:
    held = {"catalogue": LIVE, "rep:a": BEGUN}
    stopped = Round(
        welcome=welcome("catalogue", "rep:a"),
        cursors=held,
        waiting=0,
        may_be_more=False,
        stopped={"catalogue", "rep:a"},
    )
    assert stopped.next() == Step(Do.REST)
    assert stopped.to_tell() == ()
    assert replace(stopped, waiting=1).next() == Step(Do.EXCHANGE)


def test_a_step_that_moved_nothing_and_is_to_be_done_again_comes_to_nothing() -> None:
    before = replace(known(welcome("catalogue"), LIVE, waiting=2), first=5)
    assert before.comes_to_nothing(before)
    moved: tuple[Round, ...] = (
        replace(before, waiting=1),
        replace(before, first=6),  # one was answered, and the rep did another
        replace(before, cursors={"catalogue": replace(LIVE, seq=4)}),
        replace(before, stopped={"catalogue"}),
        replace(before, welcome=None),
    )
    assert not any(after.comes_to_nothing(before) for after in moved)
    at_rest = replace(before, waiting=0, may_be_more=False)
    assert not at_rest.comes_to_nothing(replace(at_rest, may_be_more=True))


def test_what_the_centre_lost_is_told_by_the_numbers() -> None:
    assert lost_from(last_answered=5, last_n=3) == 4
    assert lost_from(last_answered=3, last_n=3) is None
    assert lost_from(last_answered=0, last_n=7) is None


def test_what_a_copy_took_the_place_of_is_sent_again() -> None:
    held = {4: "d", 5: "e"}
    assert other_from({1: "a", 4: "d", 5: "e"}, held) is None
    assert other_from({1: "a", 4: "d", 5: "x", 6: "f"}, held) == 5
    assert other_from({4: "d", 5: "e", 6: "f"}, held) == 6
    assert other_from({1: "a"}, {}) is None
    assert other_from({}, held) is None


def test_a_clock_is_judged_by_half_the_way_and_not_by_an_answer_that_took_long() -> None:
    clocks = Clocks()
    clocks.heard(at=100_000_000, asked=219_000_000, answered=221_000_000)
    assert clocks.skew == 120.0
    clocks.heard(at=0, asked=0, answered=MOST_AWAY + 1)
    clocks.heard(at=0, asked=5, answered=4)
    assert clocks.skew == 120.0
