"""Bundles opened: places, and entries that are none."""

import pytest

from service.fhir.bundle import NotABundleError, open_bundle


def places(content: bytes) -> list[str]:
    return [place for place, _ in open_bundle(content)]


def test_it_names_each_resource_by_its_full_url_or_its_number() -> None:
    content = b"""{"resourceType": "Bundle", "entry": [
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Patient"}},
        {"fullUrl": "Patient/2", "resource": {"resourceType": "Patient"}},
        {"resource": {"resourceType": "Patient"}}]}"""
    assert places(content) == ["urn:uuid:1", "entry[1]", "entry[2]"]


def test_it_passes_over_entries_without_a_resource_and_hands_on_what_is_no_entry() -> None:
    content = b'{"resourceType": "Bundle", "entry": [{"fullUrl": "urn:uuid:1"}, {"resource": null}, 3, null]}'
    assert [(place, bytes(raw)) for place, raw in open_bundle(content)] == [("entry[2]", b"3")]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"resourceType": "Patient"}', b"\xff", b"[" * 5000])
def test_it_says_what_is_no_bundle(content: bytes) -> None:
    with pytest.raises(NotABundleError, match="not a Bundle"):
        open_bundle(content)


def test_it_opens_a_bundle_without_entries() -> None:
    assert places(b'{"resourceType": "Bundle"}') == []
