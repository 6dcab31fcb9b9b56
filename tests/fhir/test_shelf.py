"""References of every form, and duplicates."""

import pytest

from service.fhir.shelf import local, shelve
from tests.fhir.making import condition, lab, raw


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("Patient/1", "Patient/1"),
        ("Patient/1/_history/2", "Patient/1"),
        ("https://ehr.org/fhir/R4/Patient/1", "Patient/1"),
        ("https://ehr.org/fhir/R4/Patient/1/_history/7", "Patient/1"),
        ("urn:uuid:5c3f", "5c3f"),
        ("urn:oid:1.2.3", "1.2.3"),
    ],
)
def test_it_knows_the_local_name_of_a_reference(reference: str, name: str) -> None:
    assert local(reference) == name


def test_it_resolves_by_type_and_id_full_url_and_urn() -> None:
    [(_, content)] = raw(condition(("x", "y"), key="c7"))
    shelf = shelve([("urn:uuid:77", content)])
    for reference in ("Condition/c7", "http://ehr.org/Condition/c7", "urn:uuid:77", "urn:uuid:c7"):
        found = shelf.resolve(reference)
        assert found is not None
        assert found.head.id == "c7"


@pytest.mark.parametrize("reference", [None, "", "#inner", "Condition/other", "Condition?identifier=7", "urn:uuid:1"])
def test_it_resolves_nothing_that_is_not_here(reference: str | None) -> None:
    assert shelve(raw(lab(1.2))).resolve(reference) is None


def test_it_keeps_two_versions_that_no_time_orders() -> None:
    shelf = shelve(raw(lab(1.2), lab(1.3)))
    assert len(list(shelf.of("Observation"))) == 2


def test_it_lists_what_is_no_resource() -> None:
    shelf = shelve([("labs[0]", b"3"), ("labs[1]", b"{}")])
    assert [(each.resource, each.reason) for each in shelf.unreadable] == [
        ("labs[0]", "not a JSON object"),
        ("labs[1]", "no resourceType"),
    ]
