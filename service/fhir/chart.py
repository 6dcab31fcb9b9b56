"""The chart of one order: its own answers over what the record says, and everything computed from both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from service.clinical.chart import Chart
from service.clinical.derive import derive
from service.clinical.derived.auxiliary import freshness_class
from service.clinical.freshness import Window
from service.clinical.values import Fact, Origin, known
from service.codes.site import Site
from service.fhir.orders import Order
from service.fhir.record import Record

ACTIVE = "still active"


def chart_for(
    record: Record, order: Order, therapy: str, *, today: date, windows: Mapping[str, Window], site: Site
) -> Chart:
    """Merge order, answers, own codes and standard resources, and compute what follows from them."""
    read = {**_settings(site), **record.facts, **_of_order(order, therapy)}
    lasting = {name: _still(fact, today, windows) if name in record.ongoing else fact for name, fact in read.items()}
    return Chart(
        facts=derive(lasting, today, windows),
        unreadable=record.unreadable,
        incomplete=record.incomplete,
        notes=record.notes,
    )


def _settings(site: Site) -> dict[str, Fact]:
    return {name: known(name, value, origin=Origin.SETTING) for name, value in site.settings.items()}


def _of_order(order: Order, therapy: str) -> dict[str, Fact]:
    facts = {"ordered_therapy": known("ordered_therapy", therapy, source="order", origin=Origin.READ)}
    if order.phase:
        facts["order_phase"] = known("order_phase", order.phase, source="order", origin=Origin.READ)
    return facts


def _still(fact: Fact, today: date, windows: Mapping[str, Window]) -> Fact:
    """A fact that still holds is as of today where its day of record would make it stale; that day stays visible."""
    judge = windows[freshness_class(fact.name)].judge
    if fact.on is None or judge is None or (today - fact.on).days <= judge:
        return fact
    return replace(fact, on=today, marks=(*fact.marks, f"{ACTIVE}, recorded {fact.on.isoformat()}"))
