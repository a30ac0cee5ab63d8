"""The courtesy screen: full screen, large, nothing internal; leaving it asks for the rep's PIN."""

from __future__ import annotations

from typing import ClassVar, cast

from PySide6.QtCore import QPropertyAnimation, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsOpacityEffect,
    QGraphicsProxyWidget,
    QGraphicsScene,
    QGraphicsView,
    QStackedLayout,
    QWidget,
)

from app.domain.identifiers import ProposalId
from views.sales.courtesy_content import Courtesy
from views.sales.courtesy_detail import DetailScene, PlanScene
from views.sales.courtesy_model import CourtesyModel
from views.sales.courtesy_parts import BIG, LESS, Dots, GoButton, RoundButton
from views.sales.courtesy_scenes import CompareScene, NoveltyScene, Scene, WelcomeScene
from views.sales.pin_dialog import PinDialog
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import IconButton

_SHORT = 660
"""Where the shorter side is less, all is drawn at one and a half times instead of twice."""
_NEXT = (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Down)
_BEFORE = (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace, Qt.Key.Key_Up)


class Stage(QWidget):
    """The scenes with the way through them; it is what is turned around for the person opposite."""

    def __init__(self, model: CourtesyModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.scenes: list[Scene] = []
        self._shape: tuple[object, ...] = ()
        self._stack = QStackedLayout(self)
        self.before = RoundButton("left", self.tr("Revenir"), self)
        self.go = GoButton(self)
        self.dots = Dots(5, self)
        self.before.clicked.connect(lambda: self.show_scene(self.current - 1))
        self.go.clicked.connect(self.go_on)
        self.dots.chosen.connect(self.show_scene)

    @property
    def current(self) -> int:
        """Which scene shows, from 0."""
        return max(0, self._stack.currentIndex())

    def show_content(self, content: Courtesy) -> None:
        """Show a proposal; scenes are made anew only where what stands on them is other than before."""
        scale = LESS if min(self.width(), self.height()) < _SHORT else BIG
        shape = (content.proposal_id, tuple(line.id for line in content.lines), content.is_frozen, scale)
        if shape != self._shape:
            at = self.current if self._shape and self._shape[0] == shape[0] else 0
            self._shape = shape
            self._make_scenes(content, scale)
            self.show_scene(at)
        for scene in self.scenes:
            scene.show_content(content)

    def _make_scenes(self, content: Courtesy, scale: float) -> None:
        for old in self.scenes:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        detail = DetailScene(content, scale)
        detail.quantity_asked.connect(self._model.change_quantity)
        self.scenes = [
            WelcomeScene(content, scale),
            CompareScene(content, self._model.sentences, scale),
            NoveltyScene(content, scale),
            detail,
            PlanScene(content, scale),
        ]
        for scene in self.scenes:
            self._stack.addWidget(scene)
        self._lay_out()

    def show_scene(self, at: int) -> None:
        """Go to a scene; it fades in where things may move."""
        if not self.scenes:
            return
        at = max(0, min(len(self.scenes) - 1, at))
        self._stack.setCurrentIndex(at)
        self.before.setEnabled(at > 0)
        self.dots.set_current(at)
        onward = (
            self.tr("Et pour {year}").format(year=self._year()),
            self.tr("Ce qui change"),
            self.tr("Voir le détail"),
            self.tr("Le règlement"),
            self.tr("Revoir depuis le début"),
        )
        self.go.set_words(onward[at])
        self._lay_out()
        duration = theme().duration("enter")
        if duration:
            self._fade(self.scenes[at], duration)

    def _year(self) -> int:
        content = self._model.content
        return content.edition if content is not None else 0

    def go_on(self) -> None:
        """The next scene; after the last the first again."""
        self.show_scene((self.current + 1) % max(1, len(self.scenes)))

    def _fade(self, scene: Scene, duration: int) -> None:
        effect = QGraphicsOpacityEffect(scene)
        scene.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", scene)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        fade.setDuration(duration)
        fade.finished.connect(lambda: effect.setEnabled(False))
        fade.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        content = self._model.content
        if content is not None:
            self.show_content(content)
        self._lay_out()

    def _lay_out(self) -> None:
        look = theme()
        upright = self.width() < self.height()
        for scene in self.scenes:
            scene.fold(upright=upright)
        half = (self.scenes[0].scale / BIG) if self.scenes else 1.0
        self.before.set_side(round(look.space(16) * half))
        self.go.set_scale(half * BIG)
        side = round((look.space(16) if upright else look.space(16) + look.space(4)) * half)
        bottom = self.height() - round(look.space(12) * half)
        middle = bottom - self.before.height() // 2
        self.before.move(side, bottom - self.before.height())
        self.go.move(side + self.before.width() + look.space(4), middle - self.go.height() // 2)
        left = self.go.geometry().right() + look.space(10)
        self.dots.setGeometry(left, middle - self.dots.height() // 2, *self.dots.sizeHint().toTuple())
        for scene in self.scenes:
            if isinstance(scene, DetailScene):
                scene.resize(self.size())
                scene.place_total(self.width() - side, middle, upright=upright)
        for over in (self.before, self.go, self.dots):
            over.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().c("sheet"))


class CourtesyPage(Page):
    """The stage, a lock that gives it back, and a way to turn it around."""

    name: ClassVar[str] = "courtesy"
    rail: ClassVar[str] = "proposals"
    is_full: ClassVar[bool] = True
    for_customer: ClassVar[bool] = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        self.model = CourtesyModel(session, self)
        self.stage = Stage(self.model)
        self.stage.setParent(self)
        self.is_turned = False
        self._proxy: QGraphicsProxyWidget | None = None
        self._table = QGraphicsScene(self)
        self._view = QGraphicsView(self._table, self)
        self._view.setFrameShape(QFrame.Shape.NoFrame)
        self._view.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._view.rotate(180)
        self._view.hide()
        self.lock = IconButton("lock", self.tr("Reprendre la main, avec le code"), "plain", self)
        self.turn = IconButton("sync", self.tr("Tourner vers la personne en face"), "plain", self)
        self.lock.clicked.connect(self.ask_to_leave)
        self.turn.clicked.connect(self.turn_around)
        self.model.changed.connect(self._show)
        self.model.missing.connect(navigation.back)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # ------------------------------------------------------------------------------------------- showing
    def enter(self, **where: str) -> None:
        """Put a proposal before the customer."""
        self.turn_around(turned=False)
        self.model.open(ProposalId(where.get("proposal_id", "")))

    def _show(self) -> None:
        content = self.model.content
        if content is None:
            return
        self.set_head(content.name)
        self.stage.show_content(content)
        self._lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.model.start_showing()

    def leave(self) -> None:
        self.model.stop_showing()

    def hideEvent(self, event: QHideEvent) -> None:
        self.model.stop_showing()
        super().hideEvent(event)

    # ------------------------------------------------------------------------------------------- turning, leaving
    def turn_around(self, _checked: bool = False, *, turned: bool | None = None) -> None:
        """Turn the screen by half a turn for the person opposite, or back."""
        wanted = not self.is_turned if turned is None else turned
        if wanted == self.is_turned:
            return
        self.is_turned = wanted
        if wanted:
            self.stage.setParent(None)
            self._proxy = self._table.addWidget(self.stage)
            self._view.show()
        elif self._proxy is not None:
            # Nothing in its place gives the stage back; the stubs do not know it may be nothing.
            self._proxy.setWidget(cast("QWidget", None))
            self._table.removeItem(self._proxy)
            self._proxy = None
            self._view.hide()
            self.stage.setParent(self)
            self.stage.show()
        self._lay_out()

    def ask_to_leave(self) -> None:
        """Ask for the PIN; the screen stays until it is right."""
        dialog = PinDialog(self, self.session)
        dialog.passed.connect(self.navigation.back)
        dialog.closed.connect(dialog.deleteLater)
        dialog.closed.connect(self.setFocus)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_leave()
        elif event.key() in _NEXT:
            self.stage.go_on()
        elif event.key() in _BEFORE:
            self.stage.show_scene(self.stage.current - 1)
        else:
            # Nothing goes further: no shortcut of the work behind it.
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        look = theme()
        self._view.setGeometry(self.rect())
        if self._proxy is not None:
            self._proxy.resize(self.width(), self.height())
            self._table.setSceneRect(0, 0, self.width(), self.height())
        else:
            self.stage.setGeometry(self.rect())
        side, inset = look.px("target"), look.space(3)
        self.lock.setGeometry(self.width() - side - inset, inset, side, side)
        self.turn.setGeometry(self.width() - side - inset, inset + side + look.space(1), side, side)
        self.lock.raise_()
        self.turn.raise_()
