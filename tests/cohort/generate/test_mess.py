"""What goes wrong on purpose: every kind occurs, does what its row says, and spares clean feeds and the Patient."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from cds_hooks.json import encode
from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.kinds import KINDS
from service.cohort.generate.mess.making import make_mess, sorts_of
from service.cohort.generate.table import rows_of
from service.fhir.record import read_record
from service.fixture_building.build import build
from service.fixture_building.orders import OrderCode
from service.fixture_building.parts import Resource
from tests.cohort.making import AS_OF, check, cohort, patient

DRAWS = Draws(1, 0)
FACTS = {"target_tumour": "hcc", "bilirubin": "0.8 mg/dL", "ascites": "mild", "mapping_age": "7 d"}
BUILT = build([OrderCode("ctace")], FACTS, AS_OF, patient="p1")
RESOURCES = {each["id"]: each for each in BUILT.resources}
BILIRUBIN, ASCITES = RESOURCES["laboratory-bilirubin"], RESOURCES["condition-ascites"]


def _made(kind: str, resource: Resource = BILIRUBIN) -> list[Resource]:
    return KINDS[kind](resource, DRAWS)


def _bilirubin(kind: str) -> Any:
    record = [encode(each) for each in (RESOURCES["p1"], *_made(kind))]
    read = read_record(
        list(zip(map(str, range(9)), record, strict=False)), patient_id="p1", today=AS_OF, site=check().site
    )
    return read.facts.get("bilirubin")


def test_it_has_a_row_for_every_kind_and_no_other() -> None:
    assert [row["kind"] for row in rows_of("mess")] == list(KINDS)


def test_every_kind_occurs_among_300_patients() -> None:
    done = Counter(each.kind for who in cohort(300) for each in who.mess)
    assert KINDS.keys() - done.keys() == set()


def test_a_clean_feed_brings_what_was_recorded() -> None:
    assert make_mess(BUILT.resources, "clean", DRAWS) == (list(BUILT.resources), [])
    assert [who.ident for who in cohort(100) if who.classes["feed"] == "clean" and who.mess] == []


def test_a_messy_feed_has_more_of_it_than_a_usual_one() -> None:
    counts: dict[str, list[Decimal]] = {"usual": [], "messy": []}
    for who in cohort(100):
        if who.classes["feed"] != "clean":
            counts[who.classes["feed"]].append(Decimal(len(who.mess)) / len(who.resources))

    usual, messy = (sum(shares) / len(shares) for shares in counts.values())
    assert 0 < usual < messy


def test_it_names_what_went_wrong_by_the_ids_of_the_record() -> None:
    for who in cohort(50):
        there = {f"{each['resourceType']}/{each['id']}" for each in (*who.resources, *who.orders)}
        assert [each for each in who.mess if (each.resource in there) == (each.kind in {"missing", "study_only"})] == []


def test_it_spares_the_patient_himself() -> None:
    assert sorts_of(RESOURCES["p1"]) == frozenset()
    assert [who.ident for who in cohort(100) if who.resources[0] != {**who.resources[0], "id": who.ident}] == []


def test_it_changes_no_resource_in_place() -> None:
    before = encode(BUILT.resources)
    for kind in KINDS:
        for resource in BUILT.resources:
            if {row["of"] for row in rows_of("mess") if row["kind"] == kind} & sorts_of(resource):
                _made(kind, resource)

    assert encode(BUILT.resources) == before


@pytest.mark.parametrize("kind", ["unit_spelling", "date_only", "duplicate", "second_coding", "system_alias"])
def test_a_reader_gets_the_value_all_the_same(kind: str) -> None:
    assert _made(kind) != [BILIRUBIN]
    assert _bilirubin(kind).value == Decimal("0.8")


def test_another_unit_is_the_same_amount() -> None:
    assert abs(_bilirubin("other_unit").value - Decimal("0.8")) < Decimal("0.05")


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("unit_missing", "no unit"),
        ("wrong_unit", "unit not understood"),
        ("thousandfold", "value not plausible"),
        ("value_absent", "no value"),
        ("unreadable", "its result could not be read"),
    ],
)
def test_a_reader_must_not_use_it(kind: str, reason: str) -> None:
    fact = _bilirubin(kind)
    assert fact.is_unknown
    assert reason in fact.reason


@pytest.mark.parametrize("kind", ["entered_in_error", "cancelled", "local_code", "missing", "future_date"])
def test_a_reader_does_not_see_it(kind: str) -> None:
    fact = _bilirubin(kind)
    assert fact is None or fact.is_unknown


def test_a_result_that_is_not_final_is_marked() -> None:
    assert _bilirubin("preliminary").preliminary


def test_an_old_result_is_older_than_any_window_of_laboratory_results() -> None:
    assert (AS_OF - _bilirubin("stale").on).days > 45


def test_a_report_without_the_day_of_the_sample_is_marked() -> None:
    assert _bilirubin("issued_only").marks == ("date of issue",)


def test_a_limit_of_the_assay_is_no_value() -> None:
    assert (_bilirubin("comparator").value, _bilirubin("comparator").interval is None) == (None, False)


def test_two_sources_are_both_possible_and_a_correction_replaces() -> None:
    assert {Decimal("0.8"), Decimal(1)} <= set(_bilirubin("conflicting").values)
    assert _bilirubin("corrected").value == Decimal("0.9")


@pytest.mark.parametrize("kind", ["provisional", "refuted"])
def test_a_diagnosis_is_not_sure(kind: str) -> None:
    [made] = _made(kind, ASCITES)
    assert made["verificationStatus"]["coding"][0]["code"] == kind


def test_a_disease_is_over() -> None:
    [made] = _made("resolved", ASCITES)
    assert (made["clinicalStatus"]["coding"][0]["code"], made["abatementDateTime"]) == (
        "resolved",
        ASCITES["recordedDate"],
    )


def test_a_procedure_was_not_done() -> None:
    [made] = _made("not_done", RESOURCES["procedure-mapping-age"])
    assert made["status"] == "not-done"


def test_somebody_elses_resource_stops_everything() -> None:
    record = [("a", encode(RESOURCES["p1"])), ("b", encode(_made("other_patient")[0]))]
    assert read_record(record, patient_id="p1", today=AS_OF, site=check().site).foreign


def test_an_order_under_a_local_code_is_not_mapped_but_looks_liver_directed() -> None:
    drafts = {"resourceType": "Bundle", "entry": [{"resource": _made("local_order_code", BUILT.orders[0])[0]}]}
    [order] = check().orders(encode(drafts), None)
    assert (order.therapies, order.looks_liver_directed) == ((), True)


def test_text_instead_of_a_value_is_the_same_value() -> None:
    [made] = _made("value_as_text")
    assert "valueQuantity" not in made
    assert made["valueString"].endswith("0.8 mg/dL")


def test_a_patients_order_goes_wrong_as_well() -> None:
    wrong = [who for who in cohort(300) if any(each.kind == "local_order_code" for each in who.mess)]
    assert [who.ident for who in wrong if who.orders[0]["code"]["text"] != "Radioembolization, our protocol"] == []
    assert patient(0).orders[0]["resourceType"] == "ServiceRequest"


def test_a_study_without_a_report_tells_its_age_all_the_same() -> None:
    built = build([OrderCode("ctace")], {"chest_imaging_age": "9 d"}, AS_OF, patient="p1")
    [study] = _made("study_only", built.resources[1])
    record = [("a", encode(RESOURCES["p1"])), ("b", encode(study))]
    read = read_record(record, patient_id="p1", today=AS_OF, site=check().site)
    assert (study["resourceType"], read.facts["chest_imaging_age"].value) == ("ImagingStudy", 9)
