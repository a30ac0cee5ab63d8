"""A display that takes a limited place: its state on its line, the choice one tap away, what the customer reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.catalogue.slot import Slot, SlotState
from app.domain.identifiers import ProposalId, SlotId
from app.domain.sales.anomalies import Remedy
from app.domain.sales.proposal import Line
from app.domain.sales.reservation import Reservation, ReservationState
from app.ports.readers import FieldEdit, Problem, SyncPicture
from app.store import codecs
from app.store.guard import Writer, writing
from app.store.tracked import TrackedRows
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.ask_for_slot import AskForSlot, ask_for_slot
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from tests.gui.fakes import NOW
from tests.gui.sales.florist import COVER, EDITION, ROSE, SaleDesk, an_id, line_of, plain
from tests.gui.windows import press
from views.catalogue.catalogue_page import CataloguePage
from views.sales.courtesy_page import CourtesyPage
from views.sales.place_dialog import PlaceDialog
from views.sales.point_rows import PointRow
from views.sales.proposal_page import ProposalPage
from views.sync.problem_cards import Card
from views.widgets.buttons import Button
from views.widgets.rows import ROW_ROLE, Row


def place(number: int, area: str, *, activity: str = "Fleuriste", is_free: bool = True) -> Slot:
    """A place of the back cover."""
    return Slot(
        id=SlotId(an_id(14, number)),
        product_id=COVER.id,
        edition=EDITION,
        activity=activity,
        area=area,
        state=SlotState.FREE if is_free else SlotState.HELD,
    )


HERE, LOIRET = place(1, "Eure-et-Loir"), place(2, "Loiret")
TAKEN = place(3, "Eure-et-Loir", activity="Traiteur", is_free=False)


def put(sale: SaleDesk, *values: Slot | Reservation) -> None:
    """As the centre would tell it."""
    with sale.store.engine.writer.begin() as connection, writing(connection, Writer.SYNC):
        rows = TrackedRows(connection)
        for value in values:
            if isinstance(value, Slot):
                rows.put(codecs.SLOT.table, codecs.SLOT.record(value))
            else:
                rows.put(codecs.RESERVATION.table, codecs.RESERVATION.record(value))


@pytest.fixture
def with_display(sale: SaleDesk) -> ProposalId:
    """The florist's reconduction with the back cover, of which three places are sold."""
    put(sale, HERE, LOIRET, TAKEN)
    made = sale.prepare()
    add_line(AddLine(made, COVER.id, activity="Fleuriste", area="Eure-et-Loir"), sale.store.work)
    return made


def display(sale: SaleDesk, proposal_id: ProposalId) -> Line:
    return line_of(sale.kept(proposal_id), "Display")


def chips(page: ProposalPage) -> list[str]:
    """The chips of all lines."""
    lines = [line for branch in page.rows.branches() for line in branch.lines]
    return [chip.text for line in lines for chip in line.chips]


def point(page: ProposalPage) -> PointRow:
    """The point about the place."""
    return next(row for row in page.panel.points.rows if row.point.remedy is Remedy.ASK_FOR_SLOT)


def choice(sale: SaleDesk, page: ProposalPage) -> PlaceDialog:
    """The choice that lies over the page."""
    sale.settle()
    (found,) = (dialog for dialog in page.window().findChildren(PlaceDialog) if dialog.is_open)
    return found


def rows(dialog: PlaceDialog) -> list[Row]:
    model = dialog.list.model()
    return [model.index(at, 0).data(ROW_ROLE) for at in range(model.rowCount())]


def press_chip(page: ProposalPage, label: str) -> None:
    """Tap at the lower edge of the chip of a line: it is as high as its row."""
    model, tree = page.rows, page.tree
    for branch in range(model.rowCount()):
        top = model.index(branch, 0)
        for at in range(model.rowCount(top)):
            index = model.index(at, 0, top)
            if model.row_at(index).title == label:
                ((box, _),) = tree._chip_boxes(index)
                low = QPoint(round(box.center().x()), tree.visualRect(index).bottom() - 3)
                QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=low)


