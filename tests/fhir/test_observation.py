"""Observations: status, values of every kind, components, members, several codings."""

from decimal import Decimal

import pytest

from service.clinical.values import Interval, State
from service.codes.site import Site
from service.codes.systems import LOINC, SNOMED
from tests.fhir.making import (
    BILIRUBIN,
    COLON,
    ECOG,
    FHIR,
    HCC,
    INR,
    concept,
    condition,
    fact,
    lab,
    observation,
    own,
    quantity,
    read,
    value,
)

ANSWER_1 = (LOINC, "LA9623-5")
YES, NO, UNKNOWN = (SNOMED, "373066001"), (SNOMED, "373067005"), (SNOMED, "261665006")
ASCITES, ALCOHOLIC_CIRRHOSIS = (SNOMED, "389026000"), (SNOMED, "420054005")
AST = (LOINC, "1920-8")


@pytest.mark.parametrize("status", ["final", "amended", "corrected", "Final", "final "])
def test_it_uses_results_that_stand(status: str) -> None:
    assert fact("bilirubin", lab(1.2, status=status)).value == Decimal("1.2")


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "unknown", "registered", "entered-in-error "])
def test_it_never_uses_results_that_do_not(status: str) -> None:
    record = read(lab(1.2, status=status))
    assert "bilirubin" not in record.facts
    assert record.unreadable == ()


@pytest.mark.parametrize("status", ["completed", "nonsense", None])
def test_it_lists_a_status_that_is_not_one(status: str | None) -> None:
    record = read(lab(1.2, status=status))
    assert record.facts["bilirubin"].is_unknown
    assert [each.resource for each in record.unreadable] == ["Observation/o1"]


def test_it_marks_a_preliminary_result() -> None:
    assert fact("bilirubin", lab(1.2, status="preliminary")).preliminary
    assert not fact("bilirubin", lab(1.2)).preliminary


def test_it_keeps_the_reported_unit_beside_the_canonical_value() -> None:
    found = fact("bilirubin", lab(35.91, "umol/L"))
    assert found.value == Decimal("2.1")
    assert (found.unit, found.reported) == ("mg/dL", "35.91 umol/L")
    assert fact("bilirubin", lab(2.1)).reported is None


def test_it_says_where_and_when_it_found_a_value() -> None:
    found = fact("bilirubin", lab(2.1, key="b1", effectiveDateTime="2026-11-01"))
    assert (found.source, str(found.on)) == ("Observation/b1", "2026-11-01")


@pytest.mark.parametrize(
    ("sign", "interval"),
    [
        ("<", Interval(None, Decimal("0.2"), high_included=False)),
        ("<=", Interval(None, Decimal("0.2"))),
        (">", Interval(Decimal("0.2"), None, low_included=False)),
        (">=", Interval(Decimal("0.2"), None)),
    ],
)
def test_it_reads_a_comparator_as_an_interval(sign: str, interval: Interval) -> None:
    assert fact("bilirubin", lab(0.2, valueQuantity=quantity(0.2, "mg/dL", comparator=sign))).interval == interval
    text = observation(BILIRUBIN, valueString=f"{sign}0.2 mg/dL")
    assert fact("bilirubin", text).interval == interval


@pytest.mark.parametrize(
    "text", ["0-5", "see note", "1,200", "1,2", "class1", "", "2 mg/dL or so", "1.2 mg/dL; 1.3 mg/dL"]
)
def test_it_reads_no_number_from_other_text(text: str) -> None:
    found = fact("bilirubin", observation(BILIRUBIN, valueString=text or "-"))
    assert found.is_unknown


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"valueQuantity": quantity(2, "g")}, "unit not understood"),
        ({"valueQuantity": {"value": 2}}, "no unit"),
        ({"valueQuantity": quantity(600, "mg/dL")}, "value not plausible"),
        ({"valueQuantity": {"value": 2, "unit": "umol/L", "code": "mg/dL", "system": "http://unitsofmeasure.org"}},
         "unit text and unit code disagree"),
        ({"valueQuantity": quantity(2, "mg/dL", comparator="ad")}, "comparator not understood"),
        ({"valueCodeableConcept": concept(text="high")}, "value is not a number"),
        ({"valueBoolean": True}, "answer not understood"),
        ({"dataAbsentReason": concept(("x", "masked"))}, "no value: masked"),
        ({}, "recorded without a value"),
    ],
)  # fmt: skip
def test_it_says_why_a_value_is_not_understood(given: FHIR, reason: str) -> None:
    found = fact("bilirubin", observation(BILIRUBIN, **given))
    assert (found.state, found.reason) == (State.UNKNOWN, reason)


