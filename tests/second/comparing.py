"""Draws charts, lets both judge them in batches, and counts what was compared. Knows no criterion."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.second import service_side, sql
from tests.second.agreement import differences
from tests.second.drawing import Drawn
from tests.second.patients import chart

BATCH = 2_500


@dataclass
class Comparison:
    """`outcomes` counts findings by therapy, criterion and outcome, as the SQL gives them."""

    charts: int = 0
    findings: int = 0
    scores: int = 0
    statuses: int = 0
    outcomes: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)


def compared(charts: int, seed: int) -> Iterator[Comparison]:
    """The same comparison, grown, after every batch."""
    random = Random(seed)
    so_far = Comparison()
    while so_far.charts < charts:
        first = so_far.charts
        last = min(charts, first + BATCH)
        _compare([(number, chart(random)) for number in range(first, last)], so_far)
        yield so_far


def _compare(batch: list[tuple[int, list[Drawn]]], so_far: Comparison) -> None:
    with tempfile.TemporaryDirectory() as folder:
        second = sql.answers(batch, Path(folder))
    rows = frozenset((therapy, criterion) for _, therapy, criterion in second["findings"])
    so_far.differences += differences(second, service_side.answers(batch, rows))
    so_far.charts += len(batch)
    so_far.findings += len(second["findings"])
    so_far.statuses += len(second["statuses"])
    so_far.scores += len(second["scores"]) * len(service_side.SCORES)
    so_far.outcomes.update(
        (therapy, criterion, found[1]) for (_, therapy, criterion), found in second["findings"].items()
    )
