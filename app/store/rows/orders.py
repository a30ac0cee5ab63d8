"""Rows of what runs: orders, their sub-orders and lines, the amendments made to them."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows.base import SyncedRow, part_of, text


class OrderRow(SyncedRow):
    """An order of an account in an edition."""

    __tablename__ = "customer_order"
    __table_args__ = (Index("ix_customer_order_signed_on", "signed_on", "id"),)

    account_id: Mapped[str] = mapped_column(index=True)
    number: Mapped[str] = mapped_column(index=True)
    edition: Mapped[int]
    signed_on: Mapped[str]
    status: Mapped[str]


class OrderedSubOrderRow(SyncedRow):
    """The part of an order for one range."""

    __tablename__ = "ordered_sub_order"

    account_id: Mapped[str] = mapped_column(index=True)
    order_id: Mapped[str] = part_of("customer_order.id")
    position: Mapped[int]
    number: Mapped[str]
    range_id: Mapped[str | None]
    range_name: Mapped[str]


class OrderLineRow(SyncedRow):
    """One product that runs; amounts in cents, VAT rate and discount in basis points."""

    __tablename__ = "order_line"

    account_id: Mapped[str] = mapped_column(index=True)
    sub_order_id: Mapped[str] = part_of("ordered_sub_order.id")
    position: Mapped[int]
    product_id: Mapped[str | None]
    product: Mapped[str]
    label: Mapped[str]
    net: Mapped[int]
    vat_rate: Mapped[int]
    quantity: Mapped[int] = mapped_column(default=1, server_default="1")
    unit_price: Mapped[int] = mapped_column(default=0, server_default="0")
    discount: Mapped[int] = mapped_column(default=0, server_default="0")
    activity: Mapped[str] = text()
    area: Mapped[str] = text()
    period: Mapped[str] = text()


class AmendmentRow(SyncedRow):
    """A change already made to a running sub-order; net is the difference it made, in cents."""

    __tablename__ = "amendment"

    account_id: Mapped[str] = mapped_column(index=True)
    sub_order_id: Mapped[str] = part_of("ordered_sub_order.id")
    position: Mapped[int]
    number: Mapped[str]
    made_on: Mapped[str]
    net: Mapped[int]
    subject: Mapped[str] = text()
