"""The chart of one order: its own answers over what the record says, and everything computed from both."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from service.clinical.chart import Chart
from service.clinical.derive import derive
from service.clinical.derived.auxiliary import freshness_class
from service.clinical.freshness import Window
from service.clinical.values import Fact, Origin, known, unknown
from service.codes.site import Site
from service.fhir.context import Context
from service.fhir.diagnosis import TUMOUR
from service.fhir.found import IN_THE_FUTURE
from service.fhir.moments import whole_day
from service.fhir.order import Order
from service.fhir.order_answers import order_answers
from service.fhir.order_drugs import drug_readings
from service.fhir.order_reason import aim
from service.fhir.record import Record
from service.fhir.tally import Tally
from service.fhir.transaminases import ALT, LARGER, larger_transaminase
from service.fhir.tumour import confirmed

ACTIVE = "still active"
_DEVICES = {"y90-glass": "glass", "y90-resin": "resin"}


def chart_for(
    record: Record, order: Order, therapy: str, *, today: date, windows: Mapping[str, Window], site: Site
) -> Chart:
    """Merge order, answers, own codes and standard resources, and compute what follows from them.

    `windows` holds every freshness class. `therapy` is one of the order's candidates.
    """
    context = record.context.anew(site, today)
    answers = _answers(order, record, context)
    ongoing = {*record.ongoing}
    settings = _settings(site)
    facts = {**record.facts, **settings, **_of_codes(order, therapy)}
    for name in answers.names - settings.keys():
        fact, lasts = record.tally.settle(name, answers)
        facts[name] = unknown(name) if fact is None else fact
        ongoing = ongoing | {name} if lasts else ongoing - {name}
    facts |= _aim(order, record, context, facts)
    larger = larger_transaminase(facts, today, windows) if LARGER not in facts else None
    facts |= {} if larger is None else {LARGER: larger}
    facts.pop(ALT, None)
    for name in record.tally.ahead - facts.keys():
        facts[name] = unknown(name, IN_THE_FUTURE)
    lasting = {name: _still(fact, today, windows) if name in ongoing else fact for name, fact in facts.items()}
    return Chart(
        facts=derive(lasting, today, windows),
        unreadable=tuple(dict.fromkeys((*record.unreadable, *context.unreadable))),
        incomplete=record.incomplete,
        alerts=record.alerts,
        notes=tuple(dict.fromkeys((*record.notes, *context.notes))),
    )


def _answers(order: Order, record: Record, context: Context) -> Tally:
    at = whole_day(context.today, context.site.time_zone)
    tally = Tally()
    order_answers(order, at, record, context, tally)
    tally.add(drug_readings(order, at, context))
    return tally


def _aim(order: Order, record: Record, context: Context, facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The tumour of the order's reason; an answer to our own question goes before the only one on record."""
    aimed = aim(order, record, context)
    found = {}
    given = facts.get(TUMOUR)
    if given is None or given.is_unknown or (aimed.by_reason and not aimed.tumour.is_unknown):
        found[TUMOUR] = aimed.tumour
    if "diagnosis_confirmed" not in facts:
        found["diagnosis_confirmed"] = confirmed(aimed.diagnoses)
    return found


def _settings(site: Site) -> dict[str, Fact]:
    return {name: known(name, value, origin=Origin.SETTING) for name, value in site.settings.items()}


def _of_codes(order: Order, therapy: str) -> dict[str, Fact]:
    """What the order's codes say. An order whose codes do not agree on the phase leaves it open."""
    values = {"ordered_therapy": therapy, "order_phase": order.phase, "y90_device": _DEVICES.get(therapy, "")}
    return {name: known(name, value, source="order") for name, value in values.items() if value}


def _still(fact: Fact, today: date, windows: Mapping[str, Window]) -> Fact:
    """A fact that still holds is as of today where its day of record would make it stale; that day stays visible."""
    judge = windows[freshness_class(fact.name)].judge
    if fact.on is None or judge is None or (today - fact.on).days <= judge:
        return fact
    return fact._replace(on=today, marks=(*fact.marks, f"{ACTIVE}, recorded {fact.on.isoformat()}"))
