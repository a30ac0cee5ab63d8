"""Before the customer nothing internal shows; a quantity moves the total; the PIN gives the screen back."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QGraphicsView, QWidget

from app.domain.accounts.activity import ActivityKind
from app.domain.identifiers import ProposalId
from app.domain.money import Money
from app.domain.sales.losses import LossReason
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.amend_sub_order import ChangeDetails, change_details
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from app.usecases.sales.validate_proposal import ValidateProposal, validate_proposal
from tests.gui.sales.florist import COVER, OTHER, REP, ROSE, SaleDesk, line_of, part_of, plain
from tests.gui.windows import press
from views.formats import amount_euro, formats
from views.sales import pin
from views.sales.courtesy_art import Trade, trade_of
from views.sales.courtesy_detail import DetailScene
from views.sales.courtesy_page import CourtesyPage
from views.sales.courtesy_scenes import CompareScene, NoveltyScene, WelcomeScene
from views.sales.pin_dialog import PinDialog

SECRET = "Ne pas proposer le haut de gamme, elle compte ses sous"


def proposal_with_secrets(sale: SaleDesk) -> ProposalId:
    """A simulation with a note, discounts, a line that was dropped with its reason."""
    default, work = sale.prepare(), sale.store.work
    made = duplicate_proposal(DuplicateProposal(default, "Avec display"), work)
    add_line(AddLine(made, COVER.id), work)
    change_line(ChangeLine(made, line_of(sale.kept(made), "Display").id, discount=800), work)
    cancel_line(CancelLine(made, line_of(sale.kept(made), "Référencement").id, LossReason.BUDGET), work)
    change_details(ChangeDetails(made, part_of(sale.kept(made), "201").id, SECRET), work)
    return made


def shown(sale: SaleDesk, proposal_id: ProposalId, width: int = 1366, height: int = 768) -> CourtesyPage:
    """Put a proposal before the customer."""
    window = sale.show_at("courtesy", {"proposal_id": proposal_id}, (width, height))
    window.activateWindow()
    sale.settle()
    page = window.pages.page
    assert isinstance(page, CourtesyPage)
    return page


def said_by(widget: QWidget) -> str:
    """Every text that a widget shows, writes on a button, or reads aloud."""
    texts = []
    for one in (widget, *widget.findChildren(QWidget)):
        if one is not widget and not one.isVisibleTo(widget):
            continue
        texts += [one.accessibleName(), one.toolTip()]
        if isinstance(one, QAbstractButton):
            texts.append(one.text())
        text = getattr(one, "text", None)
        if callable(text) and not isinstance(one, QAbstractButton):
            texts.append(str(text()))
    return plain(" | ".join(filter(None, texts)))


def test_nothing_internal_shows_on_any_scene(sale: SaleDesk) -> None:
    page = shown(sale, proposal_with_secrets(sale))
    seen = []
    for at in range(5):
        page.stage.show_scene(at)
        sale.settle()
        seen.append(said_by(page))
    everything = " ".join(seen)
    assert "Au nom de la Rose" in everything
    assert "1 978,00 €" in everything
    for internal in (SECRET, REP.name, f"{REP.initials} ", OTHER.trade_name, "budget", "limite"):
        assert internal not in everything
    # No rate of a discount, no limit, no anomaly, no wait for the network.
    assert re.search(r"\d %|anomalie|À régler|en attente|Hors ligne|Remise", everything) is None
    assert sale.window is not None
    assert not sale.window.frame.isVisible()


def test_the_first_scene_says_what_the_customer_has_today(sale: SaleDesk) -> None:
    page = shown(sale, sale.prepare())
    welcome = page.stage.scenes[0]
    assert isinstance(welcome, WelcomeScene)
    said = said_by(welcome)
    for label in ("Bloc annonce 1/8 de page", "Ligne en gras et logo", "Site, formule Confort"):
        assert label in said
    assert "et 3 autre" in said


def test_the_novelty_is_the_cover_with_what_everything_comes_to(sale: SaleDesk) -> None:
    proposal_id = proposal_with_secrets(sale)
    page = shown(sale, proposal_id)
    novelty = page.stage.scenes[2]
    assert isinstance(novelty, NoveltyScene)
    said = said_by(novelty)
    assert "Vos fleurs" in said
    assert "en couverture." in said
    assert COVER.pitch in said
    kept = sale.kept(proposal_id)
    assert plain(novelty.amount.text()) == plain(f"{amount_euro(kept.totals.gross)} TTC pour l’ensemble")


def test_the_comparison_names_each_simulation_with_its_amount(sale: SaleDesk) -> None:
    proposal_id = proposal_with_secrets(sale)
    page = shown(sale, proposal_id)
    scene = page.stage.scenes[1]
    assert isinstance(scene, CompareScene)
    said = plain(scene.bars.accessibleName())
    assert said.startswith("Édition 2026 ")
    assert "Reconduction" in said
    assert said.endswith(plain(f"Avec display {formats().euros(sale.kept(proposal_id).totals.net)}"))


def test_a_quantity_moves_the_total_at_once_and_is_kept(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = shown(sale, proposal_id)
    page.stage.show_scene(3)
    detail = page.stage.scenes[3]
    assert isinstance(detail, DetailScene)
    line = line_of(sale.kept(proposal_id), "Fiche")
    before = sale.kept(proposal_id).totals.gross
    press(detail.lines[line.id].more)
    expected = before + Money(round(94_800 * 1.2))
    assert plain(detail.total.text()) == plain(f"{amount_euro(expected)} TTC")
    sale.settle()
    assert sale.kept(proposal_id).totals.gross == expected
    assert detail.lines[line.id].quantity.accessibleName() == "2"
    press(detail.lines[line.id].less)
    sale.settle()
    assert sale.kept(proposal_id).totals.gross == before
    assert not detail.lines[line.id].less.isEnabled()


def test_what_the_rep_still_keeps_when_it_opens_is_shown(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = shown(sale, proposal_id)
    line = line_of(sale.kept(proposal_id), "Fiche")
    command = ChangeLine(proposal_id, line.id, quantity=4)
    sale.session.act(lambda: change_line(command, sale.store.work))
    sale.settle()
    detail = page.stage.scenes[3]
    assert isinstance(detail, DetailScene)
    assert detail.lines[line.id].quantity.accessibleName() == "4"


def test_frozen_prices_offer_no_quantity(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    validate_proposal(ValidateProposal(proposal_id), sale.store.work)
    page = shown(sale, proposal_id)
    detail = page.stage.scenes[3]
    assert isinstance(detail, DetailScene)
    assert all(line.more.isHidden() and line.less.isHidden() for line in detail.lines.values())
    before = sale.kept(proposal_id)
    page.model.change_quantity(before.lines[0].id, 5)
    sale.settle()
    assert sale.kept(proposal_id) == before


def test_the_keys_walk_through_the_scenes_and_nothing_behind_answers(sale: SaleDesk) -> None:
    page = shown(sale, sale.prepare())
    assert sale.window is not None
    for key, at in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Space, 2), (Qt.Key.Key_Left, 1)):
        QTest.keyClick(page, key)
        assert page.stage.current == at
    QTest.keyClick(page, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert sale.window.pages.place.page == "courtesy"


def test_it_turns_around_for_the_person_opposite_and_still_answers(sale: SaleDesk) -> None:
    proposal_id = sale.prepare()
    page = shown(sale, proposal_id)
    page.stage.show_scene(3)
    upright = page.grab().toImage()
    press(page.turn)
    sale.settle()
    (view,) = page.findChildren(QGraphicsView)
    turned = page.grab().toImage()
    across, down = upright.width() - 1, upright.height() - 1
    for x, y in ((100, 70), (112, 688), (250, 680), (640, 400)):
        # Half a turn: what was at the top left is at the bottom right.
        assert turned.pixelColor(across - x, down - y) == upright.pixelColor(x, y)
    # A press where the customer sees « revenir » reaches it.
    at = page.stage.before.geometry().center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.mapFromScene(at))
    assert page.stage.current == 2
    press(page.turn)
    sale.settle()
    assert page.stage.parentWidget() is page
    assert page.stage.current == 2


def entered(sale: SaleDesk, page: CourtesyPage, figures: str) -> PinDialog:
    """Press the lock and type a PIN."""
    press(page.lock)
    dialog = page.findChildren(PinDialog)[-1]
    for figure in figures:
        press(dialog.keys[figure])
    press(dialog.go_on)
    sale.settle()
    return dialog


def test_leaving_asks_for_the_pin_and_a_wrong_one_stays(sale: SaleDesk) -> None:
    pin.choose(sale.session.memory, "4711")
    page = shown(sale, sale.prepare())
    assert sale.window is not None
    dialog = entered(sale, page, "1234")
    assert sale.window.is_full
    assert plain(dialog.words.text()) == "Ce n’est pas le bon code."
    for figure in "4711":
        QTest.keyClick(dialog, Qt.Key(ord(figure)))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    sale.settle()
    assert not sale.window.is_full


def test_escape_asks_for_the_pin_too(sale: SaleDesk) -> None:
    pin.choose(sale.session.memory, "4711")
    page = shown(sale, sale.prepare())
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert [dialog.is_open for dialog in page.findChildren(PinDialog)] == [True]
    assert sale.window is not None
    assert sale.window.is_full


def test_the_first_time_a_pin_is_chosen_twice_the_same(sale: SaleDesk) -> None:
    page = shown(sale, sale.prepare())
    dialog = entered(sale, page, "2580")
    assert dialog.title.text() == "Encore une fois"
    for figure in "2581":
        press(dialog.keys[figure])
    press(dialog.go_on)
    assert dialog.title.text() == "Choisissez un code"
    for _ in range(2):
        for figure in "2580":
            press(dialog.keys[figure])
        press(dialog.go_on)
    sale.settle()
    assert sale.window is not None
    assert not sale.window.is_full
    assert pin.matches(sale.session.memory, "2580")


def test_how_long_it_was_shown_is_noted_once(sale: SaleDesk) -> None:
    pin.choose(sale.session.memory, "4711")
    page = shown(sale, sale.prepare())
    entered(sale, page, "4711")
    visits = [one for one in sale.store.readers.account(ROSE.id).timeline if one.kind is ActivityKind.VISIT]
    assert len(visits) == 1
    assert visits[0].seconds >= 1


def test_a_trade_without_a_picture_of_its_own_has_a_neutral_one() -> None:
    assert trade_of("Fleuriste") is Trade.FLOWERS
    assert trade_of("Couvreur") is Trade.ROOFS
    assert trade_of("Opticien") is Trade.GLASSES
    assert trade_of("Notaire") is Trade.OTHER


def test_an_upright_screen_shows_every_scene_within_its_width(sale: SaleDesk) -> None:
    page = shown(sale, proposal_with_secrets(sale), 800, 1280)
    for at in range(5):
        page.stage.show_scene(at)
        sale.settle()
        scene = page.stage.scenes[at]
        wide = [one for one in scene.findChildren(QWidget) if one.isVisibleTo(scene)]
        assert all(one.mapTo(scene, one.rect().topRight()).x() < 800 for one in wide)
