"""What silence means: nothing, unless the client or a reviewed list says otherwise."""

import pytest

from service.clinical.values import NEVER
from service.codes.site import Site
from service.codes.systems import ICD_10_CM, LOINC, RXNORM, SNOMED
from tests.fhir.making import FHIR, concept, condition, drug, fact, procedure, read, resource

CONDITIONS = Site(closed_world=frozenset({"Condition"}))
PROCEDURES = Site(closed_world=frozenset({"Procedure"}))
ALL = Site(closed_world=frozenset({"AllergyIntolerance", "Condition", "Device", "Procedure", "MedicationRequest",
                                   "MedicationStatement", "MedicationAdministration"}))  # fmt: skip
HYPERTENSION = (SNOMED, "59621000")


def reviewed(code: str, reason: str = "nilknown", **more: object) -> FHIR:
    empty = concept(("http://terminology.hl7.org/CodeSystem/list-empty-reason", reason))
    made = {"status": "current", "mode": "snapshot", "code": concept((LOINC, code)), "emptyReason": empty, **more}
    return resource("List", "l1", **made)


def test_it_takes_silence_for_nothing() -> None:
    assert fact("hepatorenal_syndrome").reason == "not recorded"
    assert fact("hepatorenal_syndrome", condition(HYPERTENSION)).reason == "not recorded"


def test_it_takes_silence_for_no_where_the_client_closes_the_world() -> None:
    found = fact("hepatorenal_syndrome", condition(HYPERTENSION), site=CONDITIONS)
    assert (found.value, found.closed_world) == (False, True)


@pytest.mark.parametrize(
    ("name", "nothing"),
    [("ascites", "none"), ("encephalopathy", "none"), ("days_since_mi", NEVER), ("portal_hypertension", False),
     ("days_since_liver_treatment", NEVER), ("contrast_allergy", "none"), ("anticoagulant_active", False),
     ("days_since_antivegf", NEVER), ("anthracycline_cumulative", 0), ("cied", False), ("earlier_y90", False)],
)  # fmt: skip
def test_it_says_no_in_the_way_of_each_fact(name: str, nothing: object) -> None:
    assert fact(name, site=ALL).value == nothing


def test_it_never_says_no_of_a_fact_that_silence_cannot_deny() -> None:
    for name in ("pregnant", "cirrhosis", "portal_flow", "lesion_count", "consent_recorded", "bilirubin"):
        assert fact(name, site=ALL).is_unknown


def test_it_needs_every_type_closed_from_which_a_fact_may_come() -> None:
    assert fact("cied", site=PROCEDURES).is_unknown
    assert fact("prior_liver_transplant", site=PROCEDURES).is_unknown
    assert fact("tips_or_shunt_patent", site=Site(closed_world=frozenset({"Procedure", "Device"}))).value is False


def test_it_keeps_what_is_recorded() -> None:
    found = fact("hepatorenal_syndrome", condition((ICD_10_CM, "K76.7")), site=CONDITIONS)
    assert (found.value, found.closed_world) == (True, False)
    unsure = condition((ICD_10_CM, "K76.7"), verification="provisional")
    assert fact("hepatorenal_syndrome", unsure, site=CONDITIONS).is_unknown


@pytest.mark.parametrize(
    "doubt",
    [
        condition(HYPERTENSION, code={"text": "liver trouble"}),
        condition(HYPERTENSION, code={"coding": [{"code": "59621000"}]}),
        condition(HYPERTENSION, clinicalStatus="active", code={"text": "?"}),
        condition((ICD_10_CM, "K74.60"), clinicalStatus="active"),
    ],
)
def test_it_concludes_nothing_while_a_condition_is_not_understood(doubt: FHIR) -> None:
    assert fact("hepatorenal_syndrome", doubt, site=CONDITIONS).is_unknown


def test_it_concludes_nothing_from_a_list_that_came_incomplete() -> None:
    whole, torn = read(site=CONDITIONS), read(site=CONDITIONS, problems=("conditions2: only the first page",))
    assert "hepatorenal_syndrome" in whole.facts
    assert "hepatorenal_syndrome" not in torn.facts
    assert torn.incomplete == ("conditions2: only the first page",)


def test_it_concludes_nothing_of_a_disease_that_an_unknown_code_may_be() -> None:
    strange = condition((ICD_10_CM, "I50.9"))
    assert fact("severe_heart_failure", strange, site=CONDITIONS).is_unknown
    assert fact("hepatorenal_syndrome", strange, site=CONDITIONS).value is False
    assert fact("severe_heart_failure", site=CONDITIONS).value is False


def test_it_concludes_nothing_of_drugs_while_one_has_no_code_or_no_name() -> None:
    nameless = drug("MedicationRequest", (RXNORM, "123456"))
    assert fact("anticoagulant_active", nameless, site=ALL).is_unknown
    coded = {"coding": [{"system": RXNORM, "code": "6809", "display": "another drug"}]}
    named = drug("MedicationRequest", None, medicationCodeableConcept=coded)
    assert fact("anticoagulant_active", named, site=ALL).value is False


def test_it_concludes_nothing_of_treatments_while_one_may_have_been_of_the_liver() -> None:
    assert fact("prior_liver_radiation", procedure((SNOMED, "1217123003")), site=ALL).is_unknown


def test_it_takes_a_reviewed_empty_list_for_no() -> None:
    found = fact("hepatorenal_syndrome", reviewed("11450-4"))
    assert (found.value, found.source, found.closed_world) == (False, "List", False)
    assert fact("lipiodol_allergy", reviewed("48765-2")).value is False
    assert fact("hepatorenal_syndrome", reviewed("48765-2")).is_unknown


@pytest.mark.parametrize("reason", ["unavailable", "withheld", "notasked", "notstarted"])
def test_it_does_not_take_an_unavailable_list_for_no(reason: str) -> None:
    assert fact("hepatorenal_syndrome", reviewed("11450-4", reason)).is_unknown


def test_it_does_not_take_an_old_or_filled_list_for_no() -> None:
    assert fact("hepatorenal_syndrome", reviewed("11450-4", status="retired")).is_unknown
    filled = reviewed("11450-4", entry=[{"item": {"reference": "Condition/1"}}])
    assert fact("hepatorenal_syndrome", filled).is_unknown
