"""Facts as Conditions of the problem list: the tumour with its primary, diseases of the liver and others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from service.codes.systems import ICD_10_CM, SNOMED
from service.fixture_building.forms import Form
from service.fixture_building.given import Given, refusal
from service.fixture_building.parts import Resource, coding, concept, hl7, resource, slug

_ONSET = timedelta(days=30)
_SEVERITY = {"mild": ("255604002", "Mild"), "severe": ("24484000", "Severe")}
_METASTASIS = (
    coding(SNOMED, "94381002", "Secondary malignant neoplasm of liver"),
    coding(ICD_10_CM, "C78.7", "Secondary malignant neoplasm of liver and intrahepatic bile duct"),
)
_TUMOURS = {
    "hcc": (coding(SNOMED, "109841003", "Liver cell carcinoma"), coding(ICD_10_CM, "C22.0", "Liver cell carcinoma")),
    "icc": (coding(SNOMED, "109842005", "Intrahepatic bile duct carcinoma"),
            coding(ICD_10_CM, "C22.1", "Intrahepatic bile duct carcinoma")),
    "other_metastasis": (coding(SNOMED, "285613005", "Metastasis to liver of unknown primary"),),
    "net_metastasis": (coding(ICD_10_CM, "C7B.02", "Secondary carcinoid tumors of liver"),),
}  # fmt: skip
_PRIMARIES = {
    "crc_metastasis": coding(SNOMED, "363406005", "Malignant neoplasm of colon"),
    "breast_metastasis": coding(SNOMED, "254837009", "Malignant neoplasm of breast"),
    "uveal_melanoma_metastasis": coding(SNOMED, "255021005", "Malignant melanoma of choroid"),
}
TUMOUR_ID = "condition-liver-tumour"


def tumour(given: Given, patient: str, day: date, *, confirmed: bool) -> list[Resource]:
    """The Condition that the order gives as its reason, and that of a metastasis's primary."""
    kind = str(given.value)
    if kind not in _TUMOURS and kind not in _PRIMARIES:
        raise refusal(given.name, "has no Condition code of its own", kind, [*_TUMOURS, *_PRIMARIES])
    code = {"coding": list(_TUMOURS.get(kind, _METASTASIS))}
    found = [_condition(TUMOUR_ID, code, patient, day, verification="confirmed" if confirmed else "provisional")]
    if kind in _PRIMARIES:
        primary = {"coding": [_PRIMARIES[kind]]}
        found.append(_condition("condition-primary", primary, patient, day - timedelta(days=365)))
    return found


def disease(given: Given, form: Form, patient: str, day: date) -> Resource:
    severity = {"severity": concept(SNOMED, *_SEVERITY[form.degree])} if form.degree else {}
    code = concept(form.system, form.code, form.display)
    return _condition(f"condition-{slug(given.name)}", code, patient, day) | severity


def _condition(
    ident: str, code: dict[str, Any], patient: str, day: date, *, verification: str = "confirmed"
) -> Resource:
    parts = {
        "clinicalStatus": hl7("condition-clinical", "active"),
        "verificationStatus": hl7("condition-ver-status", verification),
        "category": [hl7("condition-category", "problem-list-item")],
        "code": code,
        "onsetDateTime": (day - _ONSET).isoformat(),
        "recordedDate": day.isoformat(),
    }
    return resource("Condition", ident, patient, parts)
