"""What the order itself answers: the day-one way for what no record carries."""

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.values import Fact, Interval, State
from service.codes.own import FACTS_SYSTEM, VALUES_SYSTEM
from service.codes.site import Site
from service.codes.systems import RXNORM
from tests.fhir.making import FHIR, answers, chart, concept, drug, fact, item, lab, order, own, quantity, read, value

DOXORUBICIN = (RXNORM, "3639")


def ordered(name: str, *record: FHIR, site: Site | None = None, siblings: tuple[FHIR, ...] = (), **more: Any) -> Fact:
    return chart(read(*record, site=site), order(**more), *siblings, site=site).fact(name)


def detail(name: str, answer: str | None = None, text: str | None = None) -> FHIR:
    codings = [(FACTS_SYSTEM, name), *([(VALUES_SYSTEM, answer)] if answer else [])]
    return concept(*codings, text=text)


def test_it_reads_order_details() -> None:
    details = [detail("access_site", "radial"), detail("radiation_advice_given"), detail("ablatable", "false"),
               detail("planned_lung_dose", text="18.5 Gy")]  # fmt: skip
    assert ordered("access_site", orderDetail=details).value == "radial"
    assert ordered("radiation_advice_given", orderDetail=details).value is True
    assert ordered("ablatable", orderDetail=details).value is False
    dose = ordered("planned_lung_dose", orderDetail=details)
    assert (dose.value, dose.source, str(dose.on)) == (Decimal("18.5"), "ServiceRequest/1", "2026-11-22")


@pytest.mark.parametrize("text", ["about 20 Gy", "18.5", "18.5 mCi"])
def test_it_reads_no_number_without_its_unit_or_among_words(text: str) -> None:
    assert ordered("planned_lung_dose", orderDetail=[detail("planned_lung_dose", text=text)]).is_unknown


def test_it_does_not_choose_from_the_text_of_a_detail() -> None:
    assert ordered("access_site", orderDetail=[concept(text="radial access")]).value == "not_recorded"
    assert ordered("portal_flow", orderDetail=[detail("portal_flow", text="hepatopetal")]).is_unknown


def test_it_reads_a_response_that_the_order_contains() -> None:
    given = {**answers(item("ablatable", valueBoolean=True), on=None), "status": "in-progress"}
    found = ordered("ablatable", contained=[given], supportingInfo=[{"reference": "#q1"}])
    assert (found.value, str(found.on)) == (True, "2026-11-22")


def test_it_reads_an_observation_that_the_order_contains() -> None:
    inner = own("planned_lung_dose", on=None, valueQuantity=quantity(18, "Gy"))
    assert ordered("planned_lung_dose", contained=[inner], supportingInfo=[{"reference": "#own1"}]).value == Decimal(18)


def test_it_prefers_the_order_to_all_other_sources() -> None:
    record = (own("ablatable", valueBoolean=False), answers(item("ablatable", valueBoolean=False), on="2026-11-22"))
    assert ordered("ablatable", *record, orderDetail=[detail("ablatable", "true")]).value is True
    assert ordered("ablatable", *record).value is False


def test_it_prefers_what_the_order_points_to_over_others_of_the_same_day() -> None:
    record = (lab(1, key="a", effectiveDateTime="2026-11-20"), lab(2, key="b", effectiveDateTime="2026-11-20"))
    assert fact("bilirubin", *record).state is State.ONE_OF
    assert ordered("bilirubin", *record, supportingInfo=[{"reference": "Observation/b"}]).value == Decimal(2)


def test_it_does_not_let_the_order_point_past_a_newer_result() -> None:
    record = (lab(1, key="a", effectiveDateTime="2026-11-01"), lab(9, key="b", effectiveDateTime="2026-11-20"))
    assert ordered("bilirubin", *record, supportingInfo=[{"reference": "Observation/a"}]).value == Decimal(9)


