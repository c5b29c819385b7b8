"""What Alembic runs: the migrations, on the connection that whoever opens the store hands over."""

from __future__ import annotations

from alembic import context

from service.store.tables import METADATA

connection = context.config.attributes["connection"]
# SQLite cannot alter most of a table; there Alembic copies it.
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
