"""Runs migrations on the connection that the command hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from app.store.rows import SYNCED
from sync.server.tables import CENTRE

context.configure(
    connection=context.config.attributes["connection"], target_metadata=[SYNCED, CENTRE], render_as_batch=True
)
context.run_migrations()
