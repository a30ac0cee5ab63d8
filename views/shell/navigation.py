"""Where the window is and was: pages made when first needed, entered by name, found again after closing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec

from PySide6.QtCore import QObject, Signal

from views.shell.memory import Memory
from views.shell.page import Page, Place

Source = str | type[Page] | Callable[..., Page]
"""Where a page comes from: "views.accounts.account_page:AccountPage", or the class itself."""
HOME = "today"
_KEY = "places"
_LONGEST_WAY = 30
TYPED = frozenset({"text"})
"""Words typed in a search: they come back with « Retour », but are not written where others could read them."""


class Pages(QObject):
    """The navigation: a trail of places, kept each time it changes."""

    arrived = Signal(object)
    """The Page that is entered; it shows what it shows from now on."""

    def __init__(
        self,
        sources: Mapping[str, Source],
        make: Callable[[Callable[..., Page]], Page],
        memory: Memory,
        parent: QObject | None = None,
    ) -> None:
        """`make` builds a page from its class or maker; `memory` keeps the trail."""
        super().__init__(parent)
        self._sources = dict(sources)
        self._make = make
        self._memory = memory
        self._pages: dict[str, Page] = {}
        self._trail: list[Place] = [Place(HOME)]
        self._written = ""

    @property
    def place(self) -> Place:
        """Where the window is now."""
        return self._trail[-1]

    @property
    def page(self) -> Page:
        """The page that shows."""
        return self.page_named(self.place.page)

    @property
    def made(self) -> tuple[Page, ...]:
        """The pages that exist by now."""
        return tuple(self._pages.values())

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before this one."""
        return len(self._trail) > 1

    def register(self, name: str, source: Source) -> None:
        """Add a page, or put another in its place."""
        self._sources[name] = source

    def has(self, name: str) -> bool:
        """Whether a page of that name exists."""
        source = self._sources.get(name)
        if isinstance(source, str):
            module = source.partition(":")[0]
            return find_spec(module.rpartition(".")[0]) is not None and find_spec(module) is not None
        return source is not None

    def page_named(self, name: str) -> Page:
        """Give the page of that name, made when it is first needed; raises KeyError for an unknown name."""
        if name not in self._pages:
            self._pages[name] = self._make(_class_of(self._sources[name]))
        return self._pages[name]

    def go(self, name: str, **where: str) -> None:
        """Leave this page and enter another."""
        if not self.has(name):
            raise KeyError(name)
        place = Place(name, where)
        self._leave()
        if self.page_named(name).is_root:
            self._trail = [place]
        elif self.place != place:
            self._trail = [*self._trail[-_LONGEST_WAY:], place]
        self._enter()

    def back(self) -> None:
        """Go where the window was before; to Today when there is nothing before."""
        self._leave()
        self._trail.pop()
        if not self._trail:
            self._trail = [Place(HOME)]
        self._enter()

    def move(self, **where: str) -> None:
        """Say that this page now shows something else, without entering it anew."""
        self._trail[-1] = Place(self.place.page, {**self.place.where, **where})
        self._keep()

    def return_to_last_place(self) -> None:
        """Enter the place that the window was left at; Today when it is gone or there is none."""
        trail = [place for place in self._kept() if self.has(place.page)]
        self._trail = trail or [Place(HOME)]
        self._enter()

    def make_anew(self) -> None:
        """Throw the pages away and enter the same place again: another language is spoken."""
        self._leave()
        for page in self._pages.values():
            page.deleteLater()
        self._pages.clear()
        self._enter()

    def _leave(self) -> None:
        if self.place.page in self._pages:
            self._pages[self.place.page].leave()

    def _enter(self) -> None:
        self._keep()
        page = self.page
        self.arrived.emit(page)
        page.enter(**self.place.where)

    def _keep(self) -> None:
        trail = ((place.page, place.where) for place in self._trail)
        kept = json.dumps([[page, {name: where[name] for name in where if name not in TYPED}] for page, where in trail])
        if kept != self._written:
            self._written = kept
            self._memory.put(_KEY, kept)

    def _kept(self) -> list[Place]:
        try:
            return [
                Place(str(page), {str(name): str(value) for name, value in where.items()})
                for page, where in json.loads(self._memory.get(_KEY) or "[]")
            ]
        except (ValueError, TypeError, AttributeError):
            return []


def _class_of(source: Source) -> Callable[..., Page]:
    if not isinstance(source, str):
        return source
    module, _, name = source.partition(":")
    found = getattr(import_module(module), name)
    if not (isinstance(found, type) and issubclass(found, Page)):
        message = f"{source} is no page"
        raise TypeError(message)
    return found
