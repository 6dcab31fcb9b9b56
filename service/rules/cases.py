"""Runs clinician-readable cases: facts in, status and reasons out, compared with what the documents say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from service.clinical.chart import Chart
from service.clinical.derive import derive
from service.clinical.values import Fact, Origin, known
from service.rules.case_facts import fact_failures
from service.rules.case_files import Case, read_cases
from service.rules.decision import Decision, Finding
from service.rules.engine import evaluate
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet, defaults

Suggest = Callable[[Decision], Sequence[str]]
"""The texts of the suggestions that go with a decision, in order."""

MOST_SHOWN = 8

SITE_DEFAULTS: Mapping[str, str | bool] = {"label_region": "us", "cld_bleeding_limits_enabled": False}
"""Settings of a site that changed none, as facts.csv states them; they are no facts of a patient."""


@dataclass(frozen=True, slots=True)
class CaseResult:
    case: Case
    decision: Decision
    failures: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.failures

    def __str__(self) -> str:
        return f"{self.case.place}: {self.case.name}: {'; '.join(self.failures) or 'holds'}"


def run_cases(
    folder: Path, knowledge: Knowledge, *, thresholds: ThresholdSet | None = None, suggest: Suggest | None = None
) -> list[CaseResult]:
    """The result of every case in `folder`; raises KnowledgeError when a case file cannot be read."""
    in_force = defaults(knowledge) if thresholds is None else thresholds
    cases = read_cases(folder, tuple(knowledge.therapies))
    return [run_case(case, knowledge, in_force, suggest) for case in cases]


def run_case(case: Case, knowledge: Knowledge, thresholds: ThresholdSet, suggest: Suggest | None = None) -> CaseResult:
    decision = decide(case, knowledge, thresholds)
    return CaseResult(case, decision, tuple(_failures(case, decision, suggest)))


def decide(case: Case, knowledge: Knowledge, thresholds: ThresholdSet) -> Decision:
    facts = derive({**_order_facts(case), **case.facts}, case.on, knowledge.windows)
    return evaluate(knowledge.therapies[case.therapy], Chart(facts), thresholds, case.on, order=case.order)


def _order_facts(case: Case) -> dict[str, Fact]:
    settings = {name: known(name, value, origin=Origin.SETTING) for name, value in SITE_DEFAULTS.items()}
    order = {"ordered_therapy": case.therapy, "order_phase": case.phase}
    return settings | {name: known(name, value, on=case.on) for name, value in order.items()}


def report(results: Iterable[CaseResult]) -> Iterator[str]:
    """The failing cases and, last, "N of M cases hold"."""
    held = total = 0
    for result in results:
        total += 1
        held += result.holds
        if not result.holds:
            yield str(result)
    yield f"{held} of {total} cases hold"


def _failures(case: Case, decision: Decision, suggest: Suggest | None) -> Iterator[str]:
    expected = case.expected
    if decision.status.word not in expected.statuses:
        yield f"expected {' or '.join(expected.statuses)}, got {decision.status.word} ({_deciders(decision)})"
    deciding = [_searchable(finding) for finding in decision.findings if finding.decides]
    for word in expected.because:
        if not any(word.lower() in text for text in deciding):
            yield f'no deciding finding says "{word}" ({_deciders(decision)})'
    yield from fact_failures(expected.facts or {}, decision.facts)
    if expected.alternatives or expected.without:
        yield from _suggestion_failures(case, decision, suggest)


def _searchable(finding: Finding) -> str:
    return " ".join((*finding.fact_names, finding.criterion, finding.say, finding.ask)).lower()


def _deciders(decision: Decision) -> str:
    names = [finding.criterion for finding in decision.findings if finding.decides]
    rest = len(names) - MOST_SHOWN
    return ", ".join(names[:MOST_SHOWN]) + (f" and {rest} more" if rest > 0 else "") or "nothing decides"


def _suggestion_failures(case: Case, decision: Decision, suggest: Suggest | None) -> Iterator[str]:
    if suggest is None:
        yield "suggestions cannot be judged here"
        return
    texts = [text.lower() for text in suggest(decision)]
    position = 0
    for word in case.expected.alternatives:
        at = next((index for index in range(position, len(texts)) if word.lower() in texts[index]), None)
        if at is None:
            yield f'"{word}" is not among the suggestions, or not in this order: {texts}'
        else:
            position = at
    yield from (f'"{word}" is suggested' for word in case.expected.without if any(word.lower() in t for t in texts))
