"""A page that is one list: pills to narrow it, rows that lead on, a sentence when it is empty."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout

from views.shell.body import inset, line, page_margins
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.empty_page import EmptyPage
from views.widgets.list_rows import ListRows
from views.widgets.pill import Pill
from views.widgets.rows import KEY_ROLE, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate


class ListPage(Page):
    """Base: a subclass gives pills and rows, and says where a row leads."""

    is_root = True

    def __init__(
        self,
        session: Session,
        navigation: Navigation,
        shell: Shell,
        *,
        none: EmptyPage,
        delegate: TwoLineDelegate | None = None,
    ) -> None:
        """`none` shows while there are no rows."""
        super().__init__(session, navigation, shell)
        look = theme()
        self.none = none
        self.none.hide()
        self.list = ListRows(delegate or TwoLineDelegate())
        self.list.opened.connect(self._opened)
        self.pills: dict[str, Pill] = {}
        self._pill_row = line(look.space(1))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(inset(self._pill_row, look.px("row_out") - look.px("badge_top")))
        self._column.addSpacing(look.px("search_gap"))
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self.none, 1)
        self.fold(upright=False)

    def fold(self, *, upright: bool) -> None:
        left, top, right, bottom = page_margins(upright=upright)
        out = theme().px("row_out")
        self._column.setContentsMargins(left - out, top, right - out, bottom)

    def add_pills(self, pills: Sequence[tuple[str, str]]) -> None:
        """Add the narrowings: key and words."""
        for key, words in pills:
            pill = Pill(words)
            pill.clicked.connect(lambda _=False, key=key: self.narrow(key))
            self.pills[key] = pill
            self._pill_row.addWidget(pill)
        self._pill_row.addStretch(1)

    def narrow(self, key: str) -> None:
        """Use another narrowing, and come back to it next time."""
        self.navigation.move(show=key)
        self.press(key)
        self.show_rows()

    def press(self, key: str) -> None:
        """Show which narrowing is in force."""
        for name, pill in self.pills.items():
            pill.setChecked(name == key)

    @property
    def narrowing(self) -> str:
        """The key of the pill that is pressed."""
        return next((key for key, pill in self.pills.items() if pill.isChecked()), next(iter(self.pills), ""))

    def rows_model(self) -> RowsModel:
        """The list's own rows."""
        model = self.list.model()
        if not isinstance(model, RowsModel):
            raise TypeError(type(model))
        return model

    def show_none(self, *, nothing: bool) -> None:
        """Show the sentence instead of the list, or the list."""
        self.list.setVisible(not nothing)
        self.none.setVisible(nothing)

    def show_rows(self) -> None:
        """Show what is read under the narrowing in force."""

    def open_row(self, key: str) -> None:
        """Go where a row leads."""

    def _opened(self, index: QModelIndex) -> None:
        key = index.data(KEY_ROLE)
        if isinstance(key, str):
            self.open_row(key)
