"""How blocks of a form are laid on pages: none is cut, what belongs together stays together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from app.adapters.paper.pen import Pen

Draw = Callable[[Pen, float], None]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a form that is never cut; lengths in points.

    `draw(pen, top)` draws it. `before` is white space that falls away at the top of a page. `keeps_next` ties it to
    the block that follows. `on_top` is repeated above it when it is the first of a page other than the first.
    """

    height: float
    draw: Draw
    before: float = 0
    keeps_next: bool = False
    on_top: tuple[Block, ...] = ()


def tied(blocks: Sequence[Block], *, to_next: bool = False) -> list[Block]:
    """Tie blocks to one another, and the last of them to what follows when asked."""
    last = len(blocks) - 1
    return [replace(block, keeps_next=to_next if at == last else True) for at, block in enumerate(blocks)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A block and where it stands: its upper edge, in points under the top of the page's room."""

    block: Block
    top: float


def laid_out(blocks: Iterable[Block], room: Callable[[int], float]) -> list[list[Placed]]:
    """Lay blocks on pages; `room(page)` is the height there is on a page, counted from 0.

    What is tied together moves to the next page together; only what is taller than a whole page is parted, between
    blocks. A block that is itself taller than a page stands alone on one.
    """
    pages: list[list[Placed]] = [[]]
    filled = 0.0
    for group in _groups(blocks):
        fits_here = filled + _height(group, is_first=not pages[-1]) <= room(len(pages) - 1)
        fits_next = _height(group, is_first=True) <= room(len(pages))
        if pages[-1] and not fits_here and fits_next:
            pages.append([])
            filled = 0.0
        for block in group:
            if pages[-1] and filled + block.before + block.height > room(len(pages) - 1):
                pages.append([])
                filled = 0.0
            if not pages[-1]:
                for top in block.on_top if len(pages) > 1 else ():
                    pages[-1].append(Placed(top, filled))
                    filled += top.height
            else:
                filled += block.before
            pages[-1].append(Placed(block, filled))
            filled += block.height
    return pages


def _groups(blocks: Iterable[Block]) -> list[list[Block]]:
    groups: list[list[Block]] = []
    is_open = False
    for block in blocks:
        if is_open:
            groups[-1].append(block)
        else:
            groups.append([block])
        is_open = block.keeps_next
    return groups


def _height(group: Sequence[Block], *, is_first: bool) -> float:
    above = sum(top.height for top in group[0].on_top) if is_first else group[0].before
    return above + group[0].height + sum(block.before + block.height for block in group[1:])
