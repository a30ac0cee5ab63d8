"""The window: rail, header, page, and what lies over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QByteArray, QEvent, Qt
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedLayout, QWidget

from app.domain.accounts.rep import Rep
from app.ports.courier import Progress
from views.shell.frame import Frame
from views.shell.menu import SettingsMenu
from views.shell.navigation import Pages, Source
from views.shell.notices import Done, Told
from views.shell.page import Page, PageAction
from views.shell.palette import Palette
from views.shell.road_model import RoadModel
from views.shell.session import Session
from views.shell.sync_chip import SyncFigures
from views.shell.theme import theme
from views.shell.translations import Interpreter
from views.shell.warming import Warming
from views.widgets.focus_ring import FocusRing
from views.widgets.overlay import Overlay
from views.widgets.toast import Toast

GEOMETRY_KEY = "geometry"


class Window(QWidget):
    """One rep's window on one store; it comes back to the place where it was left."""

    def __init__(self, session: Session, sources: Mapping[str, Source], *, training: bool = False) -> None:
        """`sources` are the pages by name."""
        super().__init__()
        self.session = session
        self._sources = sources
        self._training = training
        self._full: QWidget | None = None
        self._figures = SyncFigures()
        self._me: Rep | None = None
        self._road = RoadModel(session, self)
        self._warned: set[str] = set()
        self._upright = False
        self._before_full = Qt.WindowState.WindowNoState
        self._warming: Warming | None = None
        self._covers = QStackedLayout(self)
        self._interpreter = Interpreter(_application())
        self._interpreter.speak(session.language)
        self.pages = Pages(sources, self._make_page, session.memory, self)
        self.frame = self._make_frame()
        self.ring = FocusRing(self)
        self.pages.arrived.connect(self._arrive)
        session.told.connect(self._tell)
        session.done.connect(self._say)
        session.language_changed.connect(self._speak)
        session.sync.changed.connect(self._show_figures)
        session.sync.changed.connect(self._warn)
        theme().changed.connect(self._dress)
        self._keys: list[QShortcut] = []
        self._bind_keys()
        self.setMinimumSize(theme().px("smallest_width"), theme().px("smallest_height"))
        self._restore_geometry()
        session.read(session.readers.me, self._greet)
        session.sync.look()
        self._covers.setCurrentWidget(self.frame)
        self.pages.return_to_last_place()

    def event(self, event: QEvent) -> bool:
        """Paint all that is to be painted anew while others give way."""
        if event.type() == QEvent.Type.UpdateRequest:
            with self.session.at_work:
                return super().event(event)
        return super().event(event)

    # ------------------------------------------------------------------------------------------- for pages
    @property
    def is_upright(self) -> bool:
        """Whether the window is narrower than the fold."""
        return self._upright

    def show_full(self, widget: QWidget, *, for_customer: bool = False) -> None:
        """Cover the whole window: no rail, no header, no shortcut, until `leave_full`."""
        self.leave_full()
        self._full = widget
        self._close_overlays()
        for key in self._keys:
            key.setEnabled(False)
        screens = QGuiApplication.screens()
        if for_customer and len(screens) > 1 and self.screen() in screens:
            # Two screens: the customer's is the one that the rep's window is not on.
            other = next(screen for screen in screens if screen is not self.screen())
            widget.setParent(None)
            widget.setWindowFlag(Qt.WindowType.FramelessWindowHint)
            widget.setGeometry(other.geometry())
            widget.showFullScreen()
        else:
            self._covers.addWidget(widget)
            self._covers.setCurrentWidget(widget)
            self._before_full = self.windowState()
            if _has_screen():
                self.showFullScreen()
        widget.setFocus()

    def leave_full(self) -> None:
        """Take the full widget off; it is unparented and hidden, whoever made it keeps it."""
        widget, self._full = self._full, None
        if widget is None:
            return
        on_this_window = widget.parent() is not None
        widget.hide()
        if on_this_window:
            self._covers.removeWidget(widget)
            widget.setParent(None)
            self.setWindowState(self._before_full)
        for key in self._keys:
            key.setEnabled(True)
        self._covers.setCurrentWidget(self.frame)

    @property
    def is_full(self) -> bool:
        """Whether a full widget covers the window."""
        return self._full is not None

    def show_over(self, widget: QWidget) -> None:
        """Open a dialog over the page; one that is no overlay is just shown."""
        if isinstance(widget, Overlay):
            widget.open()
        else:
            widget.show()

    # ------------------------------------------------------------------------------------------- figures
    def _show_figures(self) -> None:
        standing = self.session.sync.standing
        if standing is None:
            return
        road, queue = standing.road, standing.queue
        problems = len(queue.problems) + len(road.stopped_deletions)
        online = road.is_online and not road.is_switched_off
        rests = road.progress is not None and road.progress.is_paused
        self._figures = SyncFigures(online, len(queue.waiting), problems, _share(road.progress), rests)
        self.frame.header.chip.set_figures(self._figures)
        self.frame.rail.set_count("sync", self._figures.problems)
        self.frame.look_after_devices(does=standing.looks_after_devices)

    def _warn(self) -> None:
        """Say once what is wrong with this device's clock or release; the sync page says it all the time."""
        shown = self.frame.stack.currentWidget()
        if isinstance(shown, Page) and shown.name == "sync":
            return
        for caution in self._road.cautions():
            if caution.kind not in self._warned:
                self._warned.add(caution.kind)
                self.frame.notices.tell(Told(kind="warn", what=caution.what, kept=caution.kept))

    def _greet(self, me: Rep) -> None:
        self._me = me
        self.frame.header.initials.set_name(me.initials, me.name)

    # ------------------------------------------------------------------------------------------- pages
    def _make_page(self, maker: Callable[..., Page]) -> Page:
        page = maker(self.session, self.pages, self)
        if not page.is_full:
            self.frame.stack.addWidget(page)
        page.fold(upright=self._upright)
        page.head_changed.connect(lambda: self._show_head(page))
        return page

    def _arrive(self, page: Page) -> None:
        self._close_overlays()
        if page.is_full:
            self.show_full(page, for_customer=page.for_customer)
            return
        self.leave_full()
        if self.frame.stack.currentWidget() is not page:
            self.frame.notices.leave_page()
        self.frame.stack.setCurrentWidget(page)
        self.frame.rail.light(page.rail or page.name)
        self._show_head(page)

    def _show_head(self, page: Page) -> None:
        if self.frame.stack.currentWidget() is page:
            self.frame.header.show_page(page)
            name = self.tr("Tournée, base école") if self._training else self.tr("Tournée")
            self.setWindowTitle(f"{page.title} · {name}" if page.title else name)

    # ------------------------------------------------------------------------------------------- building
    def _make_frame(self) -> Frame:
        frame = Frame(self.session, self.pages.has, self)
        frame.rail.chosen.connect(self.pages.go)
        frame.header.back_asked.connect(self.pages.back)
        frame.header.search_asked.connect(self.open_palette)
        frame.header.chip.clicked.connect(lambda: self.pages.go("sync"))
        frame.header.initials.clicked.connect(self.open_menu)
        frame.header.chip.set_figures(self._figures)
        frame.rail.set_count("sync", self._figures.problems)
        if self._me is not None:
            frame.header.initials.set_name(self._me.initials, self._me.name)
        frame.fold(upright=self._upright)
        self._covers.addWidget(frame)
        return frame

    def _speak(self, language: str) -> None:
        self._interpreter.speak(language)
        old = self.frame
        self.frame = self._make_frame()
        if not self.is_full:
            self._covers.setCurrentWidget(self.frame)
        self.pages.make_anew()
        self._covers.removeWidget(old)
        old.deleteLater()
        self.ring.raise_()

    def _dress(self) -> None:
        for widget in self.findChildren(QWidget):
            widget.update()

    def _restore_geometry(self) -> None:
        kept = self.session.memory.get(GEOMETRY_KEY)
        if kept is None or not self.restoreGeometry(QByteArray.fromHex(kept.encode())):
            self.resize(theme().px("first_width"), theme().px("first_height"))

    # ------------------------------------------------------------------------------------------- keys
    def _bind_keys(self) -> None:
        bindings: list[tuple[str | QKeySequence.StandardKey, Callable[[], object]]] = [
            ("Ctrl+K", self.open_palette),
            (QKeySequence.StandardKey.Undo, self._undo),
            ("Ctrl+Shift+Z", self._redo),
            ("Ctrl+Y", self._redo),
            ("Alt+Left", self.pages.back),
        ]
        bindings += [(f"Ctrl+{number}", partial(self._go_to, number)) for number in range(1, 10)]
        for keys, do in bindings:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(partial(self._press, do))
            self._keys.append(shortcut)

    def _press(self, do: Callable[[], object]) -> None:
        # A dialog over the page has the keyboard to itself.
        if not any(overlay.is_open for overlay in self.findChildren(Overlay)):
            do()

    def _go_to(self, number: int) -> None:
        """Go to a place of the rail, counted from one."""
        if number <= len(self.frame.entries):
            self.pages.go(self.frame.entries[number - 1].page)

    def _undo(self) -> None:
        self.session.undo()

    def _redo(self) -> None:
        self.session.redo()

    def open_palette(self) -> None:
        """Open the command palette."""
        page = self.pages.page
        offers = [*page.offers(), *self._offers()]
        places = [(entry.page, entry.text, entry.icon) for entry in self.frame.entries]
        palette = Palette(self, self.session, self.pages, offers, places)
        palette.closed.connect(palette.deleteLater)
        palette.open()

    def _offers(self) -> list[PageAction]:
        courier = self.session.courier
        network = self.tr("Reprendre le réseau") if courier.is_switched_off else self.tr("Travailler hors ligne")
        offers = [
            PageAction(text=self.tr("Annuler la dernière action"), icon="undo", keys=self.tr("Ctrl Z"), do=self._undo),
            PageAction(text=self.tr("Rétablir"), icon="redo", keys=self.tr("Ctrl Maj Z"), do=self._redo),
            PageAction(text=self.tr("Échanger maintenant"), icon="sync", do=self._exchange),
            PageAction(text=network, icon="off", do=self._switch_network),
        ]
        if self.session.devices is not None and "devices" not in (entry.page for entry in self.frame.entries):
            mine = PageAction(text=self.tr("Mes appareils"), icon="lock", do=partial(self.pages.go, "devices"))
            offers.append(mine)
        return offers

    def _exchange(self) -> None:
        self.session.exchange(quietly=False)

    def _switch_network(self) -> None:
        self.session.switch_network(on=self.session.courier.is_switched_off)

    def open_menu(self) -> None:
        """Open the small menu under the initials."""
        menu = SettingsMenu(self.session, self.frame.header.initials)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        initials = self.frame.header.initials
        corner = initials.mapToGlobal(initials.rect().bottomRight())
        corner.setX(corner.x() - menu.sizeHint().width())
        menu.popup(corner)

    def _close_overlays(self) -> None:
        for overlay in self.findChildren(Overlay):
            overlay.close_overlay()

    # ------------------------------------------------------------------------------------------- telling
    def _tell(self, told: Told) -> None:
        self.frame.notices.tell(told)

    def _say(self, done: Done) -> None:
        toast = Toast(self, done.text, undo=done.can_undo)
        toast.undo_asked.connect(self._undo)

    # ------------------------------------------------------------------------------------------- Qt
    def resizeEvent(self, event: QResizeEvent) -> None:
        upright = self.width() < theme().px("fold")
        if upright != self._upright:
            self._upright = upright
            self.frame.fold(upright=upright)
            for page in self.pages.made:
                page.fold(upright=upright)
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._warming is None:
            self._warming = Warming(self.session.language, self.devicePixelRatioF(), self)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is asked: everything is kept already."""
        if not self.is_full:
            geometry = bytes(self.saveGeometry().toHex().data()).decode()
            self.session.memory.put(GEOMETRY_KEY, geometry)
        self._interpreter.be_silent()
        super().closeEvent(event)


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        message = "a QApplication comes first"
        raise TypeError(message)
    return app


def _share(progress: Progress | None) -> int | None:
    """Percent of a first reading that came; a whole that nobody knows is none."""
    if progress is None:
        return None
    return min(99, 100 * progress.rows // progress.rows_total) if progress.rows_total else 0


def _has_screen() -> bool:
    return QGuiApplication.platformName() not in ("offscreen", "minimal")
