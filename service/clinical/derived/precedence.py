"""Which one is the fact when it was both given and computed. Knows rules, not medicine."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.derived.registry import Precedence, Rule
from service.clinical.values import Fact, Origin, State


def always_stands(given: Fact, rule: Rule) -> bool:
    """A fact handed in as COMPUTED, unknown included, or without a source where a record would be set aside.

    The record of a patient has a source; a value without one was put there on purpose, by a case of the tests.
    """
    if rule.precedence is Precedence.SILENCE and given.is_unknown:
        return False
    if given.origin is Origin.COMPUTED:
        return True
    return rule.precedence is Precedence.COMPUTED and not given.is_unknown and not given.source


def chosen(rule: Rule, given: Fact, current: Fact, computed: Fact) -> Fact:
    """`given` as recorded, `current` the same one or unknown when stale."""
    match rule.precedence:
        case Precedence.COMPUTED:
            return computed._replace(marks=(*computed.marks, *_beside(given)))
        case Precedence.BOTH:
            return given if computed.is_unknown or computed.value == current.value is not None else computed
        case Precedence.SILENCE if not current.is_unknown:
            return current
        case Precedence.GIVEN if not current.is_unknown:
            return _compared(current, computed)
        case _:
            return computed if not computed.is_unknown else given


def _beside(recorded: Fact) -> tuple[str, ...]:
    shown = recorded.last if recorded.is_unknown else recorded
    return () if shown is None or shown.value is None else (f"recorded {_text(shown)}",)


def _compared(recorded: Fact, computed: Fact) -> Fact:
    """A coded answer that the other facts contradict keeps standing, and says so."""
    settled = computed.state is State.KNOWN and recorded.state is State.KNOWN
    if not settled or isinstance(computed.value, Decimal) or computed.value == recorded.value:
        return recorded
    return recorded._replace(marks=(*recorded.marks, f"computed {_text(computed)}"))


def _text(fact: Fact) -> str:
    return {True: "yes", False: "no"}[fact.value] if isinstance(fact.value, bool) else str(fact.value)
