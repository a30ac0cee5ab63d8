"""A PDF as it is, page under page; says when the reader has come to the last line."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScroller, QWidget

from views.shell.theme import theme

_KEPT_PAGES = 6
_NEARLY = 2


class DamagedPdf(Exception):
    """The bytes are no PDF that can be shown."""


@dataclass(frozen=True, slots=True)
class _Page:
    width: float
    height: float
    text: str


class PdfView(QAbstractScrollArea):
    """Pages fitted to the width on a sunken ground; `read_to_end` goes out once, when the last line was in sight."""

    read_to_end = Signal()
    """The end has been shown; once for each document."""
    page_changed = Signal(int, int)
    """The page that shows (from 1) and how many there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self._data = b""
        self._pages: tuple[_Page, ...] = ()
        self._images: dict[tuple[int, int], QImage] = {}
        self._was_read = False
        self._page = 0
        self.setProperty("ownFocus", True)
        self.setAccessibleName(self.tr("Document"))
        self.setFrameShape(self.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(look.px("target"))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        look.changed.connect(self.viewport().update)

    # ----------------------------------------------------------------------------------------- the document
    def load(self, data: bytes) -> None:
        """Show these bytes; raises DamagedPdf and keeps what it showed when they are no PDF."""
        import pypdfium2

        pages = []
        try:
            document = pypdfium2.PdfDocument(data)
            try:
                for page in document:
                    width, height = page.get_size()
                    pages.append(_Page(width, height, page.get_textpage().get_text_bounded()))
            finally:
                document.close()
        except pypdfium2.PdfiumError as damage:
            raise DamagedPdf(str(damage)) from damage
        self._data, self._pages = data, tuple(pages)
        self._images.clear()
        self._was_read = False
        self._page = 0
        self.setAccessibleDescription("\n".join(page.text for page in self._pages))
        self.verticalScrollBar().setValue(0)
        self._measure()
        self._scrolled()

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._pages)

    @property
    def was_read(self) -> bool:
        """Whether the end has been in sight."""
        return self._was_read

    # ----------------------------------------------------------------------------------------- sizes
    def sizeHint(self) -> QSize:
        return QSize(theme().px("palette"), theme().px("dialog"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        along = bar.value() / bar.maximum() if bar.maximum() else 0.0
        super().resizeEvent(event)
        self._measure()
        bar.setValue(round(along * bar.maximum()))
        self._scrolled()

    def showEvent(self, event: QEvent) -> None:
        """A document shorter than the window is read when it shows."""
        self._scrolled()

    def _boxes(self) -> list[QRectF]:
        """Where each page lies on the whole strip."""
        gap = theme().px("pdf_gap")
        side = theme().space(10) if self.viewport().width() > theme().px("list_min") else theme().space(4)
        wide = max(1.0, self.viewport().width() - 2.0 * side)
        boxes, top = [], float(gap)
        for page in self._pages:
            high = wide * page.height / page.width
            boxes.append(QRectF(side, top, wide, high))
            top += high + gap
        return boxes

    def _measure(self) -> None:
        boxes = self._boxes()
        whole = round(boxes[-1].bottom()) + theme().px("pdf_gap") if boxes else 0
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, whole - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        self.viewport().update()

    def _scrolled(self) -> None:
        self.viewport().update()
        boxes = self._boxes()
        if not boxes or not self.isVisible():
            return
        top, seen = self.verticalScrollBar().value(), self.viewport().height()
        middle = top + seen / 2
        at = next((number for number, box in enumerate(boxes, 1) if box.bottom() >= middle), len(boxes))
        if at != self._page:
            self._page = at
            self.page_changed.emit(at, len(boxes))
        if not self._was_read and top + seen >= boxes[-1].bottom() - _NEARLY:
            self._was_read = True
            self.read_to_end.emit()

    # ----------------------------------------------------------------------------------------- keys, drawing
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        keys = {Qt.Key.Key_Home: bar.minimum(), Qt.Key.Key_End: bar.maximum()}
        to = keys.get(Qt.Key(event.key()))
        if to is not None:
            bar.setValue(to)
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep() - theme().px("target"))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), look.c("sunken"))
        top = self.verticalScrollBar().value()
        for at, box in enumerate(self._boxes()):
            shown = box.translated(0, -top)
            if shown.intersects(QRectF(self.viewport().rect())):
                # Paper stays white in every theme: what is signed is what was seen.
                painter.drawImage(QPointF(round(shown.left()), round(shown.top())), self._image(at, shown))

    def _image(self, at: int, box: QRectF) -> QImage:
        density = self.devicePixelRatioF()
        key = (at, round(box.width() * density))
        found = self._images.get(key)
        if found is None:
            while len(self._images) >= _KEPT_PAGES:
                self._images.pop(next(iter(self._images)))
            found = self._render(at, key[1])
            found.setDevicePixelRatio(density)
            self._images[key] = found
        return found

    def _render(self, at: int, wide: int) -> QImage:
        import pypdfium2

        document = pypdfium2.PdfDocument(self._data)
        try:
            # Without its forms a page leaves out what a seal draws into its field: the stroke.
            document.init_forms()
            bitmap = document[at].render(
                scale=wide / self._pages[at].width, rev_byteorder=True, prefer_bgrx=True, may_draw_forms=True
            )
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            )
            return image.copy()
        finally:
            document.close()
