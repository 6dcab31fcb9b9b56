"""What an order is aimed at: its reason, else the only tumour on record, else asked."""

from typing import Any

import pytest

from service.clinical.values import Fact, State
from service.codes.systems import CPT, ICD_10_CM, SNOMED
from tests.fhir.making import (
    COLON,
    FHIR,
    HCC,
    LIVER,
    LIVER_METASTASIS,
    chart,
    concept,
    condition,
    order,
    own,
    read,
    value,
)

ICC, KIDNEY = (ICD_10_CM, "C22.1"), (ICD_10_CM, "C64.9")
MALIGNANT_LIVER = (ICD_10_CM, "C22.9")
EMBOLISATION = (CPT, "37243")


def aim(*record: FHIR, **more: Any) -> Fact:
    return chart(read(*record), order(**more)).facts["target_tumour"]


def reasons(*keys: str) -> list[FHIR]:
    return [{"reference": f"Condition/{key}"} for key in keys]


def test_it_takes_the_only_active_confirmed_tumour() -> None:
    found = aim(condition(HCC))
    assert (found.value, found.source) == ("hcc", "Condition/c1")


def test_it_takes_a_tumour_listed_twice_once() -> None:
    assert aim(condition(HCC), condition((ICD_10_CM, "C22.0"), key="c2")).value == "hcc"


def test_it_keeps_every_kind_of_several_tumours() -> None:
    assert aim(condition(HCC), condition(ICC, key="c2")).values == ("hcc", "icc")


def test_it_knows_none_where_none_is_recorded() -> None:
    assert aim().reason == "not recorded"


@pytest.mark.parametrize("clinical", ["resolved", "remission"])
def test_it_does_not_take_a_tumour_that_is_history(clinical: str) -> None:
    assert aim(condition(HCC, clinical=clinical)).is_unknown


def test_it_does_not_take_an_unconfirmed_tumour() -> None:
    assert aim(condition(HCC, verification="provisional")).reason == "diagnosis not confirmed"


def test_it_prefers_the_reason_of_the_order() -> None:
    both = (condition(HCC), condition(ICC, key="c2"))
    assert aim(*both, reasonReference=reasons("c2")).value == "icc"
    assert aim(*both, reasonReference=reasons("c1", "c2")).values == ("hcc", "icc")
    assert aim(*both, reasonCode=[concept(ICC)]).value == "icc"


def test_it_prefers_a_reason_referred_to_over_a_reason_in_codes() -> None:
    assert aim(condition(HCC), reasonReference=reasons("c1"), reasonCode=[concept(ICC)]).value == "hcc"


def test_it_reads_a_reason_that_the_order_contains() -> None:
    inner = condition(HCC, key="inner")
    assert aim(contained=[inner], reasonReference=[{"reference": "#inner"}]).value == "hcc"


def test_it_does_not_guess_a_reason_that_did_not_come() -> None:
    found = aim(condition(HCC), reasonReference=reasons("elsewhere"))
    assert found.reason == "the order's reason is not among the data"
    assert found.last is not None
    assert found.last.value == "hcc"


def test_it_takes_the_only_tumour_where_the_reason_names_none() -> None:
    cirrhosis = (ICD_10_CM, "K74.60")
    assert aim(condition(HCC), reasonCode=[concept(cirrhosis)]).value == "hcc"
    assert aim(condition(HCC), condition(cirrhosis, key="c2"), reasonReference=reasons("c2")).value == "hcc"
    fibroid = aim(condition(HCC), means=EMBOLISATION, reasonCode=[concept((ICD_10_CM, "D25.9"))])
    assert fibroid.reason == "the order does not say that it is about the liver"


def test_it_does_not_read_a_reason_from_text() -> None:
    assert aim(reasonCode=[concept(text="hepatocellular carcinoma")]).is_unknown


