"""Generated patients: the same for the same seed and number, of every sort, readable but for what must not be."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta

import pytest

from cds_hooks.json import encode
from service.cohort.generate.patient import Patient, generate
from service.cohort.generate.writing import Cohort
from service.fhir.repeated import Repeated
from service.fhir.scan import scan
from service.fhir.validate import UnreadableError, validate
from service.rules.loader import load
from tests.cohort.making import AS_OF, SEED, cohort, patient

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")


def _bytes(who: Patient) -> bytes:
    return encode([who.bundle, who.requests])


def test_it_is_the_same_for_the_same_seed_number_and_day() -> None:
    assert [_bytes(generate(SEED, n, AS_OF)) for n in range(20)] == [_bytes(patient(n)) for n in range(20)]


def test_it_does_not_depend_on_how_many_others_there_are() -> None:
    few, more = list(Cohort(3, SEED, AS_OF)), list(Cohort(12, SEED, AS_OF))
    assert [_bytes(who) for who in more[:3]] == [_bytes(who) for who in few]


def test_it_is_another_with_another_number_or_seed() -> None:
    assert len({_bytes(patient(n, seed)) for n in range(20) for seed in (1, 2)}) == 40


def test_it_is_the_same_on_another_day_with_its_days_moved() -> None:
    later = generate(SEED, 4, AS_OF + timedelta(days=30))
    assert (later.classes, later.mess, later.therapy) == (patient(4).classes, patient(4).mess, patient(4).therapy)
    assert _bytes(later) != _bytes(patient(4))


def test_it_takes_any_day_of_the_calendar() -> None:
    for day in (date(2024, 2, 29), date(2027, 1, 1), date(1999, 12, 31)):
        assert generate(SEED, 0, day).orders[0]["authoredOn"].startswith(day.isoformat())


def test_it_may_be_ordered_every_therapy() -> None:
    assert {who.therapy for who in cohort(300)} == load().therapies.keys()


def test_it_may_be_of_every_sort() -> None:
    sorts: dict[str, set[str]] = {}
    for who in cohort(300):
        for name, word in who.classes.items():
            sorts.setdefault(name, set()).add(word)

    assert sorts == {
        "feed": {"clean", "usual", "messy"},
        "record": {"complete", "plan_open", "usual"},
        "answers": {"mixed", "details", "contained", "questionnaire"},
        "age_group": {"young", "middle", "old"},
        "liver": {"good", "impaired", "failing"},
        "spread": {"limited", "intermediate", "advanced"},
        "fitness": {"fit", "reduced", "frail"},
        "kidney": {"normal", "reduced", "failing"},
    }


def test_its_record_is_of_the_types_that_feeds_bring() -> None:
    kinds = {each["resourceType"] for who in cohort(300) for each in (*who.resources, *who.orders)}
    assert kinds == {
        "AllergyIntolerance", "Condition", "Device", "DiagnosticReport", "ImagingStudy", "MedicationRequest",
        "Observation", "Patient", "Procedure", "QuestionnaireResponse", "ServiceRequest",
    }  # fmt: skip


def test_its_ids_are_valid_and_unique_in_the_whole_cohort() -> None:
    places = [f"{each['resourceType']}/{each['id']}" for who in cohort(100) for each in (*who.resources, *who.orders)]
    assert len(places) == len(set(places))
    assert [place for place in places if not _ID.fullmatch(place.partition("/")[2])] == []


def test_its_ids_stay_valid_with_the_highest_seed_and_number() -> None:
    who = generate(2**31, 10**6, AS_OF)
    assert [each["id"] for each in who.resources if not _ID.fullmatch(each["id"])] == []


@pytest.mark.parametrize("first", range(0, 100, 25))
def test_its_resources_are_valid_but_for_those_that_must_not_be(first: int) -> None:
    for who in (patient(n) for n in range(first, first + 25)):
        spoiled = {each.resource for each in who.mess if each.kind == "unreadable"}
        found = {place for each in (*who.resources, *who.orders) if (place := _unreadable(each))}
        assert found == spoiled, who.ident


def _unreadable(resource: dict[str, object]) -> str:
    """Its place if fhir.resources refuses it, or if anything had to be mended first."""
    place = f"{resource['resourceType']}/{resource['id']}"
    try:
        _, mended = validate(scan(place, encode(resource)), UTC, Repeated())
    except UnreadableError:
        return place
    return place if mended else ""
