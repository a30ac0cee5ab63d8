"""The signing screen: the very file beside the pad; nothing can be signed before its last line was in sight."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.identifiers import AccountId, DocumentId
from app.usecases.accounts.edit_account import EditContact
from views.sales.pin_dialog import PinDialog
from views.shell.body import line
from views.shell.notices import Told
from views.shell.page import Navigation, Page, Shell
from views.shell.session import Session
from views.shell.theme import Ink, paint_icon, paint_text, theme
from views.signature.signing_model import SigningModel, Step
from views.signature.signing_panes import ContactPane, SealedPane, SignPane
from views.signature.steps import Steps
from views.widgets.buttons import IconButton
from views.widgets.labels import ElidedLabel, label
from views.widgets.pdf_view import DamagedPdf, PdfView

_PANE = 620
_HEAD = 76


class SigningPage(Page):
    """Full screen; the lock gives it back to the rep, by PIN, at any moment."""

    name: ClassVar[str] = "signing"
    rail: ClassVar[str] = "proposals"
    is_full: ClassVar[bool] = True

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        self.model = SigningModel(session, self)
        self.steps = Steps()
        self.form = PdfView()
        self.read_bar = _ReadBar()
        self.sign_pane = SignPane(self.model)
        self.contact_pane = ContactPane(self.model, session)
        self.sealed_pane = SealedPane(self.model, session)
        self.lock = IconButton("lock", self.tr("Reprendre la main, avec le code"))
        self._heading = label(self.tr("Bon de commande"), "section")
        self._page_label = ElidedLabel("", Ink("text-2", "lead"))
        self._build()
        self.lock.clicked.connect(self.ask_to_leave)
        self.form.read_to_end.connect(self._read)
        self.form.page_changed.connect(self._say_page)
        self.model.loaded.connect(self._load)
        self.model.changed.connect(self._show)
        self.model.verified.connect(self._show)
        self.model.missing.connect(navigation.back)
        self.contact_pane.kept.connect(self._complete)
        self.sealed_pane.close_asked.connect(self._close)
        session.network_moved.connect(self._show)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # ------------------------------------------------------------------------------------------- building
    def _build(self) -> None:
        look = theme()
        self._head = QWidget()
        self._head.setFixedHeight(_HEAD)
        head = line(look.px("notice_pad"))
        self._head.setLayout(head)
        head.setContentsMargins(look.space(12), 0, look.space(5), 0)
        head.addWidget(self._heading)
        head.addWidget(self._page_label)
        head.addStretch(1)
        head.addWidget(self.steps)
        head.addStretch(1)
        head.addWidget(self.lock)
        self._desk = QWidget()
        desk = QVBoxLayout(self._desk)
        desk.setContentsMargins(0, 0, 0, 0)
        desk.setSpacing(0)
        desk.addWidget(self.form, 1)
        desk.addWidget(self.read_bar)
        self._side = QWidget()
        self._side_pad = QVBoxLayout(self._side)
        self._panes = QStackedLayout()
        # First into the pane, then the parts: a stack without a parent shows its first part as a window of its own.
        self._side_pad.addLayout(self._panes)
        for pane in (self.sign_pane, self.contact_pane, self.sealed_pane):
            self._panes.addWidget(pane)
        self._grid = QGridLayout()
        self._grid.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addLayout(self._grid, 1)
        self._upright: bool | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        upright = self.width() < self.height()
        if upright == self._upright:
            return
        self._upright = upright
        look, grid = theme(), self._grid
        grid.removeWidget(self._desk)
        grid.removeWidget(self._side)
        self._heading.setVisible(not upright)
        side = look.space(5) if upright else look.space(12) + look.space(2)
        self._side_pad.setContentsMargins(side, look.space(5), side, look.space(4) if upright else look.space(8))
        if upright:
            grid.addWidget(self._desk, 0, 0)
            grid.addWidget(self._side, 1, 0)
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16777215)
            grid.setRowStretch(0, 5)
            grid.setRowStretch(1, 4)
            grid.setColumnStretch(1, 0)
        else:
            grid.addWidget(self._desk, 0, 0)
            grid.addWidget(self._side, 0, 1)
            grid.setRowStretch(1, 0)
            grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
        if not self._upright:
            # The pane is as wide as in the drawing, and never more than half of a small screen.
            self._side.setFixedWidth(min(_PANE, self.width() // 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme().c("sheet"))

    # ------------------------------------------------------------------------------------------- showing
    def enter(self, **where: str) -> None:
        """Put a form before its signatory, or show a sealed copy."""
        self.model.open(AccountId(where.get("account_id", "")), DocumentId(where.get("document_id", "")))

    def _load(self) -> None:
        shown = self.model.shown
        if shown is None:
            return
        self.sign_pane.begin()
        self.contact_pane.begin()
        try:
            self.form.load(shown.content)
        except DamagedPdf as damage:
            self.session.tell(Told(what=self.tr("Ce bon ne se lit pas."), technical=str(damage), kind="danger"))
            self.navigation.back()
            return
        self.set_head(shown.account.trade_name)
        if shown.is_signed:
            # The stroke stands at the end.
            self.form.verticalScrollBar().setValue(self.form.verticalScrollBar().maximum())
        self.form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        shown = self.model.shown
        if shown is None:
            return
        self.steps.set_step(self.model.step, confirmed=self.model.is_confirmed)
        self._heading.setText(self.tr("Bon signé") if shown.is_signed else self.tr("Bon de commande"))
        self.read_bar.setVisible(self.model.step is Step.SIGN)
        if shown.is_signed:
            self._panes.setCurrentWidget(self.sealed_pane)
            self.sealed_pane.show_state()
        elif self.model.lacks_contact:
            self._panes.setCurrentWidget(self.contact_pane)
        else:
            self._panes.setCurrentWidget(self.sign_pane)
            self.sign_pane.show_state()

    def _say_page(self, page: int, pages: int) -> None:
        self._page_label.set_text(self.tr("page {page} sur {pages}").format(page=page, pages=pages))

    def _read(self) -> None:
        shown = self.model.shown
        if shown is not None and not shown.is_signed:
            self.model.note_read()

    def _complete(self, command: EditContact) -> None:
        self.model.complete_contact(command, self.contact_pane.show_refusal)

    # ------------------------------------------------------------------------------------------- leaving
    def _close(self) -> None:
        # Opened again later from the rep's own page there is no customer to keep it from.
        if self.model.just_signed:
            self.ask_to_leave()
        else:
            self.navigation.back()

    def ask_to_leave(self) -> None:
        """Ask for the PIN; the screen stays until it is right."""
        dialog = PinDialog(self, self.session)
        dialog.passed.connect(self.navigation.back)
        dialog.closed.connect(dialog.deleteLater)
        dialog.open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.ask_to_leave()
        else:
            # Nothing goes further: no shortcut of the work behind it.
            event.accept()


class _ReadBar(QWidget):
    """Says under the form that all of it was read."""

    def __init__(self) -> None:
        super().__init__()
        self._words = self.tr("Vous avez lu jusqu’à la dernière ligne")
        self.setAccessibleName(self._words)
        look = theme()
        self.setFixedHeight(look.space(12) + look.space(5))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), look.c("sunken"))
        side = look.space(10)
        box = self.rect().toRectF().adjusted(side, 0, -side, -look.space(5))
        painter.setPen(look.c("hairline") if look.is_contrast else Qt.PenStyle.NoPen)
        painter.setBrush(look.c("ok-quiet"))
        painter.drawRoundedRect(box, look.px("radius.control"), look.px("radius.control"))
        middle = box.center().y() - look.px("icon") / 2
        at = box.topLeft()
        at.setX(at.x() + look.space(4))
        at.setY(middle)
        paint_icon(painter, at, "check", "ok")
        words = box.adjusted(look.space(4) + look.px("icon") + look.px("keypad_pad"), 0, 0, 0)
        paint_text(painter, words, self._words, Ink("ok", weight="strong"))
