"""The laws of laying patches together: nothing is overwritten unseen, twice is once, sets lose nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.changeset import Entry, Op, Value
from sync.protocol.conflict import (
    CENTRE_OWNS,
    REPS_OWN,
    Merge,
    Policy,
    decide,
    edit_beats,
    merge,
    merged_sets,
    policy_of,
)
from sync.protocol.results import Kept

words = st.sampled_from(["a", "b", "c"])
tables = st.sampled_from(["contact", "proposal", "customer_order", "account", "discovery", "request"])
columns = st.sampled_from(["name", "email", "answers", "number", "quote", "body"])


def patch(table: str = "contact", **changes: tuple[Value, Value]) -> Entry:
    old = {column: was for column, (was, _) in changes.items()}
    new = {column: becomes for column, (_, becomes) in changes.items()}
    return Entry(table=table, row="r", op=Op.UPDATE, base_ver=1, old=old, new=new)


def laid(entry: Entry, *, by_others: bool = True, **current: Value) -> Merge:
    return merge(entry, current, by_others=by_others)


def test_the_new_value_is_taken_where_the_old_one_still_stands() -> None:
    done = laid(patch(name=("a", "b")), by_others=False, name="a")
    assert (done.write, done.merged, done.conflicts) == ({"name": "b"}, (), ())


def test_fields_taken_beside_those_of_others_are_named() -> None:
    done = laid(patch(name=("a", "b")), name="a")
    (field,) = done.merged
    assert (done.write, field.column, field.kept) == ({"name": "b"}, "name", Kept.MINE)


def test_a_contact_s_field_that_both_changed_is_asked_and_the_centre_s_value_stays() -> None:
    done = laid(patch(email=("a", "b"), phone=("1", "2")), email="c", phone="1")
    (field,) = done.conflicts
    assert (field.base, field.mine, field.theirs) == ("a", "b", "c")
    assert done.write == {"phone": "2"}


def test_what_the_rep_says_of_a_proposal_stands_and_the_other_value_is_named() -> None:
    done = laid(patch("proposal", name=("a", "b")), name="c")
    (field,) = done.merged
    assert (done.write, field.theirs, field.kept) == ({"name": "b"}, "c", Kept.MINE)


def test_the_centre_s_fields_stay() -> None:
    done = laid(patch("account", status=("active", "lost")), status="blocked")
    (field,) = done.merged
    assert (done.write, field.kept) == ({}, Kept.THEIRS)


def test_a_creation_of_a_row_that_is_there_is_laid_on_it() -> None:
    entry = Entry(table="advertiser_details", row="r", op=Op.CREATE, new={"name": "a", "site": "x"})
    done = merge(entry, {"name": "a", "site": ""}, by_others=True)
    (field,) = done.conflicts
    assert (field.column, field.base, field.mine, field.theirs) == ("site", None, "x", "")


@given(tables, columns, words, words, words, st.booleans())
def test_no_value_is_overwritten_unseen(
    table: str, column: str, base: str, mine: str, theirs: str, by_others: bool
) -> None:
    done = merge(patch(table, **{column: (base, mine)}), {column: theirs}, by_others=by_others)
    is_contest = theirs not in (base, mine)
    named = {field.column for field in done.merged} | {field.column for field in done.conflicts}
    assert (column in named) or not is_contest
    if theirs == base:
        assert {column: theirs, **done.write} == {column: mine}


@given(tables, columns, words, words, words, st.booleans())
def test_a_patch_laid_twice_is_laid_once(
    table: str, column: str, base: str, mine: str, theirs: str, by_others: bool
) -> None:
    entry = patch(table, **{column: (base, mine)})
    once = merge(entry, {column: theirs}, by_others=by_others)
    now = {column: theirs, **once.write}
    twice = merge(entry, now, by_others=by_others)
    assert {**now, **twice.write} == now


@given(columns, words, words, words)
def test_who_comes_first_decides_nothing_where_nobody_is_asked(column: str, base: str, one: str, other: str) -> None:
    """Two patches of different fields end the same in either order."""
    first, second = patch(name=(base, one)), patch(phone=(base, other))
    ends = []
    for order in ((first, second), (second, first)):
        row: dict[str, Value] = {"name": base, "phone": base}
        for entry in order:
            row |= merge(entry, row, by_others=True).write
        ends.append(row)
    assert ends[0] == ends[1] == {"name": one, "phone": other}


def test_policies_go_by_owner_first() -> None:
    assert {policy_of(table, "name") for table in REPS_OWN} == {Policy.CLIENT_WINS}
    assert {policy_of(table, "net") for table in CENTRE_OWNS} == {Policy.SERVER_WINS}
    assert policy_of("contact", "email") is Policy.ASK
    assert policy_of("discovery", "answers") is Policy.MERGE_SET
    assert policy_of("account", "number") is Policy.SERVER_WINS


def test_each_policy_decides() -> None:
    assert decide(Policy.CLIENT_WINS, "a", "b", "c").value == "b"
    assert decide(Policy.SERVER_WINS, "a", "b", "c").value == "c"
    assert decide(Policy.ASK, "a", "b", "c") == decide(Policy.MERGE_SET, "a", "b", "c")
    together = decide(Policy.MERGE_SET, "[1]", "[1,2]", "[1,3]")
    assert (together.value, together.kept) == ("[1,3,2]", Kept.BOTH)


elements = st.lists(st.integers(0, 6), unique=True)


@given(elements, elements, elements)
def test_sets_laid_together_lose_nothing_that_anybody_put_in(
    base: list[int], mine: list[int], theirs: list[int]
) -> None:
    text = merged_sets(json.dumps(base), json.dumps(mine), json.dumps(theirs))
    assert text is not None
    together = json.loads(text)
    assert set(together) == (set(theirs) - (set(base) - set(mine))) | (set(mine) - set(base))
    assert len(together) == len(set(together))


@pytest.mark.parametrize("odd", [None, 3, "no list", "{}"])
def test_what_is_no_list_is_not_laid_together(odd: Value) -> None:
    assert merged_sets(odd, "[]", "[]") is None


def test_an_empty_text_is_an_empty_list() -> None:
    assert merged_sets("", "[1]", "") == "[1]"


def test_an_edit_beats_a_deletion_and_says_so() -> None:
    entry = Entry(table="contact", row="r", op=Op.DELETE, base_ver=1, old={"name": "a", "email": "x"})
    (field,) = edit_beats(entry, {"name": "b", "email": "x", "ver": 2})
    assert (field.column, field.base, field.mine, field.theirs, field.kept) == ("name", "a", None, "b", Kept.THEIRS)
    assert edit_beats(entry, {"name": "a", "email": "x", "ver": 2}) == ()
