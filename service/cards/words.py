"""How dates, sources and limits read on a card. Knows no layout; values and units are written by rules/wording.py."""

from __future__ import annotations

from datetime import date

from service.clinical.compare import NUMERIC, Op
from service.clinical.values import Fact
from service.rules.decision import Finding
from service.rules.model import Kind

_PLACES = {
    "Observation": "",
    "QuestionnaireResponse": "questionnaire",
    "MedicationRequest": "medication order",
    "MedicationStatement": "medication list",
    "MedicationAdministration": "medication given",
    "AllergyIntolerance": "allergy list",
    "DiagnosticReport": "report",
    "ImagingStudy": "imaging study",
}
"""Kinds of resources that no clinician calls by their name in FHIR; a measured value needs no word."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date, as_of: date) -> str:
    """ "1 Nov" in the year of `as_of`, else "1 Nov 2025"."""
    text = f"{on.day} {_MONTHS[on.month - 1]}"
    return text if on.year == as_of.year else f"{text} {on.year}"


def origin_text(fact: Fact, as_of: date) -> str:
    """ "(Condition, 12 Oct 2026)", "(1 Nov)", "(order)" or nothing: where a datum stands and of which day it is."""
    kind = fact.source.partition("/")[0]
    place = _PLACES.get(kind, kind)
    parts = [place] if place else []
    parts += [day(fact.on, as_of)] if fact.on else []
    return f"({', '.join(parts)})" if parts else ""


def ago(days: str) -> str:
    """ "41 days" as "41 days ago", "0 days" as "today", "never" as it is."""
    if days == "0 days":
        return "today"
    return f"{days} ago" if days.endswith(("day", "days")) else days


def limit_text(finding: Finding) -> str:
    """ "at most 2.0", "allowed none": the limit, without its unit where the value beside it shows the same one.

    Only an absolute criterion allows or forbids; of others the value is what is looked for, or what speaks against.
    """
    if not finding.limit:
        return ""
    if finding.op in NUMERIC:
        number, _, unit = finding.limit.partition(" ")
        return f"{finding.op} {number if unit and finding.found.endswith(f' {unit}') else finding.limit}"
    before = _ALLOWS if finding.kind is Kind.ABSOLUTE else _LOOKS_FOR
    return f"{before[finding.op in _FAVOURABLE]} {finding.limit}"


_FAVOURABLE = frozenset({Op.IS, Op.ONE_OF})
_ALLOWS = {True: "allowed", False: "not allowed:"}
_LOOKS_FOR = {True: "looked for:", False: "speaks against:"}


def is_repeated(finding: Finding) -> bool:
    """Whether the limit only says again what was found ("Vp4: not allowed: Vp4")."""
    return finding.op not in NUMERIC and finding.limit == finding.found


def default_text(finding: Finding) -> str:
    """ ", local setting, default 2.0 mg/dL" for a limit that differs from its default."""
    is_limit = finding.default_limit and finding.default_limit not in _KINDS
    return f", local setting, default {finding.default_limit}" if is_limit else ""


def local_kind_text(finding: Finding) -> str:
    """ " (local setting, default absolute)" for a kind that differs from its default."""
    return f" (local setting, default {finding.default_limit})" if finding.default_limit in _KINDS else ""


_KINDS = frozenset(kind.value for kind in Kind)
