"""Two sides that hold different rows find the very buckets in which they differ, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.buckets import COUNT, Buckets, bucket_of
from sync.protocol.frames import Damaged, Differing, FrameWriter, Verify, read_all
from sync.protocol.sums import NOTHING, sum_of_all

rows = st.dictionaries(
    st.tuples(st.sampled_from(["account", "contact"]), st.integers(0, 400).map(lambda n: f"{n:032x}")),
    st.integers(1, 5),
    max_size=60,
)
Rows = dict[tuple[str, str], int]


def filled(held: Rows) -> Buckets:
    buckets = Buckets()
    for (table, row), ver in held.items():
        buckets.add(table, row, ver)
    return buckets


@given(rows, rows)
def test_the_buckets_that_differ_are_those_of_the_rows_that_differ(here: Rows, there: Rows) -> None:
    differ = {bucket_of(*key) for key in here.keys() | there.keys() if here.get(key) != there.get(key)}
    assert filled(here).differing(filled(there).written()) == tuple(sorted(differ))


@given(rows)
def test_the_sum_of_all_buckets_is_the_scope_s_own(held: Rows) -> None:
    buckets = filled(held)
    assert buckets.sum == sum_of_all((table, row, ver) for (table, row), ver in held.items())
    assert sum(buckets.rows) == len(held)


def test_a_row_stays_in_its_bucket_and_rows_spread_over_all_of_them() -> None:
    assert bucket_of("account", "a" * 32) == bucket_of("account", "a" * 32)
    places = [bucket_of("contact", f"{n:032x}") for n in range(20_000)]
    assert set(places) == set(range(COUNT))
    assert max(places.count(place) for place in range(COUNT)) < 200


def test_buckets_without_rows_are_written_as_nothing() -> None:
    assert Buckets().written() == (NOTHING,) * COUNT
    assert Buckets().sum == NOTHING


def test_as_many_buckets_are_taken_as_fit_and_always_the_first() -> None:
    buckets = Buckets()
    buckets.rows[:4] = [5, 3, 2, 9]
    assert buckets.first_of((0, 1, 2, 3), 4) == (0,)
    assert buckets.first_of((0, 1, 2, 3), 8) == (0, 1)
    assert buckets.first_of((0, 1, 2, 3), 100) == (0, 1, 2, 3)
    assert buckets.first_of((), 100) == ()


def lines_of(*sums: str) -> bytes:
    writer = FrameWriter()
    asked = Verify(protocol=1, revision="1", epoch="e", scope="catalogue", buckets=sums)
    return writer.line(asked) + writer.line(Differing(scope="catalogue", buckets=(1, 255))) + writer.end()


def test_sums_travel_as_a_line_of_exactly_256() -> None:
    verify, differing, _ = read_all(lines_of(*(["0123456789abcdef"] * 255), ""))
    assert isinstance(verify, Verify)
    assert verify.buckets[-1] == ""
    assert differing == Differing(scope="catalogue", buckets=(1, 255))


@pytest.mark.parametrize(
    "sums", [(), ("",) * 255, ("",) * 257, ("x" * 16,) * 256, ("0" * 17,) * 256, ("0" * 16 + "\n",) * 256]
)
def test_sums_that_are_none_are_damage(sums: tuple[str, ...]) -> None:
    with pytest.raises(Damaged):
        read_all(lines_of(*sums))
