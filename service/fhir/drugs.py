"""Which drug a medication resource names: by code, by reference to a Medication, or by an ingredient's plain name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from service.codes import tables
from service.codes.tables import Drug
from service.fhir import lookup
from service.fhir.content import content_of, parts_of
from service.fhir.context import Context
from service.fhir.scan import Item, codings

BY_NAME = "from the drug's name"


@dataclass(frozen=True, slots=True)
class Named:
    """`drugs` are surely meant. `perhaps`: groups of drugs whose name only occurs among other words of the text.

    `coded`: has a code and words, so that a drug which our tables do not know was recognised as another one.
    """

    drugs: tuple[Drug, ...] = ()
    perhaps: frozenset[str] = frozenset()
    by_name: bool = False
    coded: bool = False


def named(item: Item, context: Context) -> Named:
    keys = lookup.keys([*codings(item.head.medication_codeable_concept), *_referred(item, context)])
    drugs = tuple(
        {tables.MEDICATIONS[key].code: tables.MEDICATIONS[key] for key in keys if key in tables.MEDICATIONS}.values()
    )
    if drugs:
        return Named(drugs, coded=True)
    words = [word.strip().casefold() for word in _texts(item, context)]
    plain = tuple(dict.fromkeys(tables.DRUG_NAMES[word] for word in words if word in tables.DRUG_NAMES))
    if plain:
        return Named(plain, by_name=True, coded=bool(keys))
    return Named(perhaps=frozenset(_mentioned(words)), coded=bool(keys and words))


def _referred(item: Item, context: Context) -> Iterable[Any]:
    medication = _medication(item, context)
    return codings(medication.head.code) if medication is not None else ()


def _medication(item: Item, context: Context) -> Item | None:
    reference = item.head.medication_reference
    return context.shelf.resolve(reference.reference, item) if reference is not None else None


def _texts(item: Item, context: Context) -> Iterable[str]:
    medication = _medication(item, context)
    yield from _words_of(content_of(item).get("medicationCodeableConcept"))
    yield from _words_of(content_of(item).get("medicationReference"))
    if medication is not None:
        yield from _words_of(content_of(medication).get("code"))


def _words_of(element: object) -> Iterable[str]:
    if isinstance(element, dict):
        for part in (element, *parts_of(element, "coding")):
            for name in ("text", "display"):
                if isinstance(part.get(name), str):
                    yield part[name]


def _mentioned(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        for name in _NAMES.findall(word):
            yield from tables.DRUG_NAMES[name].groups


_NAMES = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(tables.DRUG_NAMES, key=len, reverse=True)))})\b")


def has_r4_shape(item: Item) -> bool:
    """Whether the medication stands where R4 has it (R5 moved it)."""
    return item.head.medication_codeable_concept is not None or item.head.medication_reference is not None
