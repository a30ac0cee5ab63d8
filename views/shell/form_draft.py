"""A form that is never lost: every keystroke is kept until it is sent, also when the window closes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from views.shell.memory import as_text, recall_texts
from views.shell.session import Session


class FormDraft(QObject):
    """Watches the fields of one form; what is typed comes back when the form opens again."""

    def __init__(self, session: Session, key: str, fields: Mapping[str, QLineEdit], parent: QObject) -> None:
        """`key` names the form and what it is about; drafts are kept in the encrypted store."""
        super().__init__(parent)
        self._session = session
        self._key = f"form {key}"
        self._fields = dict(fields)
        self._typed = recall_texts(session.drafts, self._key)
        for name, field in self._fields.items():
            if name in self._typed:
                field.setText(self._typed[name])
            field.textEdited.connect(partial(self._keep, name))

    @property
    def is_recalled(self) -> bool:
        """Whether something typed before came back."""
        return bool(self._typed)

    def forget(self) -> None:
        """The form was sent: nothing is left to keep."""
        self._typed = {}
        self._session.keep_draft(self._key, None)

    def _keep(self, name: str, text: str) -> None:
        self._typed[name] = text
        self._session.keep_draft(self._key, as_text(self._typed))
