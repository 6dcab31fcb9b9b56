"""The patient: age, sex, links, and whose resources may be read."""

from decimal import Decimal

import pytest

from service.clinical.values import Fact, Interval, State
from service.codes.site import Site
from service.fhir.record import Record, read_record
from tests.fhir.making import FHIR, TODAY, lab, patient, raw, read


def record_of(*resources: FHIR) -> Record:
    return read_record(raw(*resources), patient_id="p1", today=TODAY, site=Site())


def age(born: str) -> Fact:
    return record_of(patient(birthDate=born)).facts["age"]


@pytest.mark.parametrize(("born", "years"), [("1960-11-22", 66), ("1960-11-23", 65), ("2026-11-22", 0)])
def test_it_counts_completed_years(born: str, years: int) -> None:
    assert age(born).value == Decimal(years)


def test_it_keeps_every_age_that_a_partial_birth_date_leaves_open() -> None:
    assert age("1960").interval == Interval(Decimal(65), Decimal(66))
    assert age("1960-01").value == Decimal(66)
    assert age("1960-11").state is State.INTERVAL


def test_it_knows_no_age_without_a_birth_date_or_with_one_in_the_future() -> None:
    assert age("2027-01-01").is_unknown
    assert record_of(patient(birthDate="1960-05-05T10:00:00Z")).facts["age"].is_unknown


@pytest.mark.parametrize(
    ("gender", "sex"), [("female", "female"), ("male", "male"), ("other", "other"), ("unknown", "other")]
)
def test_it_reads_the_sex(gender: str, sex: str) -> None:
    assert record_of(patient(gender=gender)).facts["sex"].value == sex


def test_it_knows_no_sex_where_the_record_is_silent() -> None:
    assert record_of({"resourceType": "Patient", "id": "p1"}).facts["sex"].is_unknown


def test_it_says_whether_the_patient_died() -> None:
    assert record_of(patient(deceasedBoolean=True)).patient is not None
    died = record_of(patient(deceasedDateTime="2026-01-01")).patient
    assert died is not None
    assert died.deceased is True
    assert record_of(patient(deceasedBoolean=True)).alerts == ("The patient is recorded as deceased.",)
    assert record_of(patient(deceasedBoolean=False)).alerts == ()


def test_it_stops_at_a_resource_of_another_patient() -> None:
    record = read(lab(1.2), lab(2.0, key="o2", subject={"reference": "Patient/p2"}))
    assert record.foreign == ("Observation/o2",)
    assert record.facts == {}


def test_it_stops_at_another_patient_resource() -> None:
    assert read(patient("p2")).foreign == ("Patient/p2",)


@pytest.mark.parametrize(
    "reference", ["Patient/p1", "https://ehr.example.org/fhir/Patient/p1", "Patient/p1/_history/3", "urn:uuid:p1"]
)
def test_it_knows_the_patient_under_every_form_of_reference(reference: str) -> None:
    record = read(lab(1.2, subject={"reference": reference}))
    assert record.foreign == ()
    assert record.facts["bilirubin"].is_known


def test_it_takes_linked_ids_as_the_same_patient() -> None:
    linked = patient(link=[{"other": {"reference": "Patient/old"}, "type": "replaces"}])
    record = record_of(linked, lab(1.2, subject={"reference": "Patient/old"}), patient("old"))
    assert record.foreign == ()
    assert record.facts["bilirubin"].is_known


def test_it_finds_the_patient_of_a_bundle_by_full_url() -> None:
    [(_, content)] = raw(patient("p1"))
    [(_, result)] = raw(lab(1.2, subject={"reference": "urn:uuid:5"}))
    record = read_record([("urn:uuid:5", content), ("x", result)], patient_id="p1", today=TODAY, site=Site())
    assert record.foreign == ()


@pytest.mark.parametrize("subject", [{"display": "Somebody"}, {"identifier": {"value": "7"}}, {"reference": "Group/1"}])
def test_it_takes_a_subject_that_names_nobody_as_the_patient(subject: FHIR) -> None:
    assert read(lab(1.2, subject=subject)).foreign == ()


def test_it_reads_without_a_patient_resource() -> None:
    record = record_of(lab(1.2))
    assert record.patient is None
    assert record.facts["age"].is_unknown
    assert record.facts["bilirubin"].is_known
