"""What an account's page says of each thing it shows, in rows and short sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject

from app.domain.accounts.account import Account, Contact
from app.domain.accounts.activity import Activity, ActivityKind, Opportunity
from app.domain.desk.request import Request, RequestState
from app.domain.identifiers import compact
from app.domain.sales.losses import Loss
from app.domain.sales.order import Order, OrderStatus
from app.domain.sales.proposal import Proposal, ProposalKind, ProposalStatus
from app.domain.signature.ceremony import Document, DocumentKind, DocumentState, is_proof_alone
from views import formats
from views.shell.session import Session
from views.shell.theme import Chip
from views.widgets.rows import Row

PROPOSAL_STATUS = {
    ProposalStatus.DRAFT: "plain",
    ProposalStatus.VALIDATED: "accent",
    ProposalStatus.ORDERED: "accent",
    ProposalStatus.SIGNED_TO_CONFIRM: "info",
    ProposalStatus.SIGNED: "ok",
    ProposalStatus.CLOSED: "plain",
}
ORDER_STATUS = {
    OrderStatus.IN_PRODUCTION: "ok",
    OrderStatus.REJECTED: "danger",
    OrderStatus.COMPLETED: "plain",
    OrderStatus.CANCELLED: "plain",
}
REQUEST_STATE = {RequestState.NEW: "info", RequestState.IN_PROGRESS: "warn", RequestState.RESOLVED: "ok"}
_ACTIVITY_ICONS = {
    ActivityKind.APPOINTMENT: "cal",
    ActivityKind.CALL: "phone",
    ActivityKind.EMAIL: "mail",
    ActivityKind.TASK: "check",
    ActivityKind.NOTE: "pen",
    ActivityKind.CAMPAIGN: "flag",
    ActivityKind.REJECTION: "alert",
    ActivityKind.VISIT: "eye",
    ActivityKind.SIGNATURE: "lock",
}
_DOCUMENT_ICONS = {
    DocumentKind.ORDER_FORM: "orders",
    DocumentKind.SIGNED_ORDER_FORM: "lock",
    DocumentKind.QUOTE: "quote",
}


class AccountWords(QObject):
    """Words in the language in force; `me` is the rep's name, who reads « vous »."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.me = ""

    def status(self, code: str) -> str:
        """A status in words."""
        return self._session.words("statuses", code)

    # ------------------------------------------------------------------------------------------- people, numbers
    def person(self, contact: Contact) -> tuple[tuple[str, str], ...]:
        """« **Claire Delmas**, gérante et signataire »."""
        role = contact.role
        if contact.is_signatory:
            role = self.tr("{role} et signataire").format(role=role) if role else self.tr("signataire")
        weight = "strong" if contact.is_signatory else "regular"
        return ((contact.name, weight), (f", {role}" if role else "", "regular"))

    def reach(self, contact: Contact) -> str:
        """The number and the address that reach a contact, on one line."""
        # The form shows every number; here the address must not be cut for the sake of a second one.
        return " · ".join(filter(None, (contact.mobile or contact.phone, contact.email)))

    def numbers(self, account: Account) -> str:
        """« SIRET 732 829 320 00074 · TVA FR 44 732 829 320 », or what there is of it."""
        siret, vat = compact(account.siret), compact(account.vat_number)
        parts = []
        if siret:
            parts.append(self.tr("SIRET {number}").format(number=_grouped(siret, (3, 3, 3))))
        if vat:
            parts.append(self.tr("TVA {number}").format(number=_grouped(vat, (2, 2, 3, 3))))
        return " · ".join(parts)

    # ------------------------------------------------------------------------------------------- the timeline
    def activity(self, activity: Activity) -> str:
        """« Appel, 6 min : confirme lundi 10:30 »."""
        kind = self._session.words("activity_kinds", activity.kind)
        if activity.seconds >= 60:
            kind = f"{kind}, {formats.formats().duration(activity.seconds // 60)}"
        return self.tr("{kind} : {subject}").format(kind=kind, subject=activity.subject)

    def when_and_who(self, activity: Activity) -> str:
        """« 19/11/2026 · vous »."""
        who = activity.author or self.tr("automatique")
        if who == self.me:
            who = self.tr("vous")
        return f"{formats.date_short(activity.at.astimezone().date())} · {who}"

    def timeline(self, activities: Sequence[Activity]) -> list[Row]:
        """The timeline under its months, latest first."""
        rows: list[Row] = []
        month = ""
        for activity in activities:
            at = activity.at.astimezone()
            head = formats.formats().month_year(at.date())
            if head != month:
                month = head
                rows.append(Row(leg=head[0].upper() + head[1:]))
            is_open = activity.kind is ActivityKind.TASK and activity.done_at is None
            rows.append(
                Row(
                    title=self.activity(activity),
                    subtitle=" · ".join(filter(None, (self.when_and_who(activity), activity.detail, activity.place))),
                    icon=_ACTIVITY_ICONS[activity.kind],
                    trailing=formats.formats().time(at),
                    filled=is_open,
                    weight="regular",
                    key=activity.id,
                )
            )
        return rows

    # ------------------------------------------------------------------------------------------- lists
    def short_order(self, order: Order) -> Row:
        """An order as the preparation shows it."""
        signed = self.tr("signé le {day} · {status}").format(
            day=formats.date_short(order.signed_on), status=self.status(order.status)
        )
        amount = formats.amount_runs(order.totals.net)
        return Row(order.number, signed, amount=amount, weight="regular", key=order.id)

    def order(self, order: Order) -> list[Row]:
        """An order and its sub-orders, each on a row."""
        head = Row(
            title=self.tr("Commande {number}").format(number=order.number),
            subtitle=self.tr("Édition {year} · signée le {day}").format(
                year=order.edition, day=formats.date_short(order.signed_on)
            ),
            chips=(Chip(self.status(order.status), ORDER_STATUS[order.status]),),
            amount=formats.amount_runs(order.totals.net),
            amount_sub=self.tr("HT"),
            key=order.id,
        )
        parts = [
            Row(
                title=f"{part.number}  {part.range_name}",
                subtitle=" · ".join(line.label for line in part.lines),
                chips=tuple(Chip(self.tr("MO {number}").format(number=made.number)) for made in part.amendments),
                amount=formats.amount_runs(part.net),
                weight="regular",
                key=order.id,
            )
            for part in order.sub_orders
        ]
        return [head, *parts]

    def proposal(self, proposal: Proposal) -> Row:
        """A proposal of the account."""
        kind = self.tr("Par défaut") if proposal.kind is ProposalKind.DEFAULT else self.tr("Simulation")
        count = self.tr("%n sous-commande(s)", "", len(proposal.sub_orders))
        return Row(
            title=proposal.name,
            subtitle=self.tr("{kind} · édition {year} · {count}").format(kind=kind, year=proposal.edition, count=count),
            chips=(Chip(self.status(proposal.status), PROPOSAL_STATUS[proposal.status]),),
            amount=formats.amount_runs(proposal.totals.gross),
            amount_sub=self.tr("TTC"),
            chevron=True,
            key=proposal.id,
        )

    def request(self, request: Request) -> Row:
        """A request to customer service."""
        kind = self._session.words("request_kinds", request.kind)
        made = formats.date_short(request.made_at.astimezone().date())
        return Row(
            title=request.title,
            subtitle=" · ".join(filter(None, (kind, made, request.author, request.body))),
            chips=(Chip(self.status(request.state), REQUEST_STATE[request.state]),),
            key=request.id,
        )

    def document(self, document: Document, proposals: Iterable[Proposal] = ()) -> Row:
        """A kept document; of those of the proposals' forms that stand for no order it is said."""
        made = document.made_at.astimezone()
        state, status = self.status(document.state), "ok" if document.state is DocumentState.CONFIRMED else "info"
        if document.state is DocumentState.SHOWN:
            status = "plain"
        if any(one.id == document.proposal_id and is_proof_alone(document, one) for one in proposals):
            state, status = self._session.words("statuses", "proof_alone"), "warn"
        size = formats.formats().file_size(document.size)
        day, hour = formats.date_short(made.date()), formats.formats().time(made)
        return Row(
            title=f"{self._session.words('documents', document.kind)} {document.number}",
            subtitle=" · ".join(filter(None, (f"{day} {hour}", document.signatory, size))),
            chips=(Chip(state, status),),
            icon=_DOCUMENT_ICONS[document.kind],
            chevron=True,
            key=document.id,
        )

    def opportunity(self, opportunity: Opportunity) -> Row:
        """An occasion of sale."""
        chance = formats.percent(opportunity.probability * 100)
        words = self.tr("{chance} · décision attendue le {day}").format(
            chance=chance, day=formats.date_short(opportunity.closes_on)
        )
        amount = formats.amount_runs(opportunity.potential)
        return Row(opportunity.purpose, words, amount=amount, weight="regular", key=opportunity.id)

    def loss(self, loss: Loss) -> str:
        """A total loss in a sentence."""
        return self.tr("{kind} le {day} : {reason}").format(
            kind=_capital(self._session.words("loss_kinds", loss.kind)),
            day=formats.date_short(loss.on),
            reason=self._session.words("loss_reasons", loss.reason),
        )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _grouped(number: str, sizes: Sequence[int]) -> str:
    """Digits in groups, with no-break spaces; the last group takes the rest."""
    groups, at = [], 0
    for size in sizes:
        groups.append(number[at : at + size])
        at += size
    groups.append(number[at:])
    return "\u00a0".join(filter(None, groups))
