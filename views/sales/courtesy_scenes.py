"""The five scenes before the customer: what they have, what differs, what is new, the detail, how it is paid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from app.domain.sales.proposal import Instalment
from views.formats import amount_euro, formats
from views.sales.compare_sentences import Sentence
from views.sales.courtesy_art import trade_of
from views.sales.courtesy_content import Courtesy
from views.sales.courtesy_parts import BIG, CoverView, GreatAmount, GreatBars, MotifView
from views.shell.body import column, line
from views.shell.theme import Ink, theme
from views.widgets.labels import ElidedLabel, Paragraph
from views.widgets.notice import IconLabel

translate = QCoreApplication.translate

MOST_TODAY = 4
"""More would not be read from across a table."""


class Scene(QWidget):
    """A screen of its own: words at the left with room for the way on below them, perhaps a picture at the right."""

    def __init__(self, scale: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scale = scale
        self.words = column()
        self.picture: QWidget | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._left = column()
        self._left.addLayout(self.words)

    def ink(self, size: str, weight: str = "regular", colour: str = "text") -> Ink:
        """An ink of the scale, as large as this screen is drawn."""
        return Ink(colour, size, weight, scale=self.scale)

    def quiet(self, size: str) -> Ink:
        """The quieter ink of the sentences."""
        return self.ink(size, colour="text-2")

    def fold(self, *, upright: bool) -> None:
        """The picture at the right, or on top of an upright screen."""
        look, grid = theme(), self._grid
        grid.removeItem(self._left)
        if self.picture is not None:
            grid.removeWidget(self.picture)
        half = self.scale / BIG
        pad = look.space(16) if upright else look.space(16) + look.space(4)
        top = look.space(10) if upright and self.picture is not None else look.space(12) + look.space(1)
        below = look.space(12) + look.space(16) + look.space(6)
        right = pad if self.picture is None or upright else look.space(10)
        self._left.setContentsMargins(round(pad * half), round(top * half), round(right * half), round(below * half))
        for at in range(2):
            grid.setRowStretch(at, 0)
            grid.setColumnStretch(at, 0)
        if self.picture is None:
            grid.addLayout(self._left, 0, 0)
        elif upright:
            self.picture.setMinimumSize(0, round(590 * half))
            self.picture.setMaximumSize(16777215, round(590 * half))
            grid.addWidget(self.picture, 0, 0)
            grid.addLayout(self._left, 1, 0)
            grid.setRowStretch(1, 1)
        else:
            self.picture.setMinimumSize(round(560 * half), 0)
            self.picture.setMaximumSize(round(560 * half), 16777215)
            grid.addLayout(self._left, 0, 0)
            grid.addWidget(self.picture, 0, 1)
        grid.setColumnStretch(0, 1)
        if not upright or self.picture is None:
            grid.setRowStretch(0, 1)

    def caption(self, content: Courtesy) -> ElidedLabel:
        """The customer's name and the year, small at the top."""
        words = self.tr("{account}, {year}").format(account=content.name, year=content.edition)
        return ElidedLabel(words, self.quiet("small"))

    def show_content(self, content: Courtesy) -> None:
        """Show what changed: amounts and quantities; what is there stays where it is."""


class WelcomeScene(Scene):
    """Whose screen this is, and what they have today."""

    def __init__(self, content: Courtesy, scale: float) -> None:
        super().__init__(scale)
        self.picture = MotifView(trade_of(content.trade))
        self.words.addWidget(self.caption(content))
        self.words.addStretch(1)
        self.words.addWidget(Paragraph(content.name, self.ink("display", "strong")))
        self.words.addSpacing(round(11 * scale))
        if content.today:
            said = self.tr("Aujourd’hui, voici où l’on vous trouve.")
        else:
            said = self.tr("Voici ce que nous vous proposons.")
        self.words.addWidget(Paragraph(said, self.quiet("body")))
        self.words.addSpacing(round(12 * scale))
        for one in content.today[:MOST_TODAY]:
            self.words.addWidget(_Found(one.label, one.where, self))
        more = len(content.today) - MOST_TODAY
        if more > 0:
            words = self.tr("et %n autre(s)", "", more)
            rest = line()
            rest.setContentsMargins(round(22 * scale), 0, 0, 0)
            rest.addWidget(Paragraph(words, self.quiet("small")))
            self.words.addLayout(rest)
        self.words.addStretch(1)


