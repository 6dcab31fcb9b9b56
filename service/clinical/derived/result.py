"""Turns the answer of a computation into a fact with unit, date, inputs and the reason why it is not settled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

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
    content = _content(rule.fact, plain)
    inputs = [given.facts[name] for name in rule.inputs]
    used = [fact for fact in inputs if fact.state is not State.UNKNOWN]
    if rule.also:
        used += [fact for fact in map(given.fact, rule.also) if not fact.is_unknown and fact.value is not False]
    weak = [fact for fact in used if fact.preliminary or fact.unverified or fact.closed_world]
    is_said = content.state is not State.UNKNOWN
    return Fact(
        name=rule.fact,
        state=content.state,
        value=content.value,
        values=content.values,
        interval=content.interval,
        reason="" if content.state is State.KNOWN else why_unsettled(inputs),
        unit=FACTS[rule.fact].unit,
        on=observed_on(rule, used, today, windows) if is_said else None,
        origin=Origin.COMPUTED,
        inputs=tuple(fact.name for fact in used),
        marks=marks,
        preliminary=is_said and any(fact.preliminary for fact in weak),
        unverified=is_said and any(fact.unverified for fact in weak),
        closed_world=is_said and any(fact.closed_world for fact in weak),
    )


class _Content(NamedTuple):
    state: State
    value: Value | None = None
    values: tuple[Value, ...] = ()
    interval: Interval | None = None


_NOTHING = _Content(State.UNKNOWN)


def _content(name: str, plain: Plain) -> _Content:
    match plain:
        case None:
            return _NOTHING
        case Interval(low=low, high=high) if low is not None and low == high:
            return _Content(State.KNOWN, low)
        case Interval():
            return _Content(State.INTERVAL, interval=plain)
        case frozenset():
            return _one_of(name, plain)
        case str():
            return _Content(State.KNOWN, str(plain))
        case _:
            return _Content(State.KNOWN, plain)


def _one_of(name: str, possible: Possible) -> _Content:
    values = _ordered(name, possible)
    if len(values) == 1:
        return _Content(State.KNOWN, values[0])
    if not values or len(values) == len(_all_values(name)):
        return _NOTHING
    return _Content(State.ONE_OF, values=values)


@cache
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
    return "; ".join(dict.fromkeys(_why(fact) for fact in inputs if fact.state is not State.KNOWN))


def _why(fact: Fact) -> str:
    if fact.origin is Origin.COMPUTED and fact.reason not in {"", NOT_RECORDED}:
        return fact.reason
    return f"{_words(fact.name)} {fact.reason or 'not settled'}"


@cache
def _words(name: str) -> str:
    return " ".join(_SPELLED.get(word, word) for word in name.split("_")).replace("Child Pugh", "Child-Pugh")
