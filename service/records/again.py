"""Computes a recorded decision again and says whether the same comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from service.clinical.chart import Chart
from service.records.facts import read_facts
from service.rules.decision import Decision
from service.rules.engine import evaluate
from service.rules.model import Knowledge, ThresholdValue
from service.thresholds.sets import ThresholdSet


@dataclass(frozen=True, slots=True)
class Again:
    """`same`: None if it could not be computed again, and then `why` says so; else `why` lists what differs."""

    same: bool | None
    why: str = ""


class NotAgainError(Exception):
    """The decision cannot be computed again; says why. `is_wrong`: because its record contradicts itself."""

    def __init__(self, why: str, *, is_wrong: bool = False) -> None:
        super().__init__(why)
        self.is_wrong = is_wrong


def decide_again(row: Mapping[str, str], content: Mapping[str, Any] | None, knowledge: Knowledge) -> Decision:
    """The decision of a record, from its facts. `row` as records.given wrote it; `content`: the values of its
    threshold set. Raises NotAgainError."""
    if not row["therapy"]:
        raise NotAgainError(f"a notice, nothing was judged: {row['status']}")
    if row["knowledge"] != knowledge.version:
        versions = f"{row['knowledge'][:8]}, this is {knowledge.version[:8]}"
        raise NotAgainError(f"it was given by another version of the knowledge: {versions}")
    if content is None:
        raise NotAgainError("its threshold set was not recorded")
    thresholds = ThresholdSet.of({name: _value(value) for name, value in content.items()})
    if thresholds.id != row["threshold_set"]:
        raise NotAgainError("the recorded threshold set is not the one it names", is_wrong=True)
    therapy = knowledge.therapies[row["therapy"]]
    return evaluate(therapy, Chart(read_facts(row["facts"])), thresholds, date.fromisoformat(row["as_of"]))


def again(row: Mapping[str, str], content: Mapping[str, Any] | None, knowledge: Knowledge) -> Again:
    """Whether what is on record comes out again."""
    try:
        made = decide_again(row, content, knowledge)
    except NotAgainError as error:
        return Again(False if error.is_wrong else None, str(error))
    differing = [] if made.status.word == row["status"] else [f"status {made.status.word}"]
    before = [tuple(pair) for pair in msgspec.json.decode(row["outcomes"])]
    now = [(each.criterion, each.outcome.value) for each in made.findings]
    differing += [f"{name}: {outcome}" for name, outcome in now if (name, outcome) not in before]
    differing += [f"{name}: no longer {outcome}" for name, outcome in before if (name, outcome) not in now]
    return Again(not differing, "; ".join(differing))


def _value(value: Any) -> ThresholdValue:
    return Decimal(value["number"]) if isinstance(value, dict) else str(value)
