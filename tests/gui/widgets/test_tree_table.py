"""A table of two levels is edited in place: figures, Enter down, Tab right, Esc back, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from views import formats
from views.shell.theme import Chip, theme
from views.widgets.figure_fields import FigureField, MoneyField, PercentField
from views.widgets.rows import ACCESSIBLE_ROLE
from views.widgets.stepper import Stepper
from views.widgets.tree_rows import Branch, Cell, Column, TreeModel, TreeRow
from views.widgets.tree_table import TreeTable

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton
COLUMNS = (
    Column("product", "Produit"),
    Column("quantity", "Qté", "tree_quantity", "stepper", stays=False),
    Column("discount", "Remise", "percent_field", "percent"),
    Column("net", "HT 2027", "amount_column", "money"),
)


def _line(key: str, net: int, *, locked: bool = False) -> TreeRow:
    cells = (
        Cell("1", value=None if locked else 1),
        Cell("—", value=None if locked else 0),
        Cell(runs=formats.amount_runs(net), sub="1\u00a0452,00 en 2026", value=None if locked else net),
    )
    return TreeRow(f"Ligne {key}", "Fleuristes · Chartres", cells=cells, key=key, struck=locked)


def _branches(net: int = 148000) -> tuple[Branch, ...]:
    head = TreeRow("Imprimé", number="001", cells=(Cell(), Cell(), Cell(runs=formats.amount_runs(net))), key="001")
    other = TreeRow("Site", number="101", note="MO 101-02", chips=(Chip("négative", "danger"),), key="101")
    return (
        Branch(head, (_line("a", net), _line("b", 31200), _line("c", -22800, locked=True))),
        Branch(other, (_line("d", 48000),)),
    )


class Heard:
    """Shows a table and notes what somebody typed."""

    def __init__(self, stage: Stage) -> None:
        self.model = TreeModel(COLUMNS, _branches())
        self.table = TreeTable(self.model)
        self.table.setFixedHeight(500)
        self.window = stage(self.table)
        self.edits: list[tuple[object, str, int]] = []
        self.model.edited.connect(lambda *edit: self.edits.append(edit))

    def cell(self, key: str, column: int) -> QModelIndex:
        return self.model.index_of(key, column)

    def press(self, key: str, column: int) -> None:
        place = self.table.visualRect(self.cell(key, column)).center()
        QTest.mouseClick(self.table.viewport(), LEFT, pos=place)

    def editor(self, key: str, column: int) -> QWidget:
        editor = self.table.indexWidget(self.cell(key, column))
        assert isinstance(editor, FigureField | Stepper), "the cell is not open"
        return editor

    def is_open(self, key: str, column: int) -> bool:
        return isinstance(self.table.indexWidget(self.cell(key, column)), FigureField | Stepper)


@pytest.fixture
def heard(stage: Stage) -> Heard:
    return Heard(stage)


def test_the_model_is_sound(qtbot: QtBot) -> None:
    model = TreeModel(COLUMNS, _branches())
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    model.set_branches(_branches(99))
    model.set_branches(_branches()[:1])
    assert tester.model() is model
    line = model.index_of("b", 3)
    assert line.parent() == model.index(0, 0)
    assert model.data(line, ACCESSIBLE_ROLE) == "HT 2027 312,00\u00a0€, 1\u00a0452,00 en 2026"
    assert not model.index_of("nobody").isValid()


def test_a_press_on_a_cell_opens_it_with_a_field_of_44(heard: Heard) -> None:
    heard.press("a", 3)
    editor = heard.editor("a", 3)
    assert isinstance(editor, MoneyField)
    assert editor.height() == theme().px("field")
    assert editor.text() == "1\u00a0480,00"
    assert editor.hasFocus()
    assert editor.accessibleName() == "HT 2027"


def test_what_is_typed_is_told_once_and_enter_goes_down(heard: Heard, qtbot: QtBot) -> None:
    typing: list[object] = []
    heard.table.typing.connect(lambda _index, value: typing.append(value))
    heard.press("a", 3)
    QTest.keyClicks(heard.editor("a", 3), "15,5")
    QTest.keyClick(heard.editor("a", 3), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard.is_open("b", 3))
    assert heard.edits == [("a", "net", 1550)]
    assert typing == [100, 1500, 1550]


def test_enter_skips_what_may_not_be_edited_and_goes_on_in_the_next_branch(heard: Heard, qtbot: QtBot) -> None:
    heard.press("b", 2)
    QTest.keyClick(heard.editor("b", 2), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: heard.is_open("d", 2))
    QTest.keyClick(heard.editor("d", 2), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not heard.is_open("d", 2))
    assert heard.table.hasFocus()
    assert heard.edits == [], "an unchanged value is no edit"


def test_tab_goes_right_and_on_to_the_next_line_and_backtab_left(heard: Heard, qtbot: QtBot) -> None:
    heard.press("a", 2)
    QTest.keyClick(heard.editor("a", 2), Qt.Key.Key_Tab)
    assert heard.is_open("a", 3)
    QTest.keyClick(heard.editor("a", 3), Qt.Key.Key_Tab)
    assert heard.is_open("b", 1)
    QTest.keyClick(heard.editor("b", 1), Qt.Key.Key_Backtab)
    assert heard.is_open("a", 3)


def test_escape_leaves_things_as_they_were(heard: Heard, qtbot: QtBot) -> None:
    heard.press("a", 3)
    QTest.keyClicks(heard.editor("a", 3), "9")
    QTest.keyClick(heard.editor("a", 3), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not heard.is_open("a", 3))
    assert heard.edits == []


def test_a_figure_or_f2_opens_a_cell_and_another_letter_does_not(heard: Heard, qtbot: QtBot) -> None:
    heard.table.setCurrentIndex(heard.cell("b", 2))
    heard.table.setFocus()
    QTest.keyClick(heard.table, Qt.Key.Key_X)
    assert not heard.is_open("b", 2)
    QTest.keyClicks(heard.table, "8")
    editor = heard.editor("b", 2)
    assert isinstance(editor, PercentField)
    QTest.keyClicks(editor, ",5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.edits))
    assert heard.edits == [("b", "discount", 850)]
    heard.table.setCurrentIndex(heard.cell("a", 0))
    heard.table.setFocus()
    QTest.keyClick(heard.table, Qt.Key.Key_F2)
    assert heard.is_open("a", 1), "on the title it opens the first cell that may be edited"


def test_a_quantity_is_stepped_in_place(heard: Heard, qtbot: QtBot) -> None:
    heard.press("d", 1)
    editor = heard.editor("d", 1)
    assert isinstance(editor, Stepper)
    QTest.mouseClick(editor.more, LEFT)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard.edits))
    assert heard.edits == [("d", "quantity", 2)]


def test_an_entry_that_makes_no_sense_stays_open_and_says_why(heard: Heard) -> None:
    heard.press("a", 3)
    editor = heard.editor("a", 3)
    QTest.keyClicks(editor, "1,2,3")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert heard.is_open("a", 3)
    assert isinstance(editor, MoneyField)
    assert (editor.state, editor.text()) == ("error", "1,2,3")
    assert editor.toolTip() == editor.problem() != ""
    assert heard.edits == []


def test_leaving_the_page_keeps_what_was_being_typed(heard: Heard) -> None:
    heard.press("a", 3)
    QTest.keyClicks(heard.editor("a", 3), "777")
    heard.table.hide()
    assert heard.edits == [("a", "net", 77700)]


def test_what_comes_of_an_edit_does_not_close_the_next_field(heard: Heard, qtbot: QtBot) -> None:
    heard.model.edited.connect(lambda *_edit: heard.model.set_branches(_branches(1550)))
    heard.press("a", 3)
    QTest.keyClicks(heard.editor("a", 3), "15,50")
    QTest.keyClick(heard.editor("a", 3), Qt.Key.Key_Tab)
    assert heard.is_open("b", 1)
    assert heard.table.isExpanded(heard.model.index(0, 0))


def test_a_chevron_folds_and_so_do_enter_and_space(heard: Heard) -> None:
    top = heard.model.index(0, 0)
    place = heard.table.visualRect(top).topLeft() + QPoint(24, 20)
    QTest.mouseClick(heard.table.viewport(), LEFT, pos=place)
    assert not heard.table.isExpanded(top)
    heard.table.setCurrentIndex(top)
    heard.table.setFocus()
    QTest.keyClick(heard.table, Qt.Key.Key_Space)
    assert heard.table.isExpanded(top)


def test_a_locked_line_opens_as_a_whole_and_never_for_editing(heard: Heard, qtbot: QtBot) -> None:
    heard.press("c", 3)
    assert not heard.is_open("c", 3)
    heard.table.setFocus()
    with qtbot.waitSignal(heard.table.opened) as opened:
        QTest.keyClick(heard.table, Qt.Key.Key_Return)
    assert opened.args is not None
    assert opened.args[0] == heard.cell("c", 0)


def test_upright_hides_what_does_not_stay_and_gives_the_finger_room(heard: Heard, qtbot: QtBot) -> None:
    heard.table.set_upright(True)
    assert heard.table.isColumnHidden(1)
    line = heard.cell("a", 0)
    qtbot.waitUntil(lambda: heard.table.visualRect(line).height() == theme().px("row_line_upright"))
    heard.press("a", 2)
    QTest.keyClick(heard.editor("a", 2), Qt.Key.Key_Tab)
    QTest.keyClick(heard.editor("a", 3), Qt.Key.Key_Tab)
    assert heard.is_open("b", 2), "Tab does not stop in a hidden column"


def test_columns_fill_the_width_and_the_captions_stand_over_them(heard: Heard) -> None:
    table = heard.table
    right = sum(table.columnWidth(column) for column in range(len(COLUMNS)))
    assert right == table.viewport().width()
    assert table.viewport().y() == theme().px("caption")
    assert table.cell_rect(3).right() <= table.viewport().width() - theme().px("row_out")
