"""More than one resource for one result, or none: duplicates, corrections, another source, gaps, somebody else's."""

from __future__ import annotations

from decimal import Decimal

from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.shapes import QUANTITY, changed, copied, times
from service.fixture_building.parts import Resource

SOMEBODY_ELSE = "Patient/somebody-else"
_A_TENTH_MORE, _A_QUARTER_MORE = Decimal("1.1"), Decimal("1.25")


def missing(_resource: Resource, _: Draws) -> list[Resource]:
    return []


def duplicate(resource: Resource, _: Draws) -> list[Resource]:
    return [resource, copied(resource, "again")]


def corrected(resource: Resource, _: Draws) -> list[Resource]:
    value = times(resource[QUANTITY], _A_TENTH_MORE)
    return [resource, copied(resource, "corrected", status="corrected", valueQuantity=value)]


def conflicting(resource: Resource, _: Draws) -> list[Resource]:
    value = times(resource[QUANTITY], _A_QUARTER_MORE)
    return [resource, copied(resource, "elsewhere", valueQuantity=value, performer=[{"display": "Another laboratory"}])]


def other_patient(resource: Resource, _: Draws) -> list[Resource]:
    who = "patient" if "patient" in resource else "subject"
    return changed(resource, **{who: {"reference": SOMEBODY_ELSE}})