def test_one_tap_on_its_chip_opens_the_choice_and_one_more_asks(sale: SaleDesk, with_display: ProposalId) -> None:
    page = sale.page(with_display)
    assert chips(page) == ["Emplacement à demander"]
    assert "s’il est refusé" in point(page).point.text
    press_chip(page, COVER.name)
    dialog = choice(sale, page)
    # Where the line is comes first; who holds what is taken is nowhere said.
    assert [(row.title, [chip.text for chip in row.chips]) for row in rows(dialog)] == [
        ("Fleuriste · Eure-et-Loir", ["libre"]),
        ("Traiteur · Eure-et-Loir", ["pris"]),
        ("Fleuriste · Loiret", ["libre"]),
    ]
    assert not dialog.release.isVisibleTo(dialog)
    model = dialog.list.model()
    press(dialog.list.viewport(), dialog.list.visualRect(model.index(1, 0)).center())
    assert dialog.is_open, "what is taken cannot be asked for"
    assert not dialog.ask.isEnabled()
    press(dialog.list.viewport(), dialog.list.visualRect(model.index(2, 0)).center())
    sale.settle()
    assert not page.window().findChildren(PlaceDialog)
    assert chips(page) == ["Emplacement demandé"]
    assert display(sale, with_display).area == "Loiret"
    assert point(page).button.text() == "Voir les emplacements"
    assert [one.text() for one in page.findChildren(Button) if one.kind == "fill" and one.isVisibleTo(page)] == [
        "Valider les prix"
    ], "where all is asked, going on is the next thing"
    press(point(page).button)
    again = choice(sale, page)
    assert [chip.text for row in rows(again) for chip in row.chips] == ["demandé", "libre", "pris"]
    press(again.release)
    sale.settle()
    assert chips(page) == ["Emplacement à demander"]


@pytest.mark.parametrize(
    ("state", "until", "words"),
    [
        (ReservationState.GRANTED, datetime(2026, 12, 7, 12, tzinfo=UTC), "Obtenu jusqu’au 07/12"),
        (ReservationState.GRANTED, datetime(2026, 11, 2, 12, tzinfo=UTC), "Emplacement échu"),
        (ReservationState.REFUSED, None, "Emplacement refusé"),
    ],
)
def test_the_chip_says_what_the_centre_said_also_of_a_frozen_proposal(
    sale: SaleDesk, with_display: ProposalId, state: ReservationState, until: datetime | None, words: str
) -> None:
    asked = ask_for_slot(AskForSlot(with_display, display(sale, with_display).id, HERE.id), sale.store.work)
    held = SlotState.HELD if state is ReservationState.GRANTED else SlotState.FREE
    put(sale, replace(asked, state=state, valid_until=until), replace(HERE, state=held))
    validate_proposal(ValidateProposal(with_display), sale.store.work)
    page = sale.page(with_display)
    assert chips(page) == [words]
    is_sure = words.startswith("Obtenu")
    assert page.panel.step.isEnabled() is is_sure
    if not is_sure:
        assert page.panel.waiting.text() == "possible dès que l’emplacement est accordé"
    menu = page.actions_of.menu_of(display(sale, with_display).id)
    assert [action.text() for action in menu.actions()] == ["Emplacement…"], "the only thing that is not frozen"
    menu.actions()[0].trigger()
    dialog = choice(sale, page)
    assert [row.title for row in rows(dialog)] == ["Fleuriste · Eure-et-Loir"], "a frozen line does not move"
    assert dialog.release.isVisibleTo(dialog) is (state is ReservationState.GRANTED)
    if state is ReservationState.REFUSED:
        assert dialog.first_focus() is dialog.list
        QTest.keyClick(dialog.list, Qt.Key.Key_Return)
        sale.settle()
        assert chips(page) == ["Emplacement demandé"], "it may be free by now"


