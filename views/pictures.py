"""Every page with real data as pictures, at three sizes and in two or three themes: the designer's second bench."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.identifiers import AccountId
from app.ports.readers import AccountFilter, AccountSort
from app.usecases.accounts.plan_task import TickPreparation, tick_preparation
from views.gallery.road_stages import ROAD_SHOTS
from views.pages import PAGES
from views.place_stages import PLACE_SHOTS
from views.sale_stages import SALE_SHOTS
from views.shell.palette import Palette
from views.shell.session import Session
from views.shell.theme import theme
from views.shell.window import Window

THEMES = ("light", "dark")
FIRST_ACCOUNT = "Au nom de la Rose"


@dataclass(frozen=True, slots=True)
class Size:
    """A window: its name, its width and height in logical pixels, and the screen's scale."""

    name: str
    width: int
    height: int
    scale: float = 1.0


SIZES = (
    Size("1366x768", 1366, 768),
    Size("1920x1080-150", 1280, 720, 1.5),
    Size("800x1280", 800, 1280),
)


class Stage:
    """A window that a picture is arranged on."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.window = Window(session, PAGES)
        self.door: QWidget | None = None
        """What is painted in the window's place."""
        self._afterwards: list[Callable[[], object]] = []

    def go(self, page: str, **where: str) -> None:
        """Enter a page and wait until all it reads is there."""
        self.window.pages.go(page, **where)
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is read or laid out any more."""
        for _ in range(3):
            self.session.background.wait_idle()
            QApplication.processEvents()

    def afterwards(self, do: Callable[[], object]) -> None:
        """Do something once the picture is taken, so that the next one does not show it."""
        self._afterwards.append(do)

    def clear(self) -> None:
        """Leave nothing to the next picture."""
        while self._afterwards:
            self._afterwards.pop()()
        if self.door is not None:
            self.door.deleteLater()
            self.door = None
        self.settle()

    def account(self, name: str = FIRST_ACCOUNT) -> AccountId:
        """The account of that name, or the first one there is. Raises LookupError for an empty portfolio."""
        for text in (name, ""):
            wanted = AccountFilter(text=text, sort=AccountSort.NAME)
            found = self.session.readers.accounts(wanted, 0, 1)
            if found:
                return found[0].id
        raise LookupError(name)

    def take(self, path: Path, size: Size) -> Path:
        """Keep what shows as a picture at the screen's scale."""
        self.settle()
        picture = QPixmap(QSize(round(size.width * size.scale), round(size.height * size.scale)))
        picture.setDevicePixelRatio(size.scale)
        picture.fill(Qt.GlobalColor.transparent)
        (self.door or self.window).render(picture)
        if not picture.save(str(path)):
            raise OSError(f"{path} cannot be written")
        return path


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, how the stage is arranged for it, and the themes it is taken in."""

    name: str
    arrange: Callable[[Stage], None]
    themes: Sequence[str] = THEMES


def _page(name: str, **where: str) -> Callable[[Stage], None]:
    return lambda stage: stage.go(name, **where)


def _account(tab: str) -> Callable[[Stage], None]:
    return lambda stage: stage.go("account", account_id=stage.account(), tab=tab)


def _palette(stage: Stage) -> None:
    stage.go("today")
    stage.window.open_palette()
    for palette in stage.window.findChildren(Palette):
        palette.field.setText("rose")
    stage.settle()


def _loss(stage: Stage) -> None:
    stage.go("account", account_id=stage.account())
    stage.window.open_palette()
    for palette in stage.window.findChildren(Palette):
        palette.field.setText("> chute")
    stage.settle()


def _waiting(stage: Stage) -> None:
    """The network is off and something was done meanwhile: it waits, and the page says so."""
    session = stage.session
    session.switch_network(on=False)
    picture = session.readers.account(stage.account())
    for item in picture.preparation[-2:]:
        command = TickPreparation(item.id, not item.is_done)
        session.act(partial(tick_preparation, command, session.work))
    stage.settle()
    stage.go("sync")


SHOTS: list[Shot] = [
    Shot("today", _page("today"), (*THEMES, "contrast")),
    Shot("palette", _palette),
    Shot("accounts", _page("accounts", view="all"), (*THEMES, "contrast")),
    Shot("accounts-found", _page("accounts", view="all", text="opti")),
    Shot("account", _account("preparation"), (*THEMES, "contrast")),
    Shot("account-timeline", _account("timeline")),
    Shot("account-plan", _account("plan")),
    Shot("account-proposals", _account("proposals")),
    Shot("account-orders", _account("orders")),
    Shot("account-requests", _account("requests")),
    Shot("account-documents", _account("documents")),
    Shot("account-actions", _loss),
    Shot("proposals", _page("proposals", show="all")),
    Shot("orders", _page("orders")),
    Shot("requests", _page("requests", show="all")),
    Shot("catalogue", _page("catalogue")),
    Shot("dashboard", _page("dashboard")),
    Shot("sync", _waiting, (*THEMES, "contrast")),
]
"""What is taken; other pages add theirs: `SHOTS.append(Shot("proposal", …))`."""

SHOTS += [
    Shot(name, arrange, (*THEMES, "contrast") if in_contrast else THEMES) for name, arrange, in_contrast in SALE_SHOTS
]

SHOTS += [Shot(name, arrange) for name, arrange in {**PLACE_SHOTS, **ROAD_SHOTS}.items()]


def render(
    session_factory: Callable[[], Session],
    out: Path,
    shots: Sequence[Shot] | None = None,
    sizes: Sequence[Size] = SIZES,
) -> list[Path]:
    """Take every shot in its themes and at every size; give the files written, `out`/<shot>-<size>-<theme>.png.

    `session_factory` opens a fresh session; it is closed again. The application and its look must be there already.
    """
    out.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    look = theme()
    before, moved = look.wish, look.moves
    look.set_moves(False)
    session = session_factory()
    try:
        for name in dict.fromkeys(name for shot in shots or SHOTS for name in shot.themes):
            look.use(name)
            wanted = [shot for shot in shots or SHOTS if name in shot.themes]
            for size in sizes:
                written += _render_size(session, wanted, size, name, out)
    finally:
        session.close()
        look.use(before)
        look.set_moves(moved)
    return written


def _render_size(session: Session, shots: Sequence[Shot], size: Size, name: str, out: Path) -> list[Path]:
    stage = Stage(session)
    stage.window.resize(size.width, size.height)
    stage.window.show()
    stage.settle()
    written = []
    for shot in shots:
        shot.arrange(stage)
        written.append(stage.take(out / f"{shot.name}-{size.name}-{name}.png", size))
        stage.clear()
    stage.window.close()
    stage.window.deleteLater()
    QApplication.processEvents()
    return written
