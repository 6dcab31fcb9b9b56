"""The database's changes over time. Only this folder imports Alembic."""
