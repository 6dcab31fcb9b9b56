"""What is computed of a patient of whom nothing is recorded: the same for everyone, so it is computed once."""

from __future__ import annotations

from collections.abc import Iterable
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
