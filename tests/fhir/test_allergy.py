"""Allergies, their degree, and that none is known."""

import pytest

from service.clinical.values import State
from service.codes.systems import SNOMED
from tests.fhir.making import FHIR, concept, fact, read, resource, status_of

CONTRAST, NO_KNOWN = (SNOMED, "293637006"), (SNOMED, "716186003")


def allergy(means: tuple[str, str] = CONTRAST, key: str = "a1", clinical: str = "active", **more: object) -> FHIR:
    status = status_of(clinical, "allergyintolerance-clinical")
    return resource("AllergyIntolerance", key, **{"code": concept(means), "clinicalStatus": status, **more})


def reaction(*severities: str) -> list[FHIR]:
    return [{"manifestation": [{"text": "hives"}], "severity": severity} for severity in severities]


def test_it_leaves_the_degree_open_without_a_reaction() -> None:
    assert fact("contrast_allergy", allergy()).values == ("mild_moderate", "severe")


@pytest.mark.parametrize(
    ("severities", "degree"),
    [(("mild",), "mild_moderate"), (("moderate", "mild"), "mild_moderate"), (("mild", "severe"), "severe")],
)
def test_it_takes_the_worst_reaction(severities: tuple[str, ...], degree: str) -> None:
    assert fact("contrast_allergy", allergy(reaction=reaction(*severities))).value == degree


@pytest.mark.parametrize("verification", ["refuted", "entered-in-error"])
def test_it_never_uses_a_refuted_allergy(verification: str) -> None:
    refuted = allergy(verificationStatus=status_of(verification, "allergyintolerance-verification"))
    assert fact("contrast_allergy", refuted).reason == "not recorded"


def test_it_does_not_use_an_allergy_that_is_over() -> None:
    assert fact("contrast_allergy", allergy(clinical="resolved")).reason == "not recorded"


def test_it_asks_about_an_unconfirmed_allergy() -> None:
    unsure = allergy(verificationStatus=status_of("unconfirmed", "allergyintolerance-verification"))
    assert fact("contrast_allergy", unsure).reason == "allergy not confirmed"


def test_it_takes_a_statement_that_none_is_known_as_no() -> None:
    stated = allergy(NO_KNOWN, recordedDate="2026-11-01")
    assert fact("contrast_allergy", stated).value == "none"
    assert fact("lipiodol_allergy", stated).value is False


def test_it_keeps_both_when_a_statement_of_none_meets_an_allergy() -> None:
    found = fact(
        "contrast_allergy", allergy(NO_KNOWN, "n", recordedDate="2026-11-01"), allergy(recordedDate="2020-01-01")
    )
    assert found.state in {State.ONE_OF, State.UNKNOWN}
    assert set(found.values) == {"none", "mild_moderate", "severe"}


def test_it_does_not_know_what_a_broken_allergy_might_have_said() -> None:
    record = read(allergy(patient=None))
    assert record.facts["contrast_allergy"].is_unknown
    assert record.unreadable
