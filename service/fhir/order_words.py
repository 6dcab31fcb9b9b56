"""The codes and the words of a draft order, whatever its shape. Words may look liver-directed; they never choose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from cds_hooks.json import BadJsonError, decode
from service.fhir.scan import Coding, Item, codings_within

_CODED = ("code", "medicationCodeableConcept", "medication", "codeCodeableConcept")
_BILLING = "ext-billing-options"
"""Da Vinci CRD puts procedure codes of claims into this extension of the order."""

_WORDS = re.compile(
    r"chemo-?emboli[sz]ation|\bTACE\b|\bDEB-?TACE|\bcTACE\b|\bDEBIRI\b|bland emboli|\bTAE\b|radio-?emboli[sz]ation"
    r"|\bSIRT\b|\bTARE\b|\bY-?90\b|theraspheres?|sir-?spheres|QuiremSpheres|\bmicrowave\b|\bMWA\b|\bRFA\b|radiofrequency|cryoabl"
    r"|irreversible electroporation|NanoKnife|portal vein emboli|\bPVE\b|\bHAIC?\b|histotripsy",
    re.IGNORECASE,
)
"""terminology.md section 6."""


def order_content(item: Item) -> dict[str, Any]:
    """The order's JSON as it came; empty if it cannot be read."""
    try:
        content = decode(item.raw)
    except BadJsonError:
        return {}
    return content if isinstance(content, dict) else {}


def order_codings(item: Item) -> Iterable[Coding]:
    content = order_content(item)
    for element in _CODED:
        yield from codings_within(content.get(element))
    for extension in _list(content.get("extension")):
        if isinstance(extension, dict) and str(extension.get("url", "")).endswith(_BILLING):
            yield from codings_within(extension)


def order_texts(item: Item) -> Iterable[str]:
    """Every text and display of the order's code and details."""
    content = order_content(item)
    for element in (*_CODED, "orderDetail", "note", "patientInstruction"):
        yield from _texts_within(content.get(element))


def looks_liver_directed(text: str) -> bool:
    return _WORDS.search(text) is not None


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


def _list(content: Any) -> list[Any]:
    return content if isinstance(content, list) else []
