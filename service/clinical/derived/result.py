"""Turns the answer of a computation into a fact with unit, date, inputs and the reason why it is not settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from service.clinical.derived.answers import Answer, Marked, Plain, Possible
from service.clinical.derived.dates import observed_on
from service.clinical.derived.given import Given
from service.clinical.derived.registry import Rule
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window
from service.clinical.values import NOT_RECORDED, Fact, Interval, Origin, State, Value

_SPELLED = {
    **{word: word.upper() for word in ("inr", "ecog", "afp", "ast", "ldh", "cea", "ivc", "pve", "bclc", "maa", "lvef")},
    "kps": "Karnofsky",
    "child": "Child",
    "pugh": "Pugh",
    "y90": "Y-90",
}
"""Words of names that are not written as they are."""


def fact_of(rule: Rule, answer: Answer, given: Given, today: date, windows: Mapping[str, Window]) -> Fact:
    """`given` are the inputs as they were used."""
    plain, marks = (answer.answer, answer.marks) if isinstance(answer, Marked) else (answer, ())
    inputs = [given.fact(name) for name in rule.inputs]
    used = [fact for fact in inputs if not fact.is_unknown]
    used += [fact for fact in map(given.fact, rule.also) if not fact.is_unknown and fact.value is not False]
    bare = Fact(
        name=rule.fact,
        state=State.UNKNOWN,
        unit=FACTS[rule.fact].unit,
        on=observed_on(rule, used, today, windows),
        origin=Origin.COMPUTED,
        inputs=tuple(fact.name for fact in used),
        marks=marks,
        preliminary=any(fact.preliminary for fact in used),
        closed_world=any(fact.closed_world for fact in used),
    )
    return _filled(bare, plain, why_unsettled(inputs))


def _filled(bare: Fact, plain: Plain, reason: str) -> Fact:
    match plain:
        case None:
            return replace(bare, reason=reason, on=None, preliminary=False, closed_world=False)
        case Interval(low=low, high=high) if low is not None and low == high:
            return replace(bare, state=State.KNOWN, value=low)
        case Interval():
            return replace(bare, state=State.INTERVAL, interval=plain, reason=reason)
        case frozenset():
            return _one_of(bare, plain, reason)
        case str():
            return replace(bare, state=State.KNOWN, value=str(plain))
        case _:
            return replace(bare, state=State.KNOWN, value=plain)


def _one_of(bare: Fact, possible: Possible, reason: str) -> Fact:
    values = _ordered(bare.name, possible)
    if len(values) == 1:
        return replace(bare, state=State.KNOWN, value=values[0])
    if not values or len(values) == len(_all_values(bare.name)):
        return _filled(bare, None, reason)
    return replace(bare, state=State.ONE_OF, values=values, reason=reason)


def _all_values(name: str) -> tuple[Value, ...]:
    row = FACTS[name]
    if row.type == "boolean":
        return (True, False)
    if row.type == "integer" and row.minimum is not None and row.maximum is not None:
        return tuple(map(Decimal, range(int(row.minimum), int(row.maximum) + 1)))
    return row.values


def _ordered(name: str, possible: Possible) -> tuple[Value, ...]:
    """As in facts.csv, ascending for numbers."""
    if FACTS[name].is_number:
        return tuple(sorted(value for value in possible if isinstance(value, Decimal)))
    return tuple(value for value in _all_values(name) if value in possible)


def why_unsettled(inputs: list[Fact]) -> str:
    """ "INR stale: 41 days old, limit 30; ascites not recorded" """
    return "; ".join(dict.fromkeys(_why(fact) for fact in inputs if not fact.is_known))


def _why(fact: Fact) -> str:
    if fact.origin is Origin.COMPUTED and fact.reason not in {"", NOT_RECORDED}:
        return fact.reason
    words = " ".join(_SPELLED.get(word, word) for word in fact.name.split("_")).replace("Child Pugh", "Child-Pugh")
    return f"{words} {fact.reason or 'not settled'}"
