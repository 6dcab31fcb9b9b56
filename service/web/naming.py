"""What an order is called where its therapy is not settled (by its code, never by its text), and how urgent it is."""

from __future__ import annotations

import msgspec

from cds_hooks import json
from service.codes.systems import CPT, HCPCS, ICD_10_PCS, LOINC, SNOMED, canonical_system
from service.fhir.orders import Order

_SHORT = {CPT: "CPT", HCPCS: "HCPCS", ICD_10_PCS: "ICD-10-PCS", LOINC: "LOINC", SNOMED: "SNOMED CT"}


def order_title(order: Order) -> str:
    """ "CPT 37243", "Order XY12" for a local code, or "Order" without any."""
    for system, code in order.codes:
        return f"{_SHORT.get(canonical_system(system), 'Order')} {code}"
    return "Order"


class _Urgency(msgspec.Struct):
    priority: str = ""


def order_priority(order: Order) -> str:
    """ "stat", "asap", "urgent", "routine", or empty when the order does not say."""
    try:
        return json.decode(bytes(order.item.raw), _Urgency).priority
    except json.BadJsonError:
        return ""
