"""Draft orders: therapies, phase, selections, and what is no order."""

import json

import pytest

from service.codes.own import THERAPIES_SYSTEM
from service.codes.site import Site
from service.codes.systems import CPT, LOINC, SNOMED
from service.fhir.orders import OrdersError, read_orders
from tests.fhir.making import FHIR, concept, drug, lab, order, orders, read

LOCAL = ("urn:oid:1.2.840.114350.1.13.0.1.7.2.696580", "39334")
EMBOLISATION, MAPPING, MICROWAVE = (CPT, "37243"), (LOINC, "88936-0"), (SNOMED, "609232008")


def test_it_maps_our_own_code_to_one_therapy() -> None:
    [found] = orders(order())
    assert (found.reference, found.therapies, found.phase) == ("ServiceRequest/1", ("ctace",), "therapy")
    assert not found.confirm_liver


def test_it_keeps_every_candidate_of_a_code_and_asks_for_the_organ() -> None:
    [found] = orders(order(means=EMBOLISATION))
    assert {"ctace", "tae", "y90-glass"} <= set(found.therapies)
    assert found.confirm_liver


def test_it_narrows_candidates_by_a_second_code_of_the_order() -> None:
    [found] = orders(order(code=concept(EMBOLISATION, (THERAPIES_SYSTEM, "deb-tace"))))
    assert found.therapies == ("deb-tace",)
    assert not found.confirm_liver


def test_it_narrows_candidates_by_an_order_detail() -> None:
    [found] = orders(order(means=EMBOLISATION, orderDetail=[concept((THERAPIES_SYSTEM, "tae"))]))
    assert found.therapies == ("tae",)


def test_it_keeps_all_and_says_so_when_codes_contradict() -> None:
    [found] = orders(order(code=concept(MICROWAVE, (THERAPIES_SYSTEM, "pve"))))
    assert set(found.therapies) == {"microwave", "pve"}
    assert found.problems == ("order codes name different therapies",)


def test_it_tells_a_mapping_from_a_treatment() -> None:
    [found] = orders(order(means=MAPPING))
    assert (found.therapies, found.phase) == (("y90-glass", "y90-resin"), "mapping")
    [torn] = orders(order(code=concept(MAPPING, (THERAPIES_SYSTEM, "y90-glass"))))
    assert (torn.therapies, torn.phase) == (("y90-glass",), "")


def test_it_reads_the_procedure_code_of_a_billing_extension() -> None:
    billing = {"url": "http://hl7.org/fhir/us/davinci-crd/StructureDefinition/ext-billing-options",
               "valueCodeableConcept": concept(EMBOLISATION)}  # fmt: skip
    [found] = orders(order(code={"text": "Embolization"}, extension=[billing]))
    assert "tae" in found.therapies


def test_it_maps_a_clients_own_code() -> None:
    site = Site(order_codes={LOCAL: (("y90-resin",), "mapping")})
    [found] = orders(order(means=LOCAL), site=site)
    assert (found.therapies, found.phase) == (("y90-resin",), "mapping")
    [unmapped] = orders(order(means=LOCAL))
    assert (unmapped.therapies, unmapped.codes) == ((), (LOCAL,))


@pytest.mark.parametrize(
    ("text", "looks"),
    [("TACE liver segment 8", True), ("Y-90 radioembolization", True), ("BRONCHOSCOPY", False), ("CT SURFACE", False)],
)
def test_it_never_chooses_a_therapy_from_text(text: str, looks: bool) -> None:
    [found] = orders(order(code={"coding": [{"system": LOCAL[0], "code": LOCAL[1], "display": text}], "text": text}))
    assert found.therapies == ()
    assert (found.looks_liver_directed, found.text_present) == (looks, True)


@pytest.mark.parametrize("status", ["revoked", "entered-in-error", "completed"])
def test_it_passes_over_what_is_no_longer_ordered(status: str) -> None:
    assert orders(order(status=status)) == []


def test_it_passes_over_an_order_not_to_do_it() -> None:
    assert orders(order(doNotPerform=True)) == []


def test_it_judges_re_signed_orders_of_other_statuses() -> None:
    assert len(orders(order(status="active"), order("2", status="on-hold"))) == 2


def test_it_judges_only_the_selected_orders() -> None:
    both = (order("1"), order("2"))
    assert [each.reference for each in orders(*both, selections=["ServiceRequest/2"])] == ["ServiceRequest/2"]
    assert [each.reference for each in orders(*both, selections=["2"])] == ["ServiceRequest/2"]
    assert orders(*both, selections=[]) == []
    assert len(orders(*both)) == 2


def test_it_ignores_resource_types_that_are_no_orders() -> None:
    assert orders(lab(1.2), {"resourceType": "NutritionOrder", "id": "n", "status": "draft"}) == []


def test_it_takes_a_drug_order_as_an_order_that_maps_only_through_the_client() -> None:
    melphalan = ("http://www.nlm.nih.gov/research/umls/rxnorm", "6718")
    site = Site(order_codes={melphalan: (("php",), "therapy")})
    [found] = orders(drug("MedicationRequest", melphalan, status="draft"), site=site)
    assert found.therapies == ("php",)


def test_it_finds_the_code_of_an_order_that_is_not_r4() -> None:
    later = order(code={"concept": concept((THERAPIES_SYSTEM, "ctace"))})
    [found] = orders(later)
    assert found.therapies == ("ctace",)


@pytest.mark.parametrize("content", [b"null", b"[]", b"{}", b'{"resourceType": "ServiceRequest"}', b"{"])
def test_it_says_what_is_no_bundle(content: bytes) -> None:
    with pytest.raises(OrdersError, match="not a Bundle"):
        read_orders(content, None, Site())


def test_it_passes_over_entries_that_are_no_resources() -> None:
    entries: list[object] = [
        3,
        None,
        {},
        {"resource": None},
        {"resource": 3},
        {"resource": {"resourceType": 7}},
        {"resource": order()},
    ]
    content = json.dumps({"resourceType": "Bundle", "entry": entries}).encode()
    assert [each.reference for each in read_orders(content, None, Site())] == ["ServiceRequest/1"]


def test_it_knows_an_order_of_another_patient() -> None:
    other: FHIR = order(subject={"reference": "Patient/p2"})
    [foreign], [own] = orders(other), orders(order())
    assert read().is_another_patients(foreign.item)
    assert not read().is_another_patients(own.item)
