"""Buttons, choices, steps, tabs and pills answer finger and keyboard, and say what they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views.shell.theme import theme
from views.widgets.buttons import AddBar, Button, IconButton, hit_rect
from views.widgets.check_row import CheckRow, RadioRow
from views.widgets.choices import CheckBox, CheckCircle, Radio, Switch
from views.widgets.fields import LabelledField, SearchField, SelectField, TextField
from views.widgets.labels import ElidedLabel, Paragraph
from views.widgets.pill import ConditionPill, Pill
from views.widgets.segmented import SegmentedControl
from views.widgets.stepper import Stepper
from views.widgets.tab_bar import TabBar

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton


def test_a_busy_button_says_so_and_takes_no_click(stage: Stage, qtbot: QtBot) -> None:
    button = Button("Envoyer", "fill")
    stage(button)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    button.set_busy("Envoi…")
    QTest.mouseClick(button, LEFT)
    assert (pressed, button.is_busy, button.accessibleDescription()) == ([], True, "Envoi…")
    button.set_busy(None)
    QTest.mouseClick(button, LEFT)
    assert len(pressed) == 1


def test_the_filled_button_moves_to_the_next_thing_to_do(qtbot: QtBot) -> None:
    button = Button("Valider", "line")
    qtbot.addWidget(button)
    button.ensurePolished()
    before = button.grab().toImage().pixelColor(20, 6)
    button.set_kind("fill")
    assert button.grab().toImage().pixelColor(20, 6) == theme().c("accent") != before


@pytest.mark.parametrize(
    "make",
    [
        lambda: Button("OK", "fill"),
        lambda: IconButton("x", "Fermer"),
        lambda: CheckBox("SEPA"),
        CheckCircle,
        lambda: Radio("Papier"),
        lambda: Switch("Alertes"),
        lambda: RadioRow("Retirer la ligne"),
        lambda: Pill("Mes rejets", 4),
        lambda: ConditionPill("Eure-et-Loir"),
        lambda: AddBar("Ajouter un produit"),
        lambda: TextField("Claire"),
        lambda: SelectField(("2027",)),
        lambda: SearchField("Nom"),
        lambda: Stepper(2),
    ],
)
def test_nothing_is_smaller_than_a_finger(make: Callable[[], QWidget], stage: Stage) -> None:
    widget = make()
    holder = stage(widget)
    assert holder.isVisible()
    assert min(widget.width(), widget.height()) >= theme().px("target")


def test_a_button_with_only_an_icon_has_a_name(qtbot: QtBot) -> None:
    button = IconButton("phone", "Appeler Claire Delmas")
    qtbot.addWidget(button)
    assert button.accessibleName() == button.toolTip() == "Appeler Claire Delmas"


def test_a_small_mark_has_a_large_hit() -> None:
    assert hit_rect(QRect(10, 10, 16, 16)) == QRect(-4, -4, 44, 44)
    assert hit_rect(QRect(0, 0, 60, 20)).size().toTuple() == (60, 44)


def test_a_press_anywhere_on_a_choice_chooses(stage: Stage) -> None:
    switch, circle = Switch("Hors ligne"), CheckCircle("Rappeler")
    stage(switch, circle)
    QTest.mouseClick(switch, LEFT, pos=QPoint(switch.width() - 3, 3))
    QTest.mouseClick(circle, LEFT, pos=QPoint(3, circle.height() - 3))
    QTest.keyClick(circle, Qt.Key.Key_Space)
    assert (switch.isChecked(), circle.isChecked()) == (True, False)


def test_arrows_move_the_choice_of_a_segmented_control(stage: Stage) -> None:
    control = SegmentedControl(("Comptant", "3 fois", "4 fois"))
    stage(control)
    chosen: list[int] = []
    control.chosen.connect(chosen.append)
    control.segment(0).setFocus()
    QTest.keyClick(control.segment(0), Qt.Key.Key_Right)
    QTest.mouseClick(control.segment(2), LEFT)
    assert (control.index(), chosen) == (2, [1, 2])


def test_a_quantity_is_stepped_typed_and_bounded(stage: Stage) -> None:
    stepper = Stepper(1, lowest=1, highest=3)
    stage(stepper)
    assert not stepper.less.isEnabled()
    QTest.mouseClick(stepper.more, LEFT)
    QTest.keyClick(stepper, Qt.Key.Key_Plus)
    assert (stepper.value(), stepper.more.isEnabled()) == (3, False)
    stepper.setFocus()
    stepper.selectAll()
    QTest.keyClicks(stepper, "2")
    QTest.keyClick(stepper, Qt.Key.Key_Minus)
    assert stepper.value() == 1
    assert stepper.lineEdit().width() >= theme().px("stepper_value")


NOT_QUANTITIES = [("2,5", "entier"), ("dix", "entier"), ("1000000000", "9999"), ("0", "1")]


@pytest.mark.parametrize(("typed", "problem"), NOT_QUANTITIES)
def test_a_quantity_that_is_not_understood_stays_as_typed_and_says_why(stage: Stage, typed: str, problem: str) -> None:
    stepper = Stepper(3, lowest=1)
    stage(stepper)
    heard: list[bool] = []
    stepper.read_again.connect(lambda: heard.append(stepper.is_valid))
    stepper.setFocus()
    stepper.selectAll()
    QTest.keyClicks(stepper, typed)
    value = stepper.value()
    stepper.clearFocus()
    assert (stepper.text(), stepper.value(), stepper.is_valid) == (typed, value, False)
    assert not heard[-1]
    assert problem in stepper.problem()
    stepper.setFocus()
    stepper.selectAll()
    QTest.keyClicks(stepper, "12")
    assert (stepper.value(), stepper.is_valid, heard[-1]) == (12, True, True)


def test_tabs_go_by_press_arrow_and_plus(stage: Stage) -> None:
    tabs = TabBar(("Reconduction", "Avec display"), plus="Nouvelle simulation")
    stage(tabs)
    moved: list[int] = []
    added: list[bool] = []
    tabs.current_changed.connect(moved.append)
    tabs.add_asked.connect(lambda: added.append(True))
    QTest.mouseClick(tabs.bar, LEFT, pos=tabs.bar.tabRect(1).center())
    QTest.keyClick(tabs.bar, Qt.Key.Key_Left)
    assert tabs.plus is not None
    QTest.mouseClick(tabs.plus, LEFT)
    assert (moved, added) == ([1, 0], [True])
    assert tabs.plus.accessibleName() == "Nouvelle simulation"


def test_other_tabs_keep_the_current_place(qtbot: QtBot) -> None:
    tabs = TabBar(("a", "b", "c"))
    qtbot.addWidget(tabs)
    tabs.set_current(1)
    with qtbot.assertNotEmitted(tabs.current_changed):
        tabs.set_tabs(("a", "bb", "c", "d"))
    assert (tabs.current(), tabs.bar.tabText(1), tabs.bar.count()) == (1, "bb", 4)
    with qtbot.waitSignal(tabs.current_changed):
        tabs.set_tabs(("a",))
    assert tabs.current() == 0


def test_a_bold_tab_is_not_cut(qtbot: QtBot) -> None:
    tabs = TabBar(("Numérique d’abord",))
    qtbot.addWidget(tabs)
    words = theme().metrics("body", "strong").horizontalAdvance("Numérique d’abord")
    assert tabs.bar.tabSizeHint(0).width() >= words + 2 * theme().px("tab_pad")


def test_a_condition_is_taken_away_by_its_cross_or_by_delete(stage: Stage) -> None:
    pill = ConditionPill("Eure-et-Loir")
    stage(pill)
    removed: list[str] = []
    pill.removed.connect(lambda: removed.append("removed"))
    pill.clicked.connect(lambda: removed.append("opened"))
    QTest.mouseClick(pill, LEFT, pos=QPoint(pill.width() - 20, 20))
    QTest.mouseClick(pill, LEFT, pos=QPoint(20, 20))
    QTest.keyClick(pill, Qt.Key.Key_Delete)
    assert removed == ["removed", "opened", "removed"]


def test_a_thing_to_do_is_checked_off_or_opened(stage: Stage) -> None:
    row = CheckRow("Rappeler Mme Ferrand", "En retard de 2 jours", late=True, action=("phone", "Appeler"))
    stage(row)
    heard: list[object] = []
    row.toggled.connect(heard.append)
    row.opened.connect(lambda: heard.append("opened"))
    row.action_asked.connect(lambda: heard.append("call"))
    QTest.mouseClick(row.circle, LEFT)
    QTest.mouseClick(row, LEFT, pos=QPoint(200, 20))
    assert row.action is not None
    QTest.mouseClick(row.action, LEFT)
    assert heard == [True, "opened", "call"]
    assert row.circle.accessibleName() == "Rappeler Mme Ferrand"


def test_a_search_answers_every_keystroke_and_escape_empties_it(stage: Stage) -> None:
    search = SearchField("Nom, ville, numéro")
    stage(search)
    asked: list[str] = []
    search.asked.connect(asked.append)
    QTest.keyClicks(search, "ro")
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert asked == ["r", "ro", ""]
    assert search.accessibleName() == "Nom, ville, numéro"


def test_a_field_says_its_name_and_its_message_aloud(qtbot: QtBot) -> None:
    field = LabelledField("E-mail", TextField("c.delmas@"), "Celui de la facturation")
    qtbot.addWidget(field)
    field.set_error("Il manque ce qui suit @")
    editor = field.editor
    assert (editor.accessibleName(), editor.accessibleDescription()) == ("E-mail", "Il manque ce qui suit @")
    field.set_ok("Adresse vérifiée")
    assert field.message() == "Adresse vérifiée"
    field.set_ok(None)
    assert field.message() == "Celui de la facturation"


def test_a_paragraph_breaks_on_the_lines_of_the_scale(qtbot: QtBot) -> None:
    words = Paragraph((("L’e-mail n’est pas parti. ", "strong"), ("Il est gardé et repartira seul.", "regular")))
    qtbot.addWidget(words)
    assert words.heightForWidth(2000) == theme().line("body")
    assert words.heightForWidth(200) % theme().line("body") == 0
    assert words.heightForWidth(200) > theme().line("body")
    assert words.accessibleName() == "L’e-mail n’est pas parti. Il est gardé et repartira seul."


def test_a_cut_line_keeps_its_whole_text_for_the_tip(qtbot: QtBot) -> None:
    words = ElidedLabel("Display de printemps, 4ᵉ de couverture")
    qtbot.addWidget(words)
    assert words.minimumSizeHint().width() < words.sizeHint().width()
    assert words.toolTip() == words.accessibleName() == words.text()


def test_what_falls_just_beside_the_circle_ticks_and_does_not_open(stage: Callable[..., QWidget]) -> None:
    row = CheckRow("Rappeler Mme Ferrand")
    stage(row)
    opened: list[bool] = []
    row.opened.connect(lambda: opened.append(True))

    QTest.mouseClick(row, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(41, row.height() // 2))
    assert (row.circle.isChecked(), opened) == (True, [])
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(90, row.height() // 2))
    assert opened == [True]
