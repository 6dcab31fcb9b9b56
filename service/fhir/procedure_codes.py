"""What the code of a procedure says, our own therapy codes included. Knows no resources."""

from __future__ import annotations

from service.codes import own, tables
from service.codes.tables import Meaning
from service.fhir import lookup
from service.fhir.lookup import Key

_OWN_KINDS = {
    **dict.fromkeys(("ctace", "deb-tace", "debiri", "tace-breast", "tace-net", "tace-other", "layered-tace"), "tace"),
    "tae": "tae", "y90-glass": "y90", "y90-resin": "y90", "haic": "hai", "hai": "hai", "php": "php", "pve": "pve",
    **dict.fromkeys(("rfa", "microwave", "cryoablation", "ire", "litt"), "ablation"),
    "hdr-brachytherapy": "brachytherapy",
}  # fmt: skip
"""A treatment recorded under our own code of its therapy counts like those of its kind in procedures.csv."""

_EXTRA = {
    "php": (("days_since_last_php", "date"), ("php_cycles_done", "count"), ("days_since_liver_treatment", "date")),
    "y90": (("prior_y90_same_territory", "territory"), ("earlier_y90", "true")),
    "radiotherapy": (("prior_target_radiation", "territory"),),
}


def meanings_of(key: Key) -> tuple[Meaning, ...]:
    listed = lookup.procedure(key)
    kinds = {meaning.kind for meaning in listed if meaning.kind}
    system, code = key
    if system == own.THERAPIES_SYSTEM and (kind := _OWN_KINDS.get(code)):
        kinds.add(kind)
        listed = (*listed, *(Meaning(system, code, code, "", fact, value, kind=kind) for fact, value in _of_kind(kind)))
    extra = [(kind, fact, value) for kind in kinds for fact, value in _EXTRA.get(kind, ())]
    return (*listed, *(Meaning(system, code, code, "", fact, value, kind=kind) for kind, fact, value in extra))


def _of_kind(kind: str) -> list[tuple[str, str]]:
    rows = {(row.fact, row.value) for rows in tables.PROCEDURES.values() for row in rows if row.kind == kind}
    return sorted(rows)
