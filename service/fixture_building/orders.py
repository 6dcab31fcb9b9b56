"""Draft orders as an EHR hands them over: code, reason, what they answer themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from service.codes.own import THERAPIES_SYSTEM
from service.fixture_building.conditions import TUMOUR_ID
from service.fixture_building.parts import Resource, concept, instant, resource


@dataclass(frozen=True, slots=True)
class OrderCode:
    """What an order says it is. Without a code there is only `text`. `liver`: names the liver as body site."""

    code: str = ""
    system: str = THERAPIES_SYSTEM
    text: str = ""
    liver: bool = False
    kind: str = "ServiceRequest"
    selected: bool = True


def draft(
    order: OrderCode, ident: str, patient: str, today: date, *, reason: bool, details: Sequence[Mapping[str, Any]] = (),
    contained: Resource | None = None,
) -> Resource:  # fmt: skip
    """`reason`: the order names the tumour's Condition. `contained`: the answered Questionnaire it carries."""
    code = concept(order.system, order.code, text=order.text)
    element = "code" if order.kind == "ServiceRequest" else "medicationCodeableConcept"
    parts: dict[str, Any] = {
        "status": "draft",
        "intent": "order",
        element: code,
        "authoredOn": instant(today),
        "requester": {"reference": "Practitioner/ordering-1"},
    }
    if reason:
        parts["reasonReference"] = [{"reference": f"Condition/{TUMOUR_ID}"}]
    if order.liver:
        parts["bodySite"] = [concept("http://snomed.info/sct", "10200004", "Liver structure")]
    if details:
        parts["orderDetail"] = list(details)
    if contained is not None:
        parts["contained"] = [contained]
        parts["supportingInfo"] = [{"reference": f"#{contained['id']}"}]
    return resource(order.kind, ident, patient, parts)
