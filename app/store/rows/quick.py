"""Rows that are worked out from others on the device, so that lists and the search answer while one types."""

from __future__ import annotations

from sqlalchemy import Index, Integer
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.store.rows.base import DeviceRow, flag, text


class AccountIndexRow(DeviceRow):
    """The words that an account is found by, folded, and the key it is sorted by when sorted by name."""

    __tablename__ = "account_index"

    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    account_id: Mapped[str] = mapped_column(unique=True)
    name_key: Mapped[str] = mapped_column(index=True)
    words: Mapped[str]


class AccountFigureRow(DeviceRow):
    """The figures an account is sorted and filtered by.

    `urgency` sorts: 0 for a rejected order, then the renewal day as yyyymmdd, then accounts without one, then lost
    ones. `net` in cents is what runs in the last edition ordered.
    """

    __tablename__ = "account_figure"
    __table_args__ = (Index("ix_account_figure_rejections", "rejections", sqlite_where=sql("rejections > 0")),)

    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    net: Mapped[int] = mapped_column(index=True)
    urgency: Mapped[int] = mapped_column(index=True)
    area: Mapped[str] = mapped_column(index=True)
    renew_by: Mapped[str | None] = mapped_column(index=True)
    email_missing: Mapped[int] = flag()
    rejections: Mapped[int] = flag()


class AccountNetRow(DeviceRow):
    """What runs at an account once more, alone: totals read a hundred thousand rows while one types."""

    __tablename__ = "account_net"

    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    net: Mapped[int]


class SearchEntryRow(DeviceRow):
    """A contact, order, product or proposal as the search finds it; accounts are found by their own index."""

    __tablename__ = "search_entry"
    __table_args__ = (
        Index("ix_search_entry_row_id", "row_id", unique=True),
        Index("ix_search_entry_title_key", "title_key"),
    )

    n: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str]
    row_id: Mapped[str]
    account_id: Mapped[str | None] = mapped_column(index=True)
    title: Mapped[str]
    subtitle: Mapped[str] = text()
    title_key: Mapped[str]
    words: Mapped[str]
