"""The form as the customer sees it, with what a seal draws into it: the stroke in its own block."""

from __future__ import annotations

from PySide6.QtGui import QImage

from views.widgets.pdf_view import PdfView


class FormView(PdfView):
    """A PDF view that shows signature fields too; a plain one leaves out what stands in form fields."""

    def _render(self, at: int, wide: int) -> QImage:
        import pypdfium2

        document = pypdfium2.PdfDocument(self._data)
        try:
            document.init_forms()
            page = document[at]
            bitmap = page.render(
                scale=wide / self._pages[at].width, rev_byteorder=True, prefer_bgrx=True, may_draw_forms=True
            )
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            )
            return image.copy()
        finally:
            document.close()
