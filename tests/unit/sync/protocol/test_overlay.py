"""What waits lies on what the centre has, and comes off again; an answer says what the centre has now."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.changeset import Entry, Op, Value
from sync.protocol.overlay import base_under, contests_of, laid_on, taken
from sync.protocol.results import Applied, Conflict, FieldConflict, FieldMerge, Kept, Merged

Row = dict[str, Value]


def update(**changes: tuple[Value, Value]) -> Entry:
    old = {column: was for column, (was, _) in changes.items()}
    return Entry(
        table="t", row="r", op=Op.UPDATE, old=old, new={column: becomes for column, (_, becomes) in changes.items()}
    )


def create(**values: Value) -> Entry:
    return Entry(table="t", row="r", op=Op.CREATE, new=values)


def delete(**values: Value) -> Entry:
    return Entry(table="t", row="r", op=Op.DELETE, old=values)


@given(st.data())
def test_taking_off_what_was_laid_on_gives_the_base_back(data: st.DataObject) -> None:
    words = st.sampled_from("abc")
    rows: st.SearchStrategy[Row] = st.fixed_dictionaries({"name": words, "email": words})
    base: Row | None = data.draw(st.none() | rows)
    row, pending = base, []
    for _ in range(data.draw(st.integers(0, 5))):
        if row is None:
            pending.append(create(name=data.draw(words), email=data.draw(words)))
        elif data.draw(st.booleans()):
            pending.append(delete(**row))
        else:
            pending.append(update(name=(row["name"], data.draw(words))))
        row = laid_on(row, pending[-1:])
    assert laid_on(base, pending) == row
    assert base_under(row, pending) == base


def test_a_creation_that_the_centre_already_has_adds_nothing() -> None:
    assert laid_on({"name": "theirs"}, [create(name="mine")]) == {"name": "theirs"}


def test_an_edit_of_a_row_that_is_gone_waits() -> None:
    assert laid_on(None, [update(name=("a", "b"))]) is None
    assert base_under(None, [update(name=("a", "b"))]) is None


def test_a_row_whose_deletion_was_beaten_is_the_centre_s_as_it_stands() -> None:
    row = {"name": "theirs"}
    assert base_under(row, [delete(name="mine")]) == row
    assert base_under(row, [update(name=("a", "theirs")), delete(name="theirs")]) == {"name": "a"}


def test_an_answer_says_what_the_centre_has() -> None:
    entry = update(name=("a", "b"), email=("x", "y"))
    assert taken({"name": "a", "email": "x"}, entry, Applied()) == {"name": "b", "email": "y"}
    conflict = FieldConflict(table="t", row="r", column="email", base="x", mine="y", theirs="z")
    other = FieldConflict(table="t", row="another", column="name", base="x", mine="y", theirs="z")
    answer = Conflict(fields=(conflict, other))
    assert taken({"name": "a", "email": "x"}, entry, answer) == {"name": "b", "email": "z"}
    assert contests_of(entry, answer) == [conflict]


def test_merged_fields_are_whose_they_are() -> None:
    entry = update(name=("a", "b"), email=("x", "y"))
    theirs = FieldMerge(table="t", row="r", column="name", base=None, mine="b", theirs="c", kept=Kept.THEIRS)
    mine = FieldMerge(table="t", row="r", column="email", base=None, mine="y", theirs="z", kept=Kept.MINE)
    assert taken({"name": "c", "email": "z"}, entry, Merged(fields=(theirs, mine))) == {"name": "c", "email": "y"}


def test_creations_and_deletions_are_taken() -> None:
    assert taken(None, create(name="a"), Applied()) == {"name": "a"}
    assert taken(None, update(name=("a", "b")), Applied()) is None
    there = FieldMerge(table="t", row="r", column="name", base=None, mine="a", theirs="b", kept=Kept.THEIRS)
    assert taken(None, create(name="a"), Merged(fields=(there,))) == {"name": "b"}
    assert taken({"name": "a"}, delete(name="a"), Applied()) is None
    beaten = FieldMerge(table="t", row="r", column="name", base="a", mine=None, theirs="b", kept=Kept.THEIRS)
    assert taken({"name": "b"}, delete(name="a"), Merged(fields=(beaten,))) == {"name": "b"}
    assert taken(None, delete(name="a"), Merged(fields=(beaten,))) is None
