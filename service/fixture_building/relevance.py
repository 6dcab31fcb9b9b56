"""Which facts a therapy's criteria ask for, directly or as inputs of computed facts."""

from __future__ import annotations

from collections.abc import Iterable

from service.clinical.derived.rules import RULES
from service.rules.model import Comparison, Therapy

_READS = {rule.fact: rule.reads for rule in RULES}


def asked_facts(therapy: Therapy) -> frozenset[str]:
    found: set[str] = set()
    waiting = [comparison.fact for comparison in _compared(therapy)]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += _READS.get(name, ())
    return frozenset(found)


def _compared(therapy: Therapy) -> Iterable[Comparison]:
    for inclusion in therapy.inclusions:
        yield from inclusion.conditions
        for criterion in inclusion.criteria:
            yield from (*criterion.tests, *criterion.only_if)
