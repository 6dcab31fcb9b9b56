"""The prefetch templates, built from the code tables, few and short: EHR analysts type them in by hand.

Only tokens of CDS Hooks 2.0; codes stand without their system to keep a query within 1,000 characters.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.codes.own import FACTS_SYSTEM, QUESTIONNAIRE
from service.codes.systems import LOINC, NCIT, SNOMED
from service.codes.tables import FINDINGS, INPUTS, OBSERVATIONS

_PATIENT = "{{context.patientId}}"
_LABS = frozenset({"bilirubin", "albumin", "inr", "platelets", "creatinine", "egfr", "sodium"})
_LABS2 = frozenset(
    {"haemoglobin", "leukocytes", "neutrophils", "potassium", "fibrinogen", "ast", "ast_times_uln", "alp_times_uln",
     "ldh", "ldh_times_uln", "afp", "pregnant", "pregnancy_test_age", "alt", "cea"}
)  # fmt: skip
_INPUTS = frozenset(
    {"body_weight", "body_height", "alt", "cea", "blood_pressure_panel", "ecog_panel", "kps_panel", "child_pugh_panel"}
)
"""Measurements that computed facts need, and panels whose components give facts."""


@dataclass(frozen=True, slots=True)
class Template:
    """`lost_without`: what stays unknown when a client does not send this key, for its documentation."""

    key: str
    query: str
    lost_without: str


def templates() -> dict[str, str]:
    """Key to query, in the order in which they are published."""
    return {template.key: template.query for template in TEMPLATES}


def lost_without(key: str) -> str:
    """KeyError for a key that is not published."""
    return next(template.lost_without for template in TEMPLATES if template.key == key)


def _codes() -> dict[str, list[str]]:
    """Bare codes by the key that asks for them, in the order of the tables."""
    wanted: dict[str, list[str]] = {"labs": [], "labs2": [], "findings": []}
    for (system, code), rows in OBSERVATIONS.items():
        if system in {LOINC, SNOMED, NCIT}:
            wanted[_key({row.fact for row in rows})].append(code)
    for (_, code), name in INPUTS.items():
        if name in _INPUTS:
            wanted[_key({name})].append(code)
    wanted["findings"] += sorted(code for _, code in FINDINGS)
    return {key: list(dict.fromkeys(codes)) for key, codes in wanted.items()}


def _key(facts: set[str]) -> str:
    if facts & _LABS:
        return "labs"
    return "labs2" if facts & _LABS2 else "findings"


def _observations(key: str, *, count: int, own: bool = False) -> str:
    codes = [*_codes()[key], *([f"{FACTS_SYSTEM}|"] if own else [])]
    return f"Observation?patient={_PATIENT}&code={','.join(codes)}&_sort=-date&_count={count}"


TEMPLATES = (
    Template("patient", f"Patient/{_PATIENT}", "age and whether childbearing is possible"),
    Template("conditions", f"Condition?patient={_PATIENT}&category=problem-list-item&_count=200",
             "diagnosis, tumour, cirrhosis, ascites, encephalopathy and other diseases of the problem list"),
    Template("conditions2", f"Condition?patient={_PATIENT}&category=encounter-diagnosis&_count=200",
             "diagnoses that stand only in an encounter"),
    Template("labs", _observations("labs", count=100),
             "bilirubin, albumin, INR, platelets, creatinine, eGFR, sodium and the liver scores"),
    Template("labs2", _observations("labs2", count=100),
             "blood count, transaminases, alkaline phosphatase, LDH, AFP, potassium, fibrinogen, pregnancy test"),
    Template("findings", _observations("findings", count=100, own=True),
             "ECOG, Karnofsky, recorded scores and stages, tumour size, vital signs and all answers in our own codes"),
    Template("procedures", f"Procedure?patient={_PATIENT}&_sort=-date&_count=100",
             "earlier treatments of the liver, shunts, biliary operations, mapping, colonoscopy"),
    Template("medications", f"MedicationRequest?patient={_PATIENT}&_count=200",
             "anticoagulants and other active drugs, last systemic therapy"),
    Template("allergies", f"AllergyIntolerance?patient={_PATIENT}&_count=100",
             "allergies to contrast and planned drugs"),
    Template("imaging", f"DiagnosticReport?patient={_PATIENT}&category=RAD,LP29684-5,LP29708-2&_sort=-date&_count=50",
             "age of chest imaging and echocardiogram"),
    Template("devices", f"Device?patient={_PATIENT}&_count=50", "pacemakers, defibrillators and other implants"),
    Template("answers",
             f"QuestionnaireResponse?patient={_PATIENT}&questionnaire={QUESTIONNAIRE}&_sort=-authored&_count=5",
             "everything that no record carries: planned access, portal flow, board decision"),
)  # fmt: skip
