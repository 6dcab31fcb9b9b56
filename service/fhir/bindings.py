"""Which facts an Observation's codes give, and how. Remembered by code, so that a large prefetch costs little."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from service.codes import own, tables
from service.fhir import lookup
from service.fhir.definitions import DEFINITIONS, is_named
from service.fhir.heads import Coding
from service.fhir.lookup import Key
from service.fhir.reading import Level

NOT_BY_ONE_TEST = frozenset({"transaminases_times_uln"})
"""Larger of two tests: taken from both (transaminases.py), so that one of them alone never stands for it."""


@dataclass(frozen=True, slots=True)
class Binding:
    """`kind` as in service/codes/tables.py, or "own" (a fact's own code), or "finding": the code itself means `value`
    and the answer says yes or no; only the "no" of a `general` finding denies the whole fact. One not `verified` has
    a higher rank than those of the table, so that of one moment a verified one counts."""

    fact: str
    kind: str
    level: Level
    rank: int = 1
    value: str = ""
    general: bool = False
    verified: bool = True


_BEHIND_VERIFIED = 10
_TIMES_ULN_INPUTS = {"alt": "alt_times_uln"}


@lru_cache(maxsize=16384)
def _bindings(system: str | None, code: str | None) -> frozenset[Binding]:
    key = lookup.key_of(system, code)
    if key is None:
        return frozenset()
    if key[0] == own.FACTS_SYSTEM:
        return frozenset({own_binding(key[1])}) if is_named(key[1]) else frozenset()
    listed = (
        Binding(each.fact, each.kind, Level.STANDARD, each.rank)
        for each in lookup.observation(key)
        if each.fact not in NOT_BY_ONE_TEST and each.fact in DEFINITIONS
    )
    found = frozenset({*listed, *_inputs(key), *_findings(key)})
    return found if key not in tables.UNVERIFIED else frozenset(map(_unverified, found))


def _unverified(binding: Binding) -> Binding:
    return replace(binding, rank=binding.rank + _BEHIND_VERIFIED, verified=False)


def own_binding(fact: str) -> Binding:
    return Binding(fact, "own", Level.OWN_CODE)


def _inputs(key: Key) -> Iterable[Binding]:
    name = tables.INPUTS.get(key, "")
    if name in DEFINITIONS:
        yield Binding(name, "numeric", Level.STANDARD)
    if name in _TIMES_ULN_INPUTS:
        yield Binding(_TIMES_ULN_INPUTS[name], "times_uln", Level.STANDARD)


def _findings(key: Key) -> Iterable[Binding]:
    for meaning in lookup.condition(key):
        if meaning.fact != "target_tumour" and not meaning.needs and meaning.fact in DEFINITIONS:
            general = lookup.is_general(key)
            yield Binding(meaning.fact, "finding", Level.STANDARD, value=meaning.value, general=general)


def bindings(codings: Iterable[Coding], local: Mapping[Key, str]) -> tuple[frozenset[Binding], bool]:
    """Every binding of the codings of one concept, and whether two of them contradict each other.

    `local` maps a client's own codes to facts. Codings contradict when each gives facts that the other does not.
    """
    if local:
        found = [given for each in codings if (given := _given(each, local))]
    else:
        found = [given for each in codings if (given := _bindings(each.system, each.code))]
    if not found:
        return _SILENT
    if len(found) == 1:
        return found[0], False
    facts = [{binding.fact for binding in each} for each in found]
    contradict = any(not (one <= other or other <= one) for one in facts for other in facts)
    return _NOTHING.union(*found), contradict


_NOTHING: frozenset[Binding] = frozenset()
_SILENT = _NOTHING, False


def _given(coding: Coding, local: Mapping[Key, str]) -> frozenset[Binding]:
    key = lookup.key_of(coding.system, coding.code)
    mapped = local.get(key) if key is not None else None
    if mapped is not None:
        return frozenset({own_binding(mapped)})
    return _bindings(coding.system, coding.code)