def test_the_customer_reads_that_the_place_is_not_sure_and_nothing_more(
    sale: SaleDesk, with_display: ProposalId
) -> None:
    page = sale.show_at("courtesy", {"proposal_id": with_display}).pages.page
    assert isinstance(page, CourtesyPage)
    content = page.model.content
    assert content is not None
    (shown,) = (line for line in content.lines if line.label == COVER.name)
    assert shown.where == "Fleuriste · Eure-et-Loir · sous réserve d’emplacement"
    assert content.novelty.text == f"{COVER.pitch} Sous réserve d’emplacement."
    asked = ask_for_slot(AskForSlot(with_display, shown.id, HERE.id), sale.store.work)
    put(sale, replace(asked, state=ReservationState.GRANTED, valid_until=datetime(2026, 12, 7, tzinfo=UTC)))
    page.model.reload()
    sale.settle()
    content = page.model.content
    assert content is not None
    assert "réserve" not in str(content)


def test_the_catalogue_says_how_many_places_are_free_where_the_rep_works(sale: SaleDesk) -> None:
    put(sale, HERE, LOIRET, TAKEN)
    page = sale.show("catalogue", product_id=COVER.id).pages.page
    assert isinstance(page, CataloguePage)
    found = {row.title: [chip.text for chip in row.chips if chip.icon == "pin"] for row in page.model.rows()}
    (chip,) = found[COVER.name]
    assert chip.startswith("1 emplacement"), "the Loiret is not the rep's"
    assert [(area, plain(free)) for area, free in page.model.places_by_area(COVER)] == [
        ("Eure-et-Loir", "Libres : 1 sur 2")
    ]
    put(sale, replace(HERE, state=SlotState.HELD))
    sale.session.tell_touched(frozenset({"slot"}))
    sale.settle()
    assert [chip.text for row in page.model.rows() if row.key == COVER.id for chip in row.chips] == [
        "Aucun emplacement libre"
    ]


@pytest.mark.parametrize("where", ["sync", "today"])
def test_a_refused_asking_offers_what_is_free_and_one_tap_asks_for_it(
    sale: SaleDesk, with_display: ProposalId, where: str
) -> None:
    line = display(sale, with_display)
    refused = Problem(
        id="refused",
        change=3,
        action="ask_for_slot",
        facts={"account": ROSE.trade_name, "proposal": "Par défaut", "product": line.label, "place": "la place"},
        at=NOW,
        code="SLOT_TAKEN",
        parameters={
            "product": line.label,
            "place": HERE.words(line.label),
            "slot_id": HERE.id,
            "alternatives": f"{LOIRET.words(line.label)}\u00a0; {TAKEN.words(line.label)}",
            "alternative_ids": f"{LOIRET.id} {TAKEN.id}",
        },
        edits=tuple(
            FieldEdit(table="reservation", row="r", column=column, before=None, mine=value)
            for column, value in (("account_id", ROSE.id), ("line_id", line.id), ("slot_id", HERE.id))
        ),
    )
    sale.readers.queue = SyncPicture(waiting=(), arrived=(), problems=(refused,), last_exchange_at=NOW)
    window = sale.show(where)
    (card,) = window.pages.page.findChildren(Card)
    assert [button.text() for button in card.places] == [
        "Prendre Fleuriste · Loiret · 2027",
        "Prendre Traiteur · Eure-et-Loir · 2027",
    ]
    assert [button.kind for button in card.places] == ["fill" if where == "sync" else "quiet", "quiet"]
    press(card.places[0])
    sale.settle()
    assert display(sale, with_display).area == "Loiret"
    book = sale.readers.slot_book(sale.kept(with_display))
    assert book.reservations[line.id].slot_id == LOIRET.id
    assert ("dismiss", "refused") in sale.courier.asked
