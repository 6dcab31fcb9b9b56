"""Adds to the facts that were read or asked every fact that is computed from others. Knows no criteria and no FHIR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from service.clinical.derived.answers import Answer
from service.clinical.derived.auxiliary import freshness_class
from service.clinical.derived.given import Given
from service.clinical.derived.precedence import always_stands, chosen
from service.clinical.derived.registry import Rule
from service.clinical.derived.result import fact_of
from service.clinical.derived.rules import RULES
from service.clinical.freshness import Window, fresh
from service.clinical.values import Fact, unknown

__all__ = ["derive"]


def derive(facts: Mapping[str, Fact], today: date, windows: Mapping[str, Window]) -> dict[str, Fact]:
    """The given facts and every computed one, unknown ones included.

    `windows` holds every freshness class by name (KeyError for a missing one). An input that is stale by its own class
    is unknown to the computation. What holds when a fact is both given and computed: derived/precedence.py.
    """
    found = dict(facts)
    current: dict[str, Fact] = {}
    for rule in RULES:
        given = facts.get(rule.fact)
        if given is not None and always_stands(given, rule):
            continue
        for name in rule.reads:
            if name not in current:
                current[name] = _current(name, found, today, windows)
        # Its own value as given is replaced by the computed one for those that come after.
        inputs = Given({name: current.pop(name) if name == rule.fact else current[name] for name in rule.reads})
        computed = fact_of(rule, _answer(rule, inputs), inputs, today, windows)
        found[rule.fact] = computed if given is None else chosen(rule, given, inputs.fact(rule.fact), computed)
    return found


def _current(name: str, found: Mapping[str, Fact], today: date, windows: Mapping[str, Window]) -> Fact:
    fact = found.get(name)
    return unknown(name) if fact is None else fresh(fact, windows[freshness_class(name)], today)


def _answer(rule: Rule, inputs: Given) -> Answer:
    """A computation sees of an unknown input no more than whether something stale was found."""
    if all(fact.is_unknown and fact.last is None for fact in inputs.facts.values()):
        return _of_nothing(rule)
    return _computed(rule, inputs)


@cache
def _of_nothing(rule: Rule) -> Answer:
    """The answer where nothing at all was found: the same for everyone."""
    return _computed(rule, Given({name: unknown(name) for name in rule.reads}))


def _computed(rule: Rule, inputs: Given) -> Answer:
    """None where a formula does not accept its inputs (a logarithm of 0): nothing can be said."""
    try:
        return rule.compute(inputs)
    except (ValueError, ArithmeticError):
        return None
