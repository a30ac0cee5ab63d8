"""One account: the preparation grid first, and behind tabs all that is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.domain.accounts.account import AccountStatus, Missing, missing
from app.domain.desk.request import RequestState
from app.domain.identifiers import AccountId, ProposalId
from views.accounts.account_model import AccountModel
from views.accounts.document_dialog import DocumentDialog, read_kept
from views.accounts.edit_dialogs import AccountDialog, ContactDialog, FormDialog, TaskDialog
from views.accounts.list_tab import ListTab
from views.accounts.load_dialog import LoadDialog
from views.accounts.plan_tab import PlanTab
from views.accounts.preparation_tab import PreparationTab
from views.sales.dropped import dropping_account
from views.sales.loss_dialog import LossDialog
from views.shell.body import empty, line, page_margins
from views.shell.page import Navigation, Page, PageAction, Shell
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.buttons import Button, IconButton
from views.widgets.empty_page import EmptyPage
from views.widgets.labels import ChipLabel
from views.widgets.tab_bar import TabBar
from views.widgets.timeline import Timeline

_ABOUT_PEOPLE = {Missing.SIGNATORY, Missing.EMAIL, Missing.MOBILE}
_PLAN_EDITIONS = 6


class AccountPage(Page):
    """Its place holds the account and the tab."""

    name = "account"
    rail = "accounts"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        self.model = AccountModel(session, self)
        self.model.changed.connect(self._show)
        self.model.gone.connect(self._gone)
        self._chips = line(theme().space(3))
        self._is_upright = False
        self.next = Button("", "fill")
        self.next.clicked.connect(self._do_next)
        self.more = IconButton("dots", self.tr("Autres actions"))
        self.more.clicked.connect(self._offer_more)
        self.loading = Button("", "line")
        self.loading.clicked.connect(self._load_or_unload)
        self.loading.hide()
        self.preparation = PreparationTab(self.model)
        self.timeline = ListTab(self.tr("Chronologie"), EmptyPage(self.tr("Rien ne s’est encore passé.")), Timeline())
        self.plan = PlanTab()
        no_proposal = EmptyPage(
            self.tr("Pas encore de proposition."),
            self.tr("La reconduction se prépare en un geste."),
            self.tr("Préparer la reconduction"),
            kind="quiet",
        )
        no_proposal.action_asked.connect(self._prepare)
        self.proposals = ListTab(self.tr("Propositions"), no_proposal)
        self.orders = ListTab(self.tr("Commandes"), EmptyPage(self.tr("Aucune commande.")))
        self.requests = ListTab(self.tr("Demandes"), EmptyPage(self.tr("Aucune demande au service client.")))
        no_document = EmptyPage(
            self.tr("Aucun document."), self.tr("Bons et devis se gardent ici dès qu’ils sont présentés.")
        )
        self.documents = ListTab(self.tr("Documents"), no_document)
        self._tabs: dict[str, tuple[str, QWidget]] = {
            "preparation": (self.tr("Préparation"), self.preparation),
            "timeline": (self.tr("Chronologie"), self.timeline),
            "plan": (self.tr("Plan de parution"), self.plan),
            "proposals": (self.tr("Propositions"), self.proposals),
            "orders": (self.tr("Commandes"), self.orders),
            "requests": (self.tr("Demandes"), self.requests),
            "documents": (self.tr("Documents"), self.documents),
        }
        self.bar = TabBar([words for words, _ in self._tabs.values()])
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------------------------------- manners
    def enter(self, **where: str) -> None:
        self._use_tab(where.get("tab", "preparation"))
        self.model.show_account(AccountId(where.get("account_id", "")))

    def leave(self) -> None:
        self.model.sleep()

    def fold(self, *, upright: bool) -> None:
        left, _, right, _ = page_margins(upright=upright)
        self._is_upright = upright
        self._show_chips()
        self._name_tabs()
        self._strip.setContentsMargins(left, 0, right, 0)
        self._bar_row.setContentsMargins(left, 0, right, 0)
        self.preparation.fold(upright=upright)
        self.plan.fold(upright=upright)
        for tab in (self.timeline, self.proposals, self.orders, self.requests, self.documents):
            tab.fold(upright=upright)

    def offers(self) -> Sequence[PageAction]:
        picture = self.model.picture
        if picture is None:
            return ()
        about = picture.account.trade_name
        return [PageAction(text=words, about=about, icon=icon, do=do) for words, icon, do in self._actions()]

    # ------------------------------------------------------------------------------------------- building
    def _lay_out(self) -> None:
        look = theme()
        self._strip = QHBoxLayout()
        self._strip.setSpacing(look.space(3))
        self._strip.addLayout(self._chips)
        self._strip.addStretch(1)
        self._strip.addWidget(self.more)
        self._strip.addWidget(self.loading)
        self._strip.addWidget(self.next)
        strip = QWidget()
        strip.setFixedHeight(look.space(12) + look.space(2))
        strip.setLayout(self._strip)
        self._bar_row = QHBoxLayout()
        self._bar_row.addWidget(self.bar)
        for _, widget in self._tabs.values():
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(strip)
        column.addLayout(self._bar_row)
        column.addWidget(self.stack, 1)
        self.fold(upright=False)

    def _connect(self) -> None:
        self.bar.current_changed.connect(self._tab_chosen)
        self.preparation.edit_asked.connect(self._edit_missing)
        self.preparation.contact_asked.connect(self._edit_contact)
        self.preparation.tab_asked.connect(self._show_tab)
        self.proposals.opened.connect(self._open_proposal)
        self.documents.opened.connect(self._open_document)

    # ------------------------------------------------------------------------------------------- showing
    def _show(self) -> None:
        picture = self.model.picture
        if picture is None:
            self.set_head("")
            return
        account, rows = picture.account, self.model.words
        trade = self.tr("{activity} à {city}").format(activity=account.activity, city=account.address.city)
        self.set_head(account.trade_name, trade if account.activity and account.address.city else account.activity)
        self._show_chips()
        self.preparation.show_picture(picture)
        self.timeline.set_rows(rows.timeline(picture.timeline))
        self.plan.show_plan(self.model.plan(_PLAN_EDITIONS))
        self.proposals.set_rows([rows.proposal(proposal) for proposal in picture.proposals])
        self.orders.set_rows([row for order in picture.orders for row in rows.order(order)])
        self.requests.set_rows([rows.request(request) for request in picture.requests])
        self.documents.set_rows([rows.document(document, picture.proposals) for document in picture.documents])
        open_requests = sum(1 for request in picture.requests if request.state is not RequestState.RESOLVED)
        counts = {"proposals": len(self.model.live_proposals), "requests": open_requests}
        for at, key in enumerate(self._tabs):
            self.bar.set_count(at, counts.get(key) or None)
        self._name_tabs()
        self._show_next()

    def _name_tabs(self) -> None:
        """Write the tabs again, so that they take the width of their counts; upright there is room for short ones."""
        names = [words for words, _ in self._tabs.values()]
        if self._is_upright:
            names[list(self._tabs).index("plan")] = self.tr("Plan")
        self.bar.set_tabs(names)

    def _show_chips(self) -> None:
        picture = self.model.picture
        empty(self._chips)
        if picture is None:
            return
        account = picture.account
        loss = self.model.total_loss
        if loss is not None:
            self._chips.addWidget(ChipLabel(self.model.words.loss(loss), "danger"))
        elif account.status is not AccountStatus.ACTIVE:
            self._chips.addWidget(ChipLabel(self.model.words.status(account.status), "danger"))
        elif not self.model.load.is_incomplete:
            complete = self.tr("Dossier complet, utilisable sans réseau")
            words = self.tr("Dossier complet") if self._is_upright else complete
            self._chips.addWidget(ChipLabel(words, "ok", "check"))
        said, kind = self.model.load.chip()
        if said:
            self._chips.addWidget(ChipLabel(said, kind))
        if account.area and not (said and self._is_upright):
            self._chips.addWidget(ChipLabel(self.tr("Portefeuille {area}").format(area=account.area)))
        if account.customer_since is not None and not self._is_upright:
            self._chips.addWidget(ChipLabel(self.tr("Client depuis {year}").format(year=account.customer_since)))

    def _show_next(self) -> None:
        """The one filled button says what comes next."""
        self.next.set_kind("fill")
        if self.model.is_lost:
            self.next.setText(self.tr("Révoquer la chute"))
            self.next.set_kind("line")
        elif self.model.to_present is None:
            self.next.setText(self.tr("Préparer la reconduction"))
        elif self.navigation.has("courtesy"):
            self.next.setText(self.tr("Commencer la visite"))
        else:
            self.next.setText(self.tr("Ouvrir la proposition"))
        self.next.updateGeometry()
        self.loading.setText(self._words_of_load())
        self.loading.setVisible(self.model.load.can_load and not self._is_upright)
        self.loading.updateGeometry()

    def _use_tab(self, key: str) -> None:
        place = list(self._tabs).index(key) if key in self._tabs else 0
        told = self.bar.blockSignals(True)
        self.bar.set_current(place)
        self.bar.blockSignals(told)
        self.stack.setCurrentIndex(place)

    def _show_tab(self, key: str) -> None:
        self.bar.set_current(list(self._tabs).index(key))

    def _tab_chosen(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.navigation.move(tab=list(self._tabs)[place])

    # ------------------------------------------------------------------------------------------- doing
    def _actions(self) -> list[tuple[str, str, Callable[[], object]]]:
        actions: list[tuple[str, str, Callable[[], object]]] = [
            (self.tr("Modifier la fiche"), "pen", self._edit_account),
            (self.tr("Ajouter un contact"), "user", partial(self._edit_contact, "")),
            (self.tr("Noter une tâche"), "check", self._plan_task),
        ]
        if self.model.load.can_load:
            icon = "up2" if self.model.load.is_loaded else "down2"
            actions.append((self._words_of_load(), icon, self._load_or_unload))
        if self.model.is_lost:
            actions.append((self.tr("Révoquer la chute"), "undo", self.model.revoke))
        else:
            actions.append((self.tr("Chute totale…"), "trash", self._lose))
        if self.model.to_present is not None:
            actions.insert(0, (self.tr("Ouvrir la proposition"), "proposal", partial(self._open_proposal, "")))
        return actions

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for words, icon, do in self._actions():
            action = QAction(theme().icon(icon, "text-2"), words, menu)
            action.triggered.connect(lambda _=False, do=do: do())
            menu.addAction(action)
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _do_next(self) -> None:
        proposal = self.model.to_present
        if self.model.is_lost:
            self.model.revoke()
        elif proposal is None:
            self._prepare()
        elif self.navigation.has("courtesy"):
            self.navigation.go("courtesy", proposal_id=proposal.id)
        else:
            self._open_proposal(proposal.id)

    def _prepare(self) -> None:
        self.model.prepare(self._prepared)

    def _prepared(self, proposal_id: ProposalId) -> None:
        self._open_proposal(proposal_id)

    def _open_proposal(self, proposal_id: str) -> None:
        picture, proposal = self.model.picture, self.model.to_present
        found = proposal_id or (proposal.id if proposal is not None else "")
        if picture is not None and found and self.navigation.has("proposal"):
            self.navigation.go("proposal", account_id=picture.account.id, proposal_id=found)

    def _open_document(self, document_id: str) -> None:
        picture = self.model.picture
        document = next((one for one in picture.documents if one.id == document_id), None) if picture else None
        if document is not None:
            title = f"{self.session.words('documents', document.kind)} {document.number}"
            self.session.read(
                partial(read_kept, self.session, document, picture.proposals if picture else ()),
                lambda kept: self._open(DocumentDialog(self.window(), self.session, title, kept)),
                latest="document",
                label=self.tr("Ouverture du document"),
            )

    def _edit_missing(self) -> None:
        picture = self.model.picture
        if picture is None:
            return
        if _ABOUT_PEOPLE & set(missing(picture.account)):
            signatory = picture.account.signatory
            self._edit_contact(signatory.id if signatory is not None else "")
        else:
            self._edit_account()

    def _edit_contact(self, contact_id: str) -> None:
        picture = self.model.picture
        if picture is not None:
            contact = next((one for one in picture.account.contacts if one.id == contact_id), None)
            self._open(ContactDialog(self.window(), self.session, picture.account, contact))

    def _edit_account(self) -> None:
        picture = self.model.picture
        if picture is not None:
            self._open(AccountDialog(self.window(), self.session, picture.account))

    def _plan_task(self) -> None:
        picture = self.model.picture
        if picture is not None:
            self._open(TaskDialog(self.window(), self.session, picture.account))

    def _lose(self) -> None:
        picture = self.model.picture
        if picture is not None:
            account = picture.account
            dropped = dropping_account(picture.orders, account.trade_name)
            dialog = LossDialog(self.window(), self.session, dropped, account.trade_name)
            dialog.confirmed.connect(self.model.lose)
            self._open(dialog)

    def _words_of_load(self) -> str:
        return self.tr("Décharger") if self.model.load.is_loaded else self.tr("Charger pour la visite")

    def _load_or_unload(self) -> None:
        if self.model.load.is_loaded:
            self.model.unload()
        else:
            self.model.load_for_visit(self._ask_to_load)

    def _ask_to_load(self) -> None:
        picture = self.model.picture
        if picture is not None:
            dialog = LoadDialog(self.window(), self.session, picture.account.trade_name)
            dialog.confirmed.connect(partial(self.model.load_for_visit, lambda: None, is_sure=True))
            self._open(dialog)

    def _open(self, dialog: FormDialog | LossDialog | LoadDialog | DocumentDialog) -> None:
        dialog.closed.connect(dialog.deleteLater)
        self.shell.show_over(dialog)

    def _gone(self) -> None:
        self.navigation.go("accounts")
