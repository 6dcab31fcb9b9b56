"""One therapy on a ready chart, and all knowledge from its files: how long each takes, over a cohort's charts.

Run with `make bench`. Absolute figures of this machine; the targets are a median below 0.5 ms and loading below 1 s.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import partial
from statistics import median
from time import perf_counter

from rich.console import Console
from rich.table import Table

from cds_hooks.json import encode
from service.cli.request_file import Setup
from service.clinical.chart import Chart
from service.cohort.generate.patient import Patient
from service.cohort.generate.writing import Cohort
from service.fhir.chart import chart_for
from service.fhir.record import read_record
from service.order_check import OrderCheck
from service.rules.engine import evaluate
from service.rules.loader import load_from, packaged_folder

PATIENTS, SEED = 300, 1
ROUNDS = 5
TARGET_MS, TARGET_LOAD_S = 0.5, 1.0


def main() -> None:
    first, again = _loading(), min(_loading() for _ in range(3))
    check, today = Setup().check(), datetime.now(UTC).date()
    table = Table("therapy", "charts", "criteria judged", "median ms", "slowest chart ms")
    rows = [_row(therapy, charts, check, today) for therapy, charts in _charts(check, today).items()]
    for therapy, count, criteria, middle, slowest in sorted(rows, key=lambda row: -row[3]):
        table.add_row(therapy, str(count), str(criteria), f"{middle:.3f}", f"{slowest:.3f}")
    Console().print(table)
    worst = max(row[3] for row in rows)
    print(f"evaluate: median over therapies {median(row[3] for row in rows):.3f} ms, worst {worst:.3f} ms", end=" ")
    print(f"(target {TARGET_MS} ms: {_kept(worst < TARGET_MS)})")
    print(f"load all knowledge: {first:.2f} s the first time, {again:.2f} s again", end=" ")
    print(f"(target {TARGET_LOAD_S:.0f} s: {_kept(first < TARGET_LOAD_S)})")


def _charts(check: OrderCheck, today: date) -> dict[str, list[Chart]]:
    """Therapy to the charts of the patients for whom it may have been ordered."""
    found: dict[str, list[Chart]] = {therapy: [] for therapy in check.knowledge.therapies}
    for patient in Cohort(PATIENTS, SEED, today):
        for therapy, chart in _of(patient, check, today):
            found[therapy].append(chart)
    return found


def _of(patient: Patient, check: OrderCheck, today: date) -> Iterable[tuple[str, Chart]]:
    record = read_record(
        [(str(n), encode(each)) for n, each in enumerate(patient.resources)],
        patient_id=patient.ident, today=today, site=check.site,
    )  # fmt: skip
    drafts = encode({"resourceType": "Bundle", "entry": [{"resource": order} for order in patient.orders]})
    for order in check.orders(drafts, None):
        for therapy in order.therapies:
            yield therapy, chart_for(record, order, therapy, today=today, windows=check.windows, site=check.site)


def _row(therapy: str, charts: Sequence[Chart], check: OrderCheck, today: date) -> tuple[str, int, int, float, float]:
    """Milliseconds: of each chart its best of several rounds, so that a slow moment of the machine does not count."""
    judge = check.knowledge.therapies[therapy]
    calls = [partial(evaluate, judge, chart, check.thresholds, today, order="") for chart in charts]
    times = [min(_seconds(call) for _ in range(ROUNDS)) for call in calls]
    criteria = int(median(len(call().findings) for call in calls))
    return therapy, len(charts), criteria, 1000 * median(times), 1000 * max(times)


def _loading() -> float:
    return _seconds(lambda: load_from(packaged_folder()))


def _seconds(call: Callable[[], object]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started


def _kept(kept: bool) -> str:
    return "kept" if kept else "MISSED"


if __name__ == "__main__":
    main()
