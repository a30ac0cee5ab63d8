"""The proposal page: all products on one screen, totals, payment plan and what is left to settle beside them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.identifiers import AccountId, ProposalId
from app.domain.sales.proposal import Proposal, ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind
from views.sales import proposal_rows
from views.sales.add_bar import AddBar
from views.sales.proposal_actions import ProposalActions
from views.sales.proposal_model import ProposalModel
from views.sales.proposal_panel import ProposalPanel
from views.sales.proposal_points import points
from views.sales.proposal_tabs import ProposalTabs
from views.sales.proposal_tree import ProposalTree
from views.shell.notices import Told
from views.shell.page import Navigation, Page, PageAction, Shell
from views.shell.session import Session
from views.shell.theme import theme
from views.widgets.empty_page import EmptyPage
from views.widgets.tree_rows import TreeModel


class ProposalPage(Page):
    """Tabs over a tree and a panel; every press goes to the model or to the actions."""

    name: ClassVar[str] = "proposal"
    rail: ClassVar[str] = "proposals"

    def __init__(self, session: Session, navigation: Navigation, shell: Shell) -> None:
        super().__init__(session, navigation, shell)
        self.model = ProposalModel(session, self)
        self.tabs = ProposalTabs()
        self.actions_of = ProposalActions(self.model, self, self.tabs.start_renaming)
        self._edition = session.clock.today().year + 1
        self.rows, self.tree = self._make_tree()
        self.add = AddBar(self.tr("Ajouter un produit : nom, rubrique, favori…"), self.tr("Ctrl L"))
        self.panel = ProposalPanel(session)
        self.empty = EmptyPage(
            self.tr("Pas encore de proposition"),
            self.tr("La reconduction se prépare en un geste."),
            self.tr("Préparer la reconduction"),
        )
        self._build()
        self._connect()

    # ------------------------------------------------------------------------------------------- building
    def _build(self) -> None:
        look = theme()
        self._work = QWidget()
        self._section = QVBoxLayout()
        self._section.setSpacing(0)
        self._tree_line = QVBoxLayout()
        self._tree_line.addWidget(self.tree)
        self._section.addLayout(self._tree_line, 1)
        self._add_line = QVBoxLayout()
        self._add_line.addWidget(self.add)
        self._section.addLayout(self._add_line)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(0)
        self._whole = QVBoxLayout(self._work)
        self._whole.setSpacing(0)
        self._tabs_line = QVBoxLayout()
        self._tabs_line.addWidget(self.tabs)
        self._whole.addLayout(self._tabs_line)
        self._whole.addSpacing(look.px("notice_pad") + 1)
        self._whole.addLayout(self._grid, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._work)
        self._stack.addWidget(self.empty)
        self.fold(upright=False)

    def _make_tree(self) -> tuple[TreeModel, ProposalTree]:
        """The captions bear the edition's year, so that another edition has another tree."""
        rows = TreeModel(proposal_rows.columns(self._edition), parent=self)
        tree = ProposalTree(rows)
        rows.edited.connect(self.actions_of.change)
        tree.typing.connect(self._show_typed)
        tree.editing_ended.connect(self._show)
        tree.opened.connect(self._open_row)
        tree.menu_asked.connect(self.actions_of.open_menu)
        tree.chip_pressed.connect(self.actions_of.places.open)
        tree.drop_asked.connect(self.actions_of.drop)
        tree.verticalScrollBar().rangeChanged.connect(self._keep_width)
        return rows, tree

    def _keep_width(self) -> None:
        """A scroll bar that comes or goes moves no figure: its room is kept beside the tree."""
        has_bar = self.tree.verticalScrollBar().maximum() > 0
        room = 0 if has_bar or self._upright else theme().px("scroll_bar")
        self._tree_line.setContentsMargins(0, 0, room, 0)

    def _use_edition(self, edition: int) -> None:
        if edition == self._edition:
            return
        self._edition = edition
        old = self.tree
        self.rows, self.tree = self._make_tree()
        self.tree.set_upright(self._upright)
        self._tree_line.replaceWidget(old, self.tree)
        old.hide()
        old.deleteLater()

    def fold(self, *, upright: bool) -> None:
        self._upright = upright
        look, grid = theme(), self._grid
        grid.removeItem(self._section)
        grid.removeWidget(self.panel)
        side = look.px("content_pad_portrait" if upright else "content_pad")
        out = look.px("row_out")
        self._whole.setContentsMargins(0, 0, 0, look.space(4 if upright else 6))
        self._tabs_line.setContentsMargins(side, 0, side, 0)
        # The rows of the tree stick out of the page's margins; the bar below them does not.
        self._add_line.setContentsMargins(out, 0, out + (0 if upright else look.px("scroll_bar")), 0)
        if upright:
            grid.setContentsMargins(side - out, 0, side - out, 0)
            grid.addLayout(self._section, 0, 0)
            below = QVBoxLayout()
            below.setContentsMargins(out, look.space(4), out, 0)
            below.addWidget(self.panel)
            grid.addLayout(below, 1, 0)
            self.panel.setMinimumWidth(0)
            self.panel.setMaximumWidth(16777215)
        else:
            grid.setContentsMargins(side - out, 0, side, 0)
            grid.setHorizontalSpacing(look.space(8) - out - look.px("scroll_bar"))
            grid.addLayout(self._section, 0, 0)
            grid.addWidget(self.panel, 0, 1)
            self.panel.setFixedWidth(look.px("panel_right"))
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 1)
        self.panel.fold(upright=upright)
        self.tabs.fold(upright=upright)
        self.tree.set_upright(upright)
        self._keep_width()

    def _connect(self) -> None:
        actions = self.actions_of
        self.model.changed.connect(self._show)
        self.model.renaming_wanted.connect(self.tabs.start_renaming)
        self.tabs.chosen.connect(self._choose)
        self.tabs.renamed.connect(self.model.rename)
        self.tabs.bar.add_asked.connect(self.model.duplicate)
        self.tabs.undo.clicked.connect(self.session.undo)
        self.tabs.redo.clicked.connect(self.session.redo)
        self.tabs.compare.clicked.connect(self._compare)
        self.tabs.present.clicked.connect(self._present)
        self.add.clicked.connect(actions.ask_product)
        self.panel.points.mend_asked.connect(actions.mend)
        self.panel.plan.template_chosen.connect(self.model.set_plan)
        self.panel.plan.edit_asked.connect(actions.edit_plan)
        self.panel.step_asked.connect(self._step)
        self.panel.reopen_asked.connect(self.model.reopen)
        self.empty.action_asked.connect(self.model.prepare)
        keys = QShortcut(QKeySequence(self.tr("Ctrl+L")), self)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(actions.ask_product)

    # ------------------------------------------------------------------------------------------- showing
    def enter(self, **where: str) -> None:
        """Show an account's proposals, the one that is named first."""
        account_id, proposal_id = where.get("account_id", ""), where.get("proposal_id", "")
        if account_id:
            self.model.open(AccountId(account_id), ProposalId(proposal_id) if proposal_id else None)
        elif proposal_id:
            readers = self.session.readers
            self.session.read(lambda: readers.proposal(ProposalId(proposal_id)), self._open_found)
        self.tree.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_found(self, proposal: Proposal) -> None:
        self.model.open(proposal.account_id, proposal.id)

    def leave(self) -> None:
        """Keep what is still being typed; what cannot be kept is said."""
        lost = self.tree.unreadable()
        if lost is not None:
            self.session.tell(Told(what=f"« {lost[0]} »", kept=lost[1], kind="warn"))
        self.tree.finish_editing()
        self.tabs.finish_renaming()

    def hideEvent(self, event: QHideEvent) -> None:
        self.leave()
        super().hideEvent(event)

    def _show(self) -> None:
        account, proposal = self.model.account, self.model.proposal
        if account is None:
            return
        if proposal is None:
            self.set_head(account.trade_name, self.tr("Propositions"))
            self._stack.setCurrentWidget(self.empty)
            return
        self._stack.setCurrentWidget(self._work)
        subtitle = self.tr("Proposition, édition {edition}").format(edition=proposal.edition)
        if not proposal.is_open:
            status = self.session.words("statuses", proposal.status.value)
            subtitle = self.tr("{subtitle} · {status}").format(subtitle=subtitle, status=status)
        self.set_head(account.trade_name, subtitle)
        self.tabs.set_proposals(self.model.proposals, proposal)
        self.tabs.compare.setEnabled(len(self.model.proposals) > 1)
        self.tabs.undo.setEnabled(self.model.undoable is not None)
        self.tabs.redo.setEnabled(self.model.redoable is not None)
        self.tabs.present.setEnabled(bool(proposal.sub_orders))
        self.add.setEnabled(proposal.is_open)
        self._show_figures(proposal)

    def _show_figures(self, proposal: Proposal) -> None:
        broken = self.model.anomalies_of(proposal)
        self._use_edition(proposal.edition)
        self.rows.set_branches(proposal_rows.branches(proposal, broken, self.actions_of.places.chips(proposal)))
        self.panel.show_proposal(proposal, points(broken, self.session), self.model.not_taken(proposal))

    def _show_typed(self, index: QModelIndex, value: object) -> None:
        """Show what would come of a figure while it is typed, before it is kept."""
        line = self.actions_of.line_of(self.rows.row_at(index).key)
        if line is None or not isinstance(value, int):
            return
        if self.rows.columns[index.column()].key == proposal_rows.QUANTITY:
            typed = self.model.typed(line.id, quantity=value)
        else:
            typed = self.model.typed(line.id, discount=value)
        if typed is not None:
            self._show_figures(typed)

    # ------------------------------------------------------------------------------------------- going on
    def _choose(self, proposal_id: ProposalId) -> None:
        self.tree.finish_editing()
        self.model.choose(proposal_id)
        self.navigation.move(proposal_id=proposal_id)

    def _open_row(self, index: QModelIndex) -> None:
        self.actions_of.open_line(self.rows.row_at(index).key)

    def _compare(self) -> None:
        if self.model.account_id is not None and self.model.proposal is not None:
            self.navigation.go("compare", account_id=self.model.account_id, proposal_id=self.model.proposal.id)

    def _present(self) -> None:
        if self.model.account_id is not None and self.model.proposal is not None:
            self.navigation.go("courtesy", account_id=self.model.account_id, proposal_id=self.model.proposal.id)

    def _step(self) -> None:
        proposal = self.model.proposal
        if proposal is None:
            return
        self.leave()
        if proposal.status is ProposalStatus.DRAFT:
            self.model.validate()
        elif proposal.status in {ProposalStatus.VALIDATED, ProposalStatus.ORDERED}:
            self.model.order(self._sign)
        else:
            forms = self.model.order_forms(proposal.id)
            signed = next((form for form in forms if form.kind is DocumentKind.SIGNED_ORDER_FORM), None)
            if signed is not None:
                self._sign(signed)

    def _sign(self, document: Document) -> None:
        self.navigation.go("signing", account_id=document.account_id, document_id=document.id)

    def offers(self) -> Sequence[PageAction]:
        proposal, actions = self.model.proposal, self.actions_of
        if proposal is None:
            return ()
        about = proposal.name
        found = [
            PageAction(text=self.tr("Présenter au client"), about=about, icon="eye", do=self._present),
            PageAction(text=self.tr("Comparer les simulations"), icon="compare", do=self._compare),
            PageAction(text=self.tr("Dupliquer en simulation"), about=about, icon="copy", do=self.model.duplicate),
        ]
        if proposal.is_open:
            found += [
                PageAction(
                    text=self.tr("Ajouter un produit"), icon="plus", keys=self.tr("Ctrl L"), do=actions.ask_product
                ),
                PageAction(
                    text=self.tr("Renommer la proposition"), about=about, icon="pen", do=self.tabs.start_renaming
                ),
                PageAction(text=self.tr("Noter la chute totale du compte"), icon="flag", do=actions.lose_account),
            ]
        return found
