"""What is missing to sign, asked for where it is missed: the signatory's e-mail and mobile, the company's numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.accounts.account import Account, Contact
from app.domain.identifiers import is_email, is_iban, is_mobile, is_siret, is_vat_number
from app.domain.refusal import Refusal
from app.usecases.accounts.edit_account import EditAccount, EditContact, edit_account, edit_contact
from views.shell.form_draft import FormDraft
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button
from views.widgets.fields import LabelledField, TextField
from views.widgets.overlay import Dialog

Check = Callable[[str], bool]


class ContactFields(QWidget):
    """Name, role, e-mail and mobile of the signatory; says under each field what is still wrong with it."""

    changed = Signal()

    def __init__(self, contact: Contact | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._contact = contact
        self.name = TextField(contact.name if contact else "", self.tr("Nom, prénom"))
        self.role = TextField(contact.role if contact else "", self.tr("Gérante, directeur…"))
        self.email = TextField(contact.email if contact else "", self.tr("nom@entreprise.fr"))
        self.mobile = TextField(contact.mobile if contact else "", self.tr("06 12 34 56 78"))
        self._rows = {
            "name": LabelledField(self.tr("Signataire"), self.name),
            "role": LabelledField(self.tr("Fonction"), self.role),
            "email": LabelledField(self.tr("E-mail, pour la copie signée"), self.email),
            "mobile": LabelledField(self.tr("Mobile, pour le code SMS"), self.mobile),
        }
        look = theme()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(1))
        for names in (("name", "role"), ("email", "mobile")):
            row = QHBoxLayout()
            row.setSpacing(look.space(4))
            for name in names:
                row.addWidget(self._rows[name], 1)
            column.addLayout(row)
        for field in (self.name, self.role, self.email, self.mobile):
            field.textChanged.connect(self._check)
        self._check()

    def keep_draft(self, session: Session, account: Account) -> FormDraft:
        """Keep every keystroke, as the account's own form of this contact does; what was typed before comes back."""
        about = self._contact.id if self._contact is not None else account.id
        fields = {"name": self.name, "role": self.role, "email": self.email, "mobile": self.mobile}
        return FormDraft(session, f"contact {about}", fields, self)

    @property
    def is_complete(self) -> bool:
        """Whether the form can be signed with what stands here."""
        return bool(self.name.text().strip()) and is_email(self.email.text()) and is_mobile(self.mobile.text())

    def first_lacking(self) -> TextField:
        """The field to begin with."""
        if not self.name.text().strip():
            return self.name
        return self.email if not is_email(self.email.text()) else self.mobile

    def command(self, account: Account) -> EditContact:
        """What is to be kept; the contact signs."""
        return EditContact(
            account_id=account.id,
            contact_id=self._contact.id if self._contact else None,
            name=self.name.text(),
            role=self.role.text(),
            email=self.email.text(),
            mobile=self.mobile.text(),
            phone=self._contact.phone if self._contact else "",
            is_signatory=True,
        )

    def show_refusal(self, refusal: Refusal, words: str) -> None:
        """Say the words beside the field they belong to."""
        row = self._rows.get(refusal.field or "name")
        if row is not None:
            row.set_error(words)

    def _check(self) -> None:
        for name, field, is_right, lacking in (
            ("email", self.email, is_email, self.tr("obligatoire pour signer")),
            ("mobile", self.mobile, is_mobile, self.tr("obligatoire pour signer")),
        ):
            text = field.text().strip()
            if is_right(text):
                self._rows[name].set_ok(None)
                field.set_state("ok")
            elif text and not field.hasFocus():
                self._rows[name].set_error(self.tr("« {text} » n’est pas complet").format(text=text))
            else:
                self._rows[name].set_error(None)
                self._rows[name].set_hint(lacking)
        self._rows["name"].set_error(None)
        self.changed.emit()


