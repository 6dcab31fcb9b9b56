"""What a client reports about cards it showed: read leniently, checked where the specification demands it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import msgspec

from cds_hooks import json

Outcome = Literal["accepted", "overridden"]


class AcceptedSuggestion(msgspec.Struct, frozen=True, kw_only=True):
    """`id` is the uuid of a suggestion on the card."""

    id: str


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A coded reason. Clients send it without display, and reasons of their own as they like: none is lost for that."""

    code: str | None = None
    system: str | None = None
    display: str | None = None


class Override(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    reason: Reason | None = None
    user_comment: str | None = None

    def __repr__(self) -> str:
        return "Override(…)"

    def __rich_repr__(self) -> list[tuple[str, str]]:
        return []


class FeedbackItem(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What came of one card. `card` is the uuid of a card, possibly one that this service no longer knows.

    An accepted item without accepted suggestions breaks the specification; it is kept all the same.
    """

    card: str
    outcome: Outcome
    outcome_timestamp: str
    accepted_suggestions: tuple[AcceptedSuggestion, ...] | None = None
    override_reason: Override | None = None

    @property
    def at(self) -> datetime:
        """When it happened, in UTC."""
        return _moment(self.outcome_timestamp)

    @property
    def suggestions(self) -> tuple[str, ...]:
        return tuple(accepted.id for accepted in self.accepted_suggestions or ())


class _Feedback(msgspec.Struct, frozen=True):
    feedback: tuple[FeedbackItem, ...]


def read_feedback(body: bytes) -> tuple[FeedbackItem, ...]:
    """All items, or json.BadJsonError naming the first that is wrong: a report is taken whole or not at all."""
    items = json.decode(body, _Feedback).feedback
    for index, item in enumerate(items):
        _check(item, f"$.feedback[{index}]")
    return items


def _check(item: FeedbackItem, place: str) -> None:
    if not item.card.strip():
        raise json.BadJsonError("must not be empty", f"{place}.card")
    try:
        _moment(item.outcome_timestamp)
    except (ValueError, OverflowError):
        raise json.BadJsonError(
            "must be a date and time with its zone (RFC 3339)", f"{place}.outcomeTimestamp"
        ) from None


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment.astimezone(UTC)
