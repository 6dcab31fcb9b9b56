"""Which codes mean what: the tables of this folder, typed, keyed by (canonical system, code). Knows no resources.

Values are texts of facts.csv ("true", "moderate_severe", "3"); "a|b" means one of these, "5..6" an interval with both
ends, "unknown" an explicit "not known". In procedures "date" and "count" say what the fact takes from the resource.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.codes.rows import Row, grouped, read
from service.codes.systems import Coding, canonical_code, canonical_system, coding, whole_icd_code

# handed on, so that readers of records need this module only
__all__ = ["canonical_code", "canonical_system", "coding"]

ANY_FACT = "*"


@dataclass(frozen=True, slots=True)
class Code:
    """One code and where it is verified."""

    system: str
    code: str
    display: str
    source: str

    @property
    def key(self) -> Coding:
        return self.system, self.code


@dataclass(frozen=True, slots=True)
class ObservationCode(Code):
    """An Observation.code or component code that gives `fact`.

    kind   numeric | coded | boolean | range (answers are intervals) | times_uln (value / upper limit of its own
           reference range) | date (the newest one's date counts) | presence (a result exists)
    rank   of several results of one moment the lower rank counts
    """

    fact: str
    kind: str
    rank: int
    note: str


@dataclass(frozen=True, slots=True)
class Meaning(Code):
    """A code that gives `fact` the value `value`. `needs`: "liver site" or "primary" must be settled elsewhere."""

    fact: str
    value: str
    needs: str = ""
    note: str = ""
    kind: str = ""
    """procedures: tace | tae | embolisation | arterial | y90 | mapping | hai | ablation | resection | transplant |
    radiotherapy | brachytherapy | pve | tips | biliary | pump | cied | endoscopy"""


@dataclass(frozen=True, slots=True)
class Prefix(Code):
    """A category, by its beginning `code`: its codes give `fact` the value `value`, but not those in `exceptions`."""

    fact: str
    value: str
    exceptions: frozenset[str] = frozenset()

    def covers(self, coding: Coding) -> bool:
        """Whole codes only: "C78.0 A" (a German suffix: excluded) is no member."""
        system, code = coding
        member = system == self.system and code.startswith(self.code) and code not in self.exceptions
        return member and whole_icd_code(code)


@dataclass(frozen=True, slots=True)
class Drug(Code):
    """`groups` are those of DRUG_GROUPS and others that computed facts use; `drug` is a value of planned_drug or ""."""

    groups: tuple[str, ...]
    drug: str


@dataclass(frozen=True, slots=True)
class DrugGroup:
    group: str
    fact: str
    value: str


@dataclass(frozen=True, slots=True)
class LaboratoryOrder(Code):
    """A test to suggest; `name` is the word for it on an order."""

    name: str


def _code(row: Row) -> dict[str, str]:
    return {name: row[name] for name in ("system", "code", "display", "source")}


def _meaning(row: Row) -> Meaning:
    optional = {name: row.get(name, "") for name in ("needs", "note", "kind")}
    return Meaning(**_code(row), fact=row["fact"], value=row["value"], **optional)


def _meanings(name: str) -> Mapping[Coding, tuple[Meaning, ...]]:
    return grouped((_meaning(row) for row in read(name) if row.get("match", "exact") == "exact"), lambda item: item.key)


def _prefixes(name: str) -> tuple[Prefix, ...]:
    rows = read(name)
    excepted = grouped((row for row in rows if row["match"] == "except"), lambda row: row["fact"])
    return tuple(
        Prefix(**_code(row), fact=row["fact"], value=row["value"],
               exceptions=frozenset(other["code"] for other in excepted.get(row["fact"], ())))
        for row in rows if row["match"] == "prefix"
    )  # fmt: skip


OBSERVATIONS: Mapping[Coding, tuple[ObservationCode, ...]] = grouped(
    (
        ObservationCode(**_code(row), fact=row["fact"], kind=row["kind"], rank=int(row["rank"]), note=row["note"])
        for row in read("observations.csv")
    ),
    lambda item: item.key,
)
UNVERIFIED: frozenset[Coding] = frozenset(
    (row["system"], row["code"])
    for name in ("observations.csv", "inputs.csv")
    for row in read(name)
    if row["verified"] == "no"
)
"""Codes of which only the number and the component were read, or nothing at all: specimen or scale is from memory. What
rests on one of them alone settles no absolute or required criterion, until the site maps the code itself. Every row
of the other tables was read with its meaning, as its source says."""

INPUTS: Mapping[Coding, str] = MappingProxyType(
    {(row["system"], row["code"]): row["name"] for row in read("inputs.csv")}
)
"""Measurements that are no facts but that facts are computed from: body_weight, body_height, alt, hcg …"""

ANSWERS: Mapping[Coding, tuple[Meaning, ...]] = _meanings("answers.csv")
"""`fact` may be ANY_FACT: yes, no, present, absent, unknown"""
CONDITIONS: Mapping[Coding, tuple[Meaning, ...]] = _meanings("conditions.csv")
CONDITION_PREFIXES: tuple[Prefix, ...] = _prefixes("conditions.csv")
PROCEDURES: Mapping[Coding, tuple[Meaning, ...]] = _meanings("procedures.csv")
ALLERGIES: Mapping[Coding, tuple[Meaning, ...]] = _meanings("allergies.csv")
DEVICES: Mapping[Coding, tuple[Meaning, ...]] = _meanings("devices.csv")
IMAGING: Mapping[Coding, str] = MappingProxyType(
    {(row["system"], row["code"]): row["fact"] for row in read("imaging.csv")}
)
"""code of an ImagingStudy or DiagnosticReport -> the age fact that its date gives"""
MEDICATIONS: Mapping[Coding, Drug] = MappingProxyType(
    {
        (row["system"], row["code"]): Drug(**_code(row), groups=tuple(row["groups"].split(";")), drug=row["drug"])
        for row in read("medications.csv")
    }
)
DRUG_NAMES: Mapping[str, Drug] = MappingProxyType(
    {
        row["name"]: Drug("", "", row["name"], row["source"], tuple(row["groups"].split(";")), row["drug"])
        for row in read("drug_names.csv")
    }
)
"""ingredient -> drug, for medications without a known code: the whole display or text, trimmed and case-folded"""
DRUG_GROUPS: Mapping[str, tuple[DrugGroup, ...]] = grouped(
    (DrugGroup(row["group"], row["fact"], row["value"]) for row in read("drug_groups.csv")), lambda item: item.group
)
FINDINGS: frozenset[Coding] = frozenset((row["system"], row["code"]) for row in read("findings.csv"))
"""Diagnoses that records also write as an Observation with a yes or no; that "no" denies the whole fact."""
REJECTED: Mapping[Coding, str] = MappingProxyType(
    {(row["system"], row["code"]): row["reason"] for row in read("rejected.csv")}
)
"""Codes that look right and are not: never read from, and why."""

LABORATORY_ORDERS: Mapping[str, tuple[LaboratoryOrder, ...]] = MappingProxyType(
    {
        fact: tuple(LaboratoryOrder(**_code(row), name=row["name"]) for row in rows)
        for fact, rows in grouped(read("laboratory_orders.csv"), lambda row: row["fact"]).items()
    }
)
"""fact -> the tests that give it, to suggest when it is missing"""
