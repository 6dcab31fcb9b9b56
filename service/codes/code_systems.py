"""Our own CodeSystems as FHIR resources (R4), made from the tables. Knows no patient and no therapy file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS
from service.codes.groups import fact_word
from service.codes.own import FACTS_SYSTEM, NEVER, THERAPIES_SYSTEM, VALUES_SYSTEM
from service.codes.resource import PUBLISHER, Resource, version
from service.codes.rows import read
from service.codes.spelling import words

Concept = dict[str, str]


def code_system(name: str) -> Resource:
    """The CodeSystem "facts", "fact-values" or "therapies"; KeyError for any other name."""
    url, title, concepts = CODE_SYSTEMS[name]
    found = list(concepts())
    return {
        "resourceType": "CodeSystem",
        "id": name,
        "url": url,
        "version": version(found),
        "name": "".join(part.capitalize() for part in ("liver", "cds", *name.split("-"))),
        "title": title,
        "status": "active",
        "experimental": False,
        "publisher": PUBLISHER,
        "caseSensitive": True,
        "content": "complete",
        "count": len(found),
        "concept": found,
    }


def _facts() -> Iterable[Concept]:
    for name, fact in FACTS.items():
        yield _concept(name, fact_word(name), fact.definition)
    for name, auxiliary in AUXILIARY.items():
        yield _concept(name, words(name), auxiliary.source)


def _values() -> Iterable[Concept]:
    """Every answer of a coded fact once. An answer means the same for whatever fact it is given to."""
    coded = (*(fact.values for fact in FACTS.values()), *(auxiliary.values for auxiliary in AUXILIARY.values()))
    for value in dict.fromkeys(value for values in coded for value in values):
        yield _concept(value, words(value))
    yield _concept(
        NEVER, "never", "Of a fact that counts days since something: on the day of the answer it never happened"
    )


def _therapies() -> Iterable[Concept]:
    for row in read("orders.csv"):
        if row["system"] == THERAPIES_SYSTEM:
            yield _concept(row["code"], row["display"])


def _concept(code: str, display: str, definition: str = "") -> Concept:
    concept = {"code": code, "display": display}
    return {**concept, "definition": definition} if definition else concept


CODE_SYSTEMS: Mapping[str, tuple[str, str, Callable[[], Iterable[Concept]]]] = {
    "facts": (FACTS_SYSTEM, "Facts that orders for liver-directed therapies are tested on", _facts),
    "fact-values": (VALUES_SYSTEM, "Answers of these facts", _values),
    "therapies": (THERAPIES_SYSTEM, "Liver-directed therapies that can be ordered", _therapies),
}
"""By id: address, title and concepts. The last parts of the addresses are the ids."""
