"""Adds to the facts that were read or asked every fact that is computed from others. Knows no criteria and no FHIR."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service.clinical.derived.auxiliary import freshness_class
from service.clinical.derived.blank import silent
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
    nothing = silent(facts)
    found = {**facts, **nothing}
    current: dict[str, Fact] = {}
    for rule in RULES:
        if rule.fact in nothing:
            continue
        given = facts.get(rule.fact)
        if given is not None and always_stands(given, rule):
            continue
        for name in rule.reads:
            if name not in current:
                current[name] = _current(name, found, today, windows)
        inputs = {name: current[name] for name in rule.reads}
        # Its own value as given is replaced by the computed one for those that come after.
        own = current.pop(rule.fact)
        computed = _computed(rule, inputs, today, windows)
        found[rule.fact] = computed if given is None else chosen(rule, given, own, computed)
    return found


def _current(name: str, found: Mapping[str, Fact], today: date, windows: Mapping[str, Window]) -> Fact:
    fact = found.get(name)
    return unknown(name) if fact is None else fresh(fact, windows[freshness_class(name)], today)


def _computed(rule: Rule, inputs: Mapping[str, Fact], today: date, windows: Mapping[str, Window]) -> Fact:
    given = Given(inputs)
    fact = fact_of(rule, rule.answer(given), given, today, windows)
    if not fact.weakness:
        return fact
    # ECOG 4 is stage D whatever a preliminary bilirubin turns out to be.
    firm = Given({name: each.firmly() for name, each in inputs.items()})
    return fact._replace(firm=fact_of(rule, rule.answer(firm), firm, today, windows))
