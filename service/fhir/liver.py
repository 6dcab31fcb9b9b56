"""Whether something is in the liver: body sites in codes, and what a resource refers to. None: not told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.codes.systems import SNOMED
from service.fhir import lookup
from service.fhir.content import content_of
from service.fhir.context import Context
from service.fhir.scan import Item, codings_within

_CODES = "10200004 71133005 277956007 277957003 277958008 277959000 277960005 277961009 277962002"
LIVER = frozenset((SNOMED, code) for code in _CODES.split())
"""Liver structure and the Couinaud segments I to VIII: terminology.md 3 (liverloc)."""

TUMOUR = "target_tumour"


def site_in_liver(concepts: Iterable[Any]) -> bool | None:
    """Of body sites: True if one is in the liver, False if all are coded elsewhere, None if none is coded."""
    keys = [
        key
        for concept in concepts
        if concept is not None
        for coding in concept.coding or ()
        if (key := lookup.key_of(coding.system, coding.code)) is not None
    ]
    return any(key in LIVER for key in keys) if keys else None


def refers_to_liver(references: Iterable[Any], holder: Item, context: Context) -> bool | None:
    """Whether any reference (focus, specimen, body structure, reason) leads to the liver or to a tumour of it."""
    answers = [
        _item_in_liver(item)
        for reference in references
        if reference is not None and (item := context.shelf.resolve(reference.reference, holder)) is not None
    ]
    if any(answers):
        return True
    return False if answers and None not in answers else None


def _item_in_liver(item: Item) -> bool | None:
    """By every code that the resource holds: a site in the liver, or a diagnosis of a liver tumour."""
    keys = [
        key for each in codings_within(content_of(item)) if (key := lookup.key_of(each.system, each.code)) is not None
    ]
    if any(key in LIVER or is_liver_tumour(key) for key in keys):
        return True
    return False if keys and item.kind in {"Condition", "BodyStructure"} else None


def is_liver_tumour(key: lookup.Key) -> bool:
    return any(meaning.fact == TUMOUR and meaning.needs != "liver site" for meaning in lookup.condition(key))


def is_primary_liver_tumour(key: lookup.Key) -> bool:
    """A tumour that arose in the liver: the nodes and metastases of a staging are then its own."""
    values = {meaning.value for meaning in lookup.condition(key) if meaning.fact == TUMOUR and not meaning.needs}
    return bool(values) and all(set(value.split("|")) <= {"hcc", "icc"} for value in values)
