"""Exercise 4: the florist's order renewed, two simulations, one with a display; compared, and its place granted.

A rep's hands on a true window, a true store behind it, and a centre that says who has the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.identifiers import AccountId
from app.domain.money import Money
from app.domain.sales.proposal import Proposal
from app.domain.sales.reservation import ReservationState
from tests.gui.fakes import COMPANY, NoPaper, NoSealer
from tests.sync.selling_places import COVER, SPRING, put_up
from tests.sync.world import Device, World
from views.guided_day.hands import Hands
from views.guided_day.player import Player
from views.pages import PAGES
from views.sales.compare_page import ComparePage
from views.sales.place_dialog import PlaceDialog
from views.sales.product_search import ProductSearch
from views.sales.proposal_page import ProposalPage
from views.shell.session import Session, make_ports
from views.shell.window import Window

DISPLAY = "Display"
WITH_DISPLAY, PLAIN = "Avec display", "Sans display"


class Rep:
    """A rep at work: the window on a device that speaks to the centre, and the gestures of this exercise."""

    def __init__(self, device: Device, out: Path) -> None:
        self.device = device
        store = device.store
        self.courier = device.courier()
        self.session = Session(
            make_ports(
                work=store.work,
                readers=store.readers,
                history=store.history,
                courier=self.courier,
                clock=device.clock,
                paper=NoPaper(),
                sealer=NoSealer(),
                company=COMPANY,
            ),
            "fr",
        )
        store.work.listen(self.session.tell_touched)
        self.window = Window(self.session, PAGES)
        self.window.resize(1366, 768)
        self.window.show()
        self.player = Player(out)
        self.hands = Hands(self.player)

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.session.close()
        QApplication.processEvents()

    @property
    def page(self) -> ProposalPage:
        return self.player.the(ProposalPage)

    @property
    def proposal(self) -> Proposal:
        proposal = self.page.model.proposal
        assert proposal is not None
        return proposal

    def renew(self, account: AccountId) -> None:
        """Load what runs as the proposal by default."""
        self.window.pages.go("account", account_id=account)
        self.player.press("Préparer la reconduction")
        self.player.until(
            "la reconduction ?", lambda: any(page.model.proposal for page in self.player.all(ProposalPage))
        )

    def duplicate(self, name: str) -> None:
        """Copy the proposal in hand into a simulation whose name speaks to the customer."""
        count, tabs = len(self.page.model.proposals), self.page.tabs
        self.player.press("Dupliquer en simulation")
        self.player.until("la simulation ?", lambda: len(self.page.model.proposals) == count + 1)
        self.player.until("le nom à donner ?", lambda: tabs.name_field is not None)
        field = tabs.name_field
        assert field is not None
        field.selectAll()
        self.player.write(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
        self.player.until(f"« {name} » ?", lambda: self.proposal.name == name)

    def choose(self, name: str) -> None:
        bar = self.page.tabs.bar.bar
        (at,) = (at for at in range(bar.count()) if bar.tabText(at) == name)
        self.player.click(bar, bar.tabRect(at))
        self.player.until(f"« {name} » ?", lambda: self.proposal.name == name)

    def add_display(self) -> None:
        self.player.click(self.page.add)
        search = self.player.the(ProductSearch)
        self.player.write(search.field, DISPLAY)
        self.hands.choose_row(search.list, DISPLAY)
        self.hands.row(DISPLAY)

    def ask(self, place: str) -> None:
        """Ask for a place by its words, from the point that says it is missing."""
        self.player.press("Demander l’emplacement")
        dialog = self.player.the(PlaceDialog)
        self.hands.choose_row(dialog.list, place)
        self.player.until("la demande ?", lambda: self.chip() == "Emplacement demandé")

    def chip(self) -> str:
        """What the line of the display says of its place."""
        lines = [line for branch in self.page.rows.branches() for line in branch.lines if line.title == DISPLAY]
        return " ".join(chip.text for line in lines for chip in line.chips if chip.icon == "pin")

    def exchange(self) -> None:
        self.session.exchange(quietly=True)


@pytest.fixture
def rose(world: World) -> AccountId:
    """The florist, whose order runs, at the centre that sells places."""
    account = world.centre.florist(world.centre.user())
    put_up(world.centre)
    return account


@pytest.fixture
def marie(world: World, rose: AccountId, tmp_path: Path) -> Iterator[Rep]:
    assert rose
    device = world.device()
    device.exchange()
    made = Rep(device, tmp_path / "pictures")
    yield made
    made.close()


def test_the_florist_is_offered_a_display_beside_her_renewal_and_its_place_is_granted(
    world: World, rose: AccountId, marie: Rep
) -> None:
    marie.renew(rose)
    renewed = marie.proposal
    marie.duplicate(PLAIN)
    marie.choose(renewed.name)
    marie.duplicate(WITH_DISPLAY)
    marie.add_display()
    assert marie.chip() == "Emplacement à demander"
    with_display = marie.proposal.id
    # Somebody else has the cover meanwhile: what she sees is what the centre last said, and she is told what is left.
    world.centre.change("slot", COVER, state="held")
    marie.ask("Fleuristes · Eure-et-Loir")
    marie.exchange()
    marie.player.until("le refus ?", lambda: bool(marie.device.store.readers.sync().problems))
    (refused,) = marie.device.store.readers.sync().problems
    assert (refused.code, refused.parameters["alternative_ids"].split()[0]) == ("SLOT_TAKEN", SPRING)
    marie.player.until("encore à demander ?", lambda: marie.chip() == "Emplacement à demander")
    marie.window.pages.go("sync")
    marie.player.press("Prendre Fleuristes · Eure-et-Loir · printemps")
    marie.window.pages.go("proposal", account_id=rose, proposal_id=with_display)
    marie.player.until("la demande ?", lambda: marie.chip() == "Emplacement demandé")
    marie.exchange()
    marie.player.until("l’accord ?", lambda: marie.chip().startswith("Obtenu jusqu’au"))
    offered = marie.proposal
    assert world.centre.rows("SELECT state, line_id FROM reservation WHERE slot_id = :slot", slot=SPRING) == [
        (ReservationState.GRANTED, next(line.id for line in offered.lines if line.is_display))
    ]
    assert world.centre.value("SELECT state FROM slot WHERE id = :slot", slot=SPRING) == "held"
    # Side by side: what differs is the display, to the cent; all three have arrived.
    marie.player.press("Comparer")
    compared = marie.player.the(ComparePage)
    marie.player.until("la ligne du display ?", lambda: any(DISPLAY in row.spoken for row in compared.rows))
    (row,) = (row.spoken.replace("\u00a0", " ") for row in compared.rows if row.spoken.startswith(DISPLAY))
    assert row.endswith("—, 1 000,00 €, +1 000,00 €")
    assert offered.totals.net - renewed.totals.net == Money(1_000_00)
    names = world.centre.rows("SELECT name FROM proposal WHERE account_id = :account ORDER BY name", account=rose)
    assert [name for (name,) in names] == sorted([WITH_DISPLAY, PLAIN, renewed.name])
    assert set(marie.device.states()) == {"applied", "rejected"}
