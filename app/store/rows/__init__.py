"""All rows: what both ends hold (SYNCED) and what one device holds alone (DEVICE)."""

from app.store.rows import accounts, catalogue, device, orders, quick, sales
from app.store.rows.base import DeviceRow, SyncedRow

SYNCED = SyncedRow.metadata
DEVICE = DeviceRow.metadata

REVISION = "2"
"""The revision of the synced tables that changesets are written under."""

__all__ = ["DEVICE", "REVISION", "SYNCED", "accounts", "catalogue", "device", "orders", "quick", "sales"]
