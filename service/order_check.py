"""One hook call, from orders to decisions: which therapies they mean, what the record says, what the criteria find.

Knows no HTTP and writes no card; the same way serves the hooks, `explain`, replay and simulation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from msgspec import Raw

from cds_hooks.prefetch import Prefetched, State
from service.alternatives.engine import with_alternatives
from service.alternatives.loader import load as load_alternatives
from service.alternatives.model import Rulebook
from service.clinical.freshness import Window
from service.codes.site import Site
from service.fhir.chart import chart_for
from service.fhir.orders import Order, read_orders
from service.fhir.record import Record, read_record
from service.rules.decision import Decision
from service.rules.engine import evaluate
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet


@dataclass(frozen=True, slots=True)
class OrderResult:
    """One order of the call. `decisions`: one per therapy that it may mean; empty when nothing was judged, and then
    `reason` says why: not_liver_directed | not_mapped | patient_mismatch."""

    order: Order
    decisions: tuple[Decision, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PatientData:
    """What came with the call, opened: (place, raw resource) pairs, and what could not be had, in words."""

    resources: Sequence[tuple[str, Raw | bytes]]
    problems: tuple[str, ...] = ()
    arrived: bool = True
    """whether any declared key came at all, sent or fetched"""


def patient_data(prefetched: Mapping[str, Prefetched]) -> PatientData:
    """What the declared prefetch keys brought."""
    resources = [(f"{key}[{n}]", raw) for key, value in prefetched.items() for n, raw in enumerate(value)]
    problems = tuple(f"{key}: {value.trouble}" for key, value in prefetched.items() if value.trouble)
    arrived = any(value.state is not State.ABSENT for value in prefetched.values())
    return PatientData(resources, problems, arrived)


@dataclass(frozen=True, slots=True)
class OrderCheck:
    """The knowledge and thresholds in force, ready to judge calls."""

    knowledge: Knowledge
    thresholds: ThresholdSet
    site: Site = field(default_factory=Site)
    rulebook: Rulebook = field(init=False)

    def __post_init__(self) -> None:
        """Raises KnowledgeError when the rules for alternatives do not fit the knowledge."""
        object.__setattr__(self, "rulebook", load_alternatives(self.knowledge))

    @property
    def windows(self) -> Mapping[str, Window]:
        return self.knowledge.windows

    def orders(self, draft_orders: Raw | bytes, selections: Iterable[str] | None) -> list[Order]:
        """The orders to judge: the selected ones, or all (None)."""
        chosen = None if selections is None else list(selections)
        return read_orders(Raw(draft_orders), chosen, self.site)

    def judge(self, orders: Sequence[Order], patient: PatientData, patient_id: str, today: date) -> list[OrderResult]:
        """A result for every order, in order. The record is read once, and only if an order maps to a therapy."""
        if not any(order.therapies for order in orders):
            return [_unjudged(order) for order in orders]
        record = read_record(
            patient.resources, patient_id=patient_id, today=today, site=self.site, problems=patient.problems
        )
        return [self._judge_order(order, record, today) if order.therapies else _unjudged(order) for order in orders]

    def _judge_order(self, order: Order, record: Record, today: date) -> OrderResult:
        if record.foreign or record.is_another_patients(order.item):
            return OrderResult(order, reason="patient_mismatch")
        decisions = (self._decide(order, record, therapy, today) for therapy in order.therapies)
        return OrderResult(order, with_alternatives(decisions, self.rulebook, self.thresholds))

    def _decide(self, order: Order, record: Record, therapy: str, today: date) -> Decision:
        chart = chart_for(record, order, therapy, today=today, windows=self.windows, site=self.site)
        return evaluate(self.knowledge.therapies[therapy], chart, self.thresholds, today, order=order.reference)


def _unjudged(order: Order) -> OrderResult:
    return OrderResult(order, reason="not_mapped" if order.looks_liver_directed else "not_liver_directed")
