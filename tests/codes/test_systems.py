from __future__ import annotations

import pytest

from service.codes.systems import (
    HCPCS,
    ICD_10_CM,
    LOINC,
    NCIT,
    RXNORM,
    SNOMED,
    UCUM,
    canonical_system,
    coding,
    stated_primary,
)


@pytest.mark.parametrize(
    ("sent", "canonical"),
    [
        ("http://loinc.org", LOINC),
        ("http://loinc.org/", LOINC),
        (" HTTP://LOINC.org ", LOINC),
        ("urn:oid:2.16.840.1.113883.6.1", LOINC),
        ("2.16.840.1.113883.6.96", SNOMED),
        ("http: //snomed.info/sct", SNOMED),
        ("http://snomed.info/sct/900000000000207008", SNOMED),
        ("urn:oid:2.16.840.1.113883.6.90", ICD_10_CM),
        ("http://hl7.org/fhir/sid/icd-10-gm", ICD_10_CM),
        ("https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", HCPCS),
        ("https://bluebutton.cms.gov/resources/codesystem/hcpcs", HCPCS),
        ("RXNORM", RXNORM),
        ("http://ncithesaurus-stage.nci.nih.gov", NCIT),
        ("http://unitsofmeasure.org/", UCUM),
    ],
)
def test_it_understands_every_spelling_of_a_code_system(sent: str, canonical: str) -> None:
    assert canonical_system(sent) == canonical


@pytest.mark.parametrize("sent", ["urn:oid:2.16.840.1.113883.6.238", "http://hl7.org/fhir/sid/icd-9-cm", "", "local"])
def test_it_leaves_other_systems_alone(sent: str) -> None:
    assert canonical_system(sent) == sent


def test_it_does_not_take_a_race_code_for_a_laboratory_code() -> None:
    assert coding("urn:oid:2.16.840.1.113883.6.238", "1975-2") != (LOINC, "1975-2")


def test_it_puts_the_dot_into_diagnosis_codes() -> None:
    assert coding("urn:oid:2.16.840.1.113883.6.90", "C220") == (ICD_10_CM, "C22.0")
    assert coding(ICD_10_CM, "K7031") == (ICD_10_CM, "K70.31")
    assert coding(ICD_10_CM, "I81") == (ICD_10_CM, "I81")


def test_it_leaves_a_diagnosis_with_a_suffix_as_it_is() -> None:
    assert coding(ICD_10_CM, "C22.0 A") == (ICD_10_CM, "C22.0 A")


def test_it_takes_the_focus_of_an_expression_and_its_primary() -> None:
    expression = "94381002:260716003=93761005"
    assert coding(SNOMED, expression) == (SNOMED, "94381002")
    assert stated_primary(expression) == "93761005"
    assert stated_primary("94381002") is None
