"""The card beside the list of accounts: who, what is at stake against the years before, what is left to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from views import formats
from views.accounts.preview_model import Preview
from views.accounts.reach import call, phone_of, show_on_map, write
from views.shell.body import column, empty, line
from views.shell.theme import LEFT, MUTED, SMALL, Ink, set_surface, theme
from views.widgets.bar_chart import BarChart
from views.widgets.buttons import Button, IconButton
from views.widgets.labels import AmountLabel, ElidedLabel, Paragraph, label
from views.widgets.notice import IconLabel


class PreviewCard(QFrame):
    """Shows one account; `prepare_asked` goes out with its id."""

    prepare_asked = Signal(str)
    orders_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        set_surface(self, "card")
        self.setFixedWidth(look.px("panel_right"))
        self._preview: Preview | None = None
        self._name = ElidedLabel("", Ink(size="title", weight="strong"))
        self._trade = ElidedLabel("", MUTED)
        self.prepare = Button(self.tr("Préparer"), "fill")
        self.prepare.clicked.connect(self._prepare)
        self.phone = IconButton("phone", self.tr("Appeler"), "quiet")
        self.phone.clicked.connect(self._call)
        self.mail = IconButton("mail", self.tr("Écrire un e-mail"), "quiet")
        self.mail.clicked.connect(self._write)
        self.place = IconButton("pin", self.tr("Voir sur la carte"), "quiet")
        self.place.clicked.connect(self._show_place)
        self._caption = label("", "small-quiet")
        self._amount = AmountLabel((), Ink(size="display", weight="strong"), align=LEFT)
        self._against = Paragraph("", SMALL)
        self.chart = BarChart(height="chart_small")
        self.chart.clicked.connect(self._orders)
        self._left_title = label(self.tr("Reste à faire"), "strong")
        self._left = column(look.space(3))
        self._lay_out()
        self.setVisible(False)

    def show_preview(self, preview: Preview | None) -> None:
        """Show an account, or nothing."""
        self._preview = preview
        self.setVisible(preview is not None)
        if preview is None:
            return
        account = preview.account
        self._name.set_text(account.trade_name)
        self._trade.set_text(preview.trade)
        self._trade.setVisible(bool(preview.trade))
        self.phone.setEnabled(bool(phone_of(preview.person, account)))
        self.mail.setEnabled(preview.person is not None and bool(preview.person.email))
        self.place.setEnabled(bool(account.address.city))
        self._caption.setText(preview.caption)
        self._amount.set_runs(formats.amount_runs(preview.at_stake))
        self._against.set_text(preview.against)
        self._against.setVisible(bool(preview.against))
        self.chart.set_bars(preview.bars)
        self.chart.setVisible(len(preview.bars) > 1)
        empty(self._left)
        self._left_title.setVisible(bool(preview.left))
        for icon, words in preview.left:
            row = line(theme().space(3))
            row.addWidget(IconLabel(icon, "warn" if icon == "alert" else "text-3"))
            row.addWidget(ElidedLabel(words), 1)
            self._left.addLayout(row)

    def _lay_out(self) -> None:
        look = theme()
        buttons = line(look.space(2))
        buttons.addWidget(self.prepare)
        for button in (self.phone, self.mail, self.place):
            buttons.addWidget(button)
        buttons.addStretch(1)
        names, figures = column(), column()
        names.addWidget(self._name)
        names.addWidget(self._trade)
        figures.addWidget(self._caption)
        figures.addWidget(self._amount)
        figures.addWidget(self._against)
        figures.addSpacing(look.px("search_pad"))
        figures.addWidget(self.chart)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(look.space(6), look.space(6), look.space(6), look.space(6))
        layout.setSpacing(look.space(6))
        layout.addLayout(names)
        layout.addLayout(buttons)
        layout.addLayout(figures)
        left = column(look.space(3))
        left.addWidget(self._left_title)
        left.addLayout(self._left)
        layout.addLayout(left)
        layout.addStretch(1)

    def _prepare(self) -> None:
        if self._preview is not None:
            self.prepare_asked.emit(self._preview.account.id)

    def _orders(self) -> None:
        if self._preview is not None:
            self.orders_asked.emit(self._preview.account.id)

    def _call(self) -> None:
        if self._preview is not None:
            call(phone_of(self._preview.person, self._preview.account))

    def _write(self) -> None:
        if self._preview is not None and self._preview.person is not None:
            write(self._preview.person.email)

    def _show_place(self) -> None:
        if self._preview is not None:
            show_on_map(self._preview.account.address)
