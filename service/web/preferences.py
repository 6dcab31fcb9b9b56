"""Which cards of an answer a client wants to see, and with which reasons to go on against them. Judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from msgspec import structs

from cds_hooks.models import Card, OverrideReason
from service.client_profiles.preferences import CardPreferences
from service.fhir.orders import Order
from service.rules.decision import Decision, Status

_SEVERITY = {"critical": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Drafted:
    """A card with what it was written from. `left_out`: why the client does not get it; empty for a card that goes."""

    card: Card
    order: Order
    decisions: Sequence[Decision] = ()
    reason: str = ""
    left_out: str = ""

    @property
    def status(self) -> Status | None:
        """The worst one; None for a notice that something was not checked."""
        return min((decision.status for decision in self.decisions), default=None)

    @property
    def rank(self) -> tuple[int, int]:
        """The worst first; what was not checked comes before what was checked at the same indicator."""
        status = self.status
        return _SEVERITY[self.card.indicator], -1 if status is None else int(status)

    @property
    def may_be_left_out(self) -> bool:
        """Never a contraindication, and never the word that an order was not checked."""
        return self.card.indicator != "critical" and self.status is not None


def chosen(drafted: Sequence[Drafted], preferences: CardPreferences, hook: str) -> list[Drafted]:
    """All that was drafted, worst first, with the client's reasons; what it does not want says why in `left_out`."""
    every = [_with_reasons(each, preferences) for each in drafted]
    every = [replace(each, left_out=_unwanted(each, preferences, hook)) for each in every]
    if preferences.max_cards is None:
        return sorted(every, key=lambda each: _SEVERITY[each.card.indicator])
    return _cut(sorted(every, key=lambda each: each.rank), preferences.max_cards)


def room_for_note(preferences: CardPreferences) -> CardPreferences:
    """What is left for a card's own words where a note about others may be added."""
    if preferences.max_cards is None:
        return preferences
    return structs.replace(
        preferences, max_characters=preferences.max_characters - len(_note(100)), max_lines=preferences.max_lines - 2
    )


def _unwanted(each: Drafted, preferences: CardPreferences, hook: str) -> str:
    if hook != "order-sign" or each.card.indicator != "info":
        return ""
    if each.status is Status.NONE_FOUND and not preferences.show_none_found:
        return "none_found_not_shown"
    if each.status is Status.CONFIRM and not preferences.show_confirm:
        return "confirm_not_shown"
    return ""


def _cut(found: Sequence[Drafted], most: int) -> list[Drafted]:
    kept: list[Drafted] = []
    shown = 0
    for each in found:
        is_over = not each.left_out and shown >= most and each.may_be_left_out
        kept.append(replace(each, left_out="over_max_cards") if is_over else each)
        shown += not kept[-1].left_out
    return _with_note(kept, sum(each.left_out == "over_max_cards" for each in kept))


def _with_note(kept: list[Drafted], number: int) -> list[Drafted]:
    """The last card that goes says that others were left out: an order without a card would read as all clear."""
    if number:
        last = max(index for index, each in enumerate(kept) if not each.left_out)
        card = kept[last].card
        detail = f"{card.detail}\n\n{_note(number)}" if card.detail else _note(number)
        kept[last] = replace(kept[last], card=structs.replace(card, detail=detail))
    return kept


def _note(number: int) -> str:
    orders = "1 more order was" if number == 1 else f"{number} more orders were"
    return f"{orders} checked; this system shows no card for {'it' if number == 1 else 'them'}."


def _with_reasons(each: Drafted, preferences: CardPreferences) -> Drafted:
    reasons = preferences.override_reasons
    if reasons is True:
        return each
    offered = tuple(OverrideReason(code=own.code, system=own.system, display=own.display) for own in reasons or ())
    return replace(each, card=structs.replace(each.card, override_reasons=offered))
