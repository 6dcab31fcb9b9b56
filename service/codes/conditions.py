"""What a diagnosis code says: facts by exact code and by category; a liver metastasis by its primary."""

from __future__ import annotations

from service.codes.rows import read
from service.codes.systems import SNOMED, Coding, whole_icd_code
from service.codes.tables import CONDITION_PREFIXES, CONDITIONS, Meaning

_PRIMARIES = {(row["system"], row["code"]): row["kind"] for row in read("primaries.csv") if row["match"] == "exact"}
_PRIMARY_CATEGORIES = sorted(
    (
        (row["system"], row["code"], row["kind"])
        for row in read("primaries.csv")
        if row["match"] == "prefix"
    ),
    key=lambda row: -len(row[1]),
)  # fmt: skip


def condition_meanings(coding: Coding) -> tuple[Meaning, ...]:
    """Everything that one canonical coding of a Condition says; empty when nothing."""
    return CONDITIONS.get(coding, ()) + tuple(
        Meaning(prefix.system, prefix.code, prefix.display, prefix.source, prefix.fact, prefix.value)
        for prefix in CONDITION_PREFIXES
        if prefix.covers(coding)
    )


def primary_kind(coding: Coding) -> str | None:
    """The kind of liver metastasis that this primary makes ("crc_metastasis"), None when it is no primary tumour."""
    system, code = coding
    if coding in _PRIMARIES:
        return _PRIMARIES[coding]
    if system == SNOMED or not whole_icd_code(code):
        return None
    for category_system, category, kind in _PRIMARY_CATEGORIES:
        if category_system == system and code.startswith(category):
            return kind or None
    return None
