"""Which element of each resource type says when, read from the scan. Knows no facts."""

from __future__ import annotations

from datetime import tzinfo

from service.fhir.dates import moment, span
from service.fhir.heads import Period
from service.fhir.moments import Moment
from service.fhir.scan import Item

ELEMENTS: dict[str, tuple[str, ...]] = {
    "AllergyIntolerance": ("recorded_date", "onset_date_time"),
    "CarePlan": ("created", "period"),
    "Condition": ("recorded_date", "onset_date_time", "onset_period"),
    "Consent": ("date_time",),
    "DiagnosticReport": ("effective_date_time", "effective_period", "issued"),
    "Goal": ("status_date", "start_date"),
    "ImagingStudy": ("started",),
    "List": ("date",),
    "MedicationAdministration": ("effective_date_time", "effective_period"),
    "MedicationRequest": ("authored_on",),
    "MedicationStatement": ("effective_date_time", "effective_period", "date_asserted"),
    "Observation": ("effective_date_time", "effective_instant", "effective_period", "issued"),
    "Procedure": ("performed_date_time", "performed_period"),
    "QuestionnaireResponse": ("authored",),
}
"""In order: the first that is there counts. `meta.lastUpdated` never does: it says when the record changed."""

ISSUED = "date of issue"


def when(item: Item, zone: tzinfo) -> Moment | None:
    """The time that the resource gives; None if it gives none, or one that cannot be read."""
    for element in ELEMENTS.get(item.kind, ()):
        value = getattr(item.head, element)
        if value is not None:
            return span(value.start, value.end, zone) if isinstance(value, Period) else moment(value, zone)
    return None


def only_issued(item: Item) -> bool:
    """Whether the time is that of the report, for want of one of the examination."""
    head = item.head
    return bool(head.issued) and not (head.effective_date_time or head.effective_instant or head.effective_period)
