"""The limited places of the proposal in hand: which line stands how, the choice, the asking, the letting go."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.domain.catalogue.slot import Slot
from app.domain.identifiers import LineId
from app.domain.sales.proposal import Line, Proposal
from app.domain.sales.reservation import MAY_ASK, SlotStanding, standing
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.release_slot import ReleaseSlot, release_slot
from views.catalogue.places import standing_chip
from views.sales.place_dialog import PlaceDialog
from views.sales.proposal_model import ProposalModel
from views.shell.theme import Chip


class Places(QObject):
    """Asks for places, and lets them go, for the lines of the proposal in hand."""

    def __init__(self, model: ProposalModel, page: QWidget) -> None:
        """`page` is where the choice lies over."""
        super().__init__(page)
        self._model = model
        self._session = model.session
        self._page = page

    def standing_of(self, proposal: Proposal, line: Line) -> SlotStanding | None:
        """How a line stands with its place; None for one that needs none."""
        return standing(line, proposal.status, self._model.book_of(proposal), self._session.clock.today())

    def chips(self, proposal: Proposal) -> Mapping[LineId, Chip]:
        """For each line that depends on a place, how it stands."""
        held = self._model.book_of(proposal).reservations
        found = ((line.id, self.standing_of(proposal, line)) for line in proposal.lines)
        return {line_id: standing_chip(how, held.get(line_id)) for line_id, how in found if how is not None}

    def may_choose(self, line: Line) -> bool:
        """Whether a place can be asked for, or let go, for a line of the proposal in hand."""
        proposal = self._model.proposal
        return proposal is not None and proposal.status in MAY_ASK and self.standing_of(proposal, line) is not None

    def open(self, key: object) -> None:
        """Read the places of a line's product and show the choice; nothing for a line that needs none."""
        proposal = self._model.proposal
        line = next((line for line in proposal.lines if line.id == key), None) if proposal is not None else None
        if proposal is None or line is None or line.product_id is None or not self.may_choose(line):
            return
        read = partial(self._session.readers.slots, line.product_id, proposal.edition)
        self._session.read(read, partial(self._show, proposal, line), latest="places")

    def _show(self, proposal: Proposal, line: Line, slots: tuple[Slot, ...]) -> None:
        how = self.standing_of(proposal, line)
        if how is None:
            return
        held = self._model.book_of(proposal).reservations.get(line.id)
        dialog = PlaceDialog(self._page.window(), proposal, line, slots, how, held)
        dialog.asked.connect(partial(self._ask, proposal, line))
        dialog.released.connect(partial(self._release, proposal, line))
        dialog.closed.connect(dialog.deleteLater)
        dialog.open()

    def _ask(self, proposal: Proposal, line: Line, slot: Slot) -> None:
        command = AskForSlot(proposal.id, line.id, slot.id, move=True)
        words = self.tr("Emplacement demandé. Le centre répond au prochain échange.")
        self._model.act(
            partial(ask_for_slot, command, self._session.work), lambda _asked: self._session.say(words, can_undo=True)
        )

    def _release(self, proposal: Proposal, line: Line) -> None:
        command = ReleaseSlot(proposal.id, line.id)
        words = self.tr("Emplacement libéré.")
        self._model.act(
            partial(release_slot, command, self._session.work), lambda _done: self._session.say(words, can_undo=True)
        )
