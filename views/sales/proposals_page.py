"""Proposals: all of them, those under way first."""

from __future__ import annotations

from app.domain.money import total
from views import formats
from views.sales.proposals_model import NARROWINGS, ProposalsModel
from views.shell.list_page import ListPage
from views.shell.page import Navigation, Shell
from views.shell.session import Session
from views.widgets.empty_page import EmptyPage


class ProposalsPage(ListPage):
    """A row leads to its proposal."""

    name = "proposals"
    rail = "proposals"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        none = EmptyPage(
            self.tr("Pas encore de proposition."),
            self.tr("La reconduction d’un compte se prépare en un geste."),
            self.tr("Choisir un compte"),
        )
        super().__init__(session, navigation, shell, none=none)
        none.action_asked.connect(lambda: navigation.go("accounts"))
        self.model = ProposalsModel(session, self)
        self.model.changed.connect(self.show_rows)
        self.list.setAccessibleName(self.tr("Propositions"))
        self.add_pills(
            [
                ("open", self.tr("En cours")),
                ("to_confirm", self.tr("À confirmer")),
                ("signed", self.tr("Signées")),
                ("all", self.tr("Toutes")),
            ]
        )
        self.set_head(self.tr("Propositions"))

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
        found = self.model.matching(self.narrowing)
        self.rows_model().set_rows(self.model.rows(self.narrowing))
        self.show_none(nothing=not found)
        count = self.tr("%n proposition(s)", "", len(found))
        amount = formats.amount_euro(total(item.net for item in found))
        self.set_head(
            self.tr("Propositions"),
            [(f"{count} · ", "regular"), (amount, "strong"), (" " + self.tr("HT"), "regular")],
        )

    def open_row(self, key: str) -> None:
        item = self.model.item(key)
        if item is not None and self.navigation.has("proposal"):
            self.navigation.go("proposal", account_id=item.account_id, proposal_id=item.id)
