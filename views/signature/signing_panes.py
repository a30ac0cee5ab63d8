"""What stands beside the form: the stroke and the consent, the contact that is missing, or the sealed copy."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.domain.refusal import Refusal
from app.domain.signature.ceremony import HandStroke, Point
from views.formats import formats
from views.sales.contact_dialog import ContactFields
from views.shell.body import column, empty, line
from views.shell.form_draft import FormDraft
from views.shell.session import Session
from views.shell.theme import BODY, MUTED, SMALL, STRONG, Chip, Ink, set_surface, theme
from views.signature.signing_model import Lacks, SigningModel
from views.widgets.buttons import Button
from views.widgets.choices import CheckBox
from views.widgets.labels import ChipLabel, Paragraph, Part
from views.widgets.notice import IconLabel
from views.widgets.stroke_pad import StrokePad

_TITLE = Ink(size="display", weight="strong")


class ToldFrame(QFrame):
    """A coloured frame: an icon, a bold line, and a sentence below it whose parts have their own weight."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look = theme()
        self._icon = IconLabel("info", "info")
        self.title = Paragraph("", STRONG)
        self.words = Paragraph("", BODY)
        row = line(look.space(3))
        row.setContentsMargins(look.space(5), look.space(4), look.space(5), look.space(4))
        self.setLayout(row)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(2)
        words.addWidget(self.title)
        words.addWidget(self.words)
        row.addLayout(words, 1)

    def say(self, title: str, parts: Sequence[Part], *, kind: str = "info", icon: str = "info") -> None:
        """`kind` is info, ok, warn or danger."""
        set_surface(self, f"notice-{kind}")
        self._icon.set_icon(icon, kind)
        self.title.set_text(title)
        self.words.set_text(parts)
        self.setAccessibleName(f"{title} {self.words.text()}")


class ContactPane(QWidget):
    """Asks for what the signature cannot do without; the form is rendered anew with it."""

    kept = Signal(object)
    """The EditContact that completes who signs."""

    def __init__(self, model: SigningModel, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._session = model, session
        look = theme()
        self.title = Paragraph(self.tr("Avant de signer"), _TITLE)
        self.words = Paragraph(
            self.tr("L’e-mail reçoit la copie signée, le mobile reçoit le code : les deux sont obligatoires."), MUTED
        )
        self._place = column()
        self.fields: ContactFields | None = None
        self._draft: FormDraft | None = None
        self.keep = Button(self.tr("Garder, puis relire le bon"), "fill", "check", large=True)
        self.keep.clicked.connect(self._keep)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px("button_pad"))
        whole.addWidget(self.title)
        whole.addWidget(self.words)
        whole.addLayout(self._place)
        whole.addWidget(self.keep)
        whole.addStretch(1)

    def begin(self) -> None:
        """Show who signs for this account, as far as it is known."""
        shown = self._model.shown
        if self._draft is not None and not self._model.lacks_contact:
            self._draft.forget()
            self._draft = None
        empty(self._place)
        contacts = shown.account.contacts if shown else ()
        first = shown.signatory if shown else None
        self.fields = ContactFields(first or next(iter(contacts), None))
        self.fields.changed.connect(self._weigh)
        if shown is not None and self._model.lacks_contact:
            self._draft = self.fields.keep_draft(self._session, shown.account)
        self._place.addWidget(self.fields)
        self._weigh()

    def _weigh(self) -> None:
        self.keep.setEnabled(self.fields is not None and self.fields.is_complete)

    def _keep(self) -> None:
        shown = self._model.shown
        if shown is not None and self.fields is not None:
            self.kept.emit(self.fields.command(shown.account))

    def show_refusal(self, refusal: Refusal) -> None:
        """Say the words beside their field."""
        if self.fields is not None:
            words = self._session.words("refusals", refusal.code, refusal.facts)
            self.fields.show_refusal(refusal, words)