def test_it_reads_mapped_extensions() -> None:
    site = Site(fact_codes={("http://ehr.org/flow", ""): "portal_flow", ("http://ehr.org/form", "abl"): "ablatable",
                            ("urn:q", "7"): "resectable"})  # fmt: skip
    plain = {"url": "http://ehr.org/flow", "valueCoding": {"system": VALUES_SYSTEM, "code": "absent"}}
    nested = {"url": "http://ehr.org/form", "extension": [{"url": "abl", "valueBoolean": True}]}
    question = {"url": "question", "valueCoding": {"system": "urn:q", "code": "7"}}
    asked = {"url": "http://ehr.org/ask", "extension": [question, {"url": "answer", "valueBoolean": False}]}
    extensions = [plain, nested, asked]
    assert ordered("portal_flow", site=site, extension=extensions).value == "absent"
    assert ordered("ablatable", site=site, extension=extensions).value is True
    assert ordered("resectable", site=site, extension=extensions).value is False
    assert ordered("portal_flow", extension=extensions).is_unknown


def test_it_reads_a_clients_own_detail_code() -> None:
    site = Site(fact_codes={("urn:local", "RAD"): "radiation_advice_given"})
    assert ordered("radiation_advice_given", site=site, orderDetail=[concept(("urn:local", "RAD"))]).value is True


def test_it_reads_the_drug_and_dose_drafted_beside_the_order() -> None:
    dose = [{"doseAndRate": [{"doseQuantity": quantity(75, "mg")}]}]
    beside = drug("MedicationRequest", DOXORUBICIN, status="draft", dosageInstruction=dose)
    assert ordered("planned_drug", siblings=(beside,)).value == "doxorubicin"
    assert ordered("planned_doxorubicin_dose", siblings=(beside,)).value == Decimal(75)
    void = {**beside, "status": "entered-in-error"}
    assert ordered("planned_drug", siblings=(void,)).is_unknown


def test_it_does_not_understand_a_dose_in_another_kind_of_unit() -> None:
    dose = [{"doseAndRate": [{"doseQuantity": quantity(2, "{vial}")}]}]
    beside = drug("MedicationRequest", DOXORUBICIN, status="draft", dosageInstruction=dose)
    assert ordered("planned_doxorubicin_dose", siblings=(beside,)).reason == "unit not understood"


def test_it_lists_an_order_that_does_not_validate_and_uses_none_of_its_details() -> None:
    broken = order(orderDetail=[detail("ablatable", "true")], intent=None)
    made = chart(read(), broken)
    assert made.facts["ordered_therapy"].value == "ctace"
    assert made.fact("ablatable").is_unknown
    assert [each.resource for each in made.unreadable] == ["ServiceRequest/1"]


def test_it_says_what_the_code_of_the_order_says() -> None:
    made = chart(
        read(),
        order(means=("https://livercds.org/fhir/CodeSystem/therapies", "y90-glass-mapping")),
        therapy="y90-glass",
    )
    assert made.facts["order_phase"].value == "mapping"
    assert made.facts["y90_device"].value == "glass"


def test_it_does_not_let_a_record_say_what_is_ordered() -> None:
    assert ordered("ordered_therapy", own("ordered_therapy", valueCodeableConcept=value("pve"))).value == "ctace"


def test_it_carries_the_clients_settings() -> None:
    site = Site(settings={"specialist_centre": True, "label_region": "eu"})
    assert ordered("label_region", site=site).value == "eu"
    assert ordered("specialist_centre", site=site).value is True


def test_it_takes_the_larger_transaminase_or_a_lower_bound() -> None:
    ast = lab(120, "U/L", ("http://loinc.org", "1920-8"), "ast", referenceRange=[{"high": quantity(40, "U/L")}])
    alt = lab(250, "U/L", ("http://loinc.org", "1742-6"), "alt", referenceRange=[{"high": quantity(50, "U/L")}])
    assert ordered("transaminases_times_uln", ast, alt).value == Decimal(5)
    assert ordered("transaminases_times_uln", ast).interval == Interval(Decimal(3), None)
    assert ordered("transaminases_times_uln", lab(250, "U/L", ("http://loinc.org", "1742-6"))).is_unknown


@pytest.mark.parametrize("given", [detail("ordered_therapy", "y90-resin"), detail("ordered_therapy")])
def test_it_takes_the_therapy_from_the_orders_code_alone(given: FHIR) -> None:
    assert ordered("ordered_therapy", orderDetail=[given]).value == "ctace"


def test_it_lets_no_order_change_what_the_site_has_set() -> None:
    site = Site(settings={"specialist_centre": False})
    assert ordered("specialist_centre", site=site, orderDetail=[detail("specialist_centre")]).value is False
