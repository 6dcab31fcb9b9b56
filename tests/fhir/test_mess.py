"""What real feeds get wrong, case by case (the quirks that were counted in the sample data)."""

from decimal import Decimal

import pytest

from service.clinical.values import Interval, State
from service.codes.systems import ICD_10_CM, LOINC, SNOMED
from tests.fhir.making import (
    BILIRUBIN,
    FHIR,
    HCC,
    HEPATORENAL,
    concept,
    condition,
    fact,
    lab,
    observation,
    quantity,
    read,
)

PLATELETS, HAEMOGLOBIN, CREATININE = (LOINC, "777-3"), (LOINC, "718-7"), (LOINC, "14682-9")
UCUM = "http://unitsofmeasure.org"


def test_it_survives_comparator_in_the_string() -> None:
    assert fact("bilirubin", observation(BILIRUBIN, valueString="≤ 3 mg/dL")).interval == Interval(None, Decimal(3))


@pytest.mark.parametrize("text", ["1,2 mg/dL", "1,200 mg/dL", "1 200 mg/dL"])
def test_it_survives_decimal_comma_and_thousands_separators(text: str) -> None:
    assert fact("bilirubin", observation(BILIRUBIN, valueString=text)).is_unknown


def test_it_survives_number_as_json_string() -> None:
    assert fact("bilirubin", lab(0, valueQuantity=quantity("9.7", "mg/dL"))).value == Decimal("9.7")


def test_it_survives_no_unit_and_no_code() -> None:
    assert fact("bilirubin", lab(0, valueQuantity={"value": 5})).reason == "no unit"


def test_it_survives_unit_without_ucum_code() -> None:
    assert fact("bilirubin", lab(0, valueQuantity={"value": 35.91, "unit": "umol/L"})).value == Decimal("2.1")


@pytest.mark.parametrize("unit", ["MG/DL", "mg/dl", "mg / dL"])
def test_it_survives_dirty_spellings_of_units(unit: str) -> None:
    assert fact("bilirubin", lab(0, valueQuantity={"value": 2, "unit": unit})).value == Decimal(2)


@pytest.mark.parametrize("unit", ["K/uL", "x10E3/uL", "10^9/L", "thousand/uL", "10*3/mm3", "x10(3)/mcL"])
def test_it_survives_thousands_per_microlitre_in_every_spelling(unit: str) -> None:
    assert fact("platelets", lab(0, means=PLATELETS, valueQuantity={"value": 120, "unit": unit})).value == Decimal(120)


@pytest.mark.parametrize("mu", ["µ", "μ", "u"])
def test_it_survives_every_letter_for_micro(mu: str) -> None:
    assert fact("bilirubin", lab(0, valueQuantity={"value": 34.2, "unit": f"{mu}mol/L"})).value == Decimal(2)


def test_it_survives_unit_beside_its_code_in_display_form() -> None:
    shown = {"value": 120, "unit": "thousand per microlitre", "code": "10*3/uL", "system": UCUM}
    assert fact("platelets", lab(0, means=PLATELETS, valueQuantity=shown)).value == Decimal(120)


def test_it_survives_unit_and_code_that_differ() -> None:
    torn = {"value": 2, "unit": "umol/L", "code": "mg/dL", "system": UCUM}
    assert fact("bilirubin", lab(0, valueQuantity=torn)).reason == "unit text and unit code disagree"


def test_it_survives_ucum_system_with_a_slash_at_the_end() -> None:
    assert fact("bilirubin", lab(0, valueQuantity=quantity(2, "mg/dL", system=f"{UCUM}/"))).value == Decimal(2)


@pytest.mark.parametrize(
    ("name", "means", "value", "unit"),
    [
        ("platelets", PLATELETS, 120, "mmol/l"),
        ("haemoglobin", HAEMOGLOBIN, 12, "mg/dL"),
        ("creatinine", CREATININE, 85, "mmol/L"),
    ],
)
def test_it_survives_nonsense_units(name: str, means: tuple[str, str], value: float, unit: str) -> None:
    assert fact(name, lab(0, means=means, valueQuantity={"value": value, "unit": unit})).is_unknown


def test_it_survives_prothrombin_time_under_the_code_of_the_inr() -> None:
    assert fact("inr", lab(14, "s", (LOINC, "6301-6"))).reason == "unit not understood"
    assert fact("inr", lab(70, "%", (LOINC, "6301-6"))).is_unknown


@pytest.mark.parametrize("reason", ["unknown", "masked", "unsupported", "asked-declined", "as-text"])
def test_it_survives_data_absent_reason(reason: str) -> None:
    absent = lab(0, valueQuantity=None, dataAbsentReason=concept(("x", reason)))
    assert fact("bilirubin", lab(1, key="old", effectiveDateTime="2026-11-01"), absent).is_unknown


