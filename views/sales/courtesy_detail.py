"""The detail in the customer's words, with quantities that move the total; and how all is paid."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.domain.identifiers import LineId
from app.domain.sales.pricing import MOST_PIECES
from app.domain.sales.proposal import Instalment
from views.formats import amount_euro, amount_runs, formats
from views.sales.courtesy_content import Courtesy, ShownLine
from views.sales.courtesy_parts import GreatAmount, RoundButton
from views.sales.courtesy_scenes import Scene
from views.sales.fitting_area import FittingArea
from views.shell.body import column, line
from views.shell.theme import CENTRE, RIGHT, Ink, paint_text, text_width, theme
from views.widgets.labels import AmountLabel, ElidedLabel, Paragraph, rule


class DetailLine(QWidget):
    """One thing the customer buys; minus and plus where its quantity may still change."""

    asked = Signal(object, int)
    """The line's id, and the quantity somebody asks for."""

    def __init__(self, shown: ShownLine, scene: Scene) -> None:
        super().__init__()
        self._scene = scene
        self.shown = shown
        scale = scene.scale
        self._label = ElidedLabel(shown.label, scene.ink("body", "medium"))
        # It may say a condition at its end: that must be read whole.
        self._where = Paragraph(shown.where, scene.quiet("small"))
        self.less = RoundButton("minus", self.tr("Un de moins"), side=round(28 * scale))
        self.more = RoundButton("plus", self.tr("Un de plus"), side=round(28 * scale))
        self.quantity = _Figure(scene)
        self.amount = AmountLabel((), scene.ink("body", "medium"))
        self._was = AmountLabel((), scene.quiet("small"))
        self._words = column()
        self._words.addWidget(self._label)
        self._words.addWidget(self._where)
        self._count = line(round(6 * scale))
        for part in (self.less, self.quantity, self.more):
            self._count.addWidget(part)
        self._count.addStretch(1)
        self._money = QWidget()
        # One width for all, so that the figures and the buttons beside them stand in columns.
        self._money.setFixedWidth(round(112 * scale))
        amounts = column()
        self._money.setLayout(amounts)
        amounts.addWidget(self.amount, 0, Qt.AlignmentFlag.AlignRight)
        amounts.addWidget(self._was, 0, Qt.AlignmentFlag.AlignRight)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, round(6 * scale), 0, round(6 * scale))
        self._grid.setHorizontalSpacing(round(10 * scale))
        self._grid.setVerticalSpacing(round(4 * scale))
        self.fold(upright=False)
        self.less.clicked.connect(lambda: self.asked.emit(self.shown.id, self.shown.quantity - 1))
        self.more.clicked.connect(lambda: self.asked.emit(self.shown.id, self.shown.quantity + 1))
        self.show_line(shown)

    def fold(self, *, upright: bool) -> None:
        """On an upright screen the quantity stands below the words, which need the width."""
        grid = self._grid
        for part in (self._words, self._count):
            grid.removeItem(part)
        grid.removeWidget(self._money)
        grid.addLayout(self._words, 0, 0)
        grid.addLayout(self._count, 1 if upright else 0, 0 if upright else 1)
        grid.addWidget(self._money, 0, 2)
        grid.setColumnStretch(0, 1)

    def show_line(self, shown: ShownLine) -> None:
        """Show its quantity and amount of now."""
        self.shown = shown
        for button in (self.less, self.more):
            button.setVisible(shown.can_change)
        self.less.setEnabled(shown.quantity > 1)
        self.more.setEnabled(shown.quantity < MOST_PIECES)
        self.quantity.set_figure(str(shown.quantity) if shown.can_change else f"× {shown.quantity}")
        self.quantity.setVisible(shown.can_change or shown.quantity > 1)
        self._where.set_text(shown.where)
        self.amount.set_runs(amount_runs(shown.net))
        self._was.setVisible(shown.was is not None)
        if shown.was is not None:
            words = self.tr("au lieu de {amount}").format(amount=amount_euro(shown.was))
            self._was.set_runs(((words, False),))
        self.setAccessibleName(f"{shown.label}, {shown.where}, {shown.quantity}, {self.amount.text()}")