class SignPane(QWidget):
    """Title, what happens then, the pad, the consent and the one filled button."""

    sign_asked = Signal()

    def __init__(self, model: SigningModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        look = theme()
        self.title = Paragraph("", _TITLE)
        self.told = ToldFrame()
        self.pad = StrokePad()
        self.agrees = CheckBox(self.tr("J’accepte ce bon de commande tel qu’il est affiché."))
        self.sign = Button(self.tr("Signer"), "fill", "pen", large=True)
        self.waiting = Paragraph("", MUTED)
        self.chip = ChipLabel(self.tr("signé, à confirmer"), "info")
        self._shows = Paragraph(self.tr("s’affichera tant que le code n’est pas saisi"), MUTED)
        below = line(look.space(2))
        below.addStretch(1)
        below.addWidget(self.chip)
        below.addWidget(self._shows)
        below.addWidget(self.waiting)
        below.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px("button_pad"))
        whole.addWidget(self.title)
        whole.addWidget(self.told)
        whole.addWidget(self.pad, 1)
        whole.addWidget(self.agrees)
        whole.addWidget(self.sign)
        whole.addLayout(below)
        self.pad.changed.connect(self._tell_stroke)
        self.agrees.toggled.connect(model.note_consent)
        self.sign.clicked.connect(model.sign)

    def begin(self) -> None:
        """Another form is shown: nothing of the one before stays."""
        told = self.pad.blockSignals(True)
        self.pad.clear()
        self.pad.blockSignals(told)
        ticked = self.agrees.blockSignals(True)
        self.agrees.setChecked(False)
        self.agrees.blockSignals(ticked)

    def show_state(self) -> None:
        """Show what may be done and what it waits for."""
        model = self._model
        signatory = model.shown.signatory if model.shown else None
        name = signatory.name if signatory else ""
        reading = model.lacks is Lacks.READING
        said = self.tr("Lisez d’abord, {name}") if reading else self.tr("Signez ici, {name}")
        self.title.set_text(said.format(name=name))
        self._show_network()
        self.pad.setEnabled(model.was_read and not model.is_busy)
        self.agrees.setEnabled(model.was_read and not model.is_busy)
        self.sign.set_busy(self.tr("Scellement…") if model.is_busy else None)
        lacks = model.lacks
        self.sign.setEnabled(lacks is None and not model.is_busy)
        words = {
            Lacks.READING: self.tr("possible dès que la dernière ligne est lue"),
            Lacks.STROKE: self.tr("possible dès que vous avez signé dans le cadre"),
            Lacks.CONSENT: self.tr("possible dès que la case est cochée"),
        }
        self.waiting.set_text(words.get(lacks, "") if lacks is not None else "")
        self.waiting.setVisible(lacks is not None)
        self.chip.setVisible(lacks is None)
        self._shows.setVisible(lacks is None)

    def _show_network(self) -> None:
        model = self._model
        mobile = model.masked_mobile
        if model.is_online:
            title = self.tr("Vous signez maintenant, vous confirmez ensuite.")
            words = self.tr("Le code de confirmation arrivera par SMS au {mobile}, un peu plus tard.")
        else:
            title = self.tr("Pas de réseau ici, et ce n’est pas gênant.")
            words = self.tr("Vous signez maintenant. Dès que le réseau revient, un code arrive par SMS au {mobile}.")
        after = self.tr("Votre commande ne part qu’après ce code.")
        parts = [(f"{words.format(mobile=mobile)} ", "regular"), (after, "strong")]
        self.told.say(title, parts, icon="info" if model.is_online else "off")

    def _tell_stroke(self) -> None:
        self._model.note_stroke(hand_stroke(self.pad))


class SealedPane(QWidget):
    """The sealed copy: that it holds, what it is called, and what comes next."""

    close_asked = Signal()

    def __init__(self, model: SigningModel, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._session = model, session
        look = theme()
        self.title = Paragraph("", _TITLE)
        self.chip = ChipLabel("", "info")
        self.told = ToldFrame()
        self.next = ToldFrame()
        self.facts = Paragraph("", SMALL)
        self.close_button = Button(self.tr("Fermer"), "line", large=True)
        self.close_button.clicked.connect(self.close_asked)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px("button_pad"))
        whole.addWidget(self.title)
        whole.addWidget(self.chip)
        whole.addWidget(self.told)
        whole.addWidget(self.next)
        whole.addWidget(self.facts)
        whole.addStretch(1)
        whole.addWidget(self.close_button)

    def show_state(self) -> None:
        """Show what is known of the seal by now."""
        model = self._model
        shown, seal = model.shown, model.seal
        if shown is None:
            return
        document = shown.document
        self.title.set_text(self.tr("C’est signé, {name}").format(name=document.signatory))
        confirmed = model.is_confirmed
        words = self.tr("signé et confirmé") if confirmed else self.tr("signé, à confirmer")
        self.chip.set_chip(Chip(words, "ok" if confirmed else "info"))
        if seal is None:
            self.told.say(self.tr("Vérification du sceau…"), [("", "regular")])
        elif seal.is_verified:
            kept = self.tr("Vérifié à l’instant, au dernier octet. Cette copie reste ici et plus rien ne la change.")
            self.told.say(self.tr("Le sceau tient."), [(kept, "regular")], kind="ok", icon="check")
        else:
            kept = self.tr("Ne la remettez à personne et prévenez le service client.")
            reason = self._session.words("seals", seal.reason)
            self.told.say(reason, [(kept, "regular")], kind="danger", icon="alert")
        self.next.setVisible(not confirmed)
        code = self.tr("Un code par SMS au {mobile} confirmera la commande.").format(mobile=model.masked_mobile)
        self.next.say(
            self.tr("Il reste le code."),
            [(f"{code} ", "regular"), (self.tr("Elle ne part pas avant."), "strong")],
            icon="clock",
        )
        local = document.made_at.astimezone()
        said = self.tr("Bon {number}, scellé le {day} à {time}. Empreinte {digest}.")
        digest = " ".join(document.sha256[at : at + 8] for at in range(0, 32, 8))
        self.facts.set_text(
            said.format(
                number=document.number,
                day=formats().date_short(local.date()),
                time=formats().time(local),
                digest=f"{digest}…",
            )
        )


def hand_stroke(pad: StrokePad) -> HandStroke:
    """What was written on a pad, as the domain keeps it."""
    strokes = tuple(
        tuple(Point(point.x, point.y, point.pressure, point.t_ms) for point in stroke) for stroke in pad.strokes()
    )
    return HandStroke(strokes=strokes, ratio=pad.aspect)
