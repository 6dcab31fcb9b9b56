"""Drugs: taken now, given lately, named in words only."""

from decimal import Decimal

import pytest

from service.codes.systems import RXNORM, SNOMED
from tests.fhir.making import FHIR, concept, drug, fact, read

WARFARIN, CAPECITABINE, DOXORUBICIN = (RXNORM, "11289"), (RXNORM, "194000"), (RXNORM, "3639")
FUROSEMIDE = (RXNORM, "315971")
KINDS = ["MedicationRequest", "MedicationStatement"]


@pytest.mark.parametrize("kind", KINDS)
def test_it_sees_a_drug_that_is_taken(kind: str) -> None:
    assert fact("anticoagulant_active", drug(kind, WARFARIN)).value is True


@pytest.mark.parametrize("status", ["stopped", "completed", "cancelled", "entered-in-error", "draft", "on-hold"])
def test_it_does_not_take_an_ended_or_void_order_for_a_drug_taken(status: str) -> None:
    assert fact("anticoagulant_active", drug("MedicationRequest", WARFARIN, status=status)).reason == "not recorded"


def test_it_does_not_know_what_a_drug_of_unknown_status_means() -> None:
    unknown = drug("MedicationRequest", WARFARIN, status="unknown")
    assert fact("anticoagulant_active", unknown).reason == "recorded, whether it is taken is not known"


def test_it_does_not_take_a_plan_or_a_prohibition_for_an_order() -> None:
    assert fact("anticoagulant_active", drug("MedicationRequest", WARFARIN, intent="plan")).is_unknown
    assert fact("anticoagulant_active", drug("MedicationRequest", WARFARIN, doNotPerform=True)).is_unknown


def test_it_follows_a_reference_to_a_contained_medication() -> None:
    contained = {"resourceType": "Medication", "id": "med", "code": concept(WARFARIN)}
    request = drug("MedicationRequest", None, contained=[contained], medicationReference={"reference": "#med"})
    assert fact("anticoagulant_active", request).value is True
    elsewhere = drug("MedicationRequest", None, medicationReference={"reference": "Medication/7"})
    medication: FHIR = {"resourceType": "Medication", "id": "7", "code": concept(WARFARIN)}
    assert fact("anticoagulant_active", elsewhere, medication).value is True
    assert fact("anticoagulant_active", elsewhere).is_unknown


def test_it_knows_an_ingredient_by_its_whole_name_and_says_so() -> None:
    named = drug("MedicationRequest", None, medicationCodeableConcept={"text": "Apixaban"})
    found = fact("anticoagulant_active", named)
    assert (found.value, found.marks) == (True, ("from the drug's name",))


def test_it_does_not_conclude_from_a_name_among_other_words() -> None:
    worded = drug("MedicationRequest", None, medicationCodeableConcept={"text": "apixaban 5 mg tablet, paused"})
    assert fact("anticoagulant_active", worded).reason == "a drug is named in text only"


def test_it_ends_with_the_period_of_a_statement_or_prescription() -> None:
    over = drug("MedicationStatement", WARFARIN, effectivePeriod={"start": "2026-01-01", "end": "2026-02-01"})
    assert fact("anticoagulant_active", over).is_unknown
    bounded = [{"timing": {"repeat": {"boundsPeriod": {"end": "2026-02-01"}}}}]
    assert fact("anticoagulant_active", drug("MedicationRequest", WARFARIN, dosageInstruction=bounded)).is_unknown


def test_it_counts_the_days_since_a_drug_was_given() -> None:
    given = drug("MedicationAdministration", DOXORUBICIN, status="completed", effectiveDateTime="2026-11-02")
    assert fact("days_since_chemotherapy", given).value == Decimal(20)
    ended = drug("MedicationStatement", DOXORUBICIN, status="completed",
                 effectivePeriod={"start": "2026-01-01", "end": "2026-11-12"})  # fmt: skip
    assert fact("days_since_chemotherapy", ended).value == Decimal(10)
    taken = drug("MedicationStatement", CAPECITABINE)
    assert fact("days_since_capecitabine", taken).value == Decimal(0)


def test_it_does_not_know_from_an_order_when_a_drug_was_given() -> None:
    ordered = drug("MedicationRequest", DOXORUBICIN, authoredOn="2026-11-02")
    assert fact("days_since_chemotherapy", ordered).reason.startswith("ordered")


def test_it_leaves_open_what_a_drug_concerns_but_does_not_settle() -> None:
    given = drug("MedicationAdministration", DOXORUBICIN, status="completed", effectiveDateTime="2026-11-02")
    assert fact("anthracycline_cumulative", given).reason == "not settled by the record"


def test_it_sees_a_diuretic_that_is_given_for_ascites() -> None:
    ascites = [concept((SNOMED, "389026000"))]
    assert fact("diuretics_for_ascites", drug("MedicationRequest", FUROSEMIDE, reasonCode=ascites)).value is True
    assert fact("diuretics_for_ascites", drug("MedicationRequest", FUROSEMIDE)).is_unknown


def test_it_does_not_know_what_a_broken_order_might_have_said() -> None:
    record = read(drug("MedicationRequest", WARFARIN, intent=None))
    assert record.facts["anticoagulant_active"].is_unknown
    assert [each.resource for each in record.unreadable] == ["MedicationRequest/m1"]