class ContactDialog(Dialog):
    """Completes the signatory; kept through EditContact."""

    kept = Signal()

    def __init__(self, window: QWidget, session: Session, account: Account) -> None:
        title = self.tr("Qui signe pour {account}").format(account=account.trade_name)
        words = self.tr("La copie signée part par e-mail, le code par SMS : les deux sont obligatoires.")
        super().__init__(window, title, words, width=720)
        self._session, self._account = session, account
        self.fields = ContactFields(account.signatory or next(iter(account.contacts), None))
        self._draft = self.fields.keep_draft(session, account)
        self.body.addWidget(self.fields)
        self.cancel = self.add_button(Button(self.tr("Plus tard"), "plain"))
        self.cancel.clicked.connect(self.close_overlay)
        self.keep = self.add_button(Button(self.tr("Garder"), "fill", "check"))
        self.keep.clicked.connect(self._keep)

    def first_focus(self) -> QWidget | None:
        """The first field that still lacks something."""
        return self.fields.first_lacking()

    def _keep(self) -> None:
        command, work = self.fields.command(self._account), self._session.work
        self._session.act(lambda: edit_contact(command, work), self._kept, refused=self._refused)

    def _kept(self, _: object) -> None:
        self._draft.forget()
        self.close_overlay()
        self.kept.emit()

    def _refused(self, refusal: Refusal) -> None:
        self.fields.show_refusal(refusal, self._session.words("refusals", refusal.code, refusal.facts))


class NumbersDialog(Dialog):
    """Corrects the company's SIRET, VAT number and IBAN, their keys checked while one types."""

    kept = Signal()

    def __init__(self, window: QWidget, session: Session, account: Account) -> None:
        title = self.tr("Numéros de {account}").format(account=account.trade_name)
        words = self.tr("Ils figurent sur le bon de commande ; leur clé est vérifiée à mesure.")
        super().__init__(window, title, words, width=640)
        self._session, self._account = session, account
        self.siret = TextField(account.siret, self.tr("14 chiffres"))
        self.vat_number = TextField(account.vat_number, self.tr("FR et 11 chiffres"))
        self.iban = TextField(account.iban, self.tr("FR76…"))
        self._rows: dict[str, tuple[LabelledField, TextField, Check]] = {
            "siret": (LabelledField(self.tr("SIRET"), self.siret), self.siret, is_siret),
            "vat_number": (LabelledField(self.tr("N° de TVA"), self.vat_number), self.vat_number, is_vat_number),
            "iban": (LabelledField(self.tr("IBAN"), self.iban), self.iban, is_iban),
        }
        for row, field, _ in self._rows.values():
            self.body.addWidget(row)
            field.textChanged.connect(self._check)
        self.cancel = self.add_button(Button(self.tr("Plus tard"), "plain"))
        self.cancel.clicked.connect(self.close_overlay)
        self.keep = self.add_button(Button(self.tr("Garder"), "fill", "check"))
        self.keep.clicked.connect(self._keep)
        fields = {name: field for name, (_, field, _) in self._rows.items()}
        self._draft = FormDraft(session, f"account {account.id}", fields, self)
        self._check()

    def first_focus(self) -> QWidget | None:
        """The first number that is not right."""
        wrong = [field for _, field, is_right in self._rows.values() if not is_right(field.text())]
        return wrong[0] if wrong else self.siret

    def wrong(self) -> Sequence[str]:
        """The names of the fields whose key does not hold."""
        return [
            name
            for name, (_, field, is_right) in self._rows.items()
            if field.text().strip() and not is_right(field.text())
        ]

    def _check(self) -> None:
        wrong = self.wrong()
        for name, (row, field, _) in self._rows.items():
            if name in wrong:
                row.set_error(self.tr("La clé ne tombe pas juste"))
            else:
                row.set_ok(self.tr("Clé vérifiée") if field.text().strip() else None)

    def _keep(self) -> None:
        command = EditAccount(
            account_id=self._account.id,
            siret=self.siret.text(),
            vat_number=self.vat_number.text(),
            iban=self.iban.text(),
        )
        work = self._session.work
        self._session.act(lambda: edit_account(command, work), self._kept, refused=self._refused)

    def _kept(self, _: object) -> None:
        self._draft.forget()
        self.close_overlay()
        self.kept.emit()

    def _refused(self, refusal: Refusal) -> None:
        row = self._rows.get(refusal.field or "")
        if row is not None:
            row[0].set_error(self._session.words("refusals", refusal.code, refusal.facts))
