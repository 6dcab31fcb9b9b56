"""Tests one therapy on one chart under one threshold set. Reads no clock, no file and no FHIR."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec.structs import replace

from service.clinical.chart import Chart
from service.clinical.compare import Op, holds
from service.rules.checklist import Section, sections
from service.rules.decision import Decision, Finding, Status
from service.rules.findings import finding
from service.rules.judging import Bench
from service.rules.model import Note, Therapy
from service.rules.status import share
from service.rules.wording import fact_text
from service.thresholds.sets import ThresholdSet


def evaluate(therapy: Therapy, chart: Chart, thresholds: ThresholdSet, now: date, *, order: str = "") -> Decision:
    """The decision on `order` ("ServiceRequest/1"). `chart.facts` holds computed facts too; `now` is the day."""
    bench = Bench(chart, now)
    included = [each for each in sections(therapy, thresholds) if bench.applicability(each.conditions).applies is True]
    status, findings = _decided(list(_findings(included, bench)))
    alerts = _other_tumour(therapy, chart)
    if alerts:
        status = min(status, Status.REVIEW)
    return Decision(
        order=order,
        therapy=therapy.id,
        title=therapy.title,
        short=therapy.short,
        status=status,
        findings=findings,
        facts=chart.facts,
        threshold_set=thresholds.id,
        knowledge=therapy.knowledge,
        as_of=now,
        notes=tuple(_notes(included, bench)),
        alerts=(*chart.alerts, *alerts),
        unreadable=chart.unreadable,
        incomplete=chart.incomplete,
    )


def _other_tumour(therapy: Therapy, chart: Chart) -> tuple[str, ...]:
    """Criteria say nothing of a tumour that they were not written for: none unmet would be no comfort."""
    tumour = chart.fact("target_tumour")
    if holds(tumour, Op.ONE_OF, therapy.tumours) is not False:
        return ()
    return (f"The criteria for {therapy.short} are not written for this tumour ({fact_text(tumour)}).",)


def _decided(findings: list[Finding]) -> tuple[Status, tuple[Finding, ...]]:
    """The worst of the findings' shares is the status, and those that give it decide."""
    shares = [share(each) for each in findings]
    status = min(shares, default=Status.NONE_FOUND)
    if status is Status.NONE_FOUND:
        return status, tuple(findings)
    marked = (
        replace(each, decides=True) if part is status else each for each, part in zip(findings, shares, strict=True)
    )
    return status, tuple(marked)


def _findings(included: list[Section], bench: Bench) -> Iterator[Finding]:
    rows = [(row, bench.applicability(row.conditions)) for section in included for row in section.rows]
    replaced = {name for row, applies in rows if applies.applies is True for name in row.criterion.replaces}
    for row, applies in rows:
        if applies.applies is not False and row.criterion.id not in replaced:
            yield finding(row, applies, bench.settled(row))


def _notes(included: list[Section], bench: Bench) -> Iterator[Note]:
    """Notes that are not surely out of place."""
    for section in included:
        for note, conditions in section.notes:
            if bench.applicability(conditions).applies is not False:
                yield note
