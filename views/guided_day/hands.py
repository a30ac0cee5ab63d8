"""What a rep's hands do on the pages: rows of the tree, their menus, lists, a stroke."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from views.guided_day.player import Player, StepFailed
from views.sales.proposal_tree import ProposalTree
from views.widgets.stroke_pad import StrokePad

SIGNATURE = (
    ((0.16, 0.44), (0.12, 0.36), (0.10, 0.52), (0.14, 0.66), (0.20, 0.60)),
    ((0.24, 0.30), (0.25, 0.50), (0.27, 0.64), (0.31, 0.52), (0.34, 0.62), (0.38, 0.52), (0.41, 0.63)),
    ((0.44, 0.54), (0.48, 0.62), (0.52, 0.52), (0.55, 0.62), (0.62, 0.40), (0.70, 0.58), (0.82, 0.50), (0.92, 0.44)),
)
"""A name as strokes, each point as parts of the pad's width and height."""


class Hands:
    """Presses rows, menus and lists as a person does."""

    def __init__(self, player: Player) -> None:
        self.player = player

    # ------------------------------------------------------------------------------------------- the tree
    def row(self, words: str) -> QModelIndex:
        """Find the tree's row that begins with these words; raises StepFailed when there is none in time."""
        tree = self.player.the(ProposalTree)
        self.player.until(f"ligne « {words} » ?", lambda: self._found(tree, words) is not None)
        index = self._found(tree, words)
        if index is None:
            raise StepFailed(words)
        return index

    def _found(self, tree: ProposalTree, words: str) -> QModelIndex | None:
        model = tree.tree_model
        for at in range(model.rowCount()):
            branch = model.index(at, 0)
            for index in (branch, *(model.index(line, 0, branch) for line in range(model.rowCount(branch)))):
                if model.row_at(index).spoken().replace("\u00a0", " ").startswith(words):
                    return index
        return None

    def choose_from_menu(self, row: str, entry: str) -> None:
        """Press a row, its dots, and an entry of the menu that opens."""
        tree, index = self.player.the(ProposalTree), self.row(row)
        tree.scrollTo(index)
        QTest.qWait(50)
        tree.setCurrentIndex(index)
        self.player.until("les trois points ?", tree.dots.isVisible)
        self.player.click(tree.dots)
        self.choose(entry)

    def choose(self, entry: str) -> None:
        """Press the entry of the open menu that begins with these words."""
        menu = self.player.the(QMenu)
        for action in menu.actions():
            if action.text().replace("\u00a0", " ").startswith(entry) and action.isEnabled():
                self.player.click(menu, menu.actionGeometry(action))
                return
        raise StepFailed(f"« {entry} » n’est pas au menu")

    def edit(self, row: str, column: int, typed: str) -> None:
        """Type a figure into a cell of a row, and Enter."""
        tree, index = self.player.the(ProposalTree), self.row(row)
        cell = index.siblingAtColumn(column)
        tree.scrollTo(index)
        self.player.click(tree.viewport(), tree.visualRect(cell))
        self.player.until("la cellule ouverte ?", lambda: tree.indexWidget(cell) is not None)
        editor = tree.indexWidget(cell)
        QTest.keyClicks(editor, typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)

    # ------------------------------------------------------------------------------------------- lists
    def choose_row(self, view: QAbstractItemView, words: str) -> None:
        """Press the row of a list that begins with these words."""

        def found() -> QModelIndex | None:
            model = view.model()
            for at in range(model.rowCount()):
                index = model.index(at, 0)
                said = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or "")
                if said.replace("\u00a0", " ").startswith(words):
                    return index
            return None

        self.player.until(f"« {words} » dans la liste ?", lambda: found() is not None)
        index = found()
        if index is not None:
            view.scrollTo(index)
            self.player.click(view.viewport(), view.visualRect(index))

    # ------------------------------------------------------------------------------------------- signing
    def sign(self, pad: StrokePad) -> None:
        """Draw a name on the pad with the mouse."""
        for stroke in SIGNATURE:
            points = [_on(pad, x, y) for x, y in stroke]
            QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
            for before, after in pairwise(points):
                for part in range(1, 5):
                    QTest.mouseMove(pad, before + (after - before) * part / 4)
            QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])


def _on(widget: QWidget, x: float, y: float) -> QPoint:
    return QPoint(round(x * widget.width()), round(y * widget.height()))
