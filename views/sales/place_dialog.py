"""The choice of a limited place for a display: which are free, where and when; one tap asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.catalogue.slot import Slot
from app.domain.identifiers import SlotId
from app.domain.sales.proposal import Line, Proposal
from app.domain.sales.reservation import Reservation, SlotStanding, moved_to
from views import formats
from views.catalogue.places import free_words, place_when, place_where, place_words
from views.shell.theme import SMALL, Chip, theme
from views.widgets.buttons import Button
from views.widgets.fields import SearchField
from views.widgets.labels import Paragraph
from views.widgets.list_rows import ListRows
from views.widgets.overlay import Dialog
from views.widgets.rows import KEY_ROLE, Row, RowsModel
from views.widgets.two_line_delegate import TwoLineDelegate

MANY = 6
"""More places than these are looked through by words."""


class PlaceDialog(Dialog):
    """Shows every place of a product in an edition; who holds one that is taken is not known here."""

    asked = Signal(object)
    """The Slot that is wanted."""
    released = Signal()

    def __init__(
        self,
        window: QWidget,
        proposal: Proposal,
        line: Line,
        slots: Sequence[Slot],
        standing: SlotStanding,
        held: Reservation | None,
    ) -> None:
        """`held` is the line's reservation, live or not, None where none was asked for."""
        title = self.tr("Emplacement de {product}").format(product=line.label)
        super().__init__(window, title, free_words(slots), width=theme().px("palette"))
        self._edited, self._held, self._standing = line, held, standing
        # What is frozen stays where it is: only a draft's line may move to another heading, area or period.
        self._slots = [slot for slot in slots if proposal.is_open or self._is_here(slot)]
        self._slots.sort(key=lambda slot: (not self._is_own(slot), not self._is_here(slot)))
        self.said = Paragraph(self._said(), SMALL)
        self.search = SearchField(self.tr("Rubrique, zone, période"))
        self.search.asked.connect(self._show)
        self.search.setVisible(len(self._slots) > MANY)
        self.list = ListRows(TwoLineDelegate(amounts=False))
        self.list.setAccessibleName(self.tr("Emplacements"))
        self.list.setFixedHeight(theme().px("row") * min(MANY, max(1, len(self._slots))))
        self.list.setVisible(bool(self._slots))
        self.list.opened.connect(self._choose)
        self.list.current_moved.connect(self._weigh)
        elsewhere = Paragraph(self.tr("Pour une autre rubrique, zone ou période, revenez d’abord en brouillon."), SMALL)
        elsewhere.setVisible(len(self._slots) < len(slots))
        # The words of the rows stand under the words above; what is filled sticks out.
        rows, out = QHBoxLayout(), theme().px("row_out")
        rows.setContentsMargins(-out, 0, -out, 0)
        rows.addWidget(self.list)
        self.body.addWidget(self.said)
        self.body.addWidget(self.search)
        self.body.addLayout(rows)
        self.body.addWidget(elsewhere)
        self.release = Button(self.tr("Libérer l’emplacement"), "danger-plain")
        self.release.setVisible(held is not None and held.is_live)
        self.release.clicked.connect(self._release)
        left = QHBoxLayout()
        left.setContentsMargins(-theme().px("button_pad_plain"), 0, 0, 0)
        left.addWidget(self.release)
        left.addStretch(1)
        self.add_foot(left)
        self.ask = self.add_button(Button(self.tr("Demander"), "fill", "pin"))
        self.ask.clicked.connect(lambda: self._choose(self.list.currentIndex()))
        self._show("")

    def first_focus(self) -> QWidget | None:
        return self.search if self.search.isVisibleTo(self) else self.list

    def _is_here(self, slot: Slot) -> bool:
        """Whether it is where the line is."""
        return moved_to(self._edited, slot) == self._edited

    def _is_own(self, slot: Slot) -> bool:
        """Whether it is held, or asked for, for this line."""
        return self._held is not None and self._held.is_live and self._held.slot_id == slot.id

    def _may_ask(self, slot: Slot) -> bool:
        return slot.is_free and not self._is_own(slot)

    def _said(self) -> str:
        own = next((slot for slot in self._slots if self._is_own(slot)), None)
        place = place_words(own) if own is not None else ""
        until = self._held.valid_until if self._held is not None else None
        if self._standing is SlotStanding.GRANTED:
            if until is None:
                return self.tr("Obtenu : {place}.").format(place=place)
            day = formats.date_short(until.astimezone().date())
            return self.tr("Obtenu jusqu’au {day} : {place}. Après, il redevient libre.").format(day=day, place=place)
        if self._standing is SlotStanding.PENDING:
            words = self.tr("Demandé : {place}. Le centre répond au prochain échange, au premier qui demande.")
            return words.format(place=place)
        if self._standing is SlotStanding.EXPIRED:
            return self.tr("Le délai est passé : redemandez l’emplacement s’il est libre, ou prenez-en un autre.")
        if self._standing is SlotStanding.REFUSED:
            return self.tr("L’emplacement demandé est refusé : prenez-en un autre, ou retirez la ligne.")
        return self.tr("Le centre l’accorde au premier qui le demande ; sans lui, la commande attend.")

    # ------------------------------------------------------------------------------------------- the list
    def _show(self, text: str) -> None:
        words = text.casefold().split()
        found = [slot for slot in self._slots if all(word in place_words(slot).casefold() for word in words)]
        model = self.list.model()
        if isinstance(model, RowsModel):
            model.set_rows([self._row(slot) for slot in found])
        first = next((at for at, slot in enumerate(found) if self._may_ask(slot)), None)
        self.list.setCurrentIndex(self.list.model().index(first, 0) if first is not None else QModelIndex())
        self._weigh()

    def _row(self, slot: Slot) -> Row:
        if self._is_own(slot):
            is_granted = self._standing is SlotStanding.GRANTED
            chip = Chip(self.tr("le vôtre"), "ok") if is_granted else Chip(self.tr("demandé"), "info")
        else:
            chip = Chip(self.tr("libre"), "accent") if slot.is_free else Chip(self.tr("pris"))
        if self._standing is SlotStanding.EXPIRED and self._is_own(slot):
            chip = Chip(self.tr("échu"), "danger")
        when = place_when(slot)
        here = self.tr("{when} · là où est la ligne").format(when=when) if self._is_here(slot) else when
        may = self._may_ask(slot) or self._is_own(slot)
        return Row(
            title=place_where(slot),
            subtitle=here,
            chips=(chip,),
            weight="medium",
            colour="text" if may else "text-3",
            sub_colour="text-2" if may else "text-3",
            key=slot.id,
        )

    def _current(self) -> Slot | None:
        key = self.list.currentIndex().data(KEY_ROLE) if self.list.currentIndex().isValid() else None
        return next((slot for slot in self._slots if slot.id == SlotId(str(key))), None)

    def _weigh(self, _moved: QModelIndex | None = None) -> None:
        slot = self._current()
        self.ask.setEnabled(slot is not None and self._may_ask(slot))

    def _choose(self, _index: QModelIndex) -> None:
        slot = self._current()
        if slot is not None and self._may_ask(slot):
            self.close_overlay()
            self.asked.emit(slot)

    def _release(self) -> None:
        self.close_overlay()
        self.released.emit()
