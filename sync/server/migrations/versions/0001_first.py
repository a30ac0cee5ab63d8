"""The first tables: what both ends hold, the centre's own, and the guards on what was signed."""

from __future__ import annotations

from alembic import op

from app.store.guard import install_guards
from app.store.rows import SYNCED
from sync.server.tables import CENTRE

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    SYNCED.create_all(connection)
    CENTRE.create_all(connection)
    install_guards(connection)
