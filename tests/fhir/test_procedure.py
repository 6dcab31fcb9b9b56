"""Procedures: what was done, how often, how long ago, and where."""

from decimal import Decimal

import pytest

from service.clinical.values import Interval
from service.codes.own import THERAPIES_SYSTEM
from service.codes.site import Site
from service.codes.systems import SNOMED
from tests.fhir.making import LIVER, concept, condition, fact, procedure, read

TACE, Y90, ABLATION = (SNOMED, "314617008"), (SNOMED, "764677008"), (SNOMED, "609232008")
EMBOLISATION, RADIOTHERAPY = (SNOMED, "57238002"), (SNOMED, "1217123003")
MAPPING = ("http://loinc.org", "88936-0")
BREAST = (SNOMED, "76752008")


def test_it_counts_the_days_since_the_last_treatment() -> None:
    found = fact("days_since_last_embolisation", procedure(TACE, "a", "2026-10-23"), procedure(TACE, "b", "2026-01-01"))
    assert (found.value, found.source) == (Decimal(30), "Procedure/a")


def test_it_counts_sessions_on_different_days_once() -> None:
    sessions = [
        procedure(TACE, "a", "2026-10-23"),
        procedure(TACE, "b", "2026-10-23"),
        procedure(TACE, "c", "2026-01-01"),
    ]
    assert fact("embolisation_sessions", *sessions).value == Decimal(2)
    assert fact("embolisation_sessions", *sessions, procedure(TACE, "d", None)).interval == Interval(Decimal(2), None)


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", "preparation"])
def test_it_does_not_count_what_was_not_done(status: str) -> None:
    assert fact("prior_liver_local_therapy", procedure(ABLATION, status=status)).reason == "not recorded"


@pytest.mark.parametrize("status", ["unknown", "final", "on-hold"])
def test_it_neither_uses_nor_denies_what_may_not_have_been_done(status: str) -> None:
    closed = Site(closed_world=frozenset({"Procedure"}))
    found = fact("prior_liver_local_therapy", procedure(ABLATION, status=status), site=closed)
    assert found.reason == "recorded, whether it was done is not known"
    assert fact("prior_liver_local_therapy", procedure(ABLATION, status=status), procedure(ABLATION, "b")).value is True


@pytest.mark.parametrize("status", ["completed", "in-progress", "stopped"])
def test_it_counts_what_was_done_at_least_in_part(status: str) -> None:
    assert fact("prior_liver_local_therapy", procedure(ABLATION, status=status)).value is True


def test_it_knows_that_an_undated_procedure_was_done_but_not_when() -> None:
    undated = procedure(ABLATION, on=None)
    assert fact("prior_liver_local_therapy", undated).value is True
    assert fact("days_since_liver_treatment", undated).reason == "date not recorded"


def test_it_keeps_the_days_that_a_partial_date_leaves_open() -> None:
    assert fact("days_since_liver_treatment", procedure(ABLATION, on="2026-10")).interval == Interval(
        Decimal(22), Decimal(52)
    )


def test_it_asks_where_a_code_does_not_say_the_organ() -> None:
    assert fact("days_since_last_embolisation", procedure(EMBOLISATION)).reason == "site not recorded"
    in_liver = procedure(EMBOLISATION, bodySite=[concept(LIVER)])
    assert fact("days_since_last_embolisation", in_liver).is_known
    elsewhere = procedure(RADIOTHERAPY, bodySite=[concept(BREAST)])
    assert fact("prior_liver_radiation", elsewhere).reason == "not recorded"
    assert fact("embolisation_sessions", procedure(EMBOLISATION)).interval == Interval(Decimal(0), None)
    kidney = procedure(EMBOLISATION, bodySite=[concept(BREAST)])
    assert fact("embolisation_sessions", kidney).reason == "not recorded"
    for_tumour = procedure(EMBOLISATION, reasonReference=[{"reference": "Condition/c1"}])
    assert fact("days_since_last_embolisation", for_tumour, condition((SNOMED, "109841003"))).is_known


def test_it_does_not_know_the_territory_of_earlier_treatment() -> None:
    assert fact("prior_y90_same_territory", procedure(Y90)).reason == "earlier treatment recorded, its territory not"
    assert fact("earlier_y90", procedure(Y90)).value is True


def test_it_sees_arterial_treatment_after_the_newest_mapping() -> None:
    mapping = procedure(MAPPING, "m", "2026-06-01")
    assert fact("arterial_treatment_since_mapping", mapping, procedure(TACE, "t", "2026-06-20")).value is True
    assert fact("arterial_treatment_since_mapping", mapping, procedure(TACE, "t", "2026-05-20")).is_unknown
    assert fact("mapping_age", mapping).value == Decimal(174)


def test_it_counts_a_treatment_under_our_own_therapy_code() -> None:
    done = procedure((THERAPIES_SYSTEM, "php"), on="2026-10-23")
    assert fact("days_since_last_php", done).value == Decimal(30)
    assert fact("php_cycles_done", done).value == Decimal(1)
    assert fact("embolisation_sessions", procedure((THERAPIES_SYSTEM, "ctace"))).value == Decimal(1)


def test_it_keeps_a_lasting_implant() -> None:
    assert fact("tips_or_shunt_patent", procedure((SNOMED, "233445008"), on="2019-01-01")).value is True


def test_it_does_not_know_what_a_broken_procedure_might_have_said() -> None:
    record = read(procedure(ABLATION, performedPeriod={"start": "2026-01-01"}))
    assert record.facts["prior_liver_local_therapy"].is_unknown
    assert record.unreadable
