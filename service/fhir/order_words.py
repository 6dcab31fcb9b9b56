"""The codes and the words of a draft order, whatever its shape."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.fhir.content import content_of, parts_of
from service.fhir.heads import Coding
from service.fhir.scan import Item, codings_within

_CODED = ("code", "medicationCodeableConcept", "medication", "codeCodeableConcept")
_BILLING = "ext-billing-options"
"""Da Vinci CRD puts procedure codes of claims into this extension of the order."""


def order_codings(item: Item) -> Iterable[Coding]:
    content = content_of(item)
    for element in _CODED:
        yield from codings_within(content.get(element))
    for extension in parts_of(content, "extension"):
        if str(extension.get("url", "")).endswith(_BILLING):
            yield from codings_within(extension)


def detail_codings(item: Item) -> Iterable[Coding]:
    return codings_within(content_of(item).get("orderDetail"))


def order_texts(item: Item) -> Iterable[str]:
    """Every text and display of the order's code and details."""
    content = content_of(item)
    for element in (*_CODED, "orderDetail", "note", "patientInstruction"):
        yield from _texts_within(content.get(element))


def _texts_within(content: Any) -> Iterable[str]:
    if isinstance(content, list):
        for part in content:
            yield from _texts_within(part)
    elif isinstance(content, dict):
        for name in ("text", "display"):
            if isinstance(content.get(name), str):
                yield content[name]
        for part in content.values():
            yield from _texts_within(part)
