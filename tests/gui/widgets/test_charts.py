"""Pictures that say it quicker: each part is where it should be, can be reached by key, and leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from views.shell.theme import theme
from views.widgets.bar_chart import Bar, BarChart
from views.widgets.plan_bar import Part, PlanBar
from views.widgets.route_sketch import RouteSketch, Stop
from views.widgets.span_rows import Span, SpanRow, SpanRows

Stage = Callable[..., QWidget]
LEFT = Qt.MouseButton.LeftButton


def test_a_payment_is_as_wide_as_its_share(stage: Stage) -> None:
    bar = PlanBar((Part("15/01", "3\u00a0086,40", 300), Part("15/02", "1\u00a0028,80", 100)))
    stage(bar, width=400)
    first, second = bar.segments()
    least = theme().px("accent_bar")
    assert (first.width() - least) == pytest.approx(3 * (second.width() - least))
    assert second.right() == pytest.approx(bar.width())
    assert bar.accessibleName() == "15/01 3\u00a0086,40, 15/02 1\u00a0028,80"


def test_ten_payments_still_fit_and_each_can_be_reached(stage: Stage) -> None:
    bar = PlanBar([Part(f"15/{month:02d}", "617,28", 61728) for month in range(1, 11)])
    stage(bar, width=360)
    assert bar.segments()[-1].right() == pytest.approx(bar.width())
    assert [at for at, _ in bar._worded(bar.segments())] == [0, 9]
    chosen: list[int] = []
    bar.chosen.connect(chosen.append)
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    QTest.keyClick(bar, Qt.Key.Key_Return)
    assert bar.accessibleDescription() == "15/02 617,28"
    QTest.mouseClick(bar, LEFT, pos=bar.segments()[4].center().toPoint())
    assert chosen == [1, 4]


def test_no_payment_shows_nothing_and_one_of_nothing_has_its_place(stage: Stage) -> None:
    bar = PlanBar()
    stage(bar)
    assert bar.isHidden()
    bar.set_parts((Part("15/01", "0,00", 0), Part("15/02", "0,00", 0)))
    assert len({round(box.width()) for box in bar.segments()}) == 1


BARS = (
    Bar("Édition 2026", (100, 100), "200", is_base=True),
    Bar("Reconduction", (100, 0), "100"),
    Bar("Avec display", (300, 100), "400", is_strong=True),
)


def test_a_bar_leads_to_its_list_by_press_and_by_key(stage: Stage) -> None:
    chart = BarChart(BARS)
    stage(chart, width=400)
    clicked: list[int] = []
    chart.clicked.connect(clicked.append)
    QTest.mouseClick(chart, LEFT, pos=chart.columns()[2].center().toPoint())
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Space)
    assert clicked == [2, 1]
    assert chart.accessibleDescription() == "Reconduction 100"
    assert chart.accessibleName() == "Édition 2026 200, Reconduction 100, Avec display 400"


def test_a_bar_is_as_high_as_its_value_and_wears_its_series(stage: Stage) -> None:
    chart = BarChart(BARS)
    stage(chart, width=400)
    image = chart.grab().toImage()

    def high(bar: int, *tokens: str) -> int:
        middle = round(chart.columns()[bar].center().x())
        inks = [theme().c(token) for token in tokens]
        return sum(image.pixelColor(middle, y) in inks for y in range(image.height()))

    whole = high(2, "chart-1", "chart-2")
    assert high(0, "chart-base") == pytest.approx(whole / 2, abs=5)
    assert high(1, "chart-1") == pytest.approx(whole / 4, abs=5)
    assert high(2, "chart-2") == pytest.approx(whole / 4, abs=5)


def test_more_than_five_series_are_refused_and_none_is_no_error(stage: Stage) -> None:
    chart = BarChart((Bar("rien", ()),))
    stage(chart)
    with pytest.raises(ValueError, match="5"):
        chart.set_bars((Bar("trop", (1, 2, 3, 4, 5, 6)),))
    chart.set_bars(())
    chart.grab()


def test_a_stretch_stands_under_its_columns(stage: Stage) -> None:
    spans = SpanRows(("2025", "2026", "2027"), 2)
    spans.set_rows((SpanRow("Bloc", (Span(0, 1, "past"), Span(1, 2), Span(2, 3, "planned"))), SpanRow("Vide")))
    stage(spans, width=600)
    image = spans.grab().toImage()
    y = round(spans._row_box(0).center().y())
    middle = spans._x(1) + spans._column_width() / 2
    assert image.pixelColor(round(middle), y) == theme().c("accent")
    assert image.pixelColor(round(spans._x(1) - 3), y) != theme().c("accent"), "columns stand apart"
    assert image.pixelColor(round(spans._x(2) + 30), y) != theme().c("accent"), "what is planned is not filled"
    assert "2025 2026 2027" in spans.accessibleName()


def test_a_row_of_stretches_opens_by_press_and_by_key(stage: Stage) -> None:
    spans = SpanRows(("2026",), touch=True)
    spans.set_rows((SpanRow("Bloc", (Span(0, 1),)), SpanRow("Ligne", (Span(0, 0.5),))))
    stage(spans)
    opened: list[int] = []
    spans.opened.connect(opened.append)
    assert spans._row_box(1).height() == theme().px("target")
    QTest.mouseClick(spans, LEFT, pos=spans._row_box(1).center().toPoint())
    QTest.keyClick(spans, Qt.Key.Key_Up)
    QTest.keyClick(spans, Qt.Key.Key_Return)
    assert opened == [1, 0]


def test_a_long_name_has_the_room_that_is_there(stage: Stage) -> None:
    spans = SpanRows(("2026",))
    spans.set_rows((SpanRow("Campagne mots-clés, trois mois", (Span(0, 1),)),))
    stage(spans, width=800)
    assert spans._x(0) > theme().px("span_label"), "the spans make way for the name"
    assert spans._x(0) <= 400
    short = SpanRows(("2026",))
    short.set_rows((SpanRow("Bloc", (Span(0, 1),)),))
    stage(short, width=800)
    assert short._x(0) == theme().px("span_label")


def test_a_bar_whose_name_does_not_fit_writes_it_on_two_lines(stage: Stage) -> None:
    narrow = BarChart((Bar("Numérique d’abord et rien d’autre", (1,)), Bar("Avec display", (2,)), Bar("Seul", (3,))))
    stage(narrow, width=340)
    wide = BarChart((Bar("Seul", (1,)), Bar("Court", (2,))))
    stage(wide, width=340)
    assert narrow.sizeHint().height() == wide.sizeHint().height() + theme().line("small")
    first, second = BarChart._name_lines(narrow.bars()[0], narrow.columns()[0].width())
    assert f"{first} {second}" == narrow.bars()[0].name


def _round(stage: Stage) -> RouteSketch:
    sketch = RouteSketch()
    sketch.setFixedSize(400, 260)
    stage(sketch)
    sketch.set_route(
        Stop("Vous", "", 1.0, 48.0),
        (Stop("Chartres", "1", 1.49, 48.45), Stop("Maintenon", "2", 1.58, 48.59), Stop("Épernon", "3", 1.67, 48.61)),
    )
    return sketch


def test_the_round_stays_on_its_field_with_north_above(stage: Stage) -> None:
    sketch = _round(stage)
    places = sketch.places()
    assert len(places) == 4
    assert all(sketch.rect().contains(place.toPoint()) for place in places)
    assert places[0].y() > places[1].y() > places[3].y()
    assert places[0].x() < places[1].x() < places[3].x()


def test_the_next_stop_is_filled_and_each_stop_opens(stage: Stage) -> None:
    sketch = _round(stage)
    opened: list[int] = []
    sketch.opened.connect(opened.append)
    image = sketch.grab().toImage()
    aside = QPointF(-11, 0)
    next_stop, later = (sketch.places()[at] + aside for at in (1, 2))
    assert image.pixelColor(next_stop.toPoint()) == theme().c("accent")
    assert image.pixelColor((later + QPointF(3, 0)).toPoint()) == theme().c("raised")
    QTest.mouseClick(sketch, LEFT, pos=sketch.places()[2].toPoint() + QPoint(15, 15))
    QTest.keyClick(sketch, Qt.Key.Key_Right)
    QTest.keyClick(sketch, Qt.Key.Key_Return)
    assert opened == [1, 2]


def test_a_round_of_one_place_or_none_is_drawn_all_the_same(stage: Stage) -> None:
    sketch = _round(stage)
    sketch.set_route(None, ())
    assert sketch.places() == []
    sketch.grab()
    sketch.set_route(None, (Stop("Chartres", "1", 1.5, 48.4),))
    assert sketch.places() == [QPointF(sketch.places()[0])]
    sketch.grab()