class _Figure(QWidget):
    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._ink = scene.ink("body", "medium")
        self._text = ""
        self.setFixedSize(round(28 * scene.scale), round(22 * scene.scale))

    def set_figure(self, text: str) -> None:
        """Show another figure."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_text(QPainter(self), QRectF(self.rect()), self._text, self._ink, CENTRE)


class DetailScene(Scene):
    """Every line, large; the total at the right of the way on."""

    quantity_asked = Signal(object, int)

    def __init__(self, content: Courtesy, scale: float) -> None:
        super().__init__(scale)
        self.lines: dict[LineId, DetailLine] = {}
        self.words.addWidget(self.caption(content))
        self.words.addSpacing(round(8 * scale))
        self.words.addWidget(Paragraph(self.tr("Le détail"), self.ink("title", "strong")))
        self.words.addSpacing(round(6 * scale))
        self._area = FittingArea("row")
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for at, shown in enumerate(content.lines):
            if at:
                self._area.lines.addWidget(rule())
            self.lines[shown.id] = made = DetailLine(shown, self)
            made.asked.connect(self.quantity_asked)
            self._area.lines.addWidget(made)
        self.words.addWidget(self._area)
        self.words.addStretch(1)
        self.total = GreatAmount(self.tr("TTC"), self, scale=scale, right=True)
        self.net = _Under(self)
        self.show_content(content)

    def show_content(self, content: Courtesy) -> None:
        for shown in content.lines:
            if shown.id in self.lines:
                self.lines[shown.id].show_line(shown)
        self.total.set_amount(content.gross)
        self.net.set_words(self.tr("{amount} HT").format(amount=amount_euro(content.net)))

    def fold(self, *, upright: bool) -> None:
        super().fold(upright=upright)
        for made in self.lines.values():
            made.fold(upright=upright)

    def place_total(self, right: int, middle: int, *, upright: bool) -> None:
        """Stand at the right of the way on, whose middle is told; above it on an upright screen."""
        high, under = self.total.height(), self.net.height()
        wide = self.total.sizeHint().width() if not upright else self.width() // 2
        if upright:
            top = middle - high - under - round(52 * self.scale / 2)
            self.total.setGeometry(right - wide, top, wide, high)
            self.net.setGeometry(right - wide, top + high, wide, under)
            self.words.setContentsMargins(0, 0, 0, high + under)
        else:
            beside = self.net.sizeHint().width()
            self.total.setGeometry(right - wide, middle - high // 2, wide, high)
            self.net.setGeometry(right - wide - beside - round(12 * self.scale), middle - under // 2, beside, under)
            self.words.setContentsMargins(0, 0, 0, 0)


class _Under(QWidget):
    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._ink = scene.quiet("small")
        self._words = ""
        self.setFixedHeight(round(18 * scene.scale))

    def set_words(self, words: str) -> None:
        """Show other words."""
        self._words = words
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(text_width(self._words, self._ink) + 2), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        box = QRectF(self.rect())
        paint_text(QPainter(self), box, self._words, self._ink, RIGHT)


class PlanScene(Scene):
    """How it is paid: a sentence, and each payment with its day."""

    def __init__(self, content: Courtesy, scale: float) -> None:
        super().__init__(scale)
        self.words.addWidget(self.caption(content))
        self.words.addStretch(1)
        self.title = Paragraph("", self.ink("display", "strong"))
        self.said = Paragraph("", self.quiet("body"))
        self.words.addWidget(self.title)
        self.words.addSpacing(round(8 * scale))
        self.words.addWidget(self.said)
        self.words.addSpacing(round(20 * scale))
        self.payments = Payments(self)
        self.words.addWidget(self.payments)
        self.words.addSpacing(round(18 * scale))
        self.total = GreatAmount(self.tr("TTC pour l’ensemble"), scale=scale)
        self.words.addWidget(self.total)
        self.words.addStretch(1)
        self.show_content(content)

    def show_content(self, content: Courtesy) -> None:
        plan = content.plan
        first = formats().date_long(plan[0].due_on) if plan else ""
        if not plan:
            self.title.set_text(self.tr("Rien à payer"))
            self.said.set_text("")
        elif len(plan) == 1:
            self.title.set_text(self.tr("En une fois"))
            self.said.set_text(self.tr("Le {day}.").format(day=first))
        else:
            said = self.tr("En {count} fois").format(count=len(plan))
            if len({one.gross for one in plan}) == 1:
                said = self.tr("{times} {amount}").format(times=said, amount=amount_euro(plan[0].gross))
            self.title.set_text(said)
            self.said.set_text(self.tr("À partir du {day}.").format(day=first))
        self.payments.set_plan(content.plan)
        self.total.set_amount(content.gross)


class Payments(QWidget):
    """The payments in rows of five at most: a bar, a day, an amount."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(scene)
        self._scene = scene
        self._plan: tuple[Instalment, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_plan(self, plan: Sequence[Instalment]) -> None:
        """Show another plan."""
        self._plan = tuple(plan)
        spoken = (f"{formats().date_long(one.due_on)} {amount_euro(one.gross)}" for one in plan)
        self.setAccessibleName(", ".join(spoken))
        self.setVisible(bool(plan))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = -(-len(self._plan) // self._across(width))
        return round(max(1, rows) * self._row())

    def sizeHint(self) -> QSize:
        wide = theme().px("fold")
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, round(self._row()))

    def _across(self, width: int) -> int:
        """How many stand beside one another: five or three at most, in rows of the same length."""
        most = 3 if width < theme().px("fold") * 0.75 else 5
        rows = max(1, -(-len(self._plan) // most))
        return max(1, -(-len(self._plan) // rows))

    def _row(self) -> float:
        return 56 * self._scene.scale

    def paintEvent(self, event: QPaintEvent) -> None:
        look, scale = theme(), self._scene.scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        gap = 8 * scale
        across = self._across(self.width())
        wide = (self.width() - gap * (across - 1)) / across
        high = 6 * scale
        for at, one in enumerate(self._plan):
            left = (at % across) * (wide + gap)
            top = at // across * self._row()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.c("chart-1"))
            painter.drawRoundedRect(QRectF(left, top, wide, high), high / 2, high / 2)
            day = QRectF(left, top + high + 4 * scale, wide, 18 * scale)
            paint_text(painter, day, formats().date_long(one.due_on), self._scene.quiet("small"))
            figure = Ink(size="body", weight="medium", scale=scale)
            paint_text(painter, day.translated(0, 19 * scale), amount_euro(one.gross), figure)
