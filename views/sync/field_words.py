"""A field of a row in the user's words: its name, and its value as a person reads it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta

from PySide6.QtCore import QObject

from views import formats
from views.shell.session import Session

Value = str | int | None

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WORDED: Mapping[str, str] = {
    "proposal.status": "statuses",
    "proposal.plan_template": "plans",
    "proposal_line.action": "line_actions",
    "opportunity.stage": "statuses",
    "loss.reason": "loss_reasons",
    "request.state": "statuses",
}
"""The fields whose values are codes, and the section in which these have their words."""


class FieldWords(QObject):
    """Names fields and says their values; a field without a name is the machine's own and is not shown."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def name(self, table: str, column: str) -> str:
        """The field's name, empty where it has none."""
        try:
            return self._session.words("fields", f"{table}.{column}")
        except KeyError:
            return ""

    def value(self, table: str, column: str, value: Value) -> str:
        """The value as a person reads it; a text as it stands."""
        if value is None or value == "":
            return self.tr("vide")
        section = _WORDED.get(f"{table}.{column}")
        try:
            if section is not None:
                return self._session.words(section, str(value))
            if column.startswith("is_"):
                return self.tr("oui") if value in (1, "1", "True", "true") else self.tr("non")
            said = _SAID.get(column)
            return str(value) if said is None else said(value)
        except (KeyError, ValueError):
            # What a newer centre or an older store says otherwise is shown as it came.
            return str(value)


def _cents(value: str | int) -> str:
    return formats.amount_euro(int(value))


def _basis_points(value: str | int) -> str:
    return formats.percent(int(value))


def _day(value: str | int) -> str:
    return formats.date_short(date.fromisoformat(str(value)))


def _moment(value: str | int) -> str:
    local = (_EPOCH + timedelta(microseconds=int(value))).astimezone()
    return f"{formats.date_short(local.date())} {formats.formats().time(local)}"


_SAID: Mapping[str, Callable[[str | int], str]] = {
    **dict.fromkeys(("net", "gross", "unit_price", "potential"), _cents),
    "discount": _basis_points,
    **dict.fromkeys(("due_on", "closes_on"), _day),
    **dict.fromkeys(("at", "done_at"), _moment),
}
"""By column, where a value is no text."""
