"""Typing in what is known of a customer: people, numbers, published details, tasks; each form keeps its draft."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.domain.accounts.account import Account, Contact
from app.domain.refusal import Refusal
from app.usecases.accounts.edit_account import EditAccount, EditContact, edit_account, edit_contact
from app.usecases.accounts.plan_task import PlanTask, plan_task
from views import formats
from views.shell.form_draft import FormDraft
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.choices import CheckBox
from views.widgets.fields import LabelledField, TextField
from views.widgets.overlay import Dialog


class FormDialog(Dialog):
    """Fields in two columns, « Garder » and « Plus tard »; a refusal stands under its field."""

    kept = Signal()

    def __init__(self, window: QWidget, session: Session, title: str, words: str, key: str) -> None:
        """`key` names the draft: the form and what it is about."""
        super().__init__(window, title, words, width=theme().px("form"))
        self.session = session
        self._key = key
        self.fields: dict[str, LabelledField] = {}
        self.draft: FormDraft | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme().space(4))
        self._grid.setVerticalSpacing(theme().space(1))
        self.body.addLayout(self._grid)
        self.later = self.add_button(Button(self.tr("Plus tard"), "plain"))
        self.later.clicked.connect(self.close_overlay)
        self.keep = self.add_button(Button(self.tr("Garder"), "fill"))
        self.keep.clicked.connect(self._keep)

    def add_fields(self, fields: Mapping[str, tuple[str, str, str]], *, wide: tuple[str, ...] = ()) -> None:
        """Lay fields out: name → (label, value, hint); the `wide` ones take both columns. Then bring the draft back."""
        place = 0
        for name, (words, value, hint) in fields.items():
            editor = TextField(value)
            editor.returnPressed.connect(self._keep)
            self.fields[name] = LabelledField(words, editor, hint)
            span = 2 if name in wide else 1
            place += place % 2 if span == 2 else 0
            self._grid.addWidget(self.fields[name], place // 2, place % 2, 1, span, Qt.AlignmentFlag.AlignTop)
            place += span
        editors = {name: self.editor(name) for name in self.fields}
        self.draft = FormDraft(self.session, self._key, editors, self)

    def editor(self, name: str) -> QLineEdit:
        """The field of a name."""
        editor = self.fields[name].editor
        if not isinstance(editor, QLineEdit):
            raise TypeError(name)
        return editor

    def text(self, name: str) -> str:
        """What is typed in a field, without spaces around it."""
        return self.editor(name).text().strip()

    def first_focus(self) -> QWidget | None:
        """The first field that is still empty, else the first."""
        empty = [name for name in self.fields if not self.text(name)]
        return self.editor(empty[0] if empty else next(iter(self.fields)))

    def send(self) -> Callable[[], object]:
        """Give the use case with what was typed. Raises Refusal for what cannot even be asked."""
        raise NotImplementedError

    def _keep(self) -> None:
        try:
            do = self.send()
        except Refusal as refusal:
            self._refused(refusal)
            return
        self.keep.set_busy(self.tr("Un instant…"))
        self.session.act(do, self._done, refused=self._refused, failed=lambda _error: self.keep.set_busy(None))

    def _done(self, _answer: object) -> None:
        self.keep.set_busy(None)
        if self.draft is not None:
            self.draft.forget()
        self.close_overlay()
        self.kept.emit()

    def _refused(self, refusal: Refusal) -> None:
        words = self.session.words("refusals", refusal.code, refusal.facts)
        beside = self.fields.get(refusal.field or "")
        for field in self.fields.values():
            field.set_error(words if field is beside else None)
        if beside is not None:
            beside.editor.setFocus()
        else:
            self.words.set_text(words)
            self.words.show()


class ContactDialog(FormDialog):
    """A person of the account; one of them signs."""

    def __init__(self, window: QWidget, session: Session, account: Account, contact: Contact | None = None) -> None:
        self._account, self._contact = account, contact
        title = contact.name if contact is not None else self.tr("Nouveau contact")
        key = f"contact {contact.id if contact is not None else account.id}"
        super().__init__(window, session, title, account.trade_name, key)
        now = contact if contact is not None else None
        self.add_fields(
            {
                "name": (self.tr("Nom"), now.name if now else "", ""),
                "role": (self.tr("Fonction"), now.role if now else "", ""),
                "email": (self.tr("E-mail"), now.email if now else "", self.tr("Reçoit le bon signé")),
                "mobile": (self.tr("Mobile"), now.mobile if now else "", self.tr("Reçoit le code SMS")),
                "phone": (self.tr("Téléphone"), now.phone if now else "", ""),
            }
        )
        signs = now.is_signatory if now is not None else account.signatory is None
        self.signs = CheckBox(self.tr("Signe les bons de commande"), checked=signs)
        self.body.addWidget(self.signs)

    def send(self) -> Callable[[], object]:
        """Keep the contact."""
        command = EditContact(
            account_id=self._account.id,
            contact_id=self._contact.id if self._contact is not None else None,
            name=self.text("name"),
            role=self.text("role"),
            email=self.text("email"),
            mobile=self.text("mobile"),
            phone=self.text("phone"),
            is_signatory=self.signs.isChecked(),
        )
        return partial(edit_contact, command, self.session.work)


class AccountDialog(FormDialog):
    """The company's numbers and what is published of it."""

    def __init__(self, window: QWidget, session: Session, account: Account) -> None:
        self._account = account
        words = self.tr("Les coordonnées publiées valent pour toutes ses sous-commandes.")
        super().__init__(window, session, account.trade_name, words, f"account {account.id}")
        details = account.details
        self.add_fields(
            {
                "legal_name": (self.tr("Raison sociale"), account.legal_name, ""),
                "siret": (self.tr("SIRET"), account.siret, self.tr("14 chiffres")),
                "vat_number": (self.tr("N° de TVA"), account.vat_number, ""),
                "iban": (self.tr("IBAN"), account.iban, ""),
                "published_name": (self.tr("Nom publié"), details.name, ""),
                "published_phone": (self.tr("Téléphone publié"), details.phone, ""),
                "site": (self.tr("Site"), details.site, ""),
                "opening_hours": (self.tr("Horaires d’ouverture"), details.opening_hours, ""),
            }
        )

    def send(self) -> Callable[[], object]:
        """Keep the account."""
        details = replace(
            self._account.details,
            name=self.text("published_name"),
            phone=self.text("published_phone"),
            site=self.text("site"),
            opening_hours=self.text("opening_hours"),
        )
        command = EditAccount(
            account_id=self._account.id,
            legal_name=self.text("legal_name"),
            siret=self.text("siret"),
            vat_number=self.text("vat_number"),
            iban=self.text("iban"),
            details=details,
        )
        return partial(edit_account, command, self.session.work)


class TaskDialog(FormDialog):
    """Something to do for this customer, with its day."""

    def __init__(self, window: QWidget, session: Session, account: Account) -> None:
        self._account = account
        super().__init__(window, session, self.tr("Nouvelle tâche"), account.trade_name, f"task {account.id}")
        today = formats.date_short(session.clock.today())
        self.add_fields(
            {
                "subject": (self.tr("Quoi"), "", self.tr("Une phrase : rappeler, envoyer, vérifier…")),
                "due_on": (self.tr("Pour le"), today, self.tr("jj/mm/aaaa")),
            },
            wide=("subject",),
        )

    def send(self) -> Callable[[], object]:
        """Keep the task. Raises Refusal DATE_NOT_UNDERSTOOD."""
        typed = self.text("due_on")
        try:
            due_on = formats.formats().read_date(typed)
        except formats.NotUnderstood:
            due_on = None
        if due_on is None:
            raise Refusal("DATE_NOT_UNDERSTOOD", {"text": typed}, "due_on")
        return partial(plan_task, PlanTask(self._account.id, self.text("subject"), due_on), self.session.work)
