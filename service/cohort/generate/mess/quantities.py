"""Units and numbers: other spellings, other units, none, the wrong one, limits and text instead of values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from service.codes.systems import LOINC, UCUM
from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.shapes import QUANTITY, changed, times
from service.cohort.generate.table import rows_of
from service.fixture_building.parts import Resource, coding

_THOUSAND = Decimal(1000)


def unit_spelling(resource: Resource, draws: Draws) -> list[Resource]:
    quantity = resource[QUANTITY]
    spellings = [row["spelling"] for row in rows_of("spellings") if row["unit"] == quantity["code"]]
    if not spellings:
        return [resource]
    unit = draws.one(f"unit_spelling/{resource['id']}", spellings)
    return changed(resource, **_measured(resource, lambda each: {**_bare(each), "unit": unit}))


def other_unit(resource: Resource, draws: Draws) -> list[Resource]:
    code, quantity = resource["code"]["coding"][0], resource[QUANTITY]
    known = [row for row in rows_of("other_units") if (row["code"], row["unit"]) == (code["code"], quantity["code"])]
    if not known:
        return [resource]
    row = draws.one(f"other_unit/{resource['id']}", known)
    unit, factor, step = row["other_unit"], Decimal(row["multiply"]), Decimal(row["step"])
    means = {**resource["code"], "coding": [coding(LOINC, row["other_code"])]}
    told = _measured(resource, lambda each: {**times(each, factor, step), "unit": unit, "system": UCUM, "code": unit})
    return changed(resource, code=means, **told)


def unit_missing(resource: Resource, _: Draws) -> list[Resource]:
    """The reference range goes too: it would tell the unit."""
    return changed(resource, valueQuantity=_bare(resource[QUANTITY]), referenceRange=None)


def wrong_unit(resource: Resource, _: Draws) -> list[Resource]:
    unit = "s" if resource[QUANTITY]["code"] == "%" else "%"
    return changed(resource, valueQuantity={**_bare(resource[QUANTITY]), "unit": unit}, referenceRange=None)


def thousandfold(resource: Resource, _: Draws) -> list[Resource]:
    return changed(resource, valueQuantity=times(resource[QUANTITY], _THOUSAND))


def comparator(resource: Resource, draws: Draws) -> list[Resource]:
    sign = draws.one(f"comparator/{resource['id']}", ("<", ">"))
    return changed(resource, valueQuantity={**resource[QUANTITY], "comparator": sign})


def value_as_text(resource: Resource, draws: Draws) -> list[Resource]:
    quantity = resource[QUANTITY]
    sign = draws.one(f"value_as_text/{resource['id']}", ("", "", "<"))
    text = f"{sign}{quantity['value']} {quantity.get('unit', '')}".strip()
    return changed(resource, valueQuantity=None, valueString=text)


def _measured(resource: Resource, change: Callable[[Resource], Resource]) -> dict[str, Any]:
    """Its value and its reference range, each changed alike."""
    ranges = [{end: change(each) for end, each in one.items()} for one in resource.get("referenceRange", ())]
    return {QUANTITY: change(resource[QUANTITY]), "referenceRange": ranges or None}


def _bare(quantity: Resource) -> Resource:
    """Without unit, system and code."""
    return {name: part for name, part in quantity.items() if name in {"value", "comparator"}}
