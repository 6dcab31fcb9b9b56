"""Run by Alembic: applies changes on the connection that run.py hands over, in its transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"], target_metadata=None, transactional_ddl=True
)  # fmt: skip
with context.begin_transaction():
    context.run_migrations()
