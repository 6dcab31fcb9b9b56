"""Conditions: what holds, what is over, what was never so, and stages."""

from datetime import date

import pytest

from service.clinical.values import State
from service.codes.systems import ICD_10_CM, SNOMED
from tests.fhir.making import HCC, HEPATORENAL, chart, concept, condition, fact, lab, observation, order, own, read

ASCITES, COMA = (SNOMED, "389026000"), (SNOMED, "72836002")
WITHOUT_ASCITES = (ICD_10_CM, "K70.30")


def test_it_reads_an_active_diagnosis_with_its_day_and_source() -> None:
    found = fact("hepatorenal_syndrome", condition(HEPATORENAL))
    assert (found.value, found.on, found.source) == (True, date(2026, 10, 12), "Condition/c1")


@pytest.mark.parametrize("clinical", ["resolved", "remission", "inactive"])
def test_it_takes_what_is_over_for_neither_yes_nor_no(clinical: str) -> None:
    assert fact("hepatorenal_syndrome", condition(HEPATORENAL, clinical=clinical)).reason == "not recorded"


@pytest.mark.parametrize("clinical", ["active", "recurrence", "relapse"])
def test_it_takes_recurrence_and_relapse_as_active(clinical: str) -> None:
    assert fact("hepatorenal_syndrome", condition(HEPATORENAL, clinical=clinical)).value is True


@pytest.mark.parametrize(
    ("over", "value"),
    [({}, True), ({"abatementDateTime": "2026-01-01"}, None), ({"abatementString": "in spring"}, None)],
)
def test_it_takes_a_silent_clinical_status_as_active_unless_it_abated(over: dict[str, str], value: bool | None) -> None:
    assert fact("hepatorenal_syndrome", condition(HEPATORENAL, clinical=None, **over)).value is value


@pytest.mark.parametrize("verification", ["refuted", "entered-in-error"])
def test_it_never_uses_a_refuted_diagnosis(verification: str) -> None:
    clinical = None if verification == "entered-in-error" else "active"
    found = fact("hepatorenal_syndrome", condition(HEPATORENAL, clinical=clinical, verification=verification))
    assert found.reason == "not recorded"


@pytest.mark.parametrize("verification", ["unconfirmed", "provisional", "differential"])
def test_it_does_not_know_what_is_not_confirmed(verification: str) -> None:
    unsure = condition(HEPATORENAL, verification=verification)
    assert fact("hepatorenal_syndrome", unsure).reason == f"diagnosis {verification}"
    sure = condition(HEPATORENAL, key="c2")
    assert fact("hepatorenal_syndrome", unsure, sure).value is True


@pytest.mark.parametrize(("clinical", "verification"), [("unknown", "confirmed"), ("active", "2")])
def test_it_does_not_know_a_diagnosis_of_unclear_status(clinical: str, verification: str) -> None:
    found = fact("hepatorenal_syndrome", condition(HEPATORENAL, clinical=clinical, verification=verification))
    assert found.reason == "diagnosis of unclear status"


def test_it_lets_a_diagnosis_of_unstated_status_become_stale() -> None:
    record = read(condition(HEPATORENAL, clinical=None, on="2026-10-12"))
    assert chart(record, order()).facts["hepatorenal_syndrome"].on == date(2026, 10, 12)


def test_it_counts_history_although_it_is_over() -> None:
    cholangitis = condition((ICD_10_CM, "K83.09"), clinical="resolved")
    assert fact("prior_biliary_disease", cholangitis).value is True
    assert fact("active_infection", cholangitis).is_unknown


def test_it_leaves_the_degree_open_that_a_diagnosis_does_not_state() -> None:
    assert fact("ascites", condition(ASCITES)).values == ("mild", "moderate_severe", "refractory")
    severe = condition(ASCITES, severity=concept((SNOMED, "24484000")))
    assert fact("ascites", severe).values == ("moderate_severe", "refractory")
    assert fact("encephalopathy", condition(COMA)).value == "grade_3_4"


def test_it_leaves_malignant_ascites_open() -> None:
    assert fact("ascites", condition((ICD_10_CM, "R18.0"))).is_unknown


def test_it_takes_an_explicit_absence_for_its_day_alone() -> None:
    found = fact("ascites", condition(WITHOUT_ASCITES))
    assert (found.value, found.on) == ("none", date(2026, 10, 12))
    assert "ascites" not in read(condition(WITHOUT_ASCITES)).ongoing


def test_it_keeps_both_when_an_active_diagnosis_meets_a_newer_denial() -> None:
    denied = observation(ASCITES, on="2026-11-20", valueCodeableConcept=concept((SNOMED, "373067005")))
    found = fact("ascites", condition(ASCITES), denied)
    assert found.state is State.UNKNOWN or "none" in found.values
    assert "mild" in found.values


def test_it_knows_codes_without_their_dot() -> None:
    assert fact("hepatorenal_syndrome", condition((ICD_10_CM, "K767"))).value is True
    assert fact("hepatorenal_syndrome", condition(("urn:oid:2.16.840.1.113883.6.90", "K76.7"))).value is True


def test_it_does_not_let_an_active_diagnosis_become_stale() -> None:
    record = read(condition(HEPATORENAL, on="2020-01-01"), lab(1.2))
    found = chart(record, order()).facts["hepatorenal_syndrome"]
    assert (found.on, found.marks) == (date(2026, 11, 22), ("still active, recorded 2020-01-01",))


def test_it_keeps_the_day_of_a_recent_diagnosis() -> None:
    found = chart(read(condition(HEPATORENAL, on="2026-11-01")), order()).facts["hepatorenal_syndrome"]
    assert (found.on, found.marks) == (date(2026, 11, 1), ())


def test_it_does_not_know_what_a_condition_that_does_not_validate_might_have_said() -> None:
    record = read(condition(HEPATORENAL, clinicalStatus="active"))
    assert record.facts["hepatorenal_syndrome"].is_unknown
    assert [each.resource for each in record.unreadable] == ["Condition/c1"]


def test_it_uses_no_condition_recorded_in_the_future() -> None:
    assert fact("hepatorenal_syndrome", condition(HEPATORENAL, on="2026-12-24")).reason == "not recorded"


@pytest.mark.parametrize(
    "stage",
    [
        {"summary": {"text": "BCLC B"}},
        {"summary": {"text": "B"}, "type": concept(("http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl", "C115134"))},
    ],
)
def test_it_reads_the_stage_of_a_liver_tumour(stage: dict[str, object]) -> None:
    assert fact("bclc_stage", condition(HCC, stage=[stage])).value == "B"
    assert fact("bclc_stage", condition((ICD_10_CM, "C18.9"), stage=[stage])).is_unknown


def test_it_reads_no_stage_from_a_summary_of_unstated_kind() -> None:
    assert fact("bclc_stage", condition(HCC, stage=[{"summary": {"text": "B"}}])).is_unknown


def test_it_reads_our_own_code_as_a_diagnosis() -> None:
    assert fact(
        "severe_heart_failure", condition(("https://livercds.org/fhir/CodeSystem/facts", "severe_heart_failure"))
    ).value
    assert fact("severe_heart_failure", own("severe_heart_failure", valueBoolean=False)).value is False