class _Found(QWidget):
    def __init__(self, label: str, where: str, scene: Scene) -> None:
        super().__init__()
        row = line(round(8 * scene.scale))
        self.setLayout(row)
        row.addWidget(IconLabel("check", "accent-text", round(14 * scene.scale)))
        row.addWidget(ElidedLabel(label, scene.ink("small", "medium")))
        row.addWidget(ElidedLabel(where, scene.quiet("small")), 1)
        self.setFixedHeight(round(22 * scene.scale))


class CompareScene(Scene):
    """From one edition to the next: bars, and what they mean in sentences."""

    def __init__(self, content: Courtesy, said: Sequence[Sentence], scale: float) -> None:
        super().__init__(scale)
        self.bars = GreatBars(scale)
        self.words.addWidget(self.caption(content))
        self.words.addSpacing(round(14 * scale))
        self.words.addWidget(Paragraph(self.tr("D’une édition à l’autre"), self.ink("title", "strong")))
        self.words.addWidget(Paragraph(self.tr("En euros, hors taxes"), self.quiet("small")))
        self.words.addSpacing(round(2 * scale))
        self._body = QHBoxLayout()
        self._body.setSpacing(round(28 * scale))
        self._said = column(round(9 * scale))
        self._said.addStretch(1)
        for sentence in said:
            row = line(round(8 * scale))
            icon = IconLabel(sentence.icon, "accent-text", round(14 * scale))
            row.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Paragraph(sentence.text, self.quiet("small")), 1)
            self._said.addLayout(row)
        self._said.addStretch(1)
        self._body.addWidget(self.bars, 3)
        if said:
            self._body.addLayout(self._said, 2)
        self.words.addLayout(self._body, 1)
        self.show_content(content)

    def fold(self, *, upright: bool) -> None:
        super().fold(upright=upright)
        direction = QHBoxLayout.Direction.TopToBottom if upright else QHBoxLayout.Direction.LeftToRight
        self._body.setDirection(direction)

    def show_content(self, content: Courtesy) -> None:
        colours = {True: "chart-base", False: "chart-5"}
        self.bars.set_bars(
            tuple(
                (
                    bar.name,
                    bar.net.cents,
                    formats().euros(bar.net),
                    "accent" if bar.is_shown else colours[bar.is_past],
                )
                for bar in content.bars
            )
        )


class NoveltyScene(Scene):
    """What is worth a picture, and what everything comes to."""

    def __init__(self, content: Courtesy, scale: float) -> None:
        super().__init__(scale)
        place = ", ".join(filter(None, (content.trade, content.address)))
        self.picture = CoverView(trade_of(content.trade), content.name, place)
        self._caption = self.caption(content)
        self.words.addWidget(self._caption)
        self.words.addStretch(1)
        headline = column()
        for part in content.novelty.headline:
            headline.addWidget(Paragraph(part, self.ink("display", "strong")))
        self.words.addLayout(headline)
        self.words.addSpacing(round(11 * scale))
        self._sentence = Paragraph("", self.quiet("body"))
        self._sentence.setMaximumWidth(round(300 * scale))
        self.words.addWidget(self._sentence)
        self._shown = content.novelty
        self.words.addSpacing(round(20 * scale))
        self.amount = GreatAmount(self.tr("TTC pour l’ensemble"), scale=scale)
        self.paid = Paragraph("", self.quiet("small"))
        self.words.addWidget(self.amount)
        self.words.addWidget(self.paid)
        self.words.addStretch(1)
        self.show_content(content)

    def fold(self, *, upright: bool) -> None:
        super().fold(upright=upright)
        self._caption.setVisible(not upright)
        self.words.setStretch(1, 0 if upright else 1)

    def show_content(self, content: Courtesy) -> None:
        # Its condition may fall away; while another quantity makes something else the news, the picture stays.
        if content.novelty.headline == self._shown.headline:
            self._shown = content.novelty
        self._sentence.set_text(self._shown.text)
        self.amount.set_amount(content.gross)
        self.paid.set_text(paid_words(content.plan))


def paid_words(plan: Sequence[Instalment]) -> str:
    """`en 4 fois 1 755,60 €, à partir du 15 janvier 2027`; empty when nothing is to be paid."""
    if not plan:
        return ""
    first = formats().date_long(plan[0].due_on)
    if len(plan) == 1:
        return translate("Courtesy", "en une fois, le {day}").format(day=first)
    if len({one.gross for one in plan}) == 1:
        said = translate("Courtesy", "en {count} fois {amount}, à partir du {day}")
        return said.format(count=len(plan), amount=amount_euro(plan[0].gross), day=first)
    return translate("Courtesy", "en {count} fois, à partir du {day}").format(count=len(plan), day=first)
