"""Simulations side by side: what differs stands out, and three sentences made from the differences say it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from app.domain.identifiers import ProposalId
from app.domain.money import Money
from app.domain.sales.losses import LossReason
from app.usecases.sales.add_line import AddLine, add_line
from app.usecases.sales.cancel_line import CancelLine, cancel_line
from app.usecases.sales.change_line import ChangeLine, change_line
from app.usecases.sales.duplicate_proposal import DuplicateProposal, duplicate_proposal
from tests.gui.sales.florist import COVER, ROSE, SaleDesk, line_of, plain
from tests.gui.windows import press
from views.formats import amount_euro, formats
from views.sales.compare_page import ComparePage
from views.sales.compare_sentences import sentences


def simulations(sale: SaleDesk) -> tuple[ProposalId, ProposalId]:
    """The default proposal, and one with the cover, less on the campaign and no wedding page."""
    default, work = sale.prepare(), sale.store.work
    other = duplicate_proposal(DuplicateProposal(default, "Avec display"), work)
    add_line(AddLine(other, COVER.id), work)
    change_line(ChangeLine(other, line_of(sale.kept(other), "Display").id, discount=800), work)
    change_line(ChangeLine(other, line_of(sale.kept(other), "Campagne").id, discount=1000), work)
    cancel_line(CancelLine(other, line_of(sale.kept(other), "Référencement").id, LossReason.BUDGET), work)
    return default, other


def page(sale: SaleDesk, proposal_id: ProposalId) -> ComparePage:
    """Open the comparison from that proposal."""
    window = sale.show("compare", account_id=ROSE.id, proposal_id=proposal_id)
    found = window.pages.page
    assert isinstance(found, ComparePage)
    return found


def test_every_line_stands_once_with_its_amount_in_each(sale: SaleDesk) -> None:
    default, other = simulations(sale)
    shown = page(sale, other)
    spoken = [plain(row.spoken) for row in shown.rows]
    assert "Bloc annonce 1/8 de page, Fleuristes · Chartres, 1 480,00 €, 1 480,00 €, =" in spoken
    assert "Display, 4ᵉ de couverture, Fleuriste · Eure-et-Loir, —, 1 978,00 €, +1 978,00 €" in spoken
    assert "Référencement local, Fleuristes · Chartres, 228,00 €, —, −228,00 €" in spoken
    before, after = sale.kept(default).totals, sale.kept(other).totals
    assert plain(f"Total HT, {amount_euro(before.net)}, {amount_euro(after.net)}") in spoken[-2]
    assert plain(amount_euro(after.gross - before.gross, signed=True)) in spoken[-1]


def test_only_the_differences_when_asked(sale: SaleDesk) -> None:
    _, other = simulations(sale)
    shown = page(sale, other)
    whole = len(shown.rows)
    press(shown.only)
    spoken = [row.spoken for row in shown.rows]
    assert len(spoken) < whole
    assert not any("Bloc annonce" in row for row in spoken)
    assert any("Campagne" in row for row in spoken)
    press(shown.only)
    assert len(shown.rows) == whole


def test_three_sentences_say_the_most_added_the_most_taken_and_the_whole(sale: SaleDesk) -> None:
    default, other = simulations(sale)
    shown = page(sale, other)
    said = [plain(one) for one in shown.sentences]
    difference = sale.kept(other).totals.gross - sale.kept(default).totals.gross
    share = sale.kept(other).payment_plan
    assert said[:2] == [
        "En plus : Display, 4ᵉ de couverture, Fleuriste, Eure-et-Loir",
        "En moins : Référencement local, Fleuristes, Chartres",
    ]
    assert said[2].startswith(plain(f"{amount_euro(difference)} TTC de plus en tout, soit "))
    assert plain(amount_euro(share[1].gross)) in said[2]


def test_the_sentences_turn_with_the_sides(sale: SaleDesk) -> None:
    default, other = simulations(sale)
    said = [plain(one.text) for one in sentences(sale.kept(other), sale.kept(default))]
    assert said[0] == "En plus : Référencement local, Fleuristes, Chartres"
    assert said[1] == "En moins : Display, 4ᵉ de couverture, Fleuriste, Eure-et-Loir"
    assert "TTC de moins en tout" in said[2]


def test_the_same_twice_says_so(sale: SaleDesk) -> None:
    default = sale.prepare()
    kept = sale.kept(default)
    assert [one.text for one in sentences(kept, kept)] == ["Le même total, toutes taxes comprises"]


def test_the_chart_holds_last_edition_and_each_simulation_and_leads_to_it(sale: SaleDesk) -> None:
    default, other = simulations(sale)
    shown = page(sale, other)
    bars = shown.chart.bars()
    assert [bar.name for bar in bars] == ["Édition 2026", "Reconduction", "Avec display"]
    assert [bar.is_base for bar in bars] == [True, False, False]
    assert sum(bars[2].values) == sale.kept(other).totals.net.cents
    assert bars[1].written == formats().euros(sale.kept(default).totals.net)
    past = sum((line.previous_net or Money(0)).cents for line in sale.kept(other).lines)
    assert sum(bars[0].values) == past
    middle = shown.chart.columns()[1].center().toPoint()
    QTest.mouseClick(shown.chart, Qt.MouseButton.LeftButton, pos=QPoint(middle.x(), middle.y()))
    sale.settle()
    assert sale.window is not None
    assert sale.window.pages.place.where["proposal_id"] == default


def test_one_proposal_alone_says_what_to_do(sale: SaleDesk) -> None:
    default = sale.prepare()
    shown = page(sale, default)
    assert shown.empty.isVisibleTo(shown)
    assert shown.empty.action is not None
    press(shown.empty.action)
    sale.settle()
    assert sale.window is not None
    assert sale.window.pages.place.page == "proposal"


def test_presenting_shows_the_last_one_to_the_customer(sale: SaleDesk) -> None:
    _, other = simulations(sale)
    shown = page(sale, other)
    assert plain(shown.present.text()) == "Présenter « Avec display »"
    press(shown.present)
    sale.settle()
    assert sale.window is not None
    assert sale.window.is_full
    assert sale.window.pages.place.where["proposal_id"] == other


def test_a_third_simulation_is_picked_from_the_menu(sale: SaleDesk) -> None:
    default, other = simulations(sale)
    third = duplicate_proposal(DuplicateProposal(default, "Sans site"), sale.store.work)
    shown = page(sale, other)
    assert [one.id for one in shown.model.compared] == [default, other]
    entry = next(one for one in shown.picks().actions() if one.text() == "Sans site")
    entry.trigger()
    assert {one.id for one in shown.model.compared} == {default, other, third}
    assert shown.model.first.id == default
    # Two at least stay: the entries of the last two cannot be taken away.
    shown.model.pick([default, other])
    assert {one.text(): one.isEnabled() for one in shown.picks().actions()} == {
        "Reconduction": False,
        "Avec display": False,
        "Sans site": True,
    }
