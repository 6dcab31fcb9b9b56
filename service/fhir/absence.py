"""What silence means: nothing, unless the client closes the world for a type or a reviewed list says "none"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from service.clinical.dictionary import OPTIONAL, FactDefinition
from service.clinical.values import NEVER, Fact, Value, known
from service.codes.systems import LOINC
from service.fhir.content import content_of
from service.fhir.context import Context
from service.fhir.coverage import codings_of, may_be_it, strange_systems
from service.fhir.definitions import DEFINITIONS
from service.fhir.drugs import named
from service.fhir.scan import Item, codings_within

_DRUGS = ("MedicationAdministration", "MedicationRequest", "MedicationStatement")
CLOSABLE = frozenset({"AllergyIntolerance", "Condition", "Device", "Procedure", *_DRUGS})

_LISTS = {
    (LOINC, "11450-4"): ("Condition",),
    (LOINC, "48765-2"): ("AllergyIntolerance",),
    (LOINC, "10160-0"): _DRUGS,
    (LOINC, "47519-4"): ("Procedure",),
}
"""Sections of a patient summary: terminology.md section 7 (IPS)."""
_REVIEWED = "nilknown"
_INPUTS = {"antiplatelet_active": ("MedicationRequest", "MedicationStatement"), "earlier_y90": ("Procedure",)}
"""Inputs of computed facts that are read from the same resources as such facts."""

_KEYS = {
    "allergies": ("AllergyIntolerance",),
    "conditions": ("Condition",),
    "devices": ("Device",),
    "medications": _DRUGS,
    "procedures": ("Procedure",),
}
"""Prefetch keys and the types that are incomplete when one of them could not be had."""


def absent_facts(context: Context, given: Iterable[str], problems: Iterable[str]) -> Iterable[Fact]:
    """A "no" for every fact that may be concluded so, of which the record says nothing at all.

    Nothing is concluded of a type that came incomplete, of which a resource could not be read or has no code, nor where
    a resource's code is in a system in which the code tables would not know the fact.
    """
    open_types = _open(context, problems)
    reviewed = frozenset(_reviewed(context))
    closed = (context.site.closed_world | reviewed) - open_types
    if not closed:
        return
    strange = strange_systems(context.shelf.of(*closed))
    said = set(given)
    for name, definition in DEFINITIONS.items():
        types = types_of(name)
        if types and types <= closed and name not in said and not any(may_be_it(name, each, strange) for each in types):
            yield _no(definition, context, by_setting=not types <= reviewed)


@lru_cache(maxsize=1024)
def types_of(name: str) -> frozenset[str]:
    """Resource types whose silence may mean "no" to the fact: those from which facts.csv has it read."""
    if name in _INPUTS:
        return frozenset(_INPUTS[name])
    definition = DEFINITIONS[name]
    if definition.absence_means_no != OPTIONAL:
        return frozenset()
    words = re.sub(r"(?<=/)(?=Request|Statement|Administration)", "Medication", definition.how_obtained)
    return frozenset(kind for kind in CLOSABLE if re.search(rf"\b{kind}s?\b", words))


def _no(definition: FactDefinition, context: Context, *, by_setting: bool) -> Fact:
    source = "" if by_setting else "List"
    fact = known(definition.name, _nothing(definition), unit=definition.unit, on=context.today, source=source)
    return fact._replace(closed_world=by_setting)


def _nothing(definition: FactDefinition) -> Value:
    if definition.type == "boolean":
        return False
    if definition.type == "date_age":
        return NEVER
    return "none" if definition.type == "coded" else Decimal(0)


def _open(context: Context, problems: Iterable[str]) -> set[str]:
    """Types of which something may be missing."""
    found = {listed.resource.partition("/")[0] for listed in context.unreadable}
    for problem in problems:
        for key, types in _KEYS.items():
            if problem.partition(":")[0].rstrip("0123456789") == key:
                found |= set(types)
    found |= {item.kind for item in context.shelf.of(*CLOSABLE) if item.crooked or not _is_coded(item, context)}
    return found


def _is_coded(item: Item, context: Context) -> bool:
    """Whether the resource names what it is about in a code; one in words alone may be anything."""
    if item.kind.startswith("Medication"):
        return named(item, context).coded
    return any(coding.system and coding.code for coding in codings_of(item))


def _reviewed(context: Context) -> Iterable[str]:
    """Types that a current list declares empty after review."""
    for item in context.shelf.of("List"):
        content = content_of(item)
        reason = {coding.code for coding in codings_within(content.get("emptyReason"))}
        if (item.head.status or "").strip() == "current" and _REVIEWED in reason and not content.get("entry"):
            for coding in item.codings:
                yield from _LISTS.get((coding.system or "", coding.code or ""), ())
