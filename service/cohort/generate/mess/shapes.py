"""What the alterations share: their type, copies of a resource with elements replaced, and its value taken away."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from service.cohort.generate.draws import Draws
from service.fixture_building.parts import Resource, number

Alteration = Callable[[Resource, Draws], list[Resource]]
"""What stands in the feed instead of the resource. The same object alone: the kind does not apply to it."""

QUANTITY = "valueQuantity"


def changed(resource: Resource, **elements: Any) -> list[Resource]:
    """A copy with elements replaced; None takes one away."""
    return [{name: part for name, part in {**resource, **elements}.items() if part is not None}]


def copied(resource: Resource, ending: str, **elements: Any) -> Resource:
    """A second resource beside the first."""
    return {**resource, "id": f"{resource['id']}-{ending}", **elements}


def without_value(resource: Resource) -> Resource:
    return {name: part for name, part in resource.items() if not name.startswith("value")}


def times(quantity: Resource, factor: Decimal, step: Decimal | None = None) -> Resource:
    """The quantity with its number multiplied, as exact as before or in steps."""
    value = Decimal(quantity["value"])
    return {**quantity, "value": number((value * factor).quantize(step or value))}
