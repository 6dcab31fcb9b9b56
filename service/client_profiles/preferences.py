"""What a client may wish of its cards, and how much it may call. Knows no HTTP and no medicine."""

from __future__ import annotations

from typing import Annotated

import msgspec

Rate = Annotated[float, msgspec.Meta(ge=0.1, le=10_000)]


class OwnReason(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A reason of the site's own for going on against a card."""

    system: Annotated[str, msgspec.Meta(min_length=1)]
    code: Annotated[str, msgspec.Meta(min_length=1)]
    display: Annotated[str, msgspec.Meta(min_length=1)]


class CardPreferences(msgspec.Struct, forbid_unknown_fields=True):
    max_characters: int = 900
    max_lines: int = 12
    max_cards: Annotated[int, msgspec.Meta(ge=1, le=100)] | None = None
    """cards of one answer, the worst first; `critical` ones are never left out"""
    show_none_found: bool = True
    """at order-sign, cards that found no listed contraindication"""
    show_confirm: bool = True
    """at order-sign, cards that only ask for a confirmation"""
    override_reasons: bool | list[OwnReason] = True
    """ours, none, or the site's own"""
    unmapped: bool = True
    """one `info` card for an unmapped order whose text looks liver-directed"""


class Budget(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What each worker process lets one client do; more is answered 503 with Retry-After."""

    calls_per_second: Rate = 200.0
    """hook calls, on average; twice as many at once"""
    concurrent_calls: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 48
    feedback_per_second: Rate = 50.0
