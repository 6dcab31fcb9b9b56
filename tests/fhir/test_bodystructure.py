"""Lesions counted on record are a lower bound."""

from decimal import Decimal

from service.clinical.values import Interval
from service.codes.systems import LOINC, SNOMED
from tests.fhir.making import FHIR, LIVER, concept, fact, lab, observation, own, quantity, resource

CARCINOMA = concept((SNOMED, "68453008"))
BREAST = concept((SNOMED, "76752008"))


def lesion(key: str, site: FHIR | None = None) -> FHIR:
    return resource("BodyStructure", key, morphology=CARCINOMA, location=site or concept(LIVER))


def size(value: float, key: str, on: str = "2026-11-20", **more: object) -> FHIR:
    part = {"code": concept((LOINC, "33728-7")), "valueQuantity": quantity(value, "cm")}
    return observation((LOINC, "21889-1"), key, on, component=[part], **more)


def test_it_counts_lesions_in_the_liver_as_a_lower_bound() -> None:
    found = fact("lesion_count", lesion("b1"), lesion("b2"), lesion("b3", BREAST))
    assert found.interval == Interval(Decimal(2), None)


def test_it_prefers_a_stated_number() -> None:
    assert fact("lesion_count", lesion("b1"), own("lesion_count", valueInteger=4)).value == Decimal(4)


def test_it_reads_the_size_of_a_lesion_only_where_it_is_tied_to_the_liver() -> None:
    focused = size(3.2, "s1", focus=[{"reference": "BodyStructure/b1"}])
    assert fact("largest_lesion", focused, lesion("b1")).value == Decimal("3.2")
    assert fact("largest_lesion", focused, lesion("b1", BREAST)).reason == "not recorded"
    assert fact("largest_lesion", size(3.2, "s1")).reason == "not told whether it is in the liver"
    assert fact("largest_lesion", size(3.2, "s1", bodySite=concept(LIVER))).value == Decimal("3.2")


def test_it_takes_the_largest_of_several_lesions_of_one_day() -> None:
    in_liver = {"bodySite": concept(LIVER)}
    assert fact("largest_lesion", size(3, "s1", **in_liver), size(5, "s2", **in_liver)).value == Decimal(5)


def test_it_does_not_count_a_size_without_a_unit() -> None:
    bare = lab(3, means=(LOINC, "33728-7"), valueQuantity={"value": 3}, bodySite=concept(LIVER))
    assert fact("largest_lesion", bare).reason == "no unit"
