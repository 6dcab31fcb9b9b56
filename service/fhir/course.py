"""One drug as it is or was taken: what that says, and until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from service.codes import tables
from service.fhir import found as say
from service.fhir import lookup
from service.fhir.ages import days_since
from service.fhir.content import content_of, parts_of
from service.fhir.context import Context
from service.fhir.dates import moment
from service.fhir.drugs import BY_NAME, Named
from service.fhir.found import Found, fact_of
from service.fhir.moments import Moment, until
from service.fhir.reading import Reading
from service.fhir.scan import Item

TAKEN = {
    "MedicationRequest": {"active"},
    "MedicationStatement": {"active"},
    "MedicationAdministration": {"in-progress"},
}
PAST = {
    "MedicationRequest": {"completed", "stopped"},
    "MedicationStatement": {"completed", "stopped"},
    "MedicationAdministration": {"completed", "stopped"},
}

STATUS_UNKNOWN = "recorded, whether it is taken is not known"
MENTIONED = "a drug is named in text only"
ORDERED = "ordered; when it was given is not recorded"

OPEN: Mapping[str, str] = {
    "anthracycline": "anthracycline_cumulative",
    "chemotherapy": "days_since_unsafe_systemic",
    "checkpoint": "days_since_unsafe_systemic",
}
"""Facts that a drug of the group concerns but does not settle (doses not summed, safety with Y-90 not known)."""
FOR_ASCITES = "diuretics_for_ascites"


def groups(drug: Named) -> list[str]:
    return [*(group for each in drug.drugs for group in each.groups), *sorted(drug.perhaps)]


def status(item: Item) -> str:
    return (item.head.status or "").strip().lower()


def is_taken(item: Item) -> bool:
    return status(item) in TAKEN[item.kind]


class Course:
    """One drug that is or was taken."""

    def __init__(self, item: Item, drug: Named, given: Moment | None, context: Context) -> None:
        self.item, self.drug, self.context = item, drug, context
        ended = _ended(item, context)
        self.last = ended or given
        self.open = not is_taken(item) and status(item) not in PAST[item.kind]
        self.taken = is_taken(item) and (ended is None or ended.last >= context.today)
        self.lasting = until(given, context.today, context.site.time_zone)

    def readings(self) -> Iterable[Reading]:
        for group in groups(self.drug):
            for row in tables.DRUG_GROUPS.get(group, ()):
                if self.taken or self.open or row.value == "date":
                    yield self._reading(row.fact, self._found(row.value))
            if group in OPEN:
                yield self._reading(OPEN[group], say.problem("not settled by the record"))
            if group == "diuretic" and self.taken and _for_ascites(self.item, self.context):
                yield self._reading(FOR_ASCITES, say.one(True))

    def _found(self, value: str) -> Found:
        if self.open or self.drug.perhaps:
            return say.problem(STATUS_UNKNOWN if self.open else MENTIONED)
        if value != "date":
            return say.one(True)
        if self.item.kind == "MedicationRequest" and not (self.taken and "capecitabine" in groups(self.drug)):
            return say.problem(ORDERED)
        return say.one(Decimal(0)) if self.taken else days_since(self.last, self.context.today)

    def _reading(self, fact: str, found: Found) -> Reading:
        lasts = self.taken or bool(found.problem)
        at = self.lasting if lasts else self.last
        marks = (BY_NAME,) if self.drug.by_name else ()
        made = fact_of(fact, found, on=at.on if at is not None else None, source=self.item.source, marks=marks)
        return Reading(made, at, ongoing=lasts, rank=2 if found.problem else 1)


def _ended(item: Item, context: Context) -> Moment | None:
    """When it ended: the end of its period, or the end of the time for which it was prescribed."""
    period = item.head.effective_period
    if period is not None and period.end:
        return context.moment(period.end)
    if item.kind != "MedicationRequest":
        return None
    ends = [_end_of_dosage(part) for part in parts_of(content_of(item), "dosageInstruction")]
    known = [moment(end, context.site.time_zone) for end in ends if isinstance(end, str)]
    return known[0] if len(known) == 1 == len(ends) else None


def _end_of_dosage(dosage: Mapping[str, object]) -> object:
    bounds: object = dosage
    for step in ("timing", "repeat", "boundsPeriod", "end"):
        bounds = bounds.get(step) if isinstance(bounds, dict) else None
    return bounds


def _for_ascites(item: Item, context: Context) -> bool:
    """Whether the reason of the drug is ascites, in codes."""
    model = context.model(item)
    concepts = list(model.reasonCode or ()) if model is not None else []
    keys = [lookup.key_of(coding.system, coding.code) for concept in concepts for coding in concept.coding or ()]
    for reference in (model.reasonReference or ()) if model is not None else ():
        condition = context.shelf.resolve(reference.reference, item)
        keys += lookup.keys(condition.codings) if condition is not None else []
    return any(meaning.fact == "ascites" for key in keys if key is not None for meaning in lookup.condition(key))
