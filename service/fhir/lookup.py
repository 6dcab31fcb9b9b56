"""Codes as records write them become meanings, every answer remembered. Opens the code tables."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from service.codes import conditions, own, tables
from service.codes.rows import read
from service.codes.systems import UCUM, canonical_system, coding
from service.codes.tables import Meaning, ObservationCode
from service.fhir.definitions import DEFINITIONS, is_named
from service.fhir.heads import Coding

Key = tuple[str, str]


@lru_cache(maxsize=16384)
def key_of(system: str | None, code: str | None) -> Key | None:
    """The canonical (system, code); None without a system (a code alone never matches) or for a rejected code."""
    if not system or not code:
        return None
    key = coding(system, code)
    return None if key in tables.REJECTED else key


def keys(codings: Iterable[Coding]) -> list[Key]:
    found = (key_of(each.system, each.code) for each in codings)
    return [key for key in found if key is not None]


@lru_cache(maxsize=4096)
def condition(key: Key) -> tuple[Meaning, ...]:
    return (*conditions.condition_meanings(key), *_own(key))


def _own(key: Key) -> tuple[Meaning, ...]:
    """A yes/no fact of our own code system used as the code of a finding: that it is there."""
    system, code = key
    if system != own.FACTS_SYSTEM or not is_named(code) or DEFINITIONS[code].type != "boolean":
        return ()
    return (Meaning(system, code, code, "own code system", code, "true"),)


def procedure(key: Key) -> tuple[Meaning, ...]:
    return (*tables.PROCEDURES.get(key, ()), *_own(key))


def allergy(key: Key) -> tuple[Meaning, ...]:
    return (*tables.ALLERGIES.get(key, ()), *_own(key))


def device(key: Key) -> tuple[Meaning, ...]:
    return (*tables.DEVICES.get(key, ()), *_own(key))


def observation(key: Key) -> tuple[ObservationCode, ...]:
    return tables.OBSERVATIONS.get(key, ())


@lru_cache(maxsize=4096)
def primary_kind(key: Key) -> str | None:
    """The kind of liver metastasis that this primary tumour makes; None when it is no primary tumour."""
    return conditions.primary_kind(key)


_GENERAL = frozenset((row["system"], row["code"]) for row in read("findings.csv"))


def is_general(key: Key) -> bool:
    """Whether "no" to this finding denies the whole fact and not only one kind of it ("alcoholic cirrhosis")."""
    return key in _GENERAL


def is_ucum(system: str | None) -> bool:
    return system is not None and canonical_system(system) == UCUM
