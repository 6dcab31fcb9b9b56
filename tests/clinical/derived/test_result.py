"""Date, inputs, reasons, marks and standing of a computed fact."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from service.clinical.values import Fact, Interval, Origin, State, known
from tests.clinical.derived.table import TODAY, read

FromWords = Callable[..., dict[str, Fact]]
ITEMS = {"bilirubin": "0.9", "albumin": "4.1", "inr": "1.1", "ascites": "none", "encephalopathy": "none"}


def aged(value: str, days: int) -> dict[str, object]:
    return {"value": value, "age": days}


def test_it_is_marked_as_computed_with_the_unit_of_the_dictionary_and_the_inputs_used(from_words: FromWords) -> None:
    found = from_words(**ITEMS, anticoagulant_active="no")["child_pugh"]
    assert found.origin is Origin.COMPUTED
    assert found.unit == "{score}"
    assert found.inputs == ("bilirubin", "albumin", "inr", "ascites", "encephalopathy")


def test_it_names_an_input_that_counts_only_where_it_is_recorded(from_words: FromWords) -> None:
    assert "anticoagulant_active" in from_words(**ITEMS, anticoagulant_active="yes")["child_pugh"].inputs


def test_it_carries_the_date_of_its_oldest_input(from_words: FromWords) -> None:
    found = from_words(**{**ITEMS, "bilirubin": aged("0.9", 9), "albumin": aged("4.1", 20)})["child_pugh"]
    assert found.on == TODAY - timedelta(days=20)


def test_it_is_not_made_stale_by_an_input_that_may_grow_older_than_itself(from_words: FromWords) -> None:
    found = from_words(
        portal_hypertension=aged("no", 170), ascites="none", inr=aged("1.1", 12), anticoagulant_active="no"
    )["compromised_liver"]
    assert found.on == TODAY - timedelta(days=12)


def test_it_is_as_of_today_when_only_such_inputs_were_used(from_words: FromWords) -> None:
    assert from_words(portal_hypertension=aged("yes", 170))["compromised_liver"].on == TODAY


def test_it_has_no_date_where_neither_it_nor_its_inputs_age(from_words: FromWords) -> None:
    assert from_words(ordered_therapy="ctace")["embolic_type"].on is None


def test_it_dates_the_window_of_leap_012_by_the_two_inputs_that_the_trial_dates(from_words: FromWords) -> None:
    found = from_words(
        ecog=aged("0", 6), child_pugh=aged("5", 5), extrahepatic_disease=aged("none", 50),
        portal_vein_invasion=aged("Vp0", 40),
    )["leap012_window"]  # fmt: skip
    assert (found.value, found.on) == (True, TODAY - timedelta(days=6))


def test_it_says_which_input_is_missing_and_which_is_stale(from_words: FromWords) -> None:
    given = {**ITEMS, "inr": aged("1.1", 41)}
    del given["ascites"]
    found = from_words(**given)["child_pugh"]
    assert found.state is State.ONE_OF
    assert found.reason == "INR stale: 41 days old, limit 30; ascites not recorded"


def test_it_hands_on_the_reason_of_a_computed_input(from_words: FromWords) -> None:
    found = from_words(lesion_count="2", largest_lesion="4.0", extrahepatic_disease="none", ecog="0", **ITEMS)
    assert found["bclc_stage"].reason == (
        "portal vein invasion not recorded; hepatic vein or IVC invasion not recorded; "
        "transplant candidate not recorded"
    )


def test_it_stays_unknown_with_all_reasons_when_nothing_is_recorded(from_words: FromWords) -> None:
    found = from_words()["milan"]
    assert found.state is State.UNKNOWN
    assert "lesion count not recorded" in found.reason


@pytest.mark.parametrize("name", ["preliminary", "closed_world"])
def test_it_inherits_what_weakens_an_input(compute: Callable[..., dict[str, Fact]], name: str) -> None:
    facts = {item: read(item, written) for item, written in ITEMS.items()}
    assert not getattr(compute(facts)["child_pugh"], name)
    weak = {**facts, "inr": facts["inr"]._replace(**{name: True})}
    assert getattr(compute(weak)["child_pugh"], name)


def test_it_keeps_what_follows_without_a_preliminary_input(compute: Callable[..., dict[str, Fact]]) -> None:
    facts = {name: read(name, written) for name, written in {**ITEMS, "ecog": "4"}.items()}
    found = compute({**facts, "bilirubin": facts["bilirubin"]._replace(preliminary=True)})

    assert found["child_pugh"].value == 5
    assert found["child_pugh"].firmly().values == (5, 6, 7)
    assert found["bclc_stage"].firmly().value == "D"


def test_it_is_unknown_where_nothing_follows_without_a_preliminary_input(
    compute: Callable[..., dict[str, Fact]],
) -> None:
    facts = {name: read(name, ITEMS[name]) for name in ("bilirubin", "albumin")}
    found = compute({**facts, "bilirubin": facts["bilirubin"]._replace(preliminary=True)})["albi_score"]

    assert found.firmly().reason == "preliminary result only"
    assert found.firmly().last == found


def test_it_settles_an_interval_whose_ends_meet(from_words: FromWords) -> None:
    assert from_words(lesion_count="2", largest_lesion="5.0")["tumour_burden_score"].state is State.KNOWN


def test_it_shows_a_recorded_total_beside_the_computed_one(compute: Callable[..., dict[str, Fact]]) -> None:
    facts = {item: read(item, written) for item, written in ITEMS.items()}
    recorded = known("child_pugh", Decimal(8), on=TODAY, source="Observation/cp")
    found = compute({**facts, "child_pugh": recorded})["child_pugh"]
    assert found.value == 5
    assert "recorded 8" in found.marks


def test_it_never_takes_a_recorded_total_for_items_that_are_missing(compute: Callable[..., dict[str, Fact]]) -> None:
    recorded = known("child_pugh", Decimal(5), on=TODAY, source="Observation/cp")
    found = compute({"child_pugh": recorded})["child_pugh"]
    assert found.state is State.UNKNOWN
    assert found.marks == ("recorded 5",)


@pytest.mark.parametrize("origin", [Origin.COMPUTED, Origin.READ])
def test_it_leaves_a_total_that_was_handed_in_without_a_record(
    compute: Callable[..., dict[str, Fact]], origin: Origin
) -> None:
    facts = {item: read(item, written) for item, written in ITEMS.items()}
    handed_in = known("child_pugh", Decimal(8), on=TODAY, origin=origin)
    assert compute({**facts, "child_pugh": handed_in})["child_pugh"] == handed_in


def test_it_leaves_a_computed_fact_handed_in_as_unknown(compute: Callable[..., dict[str, Fact]]) -> None:
    facts = {item: read(item, written) for item, written in ITEMS.items()}
    handed_in = read("child_pugh", "unknown")._replace(origin=Origin.COMPUTED)
    assert compute({**facts, "child_pugh": handed_in})["child_pugh"] == handed_in


def test_it_takes_silence_for_an_answer_even_when_it_is_handed_in_as_unknown(
    compute: Callable[..., dict[str, Fact]],
) -> None:
    silent = {
        name: read(name, "unknown")._replace(origin=Origin.COMPUTED) for name in ("transplant_intent", "access_site")
    }
    found = compute({**silent, "transplant_listed": read("transplant_listed", "yes")})
    assert (found["transplant_intent"].value, found["access_site"].value) == (True, "not_recorded")


def test_it_computes_a_fact_whose_record_cannot_be_used(from_words: FromWords) -> None:
    assert from_words(heat_sink="unknown", heat_sink_vessel_diameter="5")["heat_sink"].value is True


def test_it_keeps_the_source_of_a_recorded_ecog_that_karnofsky_does_not_worsen(
    compute: Callable[..., dict[str, Fact]],
) -> None:
    recorded = known("ecog", Decimal(1), on=TODAY, source="Observation/e")
    assert compute({"ecog": recorded, "kps": read("kps", "90")})["ecog"] == recorded


def test_it_takes_karnofsky_for_a_stale_ecog_of_the_same_grade(from_words: FromWords) -> None:
    found = from_words(ecog=aged("1", 31), kps="90")["ecog"]
    assert (found.value, found.on, found.marks) == (Decimal(1), TODAY, ("derived from Karnofsky",))


def test_it_does_not_hold_the_order_s_word_against_its_own_default(from_words: FromWords) -> None:
    assert from_words(transplant_intent="yes", transplant_listed="no")["transplant_intent"].marks == ()


def test_it_bounds_a_score_by_a_comparator(from_words: FromWords) -> None:
    found = from_words(lesion_count=">=4", largest_lesion="3.0")["tumour_burden_score"]
    assert found.interval == Interval(low=Decimal(5))


def test_it_gives_both_results_of_meld_for_a_sex_that_is_neither(from_words: FromWords) -> None:
    labs = {"creatinine": "1.2", "bilirubin": "2.5", "inr": "1.5", "sodium": "135", "albumin": "3.0"}
    found = from_words(sex="other", age="60", chronic_dialysis="no", **labs)["meld_3_0"]
    assert found.interval == Interval(Decimal(18), Decimal(19))


def test_it_keeps_every_given_fact_and_adds_every_computed_one(from_words: FromWords) -> None:
    found = from_words(platelets="120")
    assert found["platelets"].value == 120
    assert "anthracycline_contraindicated" in found


def test_it_says_nothing_where_a_formula_does_not_accept_its_input(compute: Callable[..., dict[str, Fact]]) -> None:
    facts = {"bilirubin": known("bilirubin", 0, on=TODAY), "albumin": read("albumin", "4.0")}
    assert compute(facts)["albi_score"].is_unknown
