"""A kept document over the page, as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from app.domain.sales.proposal import Proposal
from app.domain.signature.ceremony import Document, DocumentState, is_proof_alone
from app.ports.documents import SealVerdict
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.overlay import Dialog
from views.widgets.pdf_view import DamagedPdf, PdfView


@dataclass(frozen=True, slots=True)
class Kept:
    """A document with its bytes, what checking its seal gave when it is signed, and whether it stands for no order."""

    document: Document
    content: bytes
    verdict: SealVerdict | None
    is_proof_alone: bool = False


def read_kept(session: Session, document: Document, proposals: Iterable[Proposal] = ()) -> Kept:
    """Read a document and check its seal anew; takes its time: not for the window's thread.

    Raises Refusal NOT_FOUND.
    """
    content = session.readers.content(document.sha256)
    is_signed = document.state is not DocumentState.SHOWN
    is_alone = any(one.id == document.proposal_id and is_proof_alone(document, one) for one in proposals)
    return Kept(document, content, session.sealer.verify(content, document.sha256) if is_signed else None, is_alone)


class DocumentDialog(Dialog):
    """Shows the very bytes that are kept."""

    def __init__(self, window: QWidget, session: Session, title: str, kept: Kept) -> None:
        super().__init__(window, title, self._sentence(session, kept))
        self.view = PdfView()
        self.view.setAccessibleName(title)
        self.view.setMinimumHeight(max(theme().px("list_min"), round(window.height() * 0.6)))
        try:
            self.view.load(kept.content)
        except DamagedPdf:
            self.words.set_text(self.tr("Ce document ne peut pas être affiché : il est abîmé."))
        self.body.addWidget(self.view, 1)
        done = self.add_button(Button(self.tr("Fermer"), "line"))
        done.clicked.connect(self.close_overlay)

    def _sentence(self, session: Session, kept: Kept) -> str:
        if kept.verdict is None:
            return self.tr("Présenté au client, pas encore signé.")
        if kept.verdict.is_verified and kept.is_proof_alone:
            said = self.tr("Signé par {name}, sceau intact. Ce bon n’a pas été retenu : il est gardé comme preuve.")
            return said.format(name=kept.document.signatory)
        if kept.verdict.is_verified:
            return self.tr("Signé par {name}. Le sceau est intact.").format(name=kept.document.signatory)
        return session.words("seals", kept.verdict.reason)
