"""Facts as Observations: laboratory results with reference ranges, scores, measurements, findings, our own codes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from service.codes.own import FACTS_SYSTEM, VALUES_SYSTEM
from service.codes.systems import SNOMED
from service.fixture_building.forms import Form
from service.fixture_building.given import Given, is_age
from service.fixture_building.parts import Resource, concept, hl7, instant, number, quantity, resource, slug


def measured(given: Given, form: Form, patient: str, day: date) -> Resource:
    """A number under a standard code. The reference range stands only in the unit that it is known in."""
    value = given.number
    parts: dict[str, Any] = {"valueQuantity": quantity(value, given.unit, given.comparator)}
    if form.form == "survey":
        parts = {"valueInteger": number(value)}
    if form.form == "imaging":
        parts["bodySite"] = concept(SNOMED, "10200004", "Liver structure")
    return _observation(given.name, form, patient, day, {**parts, **_range(form, given.unit)})


def of_upper_limit(given: Given, form: Form, patient: str, day: date) -> Resource:
    """A fact counted in upper limits, as the enzyme itself beside its own limit."""
    value = (given.number * (form.high or Decimal(1))).quantize(Decimal(1))
    return _observation(
        given.name, form, patient, day, {"valueQuantity": quantity(value, form.unit), **_range(form, form.unit)}
    )


def absent(given: Given, form: Form, patient: str, day: date) -> Resource:
    """A finding that was looked for and is not there."""
    value = {"valueCodeableConcept": concept(SNOMED, "2667000", "Absent")}
    return _observation(given.name, form, patient, day, value, category="exam")


def in_own_code(given: Given, patient: str, day: date) -> Resource:
    form = Form("survey", "", FACTS_SYSTEM, given.name, "", "", None, None)
    return _observation(given.name, form, patient, day, value_of(given, day))


def value_of(given: Given, day: date) -> dict[str, Any]:
    """`value[x]` of an Observation."""
    if isinstance(given.value, bool):
        return {"valueBoolean": given.value}
    if isinstance(given.value, str):
        return {"valueCodeableConcept": concept(VALUES_SYSTEM, given.value)}
    if is_age(given.name):
        return {"valueDateTime": day.isoformat()}
    return {"valueQuantity": quantity(given.value, given.unit, given.comparator)}


def _observation(
    name: str, form: Form, patient: str, day: date, value: dict[str, Any], *, category: str = ""
) -> Resource:
    kind = "laboratory" if form.form in {"laboratory", "upper_limit"} else category or form.form
    parts = {
        "status": "final",
        "category": [hl7("observation-category", kind)],
        "code": concept(form.system, form.code, form.display),
        "effectiveDateTime": instant(day),
        **value,
    }
    return resource("Observation", f"{kind}-{slug(name)}", patient, parts)


def _range(form: Form, unit: str) -> dict[str, Any]:
    ends = {name: quantity(end, unit) for name, end in (("low", form.low), ("high", form.high)) if end is not None}
    return {"referenceRange": [ends]} if ends and form.unit == unit else {}
