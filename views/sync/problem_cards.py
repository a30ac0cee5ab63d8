"""The cards of what needs the rep: a refusal to read, a conflict to decide field by field."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from views.shell.body import line
from views.shell.theme import (
    CENTRE,
    MUTED,
    SMALL,
    SMALL_QUIET,
    STRONG,
    Ink,
    paint_text,
    set_surface,
    text_width,
    theme,
)
from views.sync.sync_model import MINE, THEIRS, FieldRow, ProblemCard
from views.widgets.buttons import Button
from views.widgets.labels import ElidedLabel, Paragraph, label
from views.widgets.notice import IconLabel

MOST_EDITS = 8
"""Fields of a refused action that its card shows."""


_CHOSEN = Ink("accent-text", weight="strong")


def _is_short(field: FieldRow) -> bool:
    """Whether all its values can be read whole beside each other."""
    return all(ValueButton.fits(value) for value in (field.base, field.mine, field.theirs))


class ValueButton(QAbstractButton):
    """One of two values; the chosen one is outlined and filled quietly.

    With a `caption`, whose value it is, it is as wide as the card; without one it stands in its side's column.
    """

    def __init__(self, value: str, side: str, caption: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self.setText(value)
        self.setToolTip(value)
        self.setAccessibleName(side)
        self.setAccessibleDescription(value)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        across = QSizePolicy.Policy.Expanding if caption else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    @staticmethod
    def fits(value: str) -> bool:
        """Whether a value can be read whole in a column, also once it is chosen."""
        look = theme()
        return text_width(value, _CHOSEN) <= look.px("conflict_choice") - look.space(4)

    @property
    def is_cut(self) -> bool:
        """Whether a part of its value does not show."""
        return text_width(self.text(), _CHOSEN) > self._words().width()

    def sizeHint(self) -> QSize:
        return QSize(theme().px("conflict_choice"), theme().px("target"))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on = self.isChecked()
        width = look.px("border.focus") if on else look.px("border.control")
        painter.setPen(QPen(look.c("accent" if on else "border"), width))
        painter.setBrush(look.c("accent-quiet" if on else "hover" if self.underMouse() else "raised"))
        inset = width / 2
        radius = look.px("radius.control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), radius, radius)
        ink, room = _CHOSEN if on else Ink(), self._words()
        words = look.metrics(ink.size, ink.weight).elidedText(
            self.text(), Qt.TextElideMode.ElideRight, int(room.width())
        )
        if self._caption:
            captions = QRectF(look.space(3), 0, room.left() - look.space(3), self.height())
            paint_text(painter, captions, self._caption, SMALL_QUIET)
        paint_text(painter, room, words, ink, Qt.AlignmentFlag.AlignLeft if self._caption else CENTRE)

    def _words(self) -> QRectF:
        """Where the value stands."""
        look = theme()
        left = look.px("conflict_choice") if self._caption else look.space(2)
        return QRectF(left, 0, self.width() - left - look.space(2), self.height())


class Card(QFrame):
    """A problem with its buttons; the first card's is the filled one of the page."""

    dismissed = Signal(str)
    resolved = Signal(str, object)
    """The problem's id, and for each field's key the side that was chosen."""
    account_asked = Signal(str)
    """The account's name."""
    place_asked = Signal(str, str)
    """The problem's id, and the id of the limited place that is taken instead."""
    removal_asked = Signal(str)
    """The problem's id: the line whose place is gone is to be taken out."""

    def __init__(self, problem: ProblemCard, *, is_first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self._problem = problem
        self._groups: dict[str, QButtonGroup] = {}
        set_surface(self, "card")
        self.setAccessibleName(problem.title)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        self._column.setSpacing(look.space(2))
        self._add_head()
        if problem.is_conflict:
            self._add_fields()
            self._add_decision(is_first=is_first)
        else:
            self._column.addWidget(Paragraph(problem.words))
            self._add_edits()
            for words in (problem.remedy, problem.dependants, problem.kept):
                if words:
                    self._column.addWidget(Paragraph(words, SMALL))
            self._add_ways(is_first=is_first)

    @property
    def id(self) -> str:
        """The problem it shows."""
        return self._problem.id

    def choices(self) -> dict[str, str]:
        """For each field's key, "mine" or "theirs"."""
        return {key: MINE if group.checkedId() == 0 else THEIRS for key, group in self._groups.items()}

    def choose(self, key: str, side: str) -> None:
        """Choose a side for a field."""
        button = self._groups[key].button(0 if side == MINE else 1)
        button.setChecked(True)

    def choose_all(self, side: str) -> None:
        """Choose one side for every field."""
        for key in self._groups:
            self.choose(key, side)

    def _add_head(self) -> None:
        problem = self._problem
        row = line(theme().space(3))
        icon, colour = ("info", "info") if problem.is_notice else ("alert", "danger")
        if problem.is_conflict:
            icon, colour = "split", "warn"
        row.addWidget(IconLabel(icon, colour))
        row.addWidget(ElidedLabel(problem.title, STRONG), 1)
        row.addWidget(label(problem.at, "small-quiet"))
        self._column.addLayout(row)

    def _add_fields(self) -> None:
        look = theme()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space(2))
        grid.setVerticalSpacing(look.space(2))
        mine = self.tr("Vous · {at}").format(at=self._problem.done) if self._problem.done else self.tr("Vous")
        authors = list(dict.fromkeys(field.by for field in self._problem.fields))
        theirs = authors[0] if len(authors) == 1 else self.tr("Centre")
        # Fields whose values are long come first, each value on a row of its own; the columns have their heads below.
        row = 0
        short = [field for field in self._problem.fields if _is_short(field)]
        for field in self._problem.fields:
            if field not in short:
                # A little more room over each field than between its values.
                grid.setRowMinimumHeight(row, look.space(1))
                self._add_long_field(grid, row + 1, field, (mine, theirs))
                row += 4
        if short:
            grid.setRowMinimumHeight(row, look.space(1))
            row += 1
            for at, words in enumerate(("", self.tr("Avant"), mine, theirs)):
                grid.addWidget(ElidedLabel(words, SMALL_QUIET), row, at)
        for field in short:
            row += 1
            self._add_field(grid, row, field)
        grid.setColumnMinimumWidth(0, look.px("conflict_label"))
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)

    def _add_field(self, grid: QGridLayout, row: int, field: FieldRow) -> None:
        grid.addWidget(ElidedLabel(field.name, MUTED), row, 0)
        grid.addWidget(ElidedLabel(field.base, SMALL_QUIET), row, 1)
        for side, button in enumerate(self._buttons(field, ("", ""))):
            grid.addWidget(button, row, 2 + side)

    def _add_long_field(self, grid: QGridLayout, row: int, field: FieldRow, captions: tuple[str, str]) -> None:
        grid.addWidget(ElidedLabel(field.name, MUTED), row, 0)
        before = self.tr("avant : {value}").format(value=field.base)
        grid.addWidget(ElidedLabel(before, SMALL_QUIET), row, 1, 1, 3)
        for side, button in enumerate(self._buttons(field, captions)):
            grid.addWidget(button, row + 1 + side, 0, 1, 4)

    def _buttons(self, field: FieldRow, captions: tuple[str, str]) -> tuple[ValueButton, ValueButton]:
        group = QButtonGroup(self)
        mine = ValueButton(field.mine, self.tr("{field} : la vôtre").format(field=field.name), captions[0])
        theirs = ValueButton(field.theirs, self.tr("{field} : celle du centre").format(field=field.name), captions[1])
        theirs.setToolTip(f"{field.theirs}\n{field.by}")
        for side, button in enumerate((mine, theirs)):
            group.addButton(button, side)
        # Until one chooses, the centre's value stands.
        theirs.setChecked(True)
        self._groups[field.key] = group
        return mine, theirs

    def _add_edits(self) -> None:
        """What the rep had entered stays in sight: nothing typed is lost with a refusal."""
        edits = self._problem.edits
        if not edits:
            return
        look = theme()
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.space(3))
        grid.setVerticalSpacing(look.space(1))
        grid.addWidget(label(self.tr("Ce que vous aviez saisi"), "small-quiet"), 0, 0, 1, 2)
        for row, edit in enumerate(edits[:MOST_EDITS], 1):
            values = f"{edit.before} → {edit.mine}" if edit.before else edit.mine
            grid.addWidget(ElidedLabel(edit.name, MUTED), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Paragraph(values), row, 1)
        if len(edits) > MOST_EDITS:
            more = self.tr("et %n autre(s), dans le détail technique", "", len(edits) - MOST_EDITS)
            grid.addWidget(label(more, "small-quiet"), MOST_EDITS + 1, 1)
        grid.setColumnMinimumWidth(0, look.px("conflict_label"))
        grid.setColumnStretch(1, 1)
        self._column.addLayout(grid)

    def _add_decision(self, *, is_first: bool) -> None:
        if len(self._groups) > 1:
            whole = line(theme().space(2))
            # Its words, not its edge, stand under those above.
            whole.setContentsMargins(-theme().px("button_pad_plain"), 0, 0, 0)
            for side, words in ((MINE, self.tr("Toutes les miennes")), (THEIRS, self.tr("Toutes celles du centre"))):
                button = Button(words, "link")
                button.clicked.connect(partial(self.choose_all, side))
                whole.addWidget(button)
            whole.addStretch(1)
            self._column.addLayout(whole)
        row = line(theme().space(3))
        row.addWidget(Paragraph(self._problem.kept, SMALL), 1, Qt.AlignmentFlag.AlignVCenter)
        keep = Button(self.tr("Garder ce choix"), "fill" if is_first else "quiet")
        keep.clicked.connect(lambda: self.resolved.emit(self._problem.id, self.choices()))
        row.addWidget(keep)
        self._column.addLayout(row)

    def _add_ways(self, *, is_first: bool) -> None:
        self.places: list[Button] = []
        for place in self._problem.places:
            # The nearest one is the best guess; the others are as near to the finger.
            best = is_first and not self.places
            take = Button(self.tr("Prendre {place}").format(place=place.words), "fill" if best else "quiet", "pin")
            take.setToolTip(place.words)
            take.clicked.connect(partial(self.place_asked.emit, self._problem.id, place.slot_id))
            self.places.append(take)
            self._column.addWidget(take)
        if self._problem.removable:
            best = is_first and not self.places
            words = self.tr("Retirer {product}").format(product=self._problem.removable)
            self.removal = Button(words, "fill" if best else "quiet", "minus")
            self.removal.clicked.connect(partial(self.removal_asked.emit, self._problem.id))
            self._column.addWidget(self.removal)
        answers = bool(self.places or self._problem.removable)
        row = line(theme().space(2))
        if self._problem.account:
            words = self.tr("Ouvrir {account}").format(account=self._problem.account)
            kind = "fill" if is_first and not answers else "plain" if answers else "quiet"
            go = Button(words, kind)
            go.clicked.connect(partial(self.account_asked.emit, self._problem.account))
            row.addWidget(go)
        away = Button(self.tr("C’est vu, ranger"), "plain")
        away.clicked.connect(partial(self.dismissed.emit, self._problem.id))
        row.addWidget(away)
        row.addStretch(1)
        self._column.addLayout(row)
