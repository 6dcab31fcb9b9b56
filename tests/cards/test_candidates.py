import pytest

from service.clinical.values import known
from service.rules.model import When
from tests.cards.making import ascites, bilirubin, card, decision, finding, lines, met, missing, number


def glass_only():
    return finding("lung", "absolute", "not_met", number("planned_lung_dose", "31", "Gy"), found="31 Gy", limit="30 Gy")


def two(*shared, glass=(), tae=(), **more):
    return card(
        decision(*shared, *glass, therapy="y90-glass", short="glass"),
        decision(*shared, *tae, therapy="tae", short="TAE"),
        order_title="CPT 37243",
        **more,
    )


def test_it_names_the_order_and_what_it_may_mean():
    made = two(bilirubin())
    assert made.summary == "CPT 37243 (glass or TAE): bilirubin 2.4 mg/dL"
    assert lines(made)[0] == "The order may mean glass or TAE; rows for some of them say so."


def test_it_judges_shared_rows_once():
    made = two(bilirubin(), met())
    assert made.detail.count("Bilirubin") == 1
    assert "applies if" not in made.detail
    assert "1 of 2 met" in made.detail


def test_it_marks_rows_of_some_candidates():
    made = two(bilirubin(), glass=[glass_only()])
    assert "- **Lung dose 31 Gy** (1 Nov): absolute; at most 30; applies if glass" in lines(made)
    assert "lung dose 31 Gy (if glass)" in made.summary
    assert made.indicator == "critical"
    assert made.extension["org.livercds.decision"]["status"] == "contraindicated"


def test_it_lists_the_therapies_for_machines():
    decided = two(bilirubin()).extension["org.livercds.decision"]
    assert decided["therapy"] == ["y90-glass", "tae"]
    assert decided["thresholdSet"] == "7f3a91c2" * 8


def test_it_keeps_apart_rows_whose_limits_differ():
    made = two(glass=[bilirubin(limit="2.0 mg/dL")], tae=[bilirubin(limit="1.5 mg/dL")])
    assert "at most 2.0; applies if glass" in made.detail
    assert "at most 1.5; applies if TAE" in made.detail


def test_it_shows_a_graver_row_of_one_candidate_beside_the_milder_one_of_all():
    made = two(ascites("relative"), glass=[ascites("absolute")])
    found = [line for line in lines(made) if "scites" in line and line.startswith("-")]
    assert len(found) == 2
    assert "absolute; allowed none; applies if glass" in found[0]


def test_it_drops_a_milder_row_of_one_candidate():
    made = two(ascites("absolute"), glass=[ascites("relative")])
    assert sum("scites" in line for line in lines(made)) == 1


def test_it_marks_what_is_asked_for_one_candidate_only():
    made = two(met(), glass=[missing("planned_lung_dose", "absolute", ask="Record the lung dose.")])
    assert "- Missing (absolute): Record the lung dose. (applies if glass)" in lines(made)


def test_it_takes_dates_and_facts_of_each_candidate():
    made = two(tae=[finding("p", "required", "not_met", known("fasting_plan", False), say="No.", when=When.PROCEDURE)])
    assert "Before the procedure: fasting plan (not met)" in made.detail


def test_it_counts_candidates_that_are_too_many_to_name():
    many = [decision(bilirubin(), therapy=f"t{n}", short=f"Therapy number {n}") for n in range(6)]
    made = card(*many, order_title="CPT 37243 with a title that is long")
    assert made.summary.startswith("CPT 37243 with a … (6 possible therapies): bilirubin")
    assert len(made.summary) <= 139


def test_it_refuses_to_write_a_card_without_a_decision():
    with pytest.raises(ValueError, match="at least one decision"):
        card()
