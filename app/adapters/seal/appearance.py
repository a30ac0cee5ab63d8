"""How the seal shows itself in a PDF: our drawing as its appearance, the ceremony's time as its time.

This module is imported when a form is sealed, and not before: it costs what the signature library costs.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.stamp import StaticStampStyle

from app.adapters.paper.signature_box import BOX_HEIGHT, BOX_WIDTH


class _Drawing(PdfContent):
    """A page of another PDF, laid into the signature box as it is."""

    def __init__(self, page: bytes) -> None:
        super().__init__(box=BoxConstraints(width=BOX_WIDTH, height=BOX_HEIGHT))
        self._page = page

    def render(self) -> bytes:
        writer = self._ensure_writer
        form = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        self.resources.xobject[pdf_name("/Drawing")] = form
        return b"/Drawing Do"


class _SignerAt(PdfSigner):
    """Signs at a given instant instead of the library's own clock."""

    def __init__(self, at: datetime, about: PdfSignatureMetadata, signer: Signer, style: StaticStampStyle) -> None:
        super().__init__(about, signer, stamp_style=style)
        self._at = at

    def init_signing_session(
        self,
        pdf_out: BasePdfFileWriter,
        existing_fields_only: bool = False,  # noqa: FBT001, FBT002 - the library's own signature
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self._at
        return session


def drawn(page: bytes) -> StaticStampStyle:
    """Give the style that shows a page of the box's size, unscaled, without a border."""
    as_it_is = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MIN, y_align=AxisAlignment.ALIGN_MIN, margins=Margins(0, 0, 0, 0)
    )
    return StaticStampStyle(border_width=0, background=_Drawing(page), background_layout=as_it_is)


def signer_at(at: datetime, about: PdfSignatureMetadata, signer: Signer, style: StaticStampStyle) -> PdfSigner:
    """Give a signer whose seal claims the instant `at`."""
    return _SignerAt(at, about, signer, style)
