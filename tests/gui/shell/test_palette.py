"""The command palette: typed, chosen with the arrows, opened with Enter; by keyboard alone."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.gui.one_rep import ROSE
from tests.gui.windows import Desk, type_in
from views.shell.palette import Palette
from views.shell.palette_model import folded


def open_palette(desk: Desk) -> Palette:
    """Open it as a rep does: Ctrl+K."""
    window = desk.window or desk.show()
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    return next(palette for palette in window.findChildren(Palette) if palette.is_open)


def words_of(palette: Palette) -> list[str]:
    """What its rows say, groups first."""
    return [palette.model.entry(row).text for row in range(palette.model.rowCount())]


def test_it_lists_what_can_be_done_and_where_one_can_go(desk: Desk) -> None:
    palette = open_palette(desk)
    words = words_of(palette)
    assert words[0] == "Faire"
    assert "Travailler hors ligne" in words
    assert words[words.index("Ouvrir") + 1] == "Aujourd’hui"


def test_typing_finds_the_account_and_enter_opens_it(desk: Desk) -> None:
    palette = open_palette(desk)
    type_in(palette.field, "rose")
    desk.settle()
    assert words_of(palette)[:2] == ["Faire", "Préparer la visite"]
    found = words_of(palette)
    rose = found.index("Au nom de la Rose")
    assert found.index("Ouvrir") < rose
    entry = palette.model.entry(rose)
    start, length = entry.bold
    assert entry.text[start : start + length] == "Rose"
    while palette.list.currentIndex().row() != rose:
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.place.where["account_id"] == ROSE.id
    assert not [one for one in desk.window.findChildren(Palette) if one.is_open]


def test_the_arrows_leave_group_names_out_and_stop_at_the_ends(desk: Desk) -> None:
    palette = open_palette(desk)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == 1
    for _ in range(50):
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
        assert not palette.model.entry(palette.list.currentIndex().row()).is_group
    assert palette.list.currentIndex().row() == palette.model.rowCount() - 1


def test_a_greater_than_sign_lists_actions_alone(desk: Desk) -> None:
    palette = open_palette(desk)
    type_in(palette.field, "> hors")
    desk.settle()
    assert words_of(palette) == ["Faire", "Travailler hors ligne"]
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    desk.settle()
    assert desk.courier.off
    words = words_of(open_palette(desk))
    assert "Reprendre le réseau" in words


def test_an_account_offers_its_own_actions(desk: Desk) -> None:
    desk.show("account", account_id=ROSE.id)
    palette = open_palette(desk)
    type_in(palette.field, "> chute")
    desk.settle()
    assert words_of(palette) == ["Faire", "Chute totale…"]


def test_nothing_found_says_what_to_try(desk: Desk) -> None:
    palette = open_palette(desk)
    type_in(palette.field, "zzz")
    desk.settle()
    assert palette.model.hits == 0
    assert not palette.list.isVisible()
    said = [label.text() for label in palette.findChildren(type(palette._nothing)) if label.isVisible()]
    assert any("« zzz »".replace(" ", "\u00a0") in text for text in said)


def test_escape_closes_and_changes_nothing(desk: Desk) -> None:
    palette = open_palette(desk)
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    desk.settle()
    assert desk.window is not None
    assert desk.window.pages.page.name == "today"
    assert not [one for one in desk.window.findChildren(Palette) if one.is_open]


def test_accents_and_capitals_make_no_difference() -> None:
    assert folded("Épernon") == "epernon"
    assert folded("Œuvre ß") == "œuvre s"
    assert len(folded("Ñandú à l’Île")) == len("Ñandú à l’Île")
