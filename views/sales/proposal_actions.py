"""What a press on the proposal page leads to: menus, dialogs, repairs of anomalies, the next step."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.identifiers import LineId, ProductId, SubOrderId
from app.domain.refusal import Refusal
from app.domain.sales.anomalies import Remedy
from app.domain.sales.losses import LossKind, LossReason
from app.domain.sales.order import OrderStatus
from app.domain.sales.proposal import Action, Line, PlanTemplate, Proposal, SubOrder
from app.usecases.sales.circumstances import circumstances
from app.usecases.sales.lose_account import LoseAccount, lose_account
from app.usecases.sales.split_proposal import SplitOutcome
from views.formats import amount_euro
from views.sales.contact_dialog import ContactDialog, NumbersDialog
from views.sales.details_dialog import DetailsDialog
from views.sales.dropped import Dropped, dropping_account, dropping_line, dropping_part
from views.sales.line_dialog import LineDialog
from views.sales.loss_dialog import LossDialog
from views.sales.places import Places
from views.sales.plan_dialog import PlanDialog
from views.sales.plan_draft import PlanDraft
from views.sales.product_search import ProductSearch
from views.sales.proposal_model import ProposalModel
from views.sales.proposal_points import Point
from views.sales.proposal_words import in_a_row
from views.sales.split_dialog import SplitDialog
from views.sales.split_preview import preview
from views.shell.notices import Told
from views.widgets.overlay import Overlay


class ProposalActions(QObject):
    """Opens what a change needs to know, then asks the model for the change."""

    def __init__(self, model: ProposalModel, page: QWidget, rename: Callable[[], object]) -> None:
        """`page` is where dialogs lie over; `rename` edits the name of the proposal in hand."""
        super().__init__(page)
        self._model = model
        self._session = model.session
        self._page = page
        self._rename = rename
        self.places = Places(model, page)

    # ------------------------------------------------------------------------------------------- rows
    def part_of(self, key: object) -> SubOrder | None:
        """The sub-order of that key."""
        proposal = self._model.proposal
        return next((part for part in proposal.sub_orders if part.id == key), None) if proposal else None

    def line_of(self, key: object) -> Line | None:
        """The line of that key."""
        proposal = self._model.proposal
        return next((line for line in proposal.lines if line.id == key), None) if proposal else None

    def menu_of(self, key: object) -> QMenu:
        """What can be done with a row."""
        menu = QMenu(self._page)
        proposal, line, part = self._model.proposal, self.line_of(key), self.part_of(key)
        is_open = proposal is not None and proposal.is_open
        if line is not None and self.places.may_choose(line):
            menu.addAction(self.tr("Emplacement…")).triggered.connect(lambda: self.places.open(key))
        if line is not None and is_open:
            self._fill_line_menu(menu, line)
        elif part is not None and is_open:
            self._fill_part_menu(menu, part)
        return menu

    def open_menu(self, key: object, at: QPoint) -> None:
        """Open a row's menu where the row is."""
        menu = self.menu_of(key)
        if menu.isEmpty():
            menu.deleteLater()
            return
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _fill_line_menu(self, menu: QMenu, line: Line) -> None:
        if line.is_cancelled:
            menu.addAction(self.tr("Reprendre la ligne")).triggered.connect(lambda: self._model.restore_line(line.id))
            return
        menu.addAction(self.tr("Quantité et remise…")).triggered.connect(lambda: self.open_line(line.id))
        menu.addAction(self.tr("Remplacer le produit…")).triggered.connect(lambda: self.replace(line.id))
        menu.addSeparator()
        if line.action is Action.ADD:
            menu.addAction(self.tr("Retirer la ligne")).triggered.connect(lambda: self._model.remove_line(line.id))
        else:
            menu.addAction(self.tr("Annuler la ligne…")).triggered.connect(lambda: self.drop(line.id))

    def _fill_part_menu(self, menu: QMenu, part: SubOrder) -> None:
        if part.amendment is None:
            amend = menu.addAction(self.tr("Modifier la commande en cours (MO)"))
            amend.setEnabled(self._runs(part.number))
            amend.triggered.connect(lambda: self._model.amend(part.id))
        else:
            menu.addAction(self.tr("Revenir à la reconduction")).triggered.connect(lambda: self._model.renew(part.id))
        menu.addAction(self.tr("Coordonnées changées…")).triggered.connect(lambda: self.change_details(part))
        add = menu.addAction(self.tr("Ajouter un produit à {number}…").format(number=part.number))
        add.triggered.connect(lambda: self.add_product(part.number))
        menu.addSeparator()
        drop = menu.addAction(self.tr("Abandonner {number} {range}…").format(number=part.number, range=part.range_name))
        drop.triggered.connect(lambda: self.drop(part.id))

    def _runs(self, number: str) -> bool:
        running = (order for order in self._model.orders if order.status is OrderStatus.IN_PRODUCTION)
        return any(part.number == number for order in running for part in order.sub_orders)

    # ------------------------------------------------------------------------------------------- lines
    def change(self, key: object, column: str, value: int) -> None:
        """Keep what was typed in a cell; a refusal says why and leaves the line as it was."""
        line = self.line_of(key)
        if line is None:
            return
        try:
            if column == "quantity":
                self._model.change_line(line.id, quantity=value)
            else:
                self._model.change_line(line.id, discount=value)
        except Refusal as refusal:
            words = self._session.words("refusals", refusal.code, refusal.facts)
            self._session.tell(Told(what=words, kind="warn"))

    def open_line(self, key: object) -> None:
        """Take a line in the hand."""
        proposal, line, me = self._model.proposal, self.line_of(key), self._model.me
        if proposal is None or line is None or me is None or not proposal.is_open:
            return
        if line.is_cancelled:
            self._model.restore_line(line.id)
            return
        dialog = LineDialog(self._page.window(), self._session, proposal, line, me.discount_limit)
        dialog.kept.connect(
            lambda quantity, discount: self._model.change_line(line.id, quantity=quantity, discount=discount)
        )
        dialog.choose_place.setVisible(self.places.may_choose(line))
        dialog.place_asked.connect(lambda: self.places.open(line.id))
        dialog.replace_asked.connect(lambda: self.replace(line.id))
        dialog.drop_asked.connect(lambda: self.drop(line.id))
        self._open(dialog)

    def replace(self, line_id: LineId) -> None:
        """Choose another product of the same range for a line."""
        proposal = self._model.proposal
        part = (
            next((part for part in proposal.sub_orders for line in part.lines if line.id == line_id), None)
            if (proposal)
            else None
        )
        if proposal is None or part is None:
            return
        title = self.tr("Remplacer par : produit de {range}…").format(range=part.range_name)
        search = ProductSearch(self._page.window(), self._session, proposal.edition, title=title, number=part.number)
        search.chosen.connect(lambda product_id: self._model.replace_product(line_id, ProductId(product_id)))
        self._open(search)

    def ask_product(self) -> None:
        """Choose any product to add."""
        self.add_product()

    def add_product(self, number: str = "") -> None:
        """Choose a product to add, of one range when its number is given."""
        proposal = self._model.proposal
        if proposal is None or not proposal.is_open:
            return
        title = self.tr("Ajouter un produit : nom, rubrique, favori…")
        search = ProductSearch(self._page.window(), self._session, proposal.edition, title=title, number=number)
        search.chosen.connect(lambda product_id: self._model.add_product(ProductId(product_id)))
        self._open(search)

    # ------------------------------------------------------------------------------------------- losses
    def drop(self, key: object) -> None:
        """Drop a line or a whole range, once the reason is said; what was only added here just goes."""
        proposal, line, part = self._model.proposal, self.line_of(key), self.part_of(key)
        if proposal is None or not proposal.is_open:
            return
        if line is not None and line.is_cancelled:
            self._model.restore_line(line.id)
        elif line is not None and line.action is Action.ADD:
            self._model.remove_line(line.id)
        elif line is not None:
            dropped = dropping_line(proposal, line.id)
            self._ask_loss(dropped, lambda reason: self._cancel(line.id, reason, dropped))
        elif part is not None:
            dropped = dropping_part(proposal, part)
            self._ask_loss(dropped, lambda reason: self._drop_part(part.id, reason, dropped))

    def lose_account(self) -> None:
        """Say the total loss of the account."""
        account = self._model.account
        if account is None:
            return
        dropped = dropping_account(self._model.orders, account.trade_name)

        def lose(reason: LossReason) -> None:
            command, work = LoseAccount(account.id, reason, self._model.next_edition), self._session.work
            self._model.act(lambda: lose_account(command, work), lambda _: self._said(dropped))

        self._ask_loss(dropped, lose)

    def _ask_loss(self, dropped: Dropped, then: Callable[[LossReason], None]) -> None:
        account = self._model.account.trade_name if self._model.account else ""
        dialog = LossDialog(self._page.window(), self._session, dropped, account)
        dialog.confirmed.connect(then)
        self._open(dialog)

    def _cancel(self, line_id: LineId, reason: LossReason, dropped: Dropped) -> None:
        everything = dropped.kind is LossKind.TOTAL
        self._model.cancel_line(line_id, reason, lambda _: self._said(dropped), everything=everything)

    def _drop_part(self, part_id: SubOrderId, reason: LossReason, dropped: Dropped) -> None:
        everything = dropped.kind is LossKind.TOTAL
        self._model.drop_part(part_id, reason, lambda _: self._said(dropped), everything=everything)

    def _said(self, dropped: Dropped) -> None:
        if dropped.kind is LossKind.TOTAL:
            text = self.tr("Chute totale notée, les propositions sont closes.")
        elif dropped.kind is LossKind.RANGE:
            text = self.tr("{number} {range} est abandonnée.").format(number=dropped.number, range=dropped.what)
        else:
            text = self.tr("« {product} » est annulé.").format(product=dropped.what)
        self._session.say(text, can_undo=True)

    # ------------------------------------------------------------------------------------------- plan, details
    def edit_plan(self) -> None:
        """Edit the payment plan by hand."""
        proposal = self._model.proposal
        if proposal is None or not proposal.is_open:
            return
        dialog = PlanDialog(self._page.window(), self._session, proposal)
        dialog.kept.connect(self._model.edit_plan)
        self._open(dialog)

    def change_details(self, part: SubOrder) -> None:
        """Note what changes in the published details."""
        dialog = DetailsDialog(self._page.window(), part)
        dialog.kept.connect(lambda note: self._model.change_details(part.id, note))
        self._open(dialog)

    # ------------------------------------------------------------------------------------------- points
    def mend(self, point: Point) -> None:
        """Do what the button of a point says."""
        proposal, me = self._model.proposal, self._model.me
        if proposal is None or me is None:
            return
        if point.needs_draft and not proposal.is_open:
            self._model.reopen()
            return
        line_id = point.line_id
        if point.remedy is Remedy.SPLIT:
            self.split()
        elif point.remedy is Remedy.REMOVE_PLAN:
            self._model.set_plan(None)
        elif point.remedy is Remedy.RECOMPUTE_PLAN:
            self._recompute_plan(proposal)
        elif point.remedy is Remedy.EDIT_CONTACT:
            self.edit_contact()
        elif point.remedy is Remedy.EDIT_ACCOUNT:
            self.edit_account()
        elif point.remedy is Remedy.RENAME:
            self._rename()
        elif point.remedy is Remedy.LOWER_DISCOUNT and line_id is not None:
            self._model.change_line(line_id, discount=me.discount_limit)
        elif point.remedy is Remedy.REPRICE and line_id is not None:
            self._model.reprice_line(line_id)
        elif point.remedy is Remedy.ASK_FOR_SLOT:
            self.places.open(line_id)

    def _recompute_plan(self, proposal: Proposal) -> None:
        """By its template; a plan made by hand keeps its dates and takes the difference on its first payment."""
        if proposal.plan_template is not PlanTemplate.BY_HAND:
            self._model.set_plan(proposal.plan_template or PlanTemplate.FOUR)
            return
        today = self._session.clock.today()
        draft = PlanDraft.of(proposal.totals.gross, today, proposal.payment_plan).with_difference_on_first()
        if draft.is_sound:
            self._model.edit_plan(draft.instalments)
        else:
            self.edit_plan()

    def edit_contact(self) -> None:
        """Complete who signs."""
        if self._model.account is not None:
            self._open(ContactDialog(self._page.window(), self._session, self._model.account))

    def edit_account(self) -> None:
        """Correct the company's numbers."""
        if self._model.account is not None:
            self._open(NumbersDialog(self._page.window(), self._session, self._model.account))

    def split(self) -> None:
        """Show the split before it is made."""
        proposal, account, me = self._model.proposal, self._model.account, self._model.me
        if proposal is None or account is None or me is None:
            return
        around = circumstances(account, me, self._session.clock.today(), self._model.book_of(proposal))
        dialog = SplitDialog(self._page.window(), self._session, preview(proposal), around)
        dialog.confirmed.connect(lambda reason: self._model.split(reason, self._say_split))
        self._open(dialog)

    def _say_split(self, outcome: SplitOutcome) -> None:
        left = (*outcome.parts.apart, *outcome.parts.customer_service, *outcome.parts.range_loss)
        everything = (*outcome.parts.stays, *left)
        total = amount_euro(sum(part.net.cents for part in everything))
        numbers = in_a_row(sorted(part.number for part in left))
        if len(left) == 1:
            text = self.tr("{numbers} est rangée. Total inchangé : {total} HT.")
        else:
            text = self.tr("{numbers} sont rangées. Total inchangé : {total} HT.")
        self._session.say(text.format(numbers=numbers, total=total), can_undo=True)

    def _open(self, dialog: Overlay) -> None:
        dialog.closed.connect(dialog.deleteLater)
        dialog.open()
