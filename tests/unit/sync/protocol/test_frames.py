"""Lines come whole or not at all: any cut, flip or swap is seen, in whatever pieces they arrive."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.changeset import LARGEST, LAST_INSTANT, Changeset, Entry, Op
from sync.protocol.frames import (
    LONGEST_LINE,
    MOST_BYTES,
    MOST_ROWS,
    Answer,
    Ask,
    Cloned,
    Columns,
    Damaged,
    Departure,
    Frame,
    FrameReader,
    FrameWriter,
    Gap,
    Gone,
    Mark,
    Push,
    Rows,
    Told,
    read_all,
)
from sync.protocol.handshake import Cursor
from sync.protocol.results import Applied, Conflict, Deferred, FieldConflict, FieldMerge, Kept, Merged, Rejected

words = st.text(max_size=20)
wholes = st.integers(-(2**63), 2**63 - 1)
numbers = st.integers(1, LARGEST)
names = st.binary(min_size=16, max_size=16).map(bytes.hex)
values = st.none() | st.booleans() | wholes | words
records = st.dictionaries(words, values, max_size=4)
entries = st.builds(Entry, table=words, row=words, op=st.sampled_from(Op), base_ver=wholes, old=records, new=records)
changesets = st.builds(
    Changeset,
    n=numbers,
    mid=names,
    name=words,
    at=st.integers(0, LAST_INSTANT),
    revision=words,
    facts=st.dictionaries(words, words, max_size=2),
    undoes=st.none() | words,
    final=st.booleans(),
    entries=st.lists(entries, max_size=3).map(tuple),
)
conflicts = st.builds(FieldConflict, table=words, row=words, column=words, base=values, mine=values, theirs=values)
merges = st.builds(
    FieldMerge,
    table=words,
    row=words,
    column=words,
    base=values,
    mine=values,
    theirs=values,
    kept=st.sampled_from(Kept),
)
several_merges = st.lists(merges, max_size=2).map(tuple)
results = st.one_of(
    st.just(Applied()),
    st.builds(Merged, fields=several_merges),
    st.builds(Conflict, fields=st.lists(conflicts, max_size=2).map(tuple), merged=several_merges),
    st.builds(
        Rejected,
        code=words,
        parameters=st.dictionaries(words, words, max_size=2),
        there=st.dictionaries(words, st.none() | records, max_size=2),
    ),
    st.builds(Deferred, code=words),
)
cursors = st.builds(Cursor, scope=words, seq=numbers, tag=words)
rows = st.lists(st.lists(values, min_size=1, max_size=4).map(tuple), max_size=5).map(tuple)
gone = st.lists(st.tuples(words, numbers, st.sampled_from(Departure)), max_size=3).map(tuple)
frames: st.SearchStrategy[Frame] = st.one_of(
    st.builds(
        Ask,
        protocol=wholes,
        revision=words,
        epoch=words,
        cursors=st.lists(cursors, max_size=2).map(tuple),
        first=numbers,
        answered=st.just(0) | numbers,
        digest=words,
    ),
    st.builds(Push, changeset=changesets),
    st.builds(Told, epoch=words, at=numbers, last_n=numbers),
    st.builds(Answer, n=numbers, mid=words, result=results),
    st.builds(Gap, expected=numbers),
    st.builds(Cloned, n=numbers),
    st.builds(Columns, table=words, columns=st.lists(words, max_size=4).map(tuple)),
    st.builds(Rows, table=words, rows=rows),
    st.builds(Gone, table=words, rows=gone),
)
messages = st.lists(frames, max_size=6)


def written(sent: list[Frame]) -> bytes:
    """A message, a mark after every second frame."""
    writer = FrameWriter()
    lines = []
    for place, frame in enumerate(sent):
        lines.append(writer.line(frame))
        if place % 2:
            lines.append(writer.line(Mark(scope="catalogue", seq=place, tag="t", check=writer.check)))
    return b"".join((*lines, writer.end()))


def plain(frame: Frame) -> Frame:
    """Rows come as a list, whatever they were sent as."""
    return Rows(table=frame.table, rows=list(frame.rows)) if isinstance(frame, Rows) else frame


@given(messages, st.data())
def test_frames_come_as_they_were_sent_in_whatever_pieces(sent: list[Frame], data: st.DataObject) -> None:
    message = written(sent)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(message)), max_size=6)))
    reader = FrameReader()
    received: list[Frame] = []
    for start, stop in zip([0, *cuts], [*cuts, len(message)], strict=True):
        received += reader.feed(message[start:stop])
    reader.close()
    told = [plain(frame) for frame in received if not isinstance(frame, Mark)][:-1]
    assert told == [plain(frame) for frame in sent]
    assert sum(isinstance(frame, Mark) for frame in received) == len(sent) // 2


@given(messages, st.data())
def test_a_cut_is_always_seen(sent: list[Frame], data: st.DataObject) -> None:
    message = written(sent)
    cut = data.draw(st.integers(0, len(message) - 1))
    with pytest.raises(Damaged):
        read_all(message[:cut])


@given(messages, st.data())
def test_a_changed_byte_is_always_seen(sent: list[Frame], data: st.DataObject) -> None:
    message = bytearray(written(sent))
    place = data.draw(st.integers(0, len(message) - 1))
    message[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Damaged):
        read_all(bytes(message))


@given(messages.filter(lambda sent: len(sent) > 1), st.data())
def test_lines_that_are_left_out_or_sent_twice_are_seen(sent: list[Frame], data: st.DataObject) -> None:
    lines = written(sent).splitlines(keepends=True)
    place = data.draw(st.integers(0, len(lines) - 1))
    for message in (lines[:place] + lines[place + 1 :], lines[: place + 1] + lines[place:]):
        with pytest.raises(Damaged):
            read_all(b"".join(message))


@given(st.lists(changesets, max_size=3))
def test_changesets_that_are_json_already_go_as_all_others(sent: list[Changeset]) -> None:
    one, other = FrameWriter(), FrameWriter()
    plain = one.lines(Push(changeset=changeset) for changeset in sent) + one.end()
    assert other.pushes(map(msgspec.json.encode, sent)) + other.end() == plain


def test_what_is_no_frame_is_damaged() -> None:
    for line in (
        b"<html>Please log in</html>\n",
        b"[]\n",
        b"{}\n",
        b'{"f":"gap"}\n',
        b'{"f":"gap","expected":1,"x":2}\n',
    ):
        with pytest.raises(Damaged):
            FrameReader().feed(line)


def test_an_ask_names_what_was_answered_last_only_where_it_says_it() -> None:
    plain = Ask(protocol=1, revision="1", epoch="e", cursors=(), first=1)
    assert FrameWriter().line(plain) == b'{"f":"ask","protocol":1,"revision":"1","epoch":"e","cursors":[],"first":1}\n'
    full = msgspec.structs.replace(plain, answered=3, digest="d")
    assert FrameReader().feed(FrameWriter().line(full)) == [full]


def test_a_line_without_an_end_is_given_up() -> None:
    reader = FrameReader()
    with pytest.raises(Damaged, match="without an end"):
        reader.feed(b"x" * (LONGEST_LINE + 1))


@given(st.lists(st.integers(0, 400_000), max_size=40))
def test_rows_are_put_into_lines_within_the_limits(sizes: list[int]) -> None:
    sent = [(f"{place:032x}", "x" * size) for place, size in enumerate(sizes)]
    writer = FrameWriter()
    lines = list(writer.fitting("account", sent))
    received: list[tuple[object, ...]] = []
    for line, last in lines:
        (frame,) = FrameReader().feed(line)
        assert isinstance(frame, Rows)
        assert len(line) <= MOST_BYTES or len(frame.rows) == 1
        assert frame.rows[-1] == last
        received += frame.rows
    assert received == sent
    assert writer.rows == len(sent)


def test_no_line_holds_more_rows_than_the_limit() -> None:
    sent = [(f"{place:032x}", place) for place in range(2 * MOST_ROWS + 1)]
    counts = []
    for line, _ in FrameWriter().fitting("account", sent):
        (frame,) = FrameReader().feed(line)
        assert isinstance(frame, Rows)
        counts.append(len(frame.rows))
    assert counts == [MOST_ROWS, MOST_ROWS, 1]


def test_how_many_rows_fit_is_known_from_those_before_by_table() -> None:
    writer = FrameWriter()
    rows = [(f"{place:032x}", "x" * 1_000) for place in range(400)]
    assert writer.fit("account") == MOST_ROWS
    list(writer.fitting("account", rows[:10]))
    fit = writer.fit("account")
    (line, last), *_ = writer.fitting("account", rows)
    assert last == rows[fit - 1]
    assert MOST_BYTES * 9 // 10 < len(line) <= MOST_BYTES
    assert writer.fit("contact") == MOST_ROWS


@given(messages)
def test_several_frames_are_the_lines_of_each(sent: list[Frame]) -> None:
    writer = FrameWriter()
    message = writer.lines(sent) + writer.end()
    assert [plain(frame) for frame in read_all(message)][:-1] == [plain(frame) for frame in sent]


@pytest.mark.parametrize(
    "spoilt",
    [{"n": 0}, {"n": 2**63}, {"mid": ""}, {"mid": "\0" * 32}, {"mid": "A" * 32}],
)
def test_a_changeset_beyond_what_both_sides_can_hold_is_unsound(spoilt: dict[str, object]) -> None:
    sound = {"n": 1, "mid": "a" * 32, "name": "x", "at": 0, "revision": "1"}

    assert msgspec.convert(sound, Changeset).n == 1
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(sound | spoilt, Changeset)
