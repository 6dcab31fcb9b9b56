"""Which cases hold a therapy and its thresholds. Reads case files; runs none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from service.rules.case_files import Case, read_cases
from service.rules.coverage import side
from service.rules.model import Comparison, Knowledge, Therapy

SIDES = ("at", "just beyond")


@dataclass(frozen=True, slots=True)
class CasesHeld:
    """`of` therapy id -> its cases; `at_limits` (therapy id, threshold id) -> side and title of the cases that name a
    value at or just beyond the default."""

    of: Mapping[str, Sequence[Case]] = field(default_factory=dict)
    at_limits: Mapping[tuple[str, str], Sequence[tuple[str, str]]] = field(default_factory=dict)

    def number(self, threshold: str) -> int:
        """How many cases, of whatever therapy, name a value at or just beyond this threshold."""
        return sum(len(found) for (_, name), found in self.at_limits.items() if name == threshold)


def cases_held(knowledge: Knowledge, folder: Path | None) -> CasesHeld:
    """None of any where there is no folder; raises KnowledgeError when a case file cannot be read."""
    of: dict[str, list[Case]] = {}
    at_limits: dict[tuple[str, str], list[tuple[str, str]]] = {}
    compared = {name: tuple(_compared(therapy)) for name, therapy in knowledge.therapies.items()}
    for case in read_cases(folder, tuple(knowledge.therapies)) if folder else []:
        of.setdefault(case.therapy, []).append(case)
        for threshold, where in _limits(case, compared[case.therapy]):
            at_limits.setdefault((case.therapy, threshold), []).append((where, case.name))
    return CasesHeld(of, at_limits)


def _compared(therapy: Therapy) -> Iterator[tuple[str, Comparison, Decimal]]:
    for criterion in (each for inclusion in therapy.inclusions for each in inclusion.criteria):
        for test in (*criterion.tests, *criterion.only_if):
            limit = therapy.thresholds[test.threshold].default if test.threshold else None
            if test.threshold and isinstance(limit, Decimal):
                yield test.threshold, test, limit


def _limits(case: Case, compared: Sequence[tuple[str, Comparison, Decimal]]) -> dict[tuple[str, str], None]:
    """(threshold, side) pairs in order. Only facts that the case names itself: its base is a patient, not a limit."""
    found = {
        (threshold, side(case.facts[test.fact], test, limit)): None
        for threshold, test, limit in compared
        if test.fact in case.named
    }
    return {pair: None for pair in found if pair[1] in SIDES}
