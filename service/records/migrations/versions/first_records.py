"""Decisions, threshold sets, feedback and unmapped order codes."""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, String

revision = "0001"
down_revision = None


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, String, nullable=False) for name in names]


def _head() -> list[Column[str]]:
    return [Column("digest", String(64), primary_key=True), Column("card", String(255), nullable=False, index=True)]


def upgrade() -> None:
    op.create_table("threshold_sets", Column("digest", String(64), primary_key=True), *_text("content"))
    op.create_table(
        "decisions",
        *_head(),
        *_text("client", "hook_instance", "patient", "order_reference", "therapy", "status", "indicator"),
        *_text("threshold_set", "knowledge", "as_of", "facts", "outcomes", "created_at"),
    )
    op.create_table(
        "feedback", *_head(), *_text("client", "service_id", "outcome", "outcome_at", "received_at", "item")
    )
    op.create_table(
        "unmapped_order_codes",
        *(Column(name, String(255), primary_key=True) for name in ("client", "system", "code")),
        Column("outbox", String(64), primary_key=True),
        Column("times", Integer, nullable=False),
    )
    op.create_index("ix_decisions_created_at", "decisions", ["created_at"])
    op.create_index("ix_feedback_received_at", "feedback", ["received_at"])


def downgrade() -> None:
    for table in ("unmapped_order_codes", "feedback", "decisions", "threshold_sets"):
        op.drop_table(table)
