from __future__ import annotations

import pytest

from service.codes.conditions import condition_meanings, primary_kind
from service.codes.systems import ICD_10_CM, SNOMED, coding


def said(system: str, code: str) -> dict[str, str]:
    return {meaning.fact: meaning.value for meaning in condition_meanings(coding(system, code))}


@pytest.mark.parametrize(
    ("system", "code", "fact", "value"),
    [
        (ICD_10_CM, "C22.0", "target_tumour", "hcc"),
        (ICD_10_CM, "C220", "target_tumour", "hcc"),
        (SNOMED, "109841003", "target_tumour", "hcc"),
        (SNOMED, "25370001", "target_tumour", "hcc"),
        (ICD_10_CM, "C22.1", "target_tumour", "icc"),
        (SNOMED, "274902006", "target_tumour", "icc"),
        (ICD_10_CM, "C7B.02", "target_tumour", "net_metastasis"),
        (ICD_10_CM, "K70.30", "ascites", "none"),
        (ICD_10_CM, "K70.31", "ascites", "mild|moderate_severe|refractory"),
        (ICD_10_CM, "K72.91", "encephalopathy", "grade_3_4"),
        (ICD_10_CM, "K72.90", "encephalopathy", "none|grade_1_2|grade_3_4"),
        (ICD_10_CM, "C78.02", "extrahepatic_disease", "limited|stable|progressive"),
        (ICD_10_CM, "C79.31", "active_brain_metastases", "true"),
        (ICD_10_CM, "Z3A.20", "pregnant", "true"),
    ],
)
def test_it_knows_what_a_diagnosis_says(system: str, code: str, fact: str, value: str) -> None:
    assert said(system, code)[fact] == value


@pytest.mark.parametrize("code", ["C78.7", "C7B.02"])
def test_it_does_not_count_the_liver_as_outside_the_liver(code: str) -> None:
    assert not {"extrahepatic_disease", "distant_metastasis"} & said(ICD_10_CM, code).keys()


def test_it_does_not_read_malignant_ascites_as_a_grade() -> None:
    assert len(said(ICD_10_CM, "R18.0")["ascites"].split("|")) == 5


@pytest.mark.parametrize(
    "code", ["C78.0 A", "C22.0 A", "315000005", "94260004", "1098951000119108", "I10", "C77.9-"]
)  # fmt: skip
def test_it_says_nothing_about_excluded_reversed_or_unknown_codes(code: str) -> None:
    assert said(SNOMED if code.isdigit() else ICD_10_CM, code) == {}


def test_it_says_nothing_without_the_right_system() -> None:
    assert said("urn:oid:1.2.3", "C22.0") == {}


def test_it_asks_for_the_primary_of_a_liver_metastasis() -> None:
    (meaning,) = (each for each in condition_meanings((ICD_10_CM, "C78.7")) if each.fact == "target_tumour")
    assert meaning.needs == "primary"
    assert "hcc" not in meaning.value.split("|")


@pytest.mark.parametrize(
    ("system", "code", "kind"),
    [
        (ICD_10_CM, "C18.7", "crc_metastasis"),
        (ICD_10_CM, "C20", "crc_metastasis"),
        (ICD_10_CM, "C21.0", "other_metastasis"),
        (ICD_10_CM, "C50.919", "breast_metastasis"),
        (ICD_10_CM, "C7A.012", "net_metastasis"),
        (ICD_10_CM, "C69.30", "uveal_melanoma_metastasis"),
        (ICD_10_CM, "C69.00", "other_metastasis"),
        (ICD_10_CM, "C34.90", "other_metastasis"),
        (SNOMED, "93761005", "crc_metastasis"),
        (ICD_10_CM, "C22.0", None),
        (ICD_10_CM, "C78.7", None),
        (ICD_10_CM, "C7B.02", None),
        (ICD_10_CM, "C80.1", None),
        (ICD_10_CM, "C18.7 A", None),
        (ICD_10_CM, "D12.6", None),
        (SNOMED, "94260004", None),
    ],
)
def test_it_knows_the_kind_of_a_primary(system: str, code: str, kind: str | None) -> None:
    assert primary_kind((system, code)) == kind
