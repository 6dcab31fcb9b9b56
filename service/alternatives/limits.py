"""What rules a therapy out: its absolute criteria, judged on a chart. Knows no rules and writes no words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from service.alternatives.settling import Settler
from service.clinical.chart import Chart
from service.clinical.compare import Op
from service.clinical.values import Fact
from service.rules.decision import Finding, Outcome
from service.rules.engine import evaluate
from service.rules.model import Comparison, Criterion, Inclusion, Kind, Missing, Therapy, When
from service.thresholds.sets import ThresholdSet

TUMOUR = "target_tumour"
_URGENCY = tuple(Missing)


@dataclass(frozen=True, slots=True)
class Ruling:
    """`out`: an absolute criterion is surely not met, or the therapy is not for this tumour. `needs`: facts without
    which that cannot be told, those that matter most first."""

    out: bool
    needs: tuple[str, ...] = ()


def only_limits(therapy: Therapy) -> Therapy:
    """The therapy with those criteria alone that can be absolute, or replace one that is."""
    inclusions = tuple(_only_limits(each) for each in therapy.inclusions)
    return replace(therapy, inclusions=inclusions, knowledge=f"{therapy.knowledge}, limits only")


def _only_limits(inclusion: Inclusion) -> Inclusion:
    rows = tuple(row for row in inclusion.criteria if _may_be_absolute(row) or row.replaces)
    return replace(inclusion, criteria=rows, notes=())


def _may_be_absolute(row: Criterion) -> bool:
    return row.kind is Kind.ABSOLUTE or row.kind_threshold is not None


def ruling(limits: Therapy, facts: Mapping[str, Fact], thresholds: ThresholdSet, now: date) -> Ruling:
    """`limits`: a therapy reduced by `only_limits`; `facts` as they would be for an order of it."""
    settler = Settler(facts, limits.windows, thresholds, now)
    for_tumour = settler.settled((Comparison(TUMOUR, Op.ONE_OF, limits.tumours),))
    decision = evaluate(limits, Chart(facts), thresholds, now)
    findings = [each for each in decision.findings if each.kind is Kind.ABSOLUTE]
    if for_tumour.applies is False or any(each.outcome is Outcome.NOT_MET for each in findings):
        return Ruling(out=True)
    waiting = sorted((each for each in findings if each.outcome is Outcome.UNKNOWN), key=_urgency)
    waits_for = (name for finding in waiting for name in _waits_for(finding, limits, settler))
    return Ruling(out=False, needs=tuple(dict.fromkeys((*for_tumour.open, *waits_for, *_silent(limits, settler)))))


def _urgency(finding: Finding) -> tuple[bool, bool, int]:
    """What surely applies and blocks comes first."""
    return (finding.when is When.PROCEDURE, bool(finding.applies_if), _URGENCY.index(finding.missing))


def _waits_for(finding: Finding, limits: Therapy, settler: Settler) -> list[str]:
    """The fact that is unknown, or the conditions that are open where the fact itself is known."""
    if not finding.applies_if or finding.fact.is_unknown:
        return [finding.fact.name]
    rows = (row for each in limits.inclusions for row in each.criteria if row.id == finding.criterion)
    return [name for row in rows for name in settler.settled(row.only_if).open]


def _silent(limits: Therapy, settler: Settler) -> Iterator[str]:
    """Conditions of modules that stay silent because they cannot be settled, though they could rule the therapy out."""
    for inclusion in limits.inclusions:
        if any(_may_be_absolute(row) for row in inclusion.criteria):
            yield from settler.settled(inclusion.conditions).open
