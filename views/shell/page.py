"""A page of the window: its title, what it asks of the header, and the place it is at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from views.shell.session import Session


@dataclass(frozen=True, slots=True)
class Place:
    """Where the window is: a page's name, and which account, proposal, tab… it shows. Kept between two days."""

    page: str
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageAction:
    """Something the palette can do: its words, what it concerns, an icon, a shortcut to show, and the doing."""

    text: str
    about: str = ""
    icon: str = "right"
    keys: str = ""
    do: Callable[[], object]


class Shell(Protocol):
    """What a page may ask of the window around it."""

    def show_full(self, widget: QWidget, *, for_customer: bool = False) -> None:
        """Cover the whole window with a widget: no rail, no header, no shortcut, until `leave_full`.

        `for_customer` puts it on the second screen when there is one.
        """

    def leave_full(self) -> None:
        """Take the widget off again; it is given back unparented and hidden."""

    def show_over(self, widget: QWidget) -> None:
        """Show a dialog over the scrim; it is put away by its own `closed` signal or Esc."""

    @property
    def is_upright(self) -> bool:
        """Whether the window is narrower than the fold."""


class Navigation(Protocol):
    """How pages lead to each other."""

    @property
    def place(self) -> Place:
        """Where the window is now."""

    def has(self, name: str) -> bool:
        """Whether a page of that name exists."""

    def go(self, name: str, **where: str) -> None:
        """Leave this page and enter another: `go("proposal", account_id=…, proposal_id=…)`."""

    def back(self) -> None:
        """Go where the window was before; to Today when there is nothing before."""

    def move(self, **where: str) -> None:
        """Say that this page now shows something else (a tab, a selection), without entering it anew."""


class Page(QWidget):
    """Base of all pages. A subclass builds its widgets in `__init__`, reads in `enter`, and holds no decision.

    Texts are set in `__init__`: when the language changes the window makes its pages anew and enters the same place.
    """

    name: ClassVar[str] = ""
    rail: ClassVar[str] = ""
    """The rail's item that is lit while the page shows."""
    is_full: ClassVar[bool] = False
    """Whether the page covers the whole window (courtesy, signing)."""
    for_customer: ClassVar[bool] = False
    """Whether a full page goes to the second screen when there is one."""
    is_root: ClassVar[bool] = False
    """Whether the rail leads here, so that the header shows no way back."""

    head_changed = Signal()

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__()
        self.session = session
        self.navigation = navigation
        self.shell = shell
        self._title = ""
        self._subtitle: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """What the header says."""
        return self._title

    @property
    def subtitle(self) -> tuple[tuple[str, str], ...]:
        """What stands quietly beside the title: pieces with their weight."""
        return self._subtitle

    def set_head(self, title: str, subtitle: str | Sequence[tuple[str, str]] = "") -> None:
        """Change title and subtitle; pieces of the subtitle may be (text, weight)."""
        self._title = title
        self._subtitle = (
            (((subtitle, "regular"),) if subtitle else ()) if isinstance(subtitle, str) else tuple(subtitle)
        )
        self.setAccessibleName(title)
        self.head_changed.emit()

    def header_actions(self) -> Sequence[QWidget]:
        """Widgets that stand in the header before the search; the same ones each time."""
        return ()

    def enter(self, **where: str) -> None:
        """Show what `where` says; called each time the window comes here, also with another account."""

    def leave(self) -> None:
        """The window goes elsewhere; nothing is to be saved, everything already is."""

    def fold(self, *, upright: bool) -> None:
        """Lay out for a lying or an upright window."""

    def offers(self) -> Sequence[PageAction]:
        """What the command palette offers while this page shows."""
        return ()