def test_it_takes_a_missing_unit_from_the_reference_range_alone() -> None:
    ranged = lab(2, valueQuantity={"value": 2}, referenceRange=[{"high": quantity(1.2, "mg/dL")}])
    assert fact("bilirubin", ranged).value == Decimal(2)
    torn = [{"low": quantity(5, "umol/L"), "high": quantity(1.2, "mg/dL")}]
    assert fact("bilirubin", lab(2, valueQuantity={"value": 2}, referenceRange=torn)).is_unknown


@pytest.mark.parametrize(
    "given",
    [
        {"valueInteger": 1},
        {"valueQuantity": quantity(1, "{score}")},
        {"valueQuantity": quantity(1.00, "{score}")},
        {"valueString": "1"},
        {"valueString": "ECOG 1"},
        {"valueCodeableConcept": concept(ANSWER_1)},
        {"valueCodeableConcept": concept((SNOMED, "422512005"))},
        {"interpretation": [concept(ANSWER_1)]},
    ],
)
def test_it_reads_a_grade_in_every_shape(given: FHIR) -> None:
    assert fact("ecog", observation(ECOG, **given)).value == Decimal(1)


@pytest.mark.parametrize(
    "given", [{"valueInteger": 9}, {"valueString": "0-1"}, {"valueQuantity": quantity(1.5, "{score}")}]
)
def test_it_reads_no_grade_from_what_is_none(given: FHIR) -> None:
    assert fact("ecog", observation(ECOG, **given)).is_unknown


def test_it_reads_components_with_the_time_and_status_of_their_parent() -> None:
    pressure = observation(
        (LOINC, "85354-9"), component=[{"code": concept((LOINC, "8480-6")), "valueQuantity": quantity(128, "mm[Hg]")}]
    )
    found = fact("systolic_bp", pressure)
    assert (found.value, str(found.on)) == (Decimal(128), "2026-11-20")
    assert fact("systolic_bp", {**pressure, "status": "cancelled"}).is_unknown


def test_it_reads_observations_contained_in_a_report() -> None:
    inner = {"resourceType": "Observation", "id": "b", "status": "final", "code": concept(BILIRUBIN),
             "valueQuantity": quantity(1.2, "mg/dL")}  # fmt: skip
    report = {"resourceType": "DiagnosticReport", "id": "r", "status": "final", "code": concept(text="Liver panel"),
              "effectiveDateTime": "2026-11-19", "contained": [inner], "result": [{"reference": "#b"}]}  # fmt: skip
    assert str(fact("bilirubin", report).on) == "2026-11-19"


def test_it_reads_an_upper_limit_from_the_same_result() -> None:
    found = fact("ast_times_uln", lab(120, "U/L", AST, referenceRange=[{"high": quantity(40, "U/L")}]))
    assert found.value == Decimal(3)
    assert fact("ast_times_uln", lab(120, "U/L", AST)).reason == "no upper limit of the reference range"
    two = [{"high": quantity(40, "U/L")}, {"high": quantity(50, "U/L")}]
    assert fact("ast_times_uln", lab(120, "U/L", AST, referenceRange=two)).is_unknown


def test_it_counts_any_coding_and_refuses_codings_that_contradict() -> None:
    local = ("https://fhir.cerner.com/x/codeSet/72", "2552")
    assert fact("bilirubin", lab(1.2, code=concept(local, BILIRUBIN))).is_known
    torn = lab(1.2, code=concept(BILIRUBIN, INR))
    assert fact("bilirubin", torn).reason == fact("inr", torn).reason == "codes contradict each other"


