"""Which thresholds lack a case at, just beyond, or with the fact missing. Judges no case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from service.clinical.compare import Op
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact
from service.rules.cases import CaseResult
from service.rules.model import Comparison, Knowledge, Therapy

AT, BEYOND, MISSING = "at", "just beyond", "with the fact missing"
_SIDES = (AT, BEYOND, MISSING)
_FALLS_ABOVE = frozenset({Op.AT_MOST, Op.ABOVE})
"""Operators whose answer changes when the value rises past the limit; the others change when it falls below."""


def uncovered(knowledge: Knowledge, results: Iterable[CaseResult]) -> dict[str, tuple[str, ...]]:
    """Threshold id -> the sides that no case of a therapy using it looks at. Choices have no sides."""
    uses = {name: set(_uses(therapy)) for name, therapy in knowledge.therapies.items()}
    lacking = {each: set(_SIDES) for pairs in uses.values() for each, _ in pairs}
    for result in results:
        for name, test in uses[result.case.therapy]:
            limit = knowledge.thresholds[name].default
            if isinstance(limit, Decimal):
                lacking[name].discard(side(result.decision.facts.get(test.fact), test, limit))
    return {name: tuple(each for each in _SIDES if each in sides) for name, sides in lacking.items() if sides}


def _uses(therapy: Therapy) -> Iterator[tuple[str, Comparison]]:
    for inclusion in therapy.inclusions:
        for criterion in inclusion.criteria:
            for test in (*criterion.tests, *criterion.only_if):
                if test.threshold is not None and FACTS[test.fact].is_number:
                    yield test.threshold, test


def side(fact: Fact | None, test: Comparison, limit: Decimal) -> str:
    """Where a fact lies as seen from a limit; empty for anywhere else."""
    if fact is None or fact.is_unknown:
        return MISSING
    if not isinstance(fact.value, Decimal) or not fact.value.is_finite():
        return ""
    if fact.value == limit:
        return AT
    past = fact.value - limit if test.op in _FALLS_ABOVE else limit - fact.value
    return BEYOND if 0 < past <= _near(test, limit) else ""


def _near(test: Comparison, limit: Decimal) -> Decimal:
    """A tenth of the limit; at least one for whole numbers."""
    tenth = abs(limit) / 10
    return max(tenth, Decimal(1)) if FACTS[test.fact].type in {"integer", "date_age"} else tenth
