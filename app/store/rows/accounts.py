"""Rows of customers: companies, their people and published details, and all that happens with them."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows.base import SyncedRow, flag, part_of, text


class RepRow(SyncedRow):
    """A rep; read by the whole team."""

    __tablename__ = "rep"

    login: Mapped[str]
    name: Mapped[str]
    email: Mapped[str] = text()
    team: Mapped[str] = text()
    discount_limit: Mapped[int] = mapped_column(default=1000, server_default="1000")


class AccountRow(SyncedRow):
    """A customer company; its rep's portfolio is its scope."""

    __tablename__ = "account"

    number: Mapped[str] = mapped_column(index=True)
    trade_name: Mapped[str]
    legal_name: Mapped[str] = text()
    siret: Mapped[str] = text()
    vat_number: Mapped[str] = text()
    iban: Mapped[str] = text()
    activity: Mapped[str] = text()
    area: Mapped[str] = text()
    street: Mapped[str] = text()
    postcode: Mapped[str] = text()
    city: Mapped[str] = text()
    country: Mapped[str] = text()
    language: Mapped[str] = mapped_column(default="fr", server_default="fr")
    status: Mapped[str] = mapped_column(default="active", server_default="active")
    rep_id: Mapped[str | None] = mapped_column(index=True)
    customer_since: Mapped[int | None]
    renew_by: Mapped[str | None]


class ContactRow(SyncedRow):
    """A person at an account."""

    __tablename__ = "contact"

    account_id: Mapped[str] = part_of("account.id")
    position: Mapped[int]
    name: Mapped[str]
    role: Mapped[str] = text()
    email: Mapped[str] = text()
    mobile: Mapped[str] = text()
    phone: Mapped[str] = text()
    is_signatory: Mapped[int] = flag()


class AdvertiserDetailsRow(SyncedRow):
    """What is published of an account; one row per account at most, which bears the account's id."""

    __tablename__ = "advertiser_details"

    account_id: Mapped[str] = part_of("account.id")
    name: Mapped[str] = text()
    street: Mapped[str] = text()
    postcode: Mapped[str] = text()
    city: Mapped[str] = text()
    country: Mapped[str] = text()
    phone: Mapped[str] = text()
    site: Mapped[str] = text()
    opening_hours: Mapped[str] = text()


class ActivityRow(SyncedRow):
    """One entry of an account's timeline."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_account_id_at", "account_id", "at"),
        Index("ix_activity_kind_at", "kind", "at"),
        Index(
            "ix_activity_open_task",
            "due_on",
            sqlite_where=sql("kind = 'task' AND done_at IS NULL"),
            postgresql_where=sql("kind = 'task' AND done_at IS NULL"),
        ),
    )

    account_id: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    at: Mapped[int]
    detail: Mapped[str] = text()
    seconds: Mapped[int] = mapped_column(default=0, server_default="0")
    place: Mapped[str] = text()
    contact_id: Mapped[str | None]
    rep_id: Mapped[str | None]
    author: Mapped[str] = text()
    due_on: Mapped[str | None]
    done_at: Mapped[int | None]


class PreparationItemRow(SyncedRow):
    """One thing to do before a visit."""

    __tablename__ = "preparation_item"

    account_id: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    subject: Mapped[str]
    is_done: Mapped[int] = flag()


class DiscoveryRow(SyncedRow):
    """What was learned of a customer's business; the answers are a JSON list of [question, answer]."""

    __tablename__ = "discovery"

    account_id: Mapped[str] = mapped_column(index=True)
    answers: Mapped[str] = mapped_column(default="[]", server_default="[]")
    quote: Mapped[str] = text()


class OpportunityRow(SyncedRow):
    """An occasion of sale; potential in cents, probability in per cent."""

    __tablename__ = "opportunity"

    account_id: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[str]
    potential: Mapped[int]
    probability: Mapped[int]
    period: Mapped[str]
    closes_on: Mapped[str]
    stage: Mapped[str] = mapped_column(default="open", server_default="open")
