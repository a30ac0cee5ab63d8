"""Service: what customer service handles, and what it sent back."""

from __future__ import annotations

from views.desk.requests_model import NARROWINGS, RequestsModel
from views.shell.list_page import ListPage
from views.shell.page import Navigation, Shell
from views.shell.session import Session
from views.widgets.empty_page import EmptyPage
from views.widgets.two_line_delegate import TwoLineDelegate


class RequestsPage(ListPage):
    """A row leads to the requests of its account."""

    name = "requests"
    rail = "requests"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        none = EmptyPage(
            self.tr("Rien au service client."),
            self.tr("Ce qu’une dissociation lui confie, et ce que la production rejette, se lira ici."),
        )
        super().__init__(session, navigation, shell, none=none, delegate=TwoLineDelegate(amounts=False))
        self.model = RequestsModel(session, self)
        self.model.changed.connect(self.show_rows)
        self.list.setAccessibleName(self.tr("Demandes"))
        words = {"open": self.tr("À suivre"), "rejections": self.tr("Rejets"), "all": self.tr("Toutes")}
        self.add_pills([(key, words[key]) for key in NARROWINGS])
        self.set_head(self.tr("Service"))

    def enter(self, **where: str) -> None:
        self.press(where.get("show", "open"))
        self.model.wake()

    def leave(self) -> None:
        self.model.sleep()

    def show_rows(self) -> None:
        if self.model.items is None:
            return
        for key in NARROWINGS:
            self.pills[key].set_count(len(self.model.matching(key)))
        rows = self.model.rows(self.narrowing)
        self.rows_model().set_rows(rows)
        self.show_none(nothing=not rows)
        self.set_head(self.tr("Service"), self.tr("%n demande(s)", "", len(rows)))

    def open_row(self, key: str) -> None:
        request = self.model.request(key)
        if request is not None:
            self.navigation.go("account", account_id=request.account_id, tab="requests")
