"""The third sheet: a dialog over a page, with what lies under it veiled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from views import formats
from views.gallery.bench import Sheet, beside
from views.gallery.samples import COLUMNS, branches
from views.shell.theme import Chip, Ink, set_surface, theme
from views.widgets.buttons import Button
from views.widgets.date_field import DateField
from views.widgets.labels import AmountLabel, ChipLabel, Paragraph, label
from views.widgets.notice import IconLabel
from views.widgets.overlay import Dialog
from views.widgets.tab_bar import TabBar
from views.widgets.tree_rows import TreeModel
from views.widgets.tree_table import TreeTable


class FloatingSheet(Sheet):
    """A page with a dialog open on it."""

    def fill(self) -> None:
        look = theme()
        self.setFixedHeight(look.px("floating_height"))
        tabs = TabBar(("Reconduction", "Avec display", "Numérique d’abord"), plus="Nouvelle simulation", flush=True)
        tabs.set_current(1)
        self.page.addWidget(tabs)
        self.page.addWidget(TreeTable(TreeModel(COLUMNS, branches())), 1)
        self.dialog = Dialog(
            self,
            "Dissocier « Avec display »",
            "Trois endroits, rien de perdu\u00a0: chaque sous-commande va où elle peut être traitée.",
        )
        for chip, title, words, cents in (
            (Chip("001 · 201", "accent"), "Reste\u00a0: « Avec display »", "Règlement recalculé\u00a0: 4 fois", 702240),
            (Chip("101", "danger"), "Nouvelle proposition « Site vitrine réduit »", "Se signe à part", -84960),
            (Chip("301", "warn"), "Demande au service client", "Partira avec le réseau, rien à signer.", 0),
        ):
            self.dialog.body.addWidget(self._tile(chip, title, words, cents))
        kept = Paragraph((("Les trois ensemble font toujours ", "regular"), ("5\u00a0144,00\u00a0€ HT", "strong")))
        foot = beside([IconLabel("check", "ok"), kept], 3)
        foot.setAlignment(kept, Qt.AlignmentFlag.AlignVCenter)
        self.dialog.add_foot(foot)
        self.dialog.add_button(Button("Ne rien changer", "plain"))
        self.dialog.add_button(Button("Dissocier", "fill", "split"))
        self.field = DateField(date(2026, 11, 21), today=lambda: date(2026, 11, 23))
        self.field.setFixedWidth(look.px("search"))
        self.page.addWidget(self.field, 0, Qt.AlignmentFlag.AlignRight)

    def draw(self, picture: Path) -> None:
        self.when_shown(self.dialog.open)
        self.when_shown(self._month_over_all)
        super().draw(picture)

    def _month_over_all(self) -> None:
        """A month stands beside its field; here it is lifted over the veil to be seen."""
        self.field.open_month().raise_()

    @staticmethod
    def _tile(chip: Chip, title: str, words: str, cents: int) -> QFrame:
        look = theme()
        tile = QFrame()
        set_surface(tile, "tile")
        column = QVBoxLayout(tile)
        pad = look.px("button_pad")
        column.setContentsMargins(pad, look.space(3), pad, look.space(3))
        column.setSpacing(look.space(1))
        column.addLayout(beside([label(title, "strong"), None, ChipLabel(chip.text, chip.status)]))
        if cents:
            amount = AmountLabel(formats.amount_runs(cents), Ink(size="lead", weight="strong"))
            column.addLayout(beside([amount, label("TTC", "small"), None]))
        column.addWidget(label(words, "small"))
        return tile
