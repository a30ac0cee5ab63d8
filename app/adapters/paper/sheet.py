"""The measures and type of a page, in points: A4, one hand throughout."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.adapters.paper.letters import Run, Style, Weight
from app.adapters.paper.pen import ink
from app.adapters.paper.texts import Words, words, written_language
from app.domain.money import Money
from app.ports.documents import PaperContent
from resources.formats import Formats

WIDTH, HEIGHT = 595.276, 841.89
LEFT, RIGHT = 50.0, 545.276
TOP = 40.0
TOP_AFTER = 84.0
"""Where the room begins on the pages after the first, under their running head."""
FOOT = 781.0
"""Where the room ends: below it stand the seller's mentions and the page's number."""
RADIUS = 7.0

TITLE = Style(Weight.STRONG, 26, 32, ink("text"))
NAME = Style(Weight.STRONG, 12.5, 17, ink("text"))
HEADING = Style(Weight.STRONG, 11, 15, ink("text"))
BODY = Style(Weight.REGULAR, 9.5, 13, ink("text"))
QUIET = BODY.but(colour=ink("text-2"))
SMALL = Style(Weight.REGULAR, 8.2, 11.2, ink("text-2"))
CAPTION = Style(Weight.REGULAR, 7.6, 10, ink("text-3"))
CHIP = Style(Weight.MEDIUM, 7.4, 11.2, ink("text-2"))
AMOUNT = BODY.but(weight=Weight.MEDIUM)
SUM = BODY.but(weight=Weight.STRONG)
GRAND = Style(Weight.STRONG, 18, 26, ink("text"))


def room(page: int) -> float:
    """Give the height there is for blocks on a page, counted from 0."""
    return FOOT - (TOP_AFTER if page else TOP)


def room_top(page: int) -> float:
    """Give where the blocks of a page begin."""
    return TOP_AFTER if page else TOP


@dataclass(frozen=True)
class Form:
    """What is being written: its content, its words, its figures, and whether it commits."""

    content: PaperContent
    is_order: bool

    @cached_property
    def language(self) -> str:
        """The language it is written in: fr, en or zh."""
        return written_language(self.content.language)

    @cached_property
    def words(self) -> Words:
        """Its words."""
        return words(self.language)

    @cached_property
    def formats(self) -> Formats:
        """How it writes figures and days."""
        return Formats(self.language)

    @property
    def title(self) -> str:
        """What it is."""
        return self.words.order_form if self.is_order else self.words.quote

    def amount(self, money: Money, style: Style) -> tuple[Run, ...]:
        """An amount whose currency sign is thin."""
        thin = style.but(weight=Weight.THIN)
        return tuple(Run(text, thin if is_currency else style) for text, is_currency in self.formats.amount_runs(money))

    def euro(self, money: Money) -> str:
        """An amount within a sentence."""
        return self.formats.amount_euro(money)
