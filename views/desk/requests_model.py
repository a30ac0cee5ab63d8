"""The requests to customer service: what the split left over, rejections, complaints, questions."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.desk.request import Request, RequestKind, RequestState
from views import formats
from views.shell.live_model import LiveModel
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import Row

NARROWINGS = ("open", "rejections", "all")
_STATE = {RequestState.NEW: "info", RequestState.IN_PROGRESS: "warn", RequestState.RESOLVED: "ok"}


class RequestsModel(LiveModel):
    """Reads every request; narrows without reading again."""

    TABLES = frozenset({"request", "account"})

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.items: tuple[tuple[Request, str], ...] | None = None

    def read(self) -> None:
        """Read them all."""
        self.session.read(self.session.readers.requests, self._show, latest="requests")

    def matching(self, narrowing: str) -> list[tuple[Request, str]]:
        """The requests of a narrowing, each with its account's name."""
        return [(request, name) for request, name in self.items or () if _fits(request, narrowing)]

    def rows(self, narrowing: str) -> list[Row]:
        """Rows of a narrowing."""
        return [self._row(request, name) for request, name in self.matching(narrowing)]

    def request(self, request_id: str) -> Request | None:
        """The request of a row."""
        return next((request for request, _ in self.items or () if request.id == request_id), None)

    def _row(self, request: Request, account: str) -> Row:
        kind = self.session.words("request_kinds", request.kind)
        made = formats.date_short(request.made_at.astimezone().date())
        chips = [Chip(self.session.words("statuses", request.state), _STATE[request.state])]
        if request.kind is RequestKind.REJECTION and request.state is not RequestState.RESOLVED:
            chips.insert(0, Chip(kind, "danger"))
        return Row(
            title=account,
            subtitle=" · ".join(filter(None, (request.title, request.body, made))),
            chips=tuple(chips),
            chevron=True,
            key=request.id,
        )

    def _show(self, items: tuple[tuple[Request, str], ...]) -> None:
        self.items = items
        self.changed.emit()


def _fits(request: Request, narrowing: str) -> bool:
    if narrowing == "open":
        return request.state is not RequestState.RESOLVED
    return narrowing != "rejections" or request.kind is RequestKind.REJECTION
