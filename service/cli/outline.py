"""A hook request in a few lines: whom, which orders, what came as prefetch."""

from __future__ import annotations

from collections import Counter
from typing import Any

from cds_hooks import json
from cds_hooks.context import order_context
from cds_hooks.prefetch import classify
from cds_hooks.requests import read_request


def outline(body: bytes) -> str:
    """Raises BadJsonError or ProtocolError for what is no order hook's request."""
    request = read_request(body)
    context = order_context(request)
    entries: list[dict[str, Any]] = json.decode(context.draft_orders).get("entry", [])
    lines = [f"  hook      {request.hook}", f"  patient   {context.patient_id}"]
    lines += [f"  order     {_order(entry.get('resource', {}))}" for entry in entries]
    received = classify(request.prefetch or {}, request.prefetch)
    counts = Counter(json.decode(raw).get("resourceType", "?") for value in received.values() for raw in value)
    lines.append("  prefetch  " + ", ".join(f"{number} {kind}" for kind, number in counts.most_common()))
    return "\n".join(lines)


def _order(order: dict[str, Any]) -> str:
    code = order.get("code", {})
    coding: dict[str, Any] = next(iter(code.get("coding", [])), {})
    text = code.get("text") or coding.get("display") or "without text"
    return f"{order.get('resourceType')}/{order.get('id')}: {text} ({coding.get('system')} {coding.get('code')})"
