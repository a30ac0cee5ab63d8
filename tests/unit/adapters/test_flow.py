"""Laying blocks on pages: none is cut or lost, what is tied moves together, heads are repeated; lines of text fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.paper.flow import Block, laid_out, tied
from app.adapters.paper.letters import CHINESE, Style, Weight, pieces, width, wrapped
from app.adapters.paper.pen import Pen

BODY = Style(Weight.REGULAR, 10, 13, "#000000")


def _nothing(_pen: Pen, _top: float) -> None:
    """Blocks are only laid out here."""


def block(height: float, *, before: float = 0, keeps_next: bool = False, on_top: tuple[Block, ...] = ()) -> Block:
    return Block(height, _nothing, before, keeps_next, on_top)


def room(page: int) -> float:
    return 100 if page else 80


BLOCKS = st.lists(
    st.builds(
        lambda height, before, keeps, top: block(
            height, before=before, keeps_next=keeps, on_top=(block(top),) if top else ()
        ),
        st.floats(1, 95),
        st.floats(0, 20),
        st.booleans(),
        st.sampled_from([0, 5.0]),
    ),
    max_size=30,
)


@given(BLOCKS)
def test_every_block_stands_once_in_its_order_and_within_the_page(blocks: list[Block]) -> None:
    pages = laid_out(blocks, room)
    heads = {id(head) for one in blocks for head in one.on_top}
    placed = [one.block for page in pages for one in page if id(one.block) not in heads]
    assert [id(one) for one in placed] == [id(one) for one in blocks]
    for number, page in enumerate(pages):
        bottom = 0.0
        for one in page:
            assert one.top >= bottom - 1e-9
            bottom = one.top + one.block.height
        highest = max((one.block.height for one in page), default=0)
        assert bottom <= max(room(number), highest + 5) + 1e-9


@given(BLOCKS)
def test_what_is_tied_stands_on_one_page_where_a_page_can_hold_it(blocks: list[Block]) -> None:
    pages = laid_out(blocks, room)
    page_of = {id(one.block): number for number, page in enumerate(pages) for one in page}
    group: list[Block] = []
    for one in blocks:
        group.append(one)
        if not one.keeps_next:
            high = sum(each.before + each.height for each in group) + sum(top.height for top in group[0].on_top)
            if high <= 80:
                assert len({page_of[id(each)] for each in group}) == 1
            group = []


@given(BLOCKS)
def test_a_page_that_begins_within_a_table_repeats_its_head(blocks: list[Block]) -> None:
    heads = {id(head) for one in blocks for head in one.on_top}
    for page in laid_out(blocks, room)[1:]:
        first = next(one.block for one in page if id(one.block) not in heads)
        assert [one.block for one in page[: len(first.on_top)]] == list(first.on_top)


def test_white_space_falls_away_at_the_top_of_a_page() -> None:
    pages = laid_out([block(70), block(60, before=20)], room)
    assert [[one.top for one in page] for page in pages] == [[0], [0]]


def test_nothing_makes_one_empty_page() -> None:
    assert laid_out([], room) == [[]]


def test_a_chain_is_tied_or_left_open_at_its_end() -> None:
    three = [block(1), block(1), block(1)]
    assert [one.keeps_next for one in tied(three)] == [True, True, False]
    assert [one.keeps_next for one in tied(three, to_next=True)] == [True, True, True]


TEXT = st.text(st.sampled_from("abcdefghijklmnopéàçœ –-’.,@/ \n中文字，。（）《》%€\u00a0"), max_size=120)


@given(TEXT, st.floats(30, 300))
def test_lines_fit_and_no_sign_is_lost(text: str, limit: float) -> None:
    lines = wrapped(text, BODY, limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(width(line, BODY) <= limit + 1e-6 for line in lines)


def test_a_no_break_space_never_ends_a_line() -> None:
    lines = wrapped("soit un total de 1\u00a0234,56\u00a0€ à payer", BODY, 92)
    assert any("1\u00a0234,56\u00a0€" in line for line in lines)


def test_an_address_is_cut_at_a_joint() -> None:
    assert wrapped("a.renaud@annuaires-valbrume.example", BODY, 140) == ["a.renaud@annuaires-valbrume.", "example"]


@pytest.mark.parametrize(("text", "first"), [("甲乙丙，丁", "甲乙"), ("甲乙（丙丁", "甲乙"), ("甲乙（UTC+1）", "甲乙")])
def test_chinese_lines_do_not_begin_with_what_closes_nor_end_with_what_opens(text: str, first: str) -> None:
    assert wrapped(text, BODY, 35)[0] == first


@given(st.text(max_size=40), st.sampled_from(list(Weight)))
def test_every_sign_is_written_once_in_a_font_that_has_it(text: str, weight: Weight) -> None:
    cut = list(pieces(text, weight))
    assert "".join(piece for _, piece in cut) == text
    assert {name for name, _ in cut} <= {weight.value, CHINESE}
