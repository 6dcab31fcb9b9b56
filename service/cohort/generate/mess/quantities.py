"""Units and numbers: other spellings, other units, none, the wrong one, limits and text instead of values."""

from __future__ import annotations

from decimal import Decimal

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
    return changed(resource, valueQuantity={**_bare(quantity), "unit": unit}, referenceRange=None)


def other_unit(resource: Resource, draws: Draws) -> list[Resource]:
    code, quantity = resource["code"]["coding"][0], resource[QUANTITY]
    known = [row for row in rows_of("other_units") if (row["code"], row["unit"]) == (code["code"], quantity["code"])]
    if not known:
        return [resource]
    row = draws.one(f"other_unit/{resource['id']}", known)
    told = {**times(quantity, Decimal(row["multiply"]), Decimal(row["step"])), "unit": row["other_unit"]}
    means = {**resource["code"], "coding": [coding(LOINC, row["other_code"])]}
    return changed(
        resource, code=means, valueQuantity={**told, "system": UCUM, "code": row["other_unit"]}, referenceRange=None
    )


def unit_missing(resource: Resource, _: Draws) -> list[Resource]:
    return changed(resource, valueQuantity=_bare(resource[QUANTITY]))


def wrong_unit(resource: Resource, _: Draws) -> list[Resource]:
    unit = "mg/dL" if "mol" in resource[QUANTITY]["code"] else "mmol/L"
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


def _bare(quantity: Resource) -> Resource:
    """Without unit, system and code."""
    return {name: part for name, part in quantity.items() if name in {"value", "comparator"}}
