"""What is computed of a patient of whom nothing is recorded: the same for everyone, so it is computed once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

from service.clinical.derived.auxiliary import AUXILIARY, freshness_class
from service.clinical.derived.given import Given
from service.clinical.derived.result import fact_of
from service.clinical.derived.rules import RULES
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window
from service.clinical.values import Fact, unknown

_TIMELESS = {freshness_class(name): Window() for name in (*FACTS, *AUXILIARY)}


def silent(said: Mapping[str, Fact]) -> dict[str, Fact]:
    """The computed facts of which nothing is given on which they rest, by name."""
    return {name: fact for name, (roots, fact) in _silences().items() if roots.isdisjoint(said)}


@cache
def _silences() -> dict[str, tuple[frozenset[str], Fact]]:
    """By fact: every name on which it rests, through others too, and the fact when none of them is given. One that is
    said all the same is as of today, so not here, nor what rests on it."""
    computed = {rule.fact for rule in RULES}
    found: dict[str, tuple[frozenset[str], Fact]] = {}
    for rule in RULES:
        through = [name for name in rule.reads if name in computed and name != rule.fact]
        if any(name not in found for name in through):
            continue
        given = Given({name: found[name][1] if name in found else unknown(name) for name in rule.reads})
        fact = fact_of(rule, rule.answer(given), given, date.min, _TIMELESS)
        if fact.is_unknown:
            found[rule.fact] = frozenset(rule.reads).union(*(found[name][0] for name in through)), fact
    return found
