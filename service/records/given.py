"""From a card as it left to the rows that are kept of it: everything needed to compute its decisions again, no name."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import msgspec

from service.records.facts import facts_json
from service.records.keyed import Keyed
from service.records.tables import moment, searchable
from service.rules.decision import Decision
from service.rules.model import Comparison, Knowledge, Therapy
from service.thresholds.sets import ThresholdSet

Row = dict[str, str]
_encode = msgspec.json.Encoder(order="sorted", decimal_format="string").encode


@dataclass(frozen=True, slots=True)
class Given:
    """One card. Identifiers are still plain here, as no time may be lost while somebody waits; none is written so.

    decisions  those it was written from; none for a notice, and then `reason` says why nothing was checked
    """

    card: str
    client: str
    hook_instance: str
    patient: str
    order: str
    indicator: str
    decisions: tuple[Decision, ...]
    reason: str
    thresholds: ThresholdSet
    knowledge: Knowledge
    at: datetime


def decision_rows(given: Given, key: bytes) -> Iterator[Row]:
    """A row for each decision, or one for the notice."""
    keyed = Keyed(key, given.client)
    for decision in given.decisions:
        facts = facts_json(decision.facts, needed(given.knowledge.therapies[decision.therapy]), keyed.references)
        outcomes = [[each.criterion, each.outcome.value] for each in decision.findings]
        yield _row(
            given, keyed,
            therapy=decision.therapy, status=decision.status.word, as_of=decision.as_of.isoformat(),
            facts=facts, outcomes=_encode(outcomes).decode(),
        )  # fmt: skip
    if not given.decisions:
        day = given.at.date().isoformat()
        yield _row(given, keyed, therapy="", status=given.reason, as_of=day, facts="{}", outcomes="[]")


def set_row(thresholds: ThresholdSet) -> Row:
    return {"digest": thresholds.id, "content": _encode({k: _typed(v) for k, v in thresholds.values.items()}).decode()}


def _typed(value: object) -> object:
    return value if isinstance(value, str) else {"number": str(value)}


def _row(given: Given, keyed: Keyed, **judged: str) -> Row:
    row = {
        "card": searchable(given.card),
        "client": searchable(given.client),
        "hook_instance": keyed.word("hook", given.hook_instance),
        "patient": keyed.word("patient", given.patient),
        "order_reference": keyed.word("order", given.order),
        "indicator": given.indicator,
        "threshold_set": given.thresholds.id,
        "knowledge": given.knowledge.version,
        **judged,
    }
    return {"digest": hashlib.sha256(_encode(row)).hexdigest(), **row, "created_at": moment(given.at)}


@lru_cache(maxsize=256)
def needed(therapy: Therapy) -> Collection[str]:
    """Names of the facts that any row, condition or note of the therapy looks at."""
    return frozenset(test.fact for test in _comparisons(therapy))


def _comparisons(therapy: Therapy) -> Iterator[Comparison]:
    for included in therapy.inclusions:
        yield from included.conditions
        for criterion in included.criteria:
            yield from (*criterion.tests, *criterion.only_if)
        for note in included.notes:
            yield from note.only_if
