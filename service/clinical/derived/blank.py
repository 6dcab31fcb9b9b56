"""What is computed of a patient of whom nothing is recorded: the same for everyone, so it is computed once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from operator import is_

from service.clinical.derived.auxiliary import AUXILIARY, freshness_class
from service.clinical.derived.given import Given
from service.clinical.derived.registry import Rule
from service.clinical.derived.result import fact_of
from service.clinical.derived.rules import RULES
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window
from service.clinical.values import Fact, unknown

_TIMELESS = {freshness_class(name): Window() for name in (*FACTS, *AUXILIARY)}


def silent(said: Mapping[str, Fact]) -> dict[str, Fact]:
    """The computed facts of which nothing is given on which they rest: the same as `blank` says, all at once."""
    return {name: fact for name, (roots, fact) in _silences().items() if roots.isdisjoint(said)}


@cache
def _silences() -> dict[str, tuple[frozenset[str], Fact]]:
    """By fact: every name on which it rests, through others too, and the fact when none of them is given."""
    computed = {rule.fact for rule in RULES}
    found: dict[str, tuple[frozenset[str], Fact]] = {}
    for rule in RULES:
        through = [name for name in rule.reads if name in computed and name != rule.fact]
        if rule.fact in _blanks() and all(name in found for name in through):
            roots = frozenset(rule.reads).union(*(found[name][0] for name in through))
            found[rule.fact] = roots, _blanks()[rule.fact][1]
    return found


def blank(rule: Rule, reads: Iterable[Fact]) -> Fact | None:
    """The fact, where the computation reads nothing at all and says nothing; else None.

    `reads` are the facts of `rule.reads`, in that order.
    """
    known = _blanks().get(rule.fact)
    return known[1] if known is not None and all(map(is_, reads, known[0])) else None


@cache
def _blanks() -> dict[str, tuple[tuple[Fact, ...], Fact]]:
    """By fact: what its computation reads, and the fact. One that is said all the same is as of today, so not here."""
    found: dict[str, Fact] = {}
    blanks: dict[str, tuple[tuple[Fact, ...], Fact]] = {}
    for rule in RULES:
        reads = {name: found.get(name, unknown(name)) for name in rule.reads}
        given = Given(reads)
        fact = fact_of(rule, rule.answer(given), given, date.min, _TIMELESS)
        if fact.is_unknown:
            found[rule.fact] = fact
            blanks[rule.fact] = tuple(reads.values()), fact
    return blanks
