"""What a fact's name means, whether it stands in facts.csv or is an input that only computed facts read."""

from __future__ import annotations

from dataclasses import replace

from service.clinical.derived.auxiliary import AUXILIARY, Auxiliary
from service.clinical.dictionary import FACTS, FactDefinition


def _of_auxiliary(row: Auxiliary) -> FactDefinition:
    kind = "coded" if row.values else "quantity" if row.unit else "boolean"
    return FactDefinition(
        name=row.name, type=kind, unit=row.unit, values=row.values, minimum=None, maximum=None, freshness=row.freshness,
        how_obtained=row.source, absence_means_no="never", definition="",
    )  # fmt: skip


_ALT = replace(FACTS["ast_times_uln"], name="alt_times_uln")
"""Half of transaminases_times_uln (service/fhir/transaminases.py); no fact by itself."""

DEFINITIONS: dict[str, FactDefinition] = {
    _ALT.name: _ALT,
    **{name: _of_auxiliary(row) for name, row in AUXILIARY.items()},
    **FACTS,
}
"""Every name that may be read, answered or coded in our own code system."""


def all_values(name: str) -> tuple[bool | str, ...]:
    """Every value of a yes/no or coded fact, in the order of facts.csv."""
    definition = DEFINITIONS[name]
    return (True, False) if definition.type == "boolean" else definition.values


def is_named(name: str) -> bool:
    """Whether it may be recorded or answered by this name in our own code system: the therapy is its order's code."""
    return name in AUXILIARY or (name in FACTS and name != "ordered_therapy")
