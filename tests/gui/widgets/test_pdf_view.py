"""A document is shown as it is, and counts as read only when its last line was in sight."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from views.shell.theme import theme
from views.widgets.pdf_view import DamagedPdf, PdfView

Stage = Callable[..., QWidget]


def _pdf(pages: int, height: float = 842) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(595, height))
    for page in range(1, pages + 1):
        canvas.drawString(60, height - 40, f"Bon de commande, page {page}")
        canvas.rect(0, 0, 595, 20, fill=1)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.fixture
def view(stage: Stage) -> PdfView:
    made = PdfView()
    made.setFixedHeight(500)
    stage(made)
    return made


def test_the_end_is_told_once_and_only_when_it_was_reached(view: PdfView, qtbot: QtBot) -> None:
    view.load(_pdf(3))
    assert (view.page_count, view.was_read) == (3, False)
    bar = view.verticalScrollBar()
    with qtbot.assertNotEmitted(view.read_to_end):
        bar.setValue(bar.maximum() // 2)
    with qtbot.waitSignal(view.read_to_end):
        QTest.keyClick(view, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(view.read_to_end):
        bar.setValue(0)
        bar.setValue(bar.maximum())
    assert view.was_read


def test_a_document_that_fits_is_read_when_it_shows_and_not_before(qtbot: QtBot, stage: Stage) -> None:
    view = PdfView()
    view.setFixedHeight(500)
    view.resize(600, 500)
    view.load(_pdf(1, height=100))
    assert not view.was_read
    stage(view)
    qtbot.waitUntil(lambda: view.was_read)


def test_another_document_is_unread_again(view: PdfView) -> None:
    view.load(_pdf(1, height=100))
    assert view.was_read
    view.load(_pdf(2))
    assert not view.was_read


def test_the_page_in_sight_is_told(view: PdfView) -> None:
    told: list[tuple[int, int]] = []
    view.page_changed.connect(lambda page, count: told.append((page, count)))
    view.load(_pdf(2))
    QTest.keyClick(view, Qt.Key.Key_End)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert told == [(1, 2), (2, 2), (1, 2)]


def test_the_page_is_drawn_on_white_in_every_theme(view: PdfView) -> None:
    view.load(_pdf(1))
    for name in ("light", "dark", "contrast"):
        theme().use(name)
        image = view.viewport().grab().toImage()
        assert image.pixelColor(image.width() // 2, 200) == QColor(Qt.GlobalColor.white)
        assert image.pixelColor(3, 200) == theme().c("sunken")
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum())
    image = view.viewport().grab().toImage()
    assert any(
        image.pixelColor(image.width() // 2, y).lightness() < 40 for y in range(image.height() - 60, image.height())
    )


def test_the_words_are_there_for_a_screen_reader(view: PdfView) -> None:
    view.load(_pdf(2))
    assert "Bon de commande, page 2" in view.accessibleDescription()


def test_what_is_no_pdf_is_refused_and_the_document_before_stays(view: PdfView) -> None:
    view.load(_pdf(2))
    with pytest.raises(DamagedPdf):
        view.load(b"<html>captive portal</html>")
    assert view.page_count == 2


def test_a_resize_keeps_the_place(view: PdfView, qtbot: QtBot) -> None:
    view.load(_pdf(3))
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    view.window().resize(600, 700)
    qtbot.waitUntil(lambda: bar.maximum() > 0 and abs(bar.value() / bar.maximum() - 0.5) < 0.05)
