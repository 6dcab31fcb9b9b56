"""What a service answers: cards in a response. Refuse to be built against the specification. Knows no medicine."""

from __future__ import annotations

from typing import Any, Literal

from cds_hooks.parts import Link, OverrideReason, Part, Source
from cds_hooks.strict import InvalidCardError, extension, one_of, text, unique
from cds_hooks.suggestions import Suggestion

Indicator = Literal["info", "warning", "critical"]
SelectionBehavior = Literal["at-most-one", "any"]
SUMMARY_BELOW = 140


class Card(Part, frozen=True, kw_only=True):
    """One card. `summary` is one line of fewer than 140 characters; without `uuid` no feedback comes back."""

    summary: str
    indicator: Indicator
    source: Source
    uuid: str | None = None
    detail: str | None = None
    suggestions: tuple[Suggestion, ...] = ()
    selection_behavior: SelectionBehavior | None = None
    override_reasons: tuple[OverrideReason, ...] = ()
    links: tuple[Link, ...] = ()
    extension: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        self._check_summary()
        one_of("card.indicator", self.indicator, ("info", "warning", "critical"))
        text("card.uuid", self.uuid, optional=True)
        text("card.detail", self.detail, optional=True)
        extension("card.extension", self.extension)
        self._check_selection()

    def _check_summary(self) -> None:
        text("card.summary", self.summary)
        if len(self.summary) >= SUMMARY_BELOW or len(self.summary.splitlines()) > 1:
            raise InvalidCardError("card.summary", "must be one line of fewer than 140 characters")

    def _check_selection(self) -> None:
        if self.selection_behavior is not None or self.suggestions:
            one_of("card.selectionBehavior", self.selection_behavior, ("at-most-one", "any"))
        recommended = sum(suggestion.is_recommended is True for suggestion in self.suggestions)
        if recommended > 1 and self.selection_behavior == "at-most-one":
            raise InvalidCardError("suggestion.isRecommended", "may be true once under at-most-one")
        unique("suggestion.uuid", (suggestion.uuid for suggestion in self.suggestions))


class Response(Part, frozen=True, kw_only=True):
    """The whole answer; no cards is an answer too. System actions are never sent, so they cannot be written."""

    cards: tuple[Card, ...]
    extension: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        extension("response.extension", self.extension)
        unique("card.uuid", (card.uuid for card in self.cards))
