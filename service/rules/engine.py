"""Tests one therapy on one chart under one threshold set. Reads no clock, no file and no FHIR."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from service.clinical.chart import Chart
from service.rules.decision import Decision, Finding, Status
from service.rules.findings import finding
from service.rules.judging import FIRM, Applicability, Bench, applicability
from service.rules.model import Criterion, Inclusion, Note, Therapy
from service.rules.status import share, worst
from service.thresholds.sets import ThresholdSet


def evaluate(therapy: Therapy, chart: Chart, thresholds: ThresholdSet, now: date, *, order: str = "") -> Decision:
    """The decision on `order` ("ServiceRequest/1"). `chart.facts` holds computed facts too; `now` is the day."""
    bench = Bench(therapy, chart, thresholds, now)
    inclusions = [each for each in therapy.inclusions if applicability(each.conditions, bench).applies is True]
    findings = list(_findings(inclusions, bench))
    status = worst(findings)
    return Decision(
        order=order,
        therapy=therapy.id,
        title=therapy.title,
        short=therapy.short,
        status=status,
        findings=tuple(replace(each, decides=_decides(each, status)) for each in findings),
        facts=chart.facts,
        threshold_set=thresholds.id,
        knowledge=therapy.knowledge,
        as_of=now,
        notes=tuple(_notes(inclusions, bench)),
        unreadable=chart.unreadable,
        incomplete=chart.incomplete,
    )


def _decides(finding: Finding, status: Status) -> bool:
    return status is not Status.NONE_FOUND and share(finding) is status


def _findings(inclusions: list[Inclusion], bench: Bench) -> Iterator[Finding]:
    rows = [(row, _applicability(row, bench)) for inclusion in inclusions for row in inclusion.criteria]
    replaced = {name for row, applies in rows if applies.applies is True for name in row.replaces}
    for row, applies in rows:
        if applies.applies is not False and row.id not in replaced:
            yield finding(row, applies, bench)


def _applicability(criterion: Criterion, bench: Bench) -> Applicability:
    """A preliminary result may not take a firm row away any more than it may settle it."""
    return applicability(criterion.only_if, bench, firm=bench.kind(criterion) in FIRM)


def _notes(inclusions: list[Inclusion], bench: Bench) -> Iterator[Note]:
    """Notes that are not surely out of place."""
    for inclusion in inclusions:
        for note in inclusion.notes:
            if applicability(note.only_if, bench).applies is not False:
                yield note