def test_it_gives_a_liver_metastasis_the_kind_of_its_primary() -> None:
    assert aim(condition(LIVER_METASTASIS), condition(COLON, key="c2")).value == "crc_metastasis"
    over = condition(COLON, key="c2", clinical="remission")
    assert aim(condition(LIVER_METASTASIS), over).value == "crc_metastasis"
    refuted = condition(COLON, key="c2", verification="refuted")
    assert aim(condition(LIVER_METASTASIS), refuted).state is State.ONE_OF


def test_it_keeps_every_kind_of_metastasis_without_a_primary_or_with_two() -> None:
    assert len(aim(condition(LIVER_METASTASIS)).values) == 5
    breast = condition((ICD_10_CM, "C50.919"), key="c3")
    two = aim(condition(LIVER_METASTASIS), condition(COLON, key="c2"), breast)
    assert two.values == ("crc_metastasis", "breast_metastasis")


def test_it_follows_the_primary_that_a_metastasis_names() -> None:
    related = [{"url": "http://hl7.org/fhir/StructureDefinition/condition-related",
                "valueReference": {"reference": "Condition/c3"}}]  # fmt: skip
    others = (condition(COLON, key="c2"), condition((ICD_10_CM, "C50.919"), key="c3"))
    assert aim(condition(LIVER_METASTASIS, extension=related), *others).value == "breast_metastasis"
    stated = (SNOMED, "94381002:260716003=93761005")
    assert aim(condition(stated), condition((ICD_10_CM, "C50.919"), key="c3")).value == "crc_metastasis"


def test_it_keeps_an_ambiguous_code_open() -> None:
    assert "hcc" in aim(condition(MALIGNANT_LIVER)).values
    assert "crc_metastasis" in aim(condition(MALIGNANT_LIVER)).values


def test_it_takes_a_morphology_only_with_a_site_in_the_liver() -> None:
    cholangiocarcinoma = (SNOMED, "70179006")
    assert aim(condition(cholangiocarcinoma)).is_unknown
    assert aim(condition(cholangiocarcinoma, bodySite=[concept(LIVER)])).value == "icc"


def test_it_takes_a_primary_as_the_reason_for_its_metastases() -> None:
    assert (
        aim(condition(LIVER_METASTASIS), condition(COLON, key="c2"), reasonReference=reasons("c2")).value
        == "crc_metastasis"
    )
    alone = aim(condition(KIDNEY, key="k"), reasonReference=reasons("k"))
    assert alone.values == ("other_metastasis", "not_liver_tumour")


def test_it_asks_whether_a_code_for_any_organ_means_the_liver() -> None:
    unsaid = aim(condition(HCC), means=EMBOLISATION)
    assert unsaid.reason == "the order does not say that it is about the liver"
    assert aim(condition(HCC), means=EMBOLISATION, bodySite=[concept(LIVER)]).value == "hcc"
    assert aim(condition(HCC), means=EMBOLISATION, reasonReference=reasons("c1")).value == "hcc"


def test_it_takes_an_answer_before_the_only_tumour_but_not_before_a_reason() -> None:
    answered = own("target_tumour", valueCodeableConcept=value("icc"))
    assert aim(condition(HCC), answered).value == "icc"
    assert aim(condition(HCC), answered, reasonReference=reasons("c1")).value == "hcc"


@pytest.mark.parametrize(("verification", "confirmed"), [("confirmed", True), ("provisional", None), (None, None)])
def test_it_says_whether_the_tumour_is_confirmed(verification: str | None, confirmed: bool | None) -> None:
    facts = chart(read(condition(HCC, verification=verification)), order()).facts
    assert facts["diagnosis_confirmed"].value is confirmed


def test_it_knows_that_the_tumour_given_as_reason_is_not_confirmed() -> None:
    unsure = condition(HCC, verification="provisional")
    facts = chart(read(unsure), order(reasonReference=reasons("c1"))).facts
    assert facts["target_tumour"].value == "hcc"
    assert facts["diagnosis_confirmed"].value is False
