from datetime import date
from decimal import Decimal

from service.clinical.values import Fact, Interval, Origin, State, known
from tests.cards.making import card_of, finding, met, number

HCC = {"target_tumour": known("target_tumour", "hcc")}


def computed(name, value, inputs=("bilirubin",)):
    return known(name, Decimal(value) if value[-1].isdigit() else value, origin=Origin.COMPUTED, inputs=inputs)


def test_it_prints_albi_with_two_decimals_and_its_grade():
    facts = HCC | {"albi_score": computed("albi_score", "-2.6149"), "albi_grade": computed("albi_grade", "1")}
    assert "ALBI −2.61 (grade 1)" in card_of(met(), facts=facts).detail


def test_it_prints_a_stage_or_the_set_of_stages():
    one = card_of(met(), facts=HCC | {"bclc_stage": computed("bclc_stage", "B")})
    two = card_of(met(), facts=HCC | {"bclc_stage": Fact("bclc_stage", State.ONE_OF, values=("B", "C"))})
    many = card_of(met(), facts=HCC | {"bclc_stage": Fact("bclc_stage", State.ONE_OF, values=("0", "A", "B", "C"))})
    assert "BCLC B ·" in one.detail
    assert "BCLC B or C" in two.detail
    assert "BCLC" not in many.detail


def test_it_keeps_hcc_scores_to_hcc():
    facts = {"bclc_stage": computed("bclc_stage", "B"), "up_to_seven": computed("up_to_seven", "within")}
    other = {"target_tumour": known("target_tumour", "crc_metastasis")}
    row = finding("b", "required", "met", facts["bclc_stage"])
    assert "up-to-seven: within" in card_of(row, facts=HCC | facts).detail
    detail = card_of(row, facts=other | facts).detail
    assert "BCLC" not in detail
    assert "up-to-seven" not in detail


def test_it_prints_liver_function_of_another_tumour_where_a_criterion_reads_it():
    score = computed("child_pugh", "6")
    assert "Child-Pugh" not in card_of(met(), facts={"child_pugh": score}).detail
    assert "Child-Pugh 6" in card_of(finding("cp", "absolute", "met", score)).detail


def test_it_leaves_out_bounds_that_say_nothing():
    bounds = Fact("child_pugh", State.INTERVAL, interval=Interval(Decimal(5), Decimal(15)), origin=Origin.COMPUTED)
    assert "Child-Pugh" not in card_of(met(), facts=HCC | {"child_pugh": bounds}).detail


def test_it_dates_a_score_that_was_recorded():
    recorded = known("meld_3_0", 12, on=date(2026, 3, 3), source="Observation/m")
    assert "MELD 3.0: 12 (3 Mar)" in card_of(met(), facts=HCC | {"meld_3_0": recorded}).detail


def test_it_leaves_out_a_score_that_was_judged_stale():
    recorded = known("meld_3_0", 12, on=date(2025, 3, 3), source="Observation/m")
    row = finding("meld", "relative", "unknown", recorded.as_unknown("stale: 629 days old, limit 30"))
    assert "MELD 3.0 12" not in card_of(row, facts=HCC | {"meld_3_0": recorded}).detail


def test_it_shows_no_items_that_do_not_give_the_total():
    facts = HCC | {
        "child_pugh": known("child_pugh", 9, origin=Origin.COMPUTED, inputs=("bilirubin", "albumin", "inr", "ascites",
                            "encephalopathy")),
        "bilirubin": number("bilirubin", "1.0", "mg/dL"), "albumin": number("albumin", "4.0", "g/dL"),
        "inr": number("inr", "1.0"), "ascites": known("ascites", "none"),
        "encephalopathy": known("encephalopathy", "none"),
    }  # fmt: skip
    detail = card_of(met(), facts=facts).detail
    assert "Child-Pugh 9 ·" in detail
