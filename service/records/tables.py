"""The records as tables: the same columns while they wait in the outbox and where they rest in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Column, Integer, MetaData, String, Table

LONGEST = 255
"""characters of a name or code that is searched for; PostgreSQL indexes no longer ones"""
DATABASE = MetaData()
OUTBOX = MetaData()


def moment(at: datetime) -> str:
    """Always of one length and in UTC, so that text order is the order of time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def searchable(text: str) -> str:
    """`text` as both databases take it into an index: short, and without the character that PostgreSQL refuses."""
    return text.replace("\x00", "\ufffd")[:LONGEST]


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, String, nullable=False) for name in names]


def decision_columns() -> list[Column[str]]:
    """One card and therapy. hook_instance, patient, order_reference: keyed hashes; facts, outcomes: JSON."""
    return [
        *_text("client", "hook_instance", "patient", "order_reference", "therapy", "status", "indicator"),
        *_text("threshold_set", "knowledge", "as_of", "facts", "outcomes", "created_at"),
    ]


def feedback_columns() -> list[Column[str]]:
    """One report on one card; `item` is the report as it came."""
    return _text("client", "service_id", "outcome", "outcome_at", "received_at", "item")


def _pair(name: str, columns: Callable[[], list[Column[str]]], *, on_card: bool = True) -> tuple[Table, Table]:
    """(where rows wait, where they rest). `digest` is the same for the same content, so moving twice does no harm."""

    def all_columns(is_outbox: bool) -> list[Column[str]]:
        digest: Column[str] = Column("digest", String(64), primary_key=not is_outbox, unique=is_outbox, nullable=False)
        card: Column[str] = Column("card", String(LONGEST), nullable=False, index=True)
        return [digest, *([card] if on_card else []), *columns()]

    waits = Table(
        f"waiting_{name}",
        OUTBOX,
        Column("number", Integer, primary_key=True),
        *all_columns(is_outbox=True),
        Column("refused", Integer, nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    return waits, Table(name, DATABASE, *all_columns(is_outbox=False))


WAITING_SETS, SETS = _pair("threshold_sets", lambda: _text("content"), on_card=False)
WAITING_DECISIONS, DECISIONS = _pair("decisions", decision_columns)
WAITING_FEEDBACK, FEEDBACK = _pair("feedback", feedback_columns)

PAIRS = ((WAITING_SETS, SETS), (WAITING_DECISIONS, DECISIONS), (WAITING_FEEDBACK, FEEDBACK))
"""in the order of moving: what a decision needs to be computed again is there before it"""


def _codes() -> list[Column[str]]:
    return [Column(name, String(LONGEST), primary_key=True) for name in ("client", "system", "code")]


UNMAPPED_SEEN = Table(
    "unmapped_seen",
    OUTBOX,
    *_codes(),
    Column("times", Integer, nullable=False),
    Column("moved", Integer, nullable=False, server_default="0"),
)
UNMAPPED = Table(
    "unmapped_order_codes",
    DATABASE,
    Column("outbox", String(64), primary_key=True),
    *_codes(),
    Column("times", Integer, nullable=False),
)
"""`times` is the whole count of one outbox, so telling it twice counts nothing twice"""

STATE = Table("state", OUTBOX, Column("name", String, primary_key=True), Column("value", String, nullable=False))
