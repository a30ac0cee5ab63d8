"""A form that is never lost: every keystroke is kept until it is sent, also when the window closes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit

from views.shell.memory import Memory, keep_texts, recall_texts


class FormDraft(QObject):
    """Watches the fields of one form; what is typed comes back when the form opens again."""

    def __init__(self, memory: Memory, key: str, fields: Mapping[str, QLineEdit], parent: QObject) -> None:
        """`memory` must be the encrypted one; `key` names the form and what it is about."""
        super().__init__(parent)
        self._memory = memory
        self._key = f"form {key}"
        self._fields = dict(fields)
        self._typed = recall_texts(memory, self._key)
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
        keep_texts(self._memory, self._key, None)

    def _keep(self, name: str, text: str) -> None:
        self._typed[name] = text
        keep_texts(self._memory, self._key, self._typed)
