"""Rows of the sale: proposals with sub-orders, lines and instalments, reservations, losses, kept documents."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows.base import SyncedRow, flag, part_of, text


class ProposalRow(SyncedRow):
    """A commercial proposal."""

    __tablename__ = "proposal"

    account_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    edition: Mapped[int]
    kind: Mapped[str] = mapped_column(default="default", server_default="default")
    status: Mapped[str] = mapped_column(default="draft", server_default="draft")
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    plan_template: Mapped[str | None]
    first_due_on: Mapped[str | None]


class ProposalSubOrderRow(SyncedRow):
    """The part of a proposal for one range."""

    __tablename__ = "proposal_sub_order"

    account_id: Mapped[str] = mapped_column(index=True)
    proposal_id: Mapped[str] = part_of("proposal.id")
    position: Mapped[int]
    number: Mapped[str]
    range_name: Mapped[str]
    amendment: Mapped[str | None]
    details_changed: Mapped[int] = flag()
    details_note: Mapped[str] = text()


class ProposalLineRow(SyncedRow):
    """One product in a sub-order of a proposal; amounts in cents, VAT rate and discount in basis points."""

    __tablename__ = "proposal_line"

    account_id: Mapped[str] = mapped_column(index=True)
    sub_order_id: Mapped[str] = part_of("proposal_sub_order.id")
    position: Mapped[int]
    product_id: Mapped[str | None]
    product: Mapped[str]
    label: Mapped[str]
    action: Mapped[str]
    net: Mapped[int]
    vat_rate: Mapped[int]
    quantity: Mapped[int] = mapped_column(default=1, server_default="1")
    unit_price: Mapped[int] = mapped_column(default=0, server_default="0")
    discount: Mapped[int] = mapped_column(default=0, server_default="0")
    previous_net: Mapped[int | None]
    activity: Mapped[str] = text()
    area: Mapped[str] = text()
    period: Mapped[str] = text()
    replaces: Mapped[str] = text()
    is_display: Mapped[int] = flag()
    price_valid_until: Mapped[str | None]
    before_cancel: Mapped[str | None]


class InstalmentRow(SyncedRow):
    """One payment of a proposal's plan; gross in cents."""

    __tablename__ = "instalment"

    account_id: Mapped[str] = mapped_column(index=True)
    proposal_id: Mapped[str] = part_of("proposal.id")
    position: Mapped[int]
    due_on: Mapped[str]
    gross: Mapped[int]


class ReservationRow(SyncedRow):
    """A hold on a limited place for a line; state and time limit are the centre's to say."""

    __tablename__ = "reservation"

    account_id: Mapped[str] = mapped_column(index=True)
    slot_id: Mapped[str] = mapped_column(index=True)
    line_id: Mapped[str] = mapped_column(index=True)
    rep_id: Mapped[str]
    asked_at: Mapped[int]
    state: Mapped[str] = mapped_column(default="pending", server_default="pending")
    valid_until: Mapped[int | None]


class LossRow(SyncedRow):
    """What a customer dropped; net per edition in cents."""

    __tablename__ = "loss"

    account_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    made_on: Mapped[str]
    net: Mapped[int]
    edition: Mapped[int]
    proposal_id: Mapped[str | None]
    sub_order: Mapped[str] = text()
    range_name: Mapped[str] = text()
    product: Mapped[str] = text()
    revoked_at: Mapped[int | None]


class RequestRow(SyncedRow):
    """A request to customer service, or what came back from production."""

    __tablename__ = "request"

    account_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    body: Mapped[str]
    made_at: Mapped[int]
    state: Mapped[str] = mapped_column(default="new", server_default="new")
    proposal_id: Mapped[str | None]
    sub_order: Mapped[str] = text()
    amendment: Mapped[str] = text()
    author: Mapped[str] = text()


class DocumentRow(SyncedRow):
    """A kept document; its bytes are in `blob` under their SHA-256, and travel by it."""

    __tablename__ = "document"

    account_id: Mapped[str] = mapped_column(index=True)
    proposal_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    state: Mapped[str]
    number: Mapped[str]
    sha256: Mapped[str]
    size: Mapped[int]
    made_at: Mapped[int]
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    signatory: Mapped[str] = text()
    email: Mapped[str] = text()
    mobile: Mapped[str] = text()
    shown_sha256: Mapped[str] = text()
