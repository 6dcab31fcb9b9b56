"""Reports and studies: the age of an examination, and conclusions in codes."""

from decimal import Decimal

import pytest

from service.codes.systems import SNOMED
from tests.fhir.making import FHIR, concept, fact, procedure, resource

CHEST_CT, PORTAL_THROMBOSIS = (SNOMED, "169069000"), (SNOMED, "17920008")


def report(key: str = "r1", on: str | None = "2026-11-02", **more: object) -> FHIR:
    made = {"status": "final", "code": concept(CHEST_CT), "effectiveDateTime": on, **more}
    return resource("DiagnosticReport", key, **made)


def test_it_counts_the_days_since_the_newest_examination() -> None:
    assert fact("chest_imaging_age", report(), report("r2", "2026-10-01")).value == Decimal(20)


def test_it_takes_the_date_of_issue_where_there_is_no_other() -> None:
    assert fact("chest_imaging_age", report(on=None, issued="2026-11-12T10:00:00Z")).value == Decimal(10)


@pytest.mark.parametrize("status", ["entered-in-error", "cancelled", "registered", "unknown"])
def test_it_does_not_count_a_report_that_does_not_stand(status: str) -> None:
    assert fact("chest_imaging_age", report(status=status)).reason == "not recorded"


def test_it_reads_imaging_studies_and_procedures_too() -> None:
    study = resource("ImagingStudy", "i1", status="available", started="2026-11-12", procedureCode=[concept(CHEST_CT)])
    assert fact("chest_imaging_age", study).value == Decimal(10)
    assert fact("echo_age", procedure((SNOMED, "433236007"), on="2026-11-12")).value == Decimal(10)


def test_it_reads_a_conclusion_in_codes_and_none_in_words() -> None:
    concluded = report(conclusionCode=[concept(PORTAL_THROMBOSIS)])
    found = fact("portal_vein_thrombosis", concluded)
    assert (found.value, str(found.on)) == (True, "2026-11-02")
    assert fact("portal_vein_thrombosis", report(conclusion="Portal vein thrombosis.")).reason == "not recorded"
    early = report(conclusionCode=[concept(PORTAL_THROMBOSIS)], status="preliminary")
    assert fact("portal_vein_thrombosis", early).reason == "not recorded"


def test_it_does_not_know_the_age_of_a_broken_report() -> None:
    assert fact("chest_imaging_age", report(effectivePeriod={"start": "2026-11-03"})).is_unknown


def test_it_does_not_use_a_report_of_the_future() -> None:
    assert fact("chest_imaging_age", report(on="2026-12-01")).reason == "not recorded"
