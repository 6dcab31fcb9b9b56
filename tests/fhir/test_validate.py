"""Validation: what is mended, with a note, and what is not."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from service.codes.site import Site
from tests.fhir.making import lab, read


def test_it_drops_unknown_elements_and_says_so() -> None:
    record = read(lab(1.2, vendorFlag="x", valueQuantity={"value": 1.2, "unit": "mg/dL", "colour": "red"}))
    assert record.facts["bilirubin"].value is not None
    assert "Observation/o1: unknown element dropped: Observation.vendorFlag" in record.notes
    assert "Observation/o1: unknown element dropped: Observation.valueQuantity.colour" in record.notes


def test_it_gives_a_time_without_zone_the_clients_zone() -> None:
    late = lab(1.2, effectiveDateTime="2026-11-20T23:30:00")
    record = read(late, site=Site(time_zone=ZoneInfo("America/New_York")))
    assert record.facts["bilirubin"].on == date(2026, 11, 20)
    assert "Observation/o1: time without zone read in the client's: Observation.effectiveDateTime" in record.notes


def test_it_removes_spaces_at_the_ends() -> None:
    padded = lab(1.2, status="final ", code={"coding": [{"system": " http://loinc.org/ ", "code": "1975-2 "}]})
    record = read(padded)
    assert record.facts["bilirubin"].is_known
    assert any("spaces at the ends removed" in note for note in record.notes)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({"valueQuantity": {"value": "about 2", "unit": "mg/dL"}}, "Observation.valueQuantity.value"),
        ({"valueString": "2"}, "Observation"),
        ({"effectiveDateTime": "last week"}, "Observation.effectiveDateTime"),
        ({"code": {"coding": {"system": "http://loinc.org", "code": "1975-2"}}}, "Observation.code"),
        ({"modifierExtension": [{"url": "http://x.org/not", "valueBoolean": True}]}, "modifierExtension"),
        ({"component": [{"code": {"text": "x"}, "modifierExtension": [{"url": "http://x.org"}]}]}, "modifierExtension"),
        ({"implicitRules": "http://x.org/rules"}, "implicitRules"),
        ({"valueQuantity": {"value": 1e300, "unit": "mg/dL"}}, "JSON"),
    ],
)
def test_it_lists_what_does_not_validate_and_does_not_use_it(broken: dict[str, Any], reason: str) -> None:
    record = read(lab(1.2, **broken))
    assert record.facts["bilirubin"].is_unknown
    [listed] = record.unreadable
    assert listed.resource == "Observation/o1"
    assert reason in listed.reason


def test_it_never_repeats_a_patients_value_in_a_reason_or_note() -> None:
    secret = "CANARY-4711"
    record = read(
        lab(1.2, valueQuantity={"value": secret, "unit": "mg/dL"}),
        lab(1.2, key="o2", **{"odd element " + secret: 1}),
        lab(1.2, key="o3", effectiveDateTime=secret),
        {"resourceType": "Observation", "id": "o4", "code": secret, "status": [secret], "subject": secret},
    )
    told = " ".join([each.reason for each in record.unreadable] + list(record.notes))
    assert secret not in told


def test_it_leaves_alone_what_is_not_selected() -> None:
    record = read(lab(1.2, means=("http://loinc.org", "99999-9"), unheard="of", effectiveDateTime="last week"))
    assert record.unreadable == ()
    assert record.notes == ()


def test_it_lists_a_resource_whose_code_cannot_even_be_seen() -> None:
    record = read({"resourceType": "Observation", "id": "o9", "status": "final", "code": "bilirubin"})
    assert [each.resource for each in record.unreadable] == ["Observation/o9"]