def test_it_survives_data_absent_reason_on_the_primitive() -> None:
    absent = {
        "extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]
    }
    assert fact("bilirubin", lab(0, valueQuantity=absent)).is_unknown
    suppressed = lab(1.2, effectiveDateTime=None, _effectiveDateTime=absent)
    assert fact("bilirubin", suppressed).on is None


def test_it_survives_no_laboratory_category() -> None:
    masked = [
        {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}]}
    ]
    assert fact("bilirubin", lab(1.2, category=masked)).is_known


def test_it_survives_local_codes_and_text_alone() -> None:
    assert (
        fact("bilirubin", lab(1.2, means=("https://fhir.cerner.com/x/codeSet/72", "1975-2"))).reason == "not recorded"
    )
    assert fact("bilirubin", lab(1.2, code={"text": "Bilirubin, Total, Ascites"})).reason == "not recorded"


def test_it_survives_post_coordinated_code() -> None:
    stated = condition((SNOMED, "51292008:116676008=12345"))
    assert fact("hepatorenal_syndrome", stated).value is True


@pytest.mark.parametrize(
    ("times", "day"),
    [
        ({"effectiveDateTime": None, "issued": "2026-11-01T10:00:00Z"}, "2026-11-01"),
        ({"effectiveDateTime": None, "effectivePeriod": {"end": "2026-11-01"}}, "2026-11-01"),
        ({"effectiveDateTime": None, "effectivePeriod": {"start": "1970-01-01", "end": "2026-11-01"}}, "1970-01-01"),
        ({"effectiveDateTime": None, "effectiveInstant": "2026-11-01T10:00:00.123Z"}, "2026-11-01"),
        ({"effectiveDateTime": "2026-11-01T10:00:00"}, "2026-11-01"),
        ({"effectiveDateTime": "2026-11"}, "2026-11-01"),
        ({"effectiveDateTime": None}, "None"),
    ],
)
def test_it_survives_every_way_to_say_when(times: FHIR, day: str) -> None:
    assert str(fact("bilirubin", lab(1.2, **times)).on) == day


def test_it_survives_only_the_date_of_issue() -> None:
    issued = lab(1.2, effectiveDateTime=None, issued="2026-11-01T10:00:00Z")
    assert fact("bilirubin", issued).marks == ("date of issue",)


def test_it_never_takes_the_date_of_the_last_update() -> None:
    updated = lab(1.2, effectiveDateTime=None, meta={"lastUpdated": "2026-11-01T10:00:00Z"})
    assert fact("bilirubin", updated).on is None


@pytest.mark.parametrize(
    ("older", "reason"),
    [
        ({"clinicalStatus": "active"}, "Condition.clinicalStatus"),
        ({"subject": None, "patient": {"reference": "Patient/p1"}}, "Condition.subject"),
    ],
)
def test_it_survives_shapes_before_r4(older: FHIR, reason: str) -> None:
    record = read(condition(HEPATORENAL, **older))
    assert record.facts["hepatorenal_syndrome"].is_unknown
    assert reason in record.unreadable[0].reason


def test_it_survives_german_verdicts_behind_a_diagnosis() -> None:
    for verdict in ("C78.0 A", "C78.0 V", "C78.0 Z"):
        assert fact("extrahepatic_disease", condition((ICD_10_CM, verdict))).reason == "not recorded"
    assert fact("extrahepatic_disease", condition((ICD_10_CM, "C78.00"))).state is State.ONE_OF


@pytest.mark.parametrize("code", ["315000005", "94260004", "1098951000119108"])
def test_it_survives_codes_that_look_like_liver_metastases(code: str) -> None:
    record = read(condition((SNOMED, code)))
    assert record.diagnoses == ()


def test_it_survives_the_same_problem_in_two_lists() -> None:
    record = read(condition(HCC), condition(HCC), condition(HCC, key="encounter"))
    assert len(record.diagnoses) == 2


def test_it_survives_operation_outcomes_and_other_resources_among_the_data() -> None:
    outcome: FHIR = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "suppressed"}]}
    other: FHIR = {"resourceType": "Practitioner", "id": "x", "name": "not even valid"}
    record = read(lab(1.2), outcome, other)
    assert record.facts["bilirubin"].is_known
    assert record.unreadable == ()


def test_it_survives_mixed_scales_under_one_label() -> None:
    assert fact("platelets", lab(120000, "10*9/L", PLATELETS)).reason == "value not plausible"
    assert fact("albumin", lab(35, "g/dL", (LOINC, "1751-7"))).reason == "value not plausible"
    assert fact("bilirubin", lab(61, "mg/dL")).reason == "value not plausible"
