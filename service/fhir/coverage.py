"""Whether silence can be trusted: could a resource that the code tables do not know be the thing asked for?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from service.codes import own, tables
from service.codes.tables import Meaning
from service.fhir import lookup
from service.fhir.content import content_of
from service.fhir.heads import Coding
from service.fhir.lookup import Key
from service.fhir.procedure_codes import meanings_of
from service.fhir.scan import Item, codings_within

_TABLES: Mapping[str, tuple[Iterable[Key], Callable[[Key], tuple[Meaning, ...]]]] = {
    "AllergyIntolerance": (tables.ALLERGIES, lookup.allergy),
    "Condition": (tables.CONDITIONS, lookup.condition),
    "Device": (tables.DEVICES, lookup.device),
    "Procedure": (tables.PROCEDURES, meanings_of),
}


def _systems() -> dict[tuple[str, str], set[str]]:
    """(type, fact) -> code systems in which the tables know the fact."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for kind, (keys, meanings) in _TABLES.items():
        for key in keys:
            for meaning in meanings(key):
                found[kind, meaning.fact].add(key[0])
    return dict(found)


_KNOWN_IN = _systems()


def codings_of(item: Item) -> list[Coding]:
    """What the resource is about, in codes."""
    if item.kind == "Device":
        return list(codings_within(content_of(item).get("type")))
    return list(item.codings)


def strange_systems(items: Iterable[Item]) -> dict[str, list[frozenset[str]]]:
    """By type: the code systems of each resource whose codes none of the tables knows."""
    found: dict[str, list[frozenset[str]]] = defaultdict(list)
    for item in items:
        if item.kind in _TABLES:
            keys = lookup.keys(codings_of(item))
            if not any(_TABLES[item.kind][1](key) for key in keys):
                found[item.kind].append(frozenset(system for system, _ in keys))
    return found


def may_be_it(fact: str, kind: str, strange: Mapping[str, list[frozenset[str]]]) -> bool:
    """Whether an unknown code stands in a system in which the tables would not know the fact anyway."""
    known = {*_KNOWN_IN.get((kind, fact), ()), own.FACTS_SYSTEM}
    return any(not systems & known for systems in strange.get(kind, ()))


def known_facts() -> set[str]:
    """Every fact that a code of any type can give."""
    return {fact for _, fact in _KNOWN_IN}
