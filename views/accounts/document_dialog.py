"""A kept document over the page, as it is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.signature.ceremony import Document, DocumentState
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.overlay import Dialog
from views.widgets.pdf_view import DamagedPdf, PdfView


class DocumentDialog(Dialog):
    """Shows the very bytes that are kept; the seal of a signed one is checked each time."""

    def __init__(self, window: QWidget, session: Session, title: str, document: Document, content: bytes) -> None:
        super().__init__(window, title, self._sentence(session, document, content))
        self.view = PdfView()
        self.view.setAccessibleName(title)
        self.view.setMinimumHeight(max(theme().px("list_min"), round(window.height() * 0.6)))
        try:
            self.view.load(content)
        except DamagedPdf:
            self.words.set_text(self.tr("Ce document ne peut pas être affiché : il est abîmé."))
        self.body.addWidget(self.view, 1)
        done = self.add_button(Button(self.tr("Fermer"), "line"))
        done.clicked.connect(self.close_overlay)

    def _sentence(self, session: Session, document: Document, content: bytes) -> str:
        if document.state is DocumentState.SHOWN:
            return self.tr("Présenté au client, pas encore signé.")
        verdict = session.sealer.verify(content, document.sha256)
        if verdict.is_verified:
            return self.tr("Signé par {name}. Le sceau est intact.").format(name=document.signatory)
        return session.words("seals", verdict.reason)
