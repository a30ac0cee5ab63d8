"""Rows of the catalogue: ranges, products, prices, limited places."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows.base import SyncedRow, flag, part_of, text


class ProductRangeRow(SyncedRow):
    """A family of products."""

    __tablename__ = "product_range"

    number: Mapped[str]
    name: Mapped[str]
    chart: Mapped[str] = text()


class ProductRow(SyncedRow):
    """An entry of the catalogue; the VAT rate in basis points."""

    __tablename__ = "product"

    code: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    kind: Mapped[str]
    range_id: Mapped[str] = mapped_column(index=True)
    vat_rate: Mapped[int]
    is_display: Mapped[int] = flag()
    is_favourite: Mapped[int] = flag()
    pitch: Mapped[str] = text()


class PriceRow(SyncedRow):
    """What one piece of a product costs in an edition, in cents."""

    __tablename__ = "price"

    product_id: Mapped[str] = part_of("product.id")
    position: Mapped[int]
    edition: Mapped[int]
    net: Mapped[int]
    valid_from: Mapped[str]
    valid_until: Mapped[str]


class SlotRow(SyncedRow):
    """One limited place; who holds it is not said here."""

    __tablename__ = "slot"

    product_id: Mapped[str] = mapped_column(index=True)
    edition: Mapped[int]
    activity: Mapped[str] = text()
    area: Mapped[str] = text()
    period: Mapped[str] = text()
    number: Mapped[int] = mapped_column(default=1, server_default="1")
    state: Mapped[str] = mapped_column(default="free", server_default="free")