def test_it_matches_no_code_without_its_system() -> None:
    bare = {"coding": [{"code": "1975-2"}, {"system": "urn:oid:2.16.840.1.113883.6.238", "code": "1975-2"}]}
    assert fact("bilirubin", lab(1.2, code=bare)).reason == "not recorded"


@pytest.mark.parametrize("system", ["urn:oid:2.16.840.1.113883.6.1", "http://loinc.org/", "LOINC", "HTTPS://LOINC.ORG"])
def test_it_knows_a_code_system_by_its_other_names(system: str) -> None:
    assert fact("bilirubin", lab(1.2, means=(system, "1975-2"))).is_known


def test_it_reads_a_finding_answered_with_yes_no_or_unknown() -> None:
    present = fact("ascites", observation(ASCITES, valueCodeableConcept=concept(YES)))
    assert present.values == ("mild", "moderate_severe", "refractory")
    assert fact("ascites", observation(ASCITES, valueCodeableConcept=concept(NO))).value == "none"
    unsaid = fact("ascites", observation(ASCITES, valueCodeableConcept=concept(UNKNOWN)))
    assert unsaid.reason == "recorded as unknown"


def test_it_does_not_take_the_denial_of_one_kind_for_that_of_all() -> None:
    denied = observation(ALCOHOLIC_CIRRHOSIS, valueCodeableConcept=concept(NO))
    assert fact("cirrhosis", denied).reason == "not recorded"


def test_it_reads_our_own_codes_in_every_shape() -> None:
    assert fact("portal_flow", own("portal_flow", valueCodeableConcept=value("hepatofugal"))).value == "hepatofugal"
    assert fact("ablatable", own("ablatable", valueBoolean=False)).value is False
    assert fact("largest_lesion", own("largest_lesion", valueQuantity=quantity(42, "mm"))).value == Decimal("4.2")
    assert fact("lesion_count", own("lesion_count", valueInteger=3)).value == Decimal(3)
    assert fact("portal_flow", own("portal_flow", valueCodeableConcept=value("sideways"))).is_unknown


def test_it_lets_an_age_recorded_earlier_grow() -> None:
    days = own("tumour_board_age", valueInteger=5, effectiveDateTime="2026-11-12")
    assert fact("tumour_board_age", days).value == Decimal(15)
    assert fact("tumour_board_age", own("tumour_board_age", valueDateTime="2026-11-02")).value == Decimal(20)


def test_it_reads_a_clients_own_code() -> None:
    site = Site(fact_codes={("urn:local", "PV"): "portal_flow"})
    local = observation(("urn:local", "PV"), valueCodeableConcept=value("absent"))
    assert fact("portal_flow", local, site=site).value == "absent"
    assert fact("portal_flow", local).is_unknown


def test_it_takes_the_current_formula_of_several_filtration_rates_of_one_time() -> None:
    new, old = (LOINC, "98979-8"), (LOINC, "33914-3")
    unit = "mL/min/{1.73_m2}"
    both = (lab(48, unit, old, key="old"), lab(55, unit, new, key="new"))
    assert fact("egfr", *both).value == Decimal(55)


@pytest.mark.parametrize("focus", ["Patient/donor", "RelatedPerson/7"])
def test_it_does_not_read_what_is_about_someone_else(focus: str) -> None:
    assert fact("bilirubin", lab(1.2, focus=[{"reference": focus}])).reason == "not recorded"
    assert fact("bilirubin", lab(1.2, focus=[{"reference": "Patient/p1"}])).is_known


def test_it_reads_nodes_and_metastases_only_of_a_tumour_that_arose_in_the_liver() -> None:
    staged = observation((LOINC, "21907-1"), focus=[{"reference": "Condition/c1"}],
                         valueCodeableConcept=concept((SNOMED, "1229903009")))  # fmt: skip
    assert fact("distant_metastasis", staged, condition(HCC)).value is True
    assert fact("distant_metastasis", staged, condition(COLON)).reason == "not recorded"
    assert fact("distant_metastasis", staged).reason == "not recorded"
