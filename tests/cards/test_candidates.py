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
    assert made.summary == "CPT 37243 (glass or TAE): relative contraindication (bilirubin 2.4 mg/dL)"
    assert lines(made)[0] == "The order may mean glass or TAE."


def test_it_judges_shared_rows_once():
    made = two(bilirubin(), met())
    assert made.detail.count("Bilirubin") == 1
    assert "applies if" not in made.detail
    assert "1 of 2 met" in made.detail


def test_it_marks_rows_of_some_candidates():
    made = two(bilirubin(), glass=[glass_only()])
    assert lines(made)[0] == "The order may mean glass or TAE; rows for some of them say so."
    assert "- **Lung dose 31 Gy** (1 Nov): absolute; at most 30; applies if glass" in lines(made)
    assert "lung dose 31 Gy, if glass" in made.summary
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
    assert made.summary.startswith("CPT 37243 with a … (6 possible therapies): relative contraindication (bilirubin")
    assert len(made.summary) <= 139


def test_it_refuses_to_write_a_card_without_a_decision():
    with pytest.raises(ValueError, match="at least one decision"):
        card()


TUMOURS = {"ctace": ("hcc", "crc_metastasis"), "debiri": ("crc_metastasis",), "tace-net": ("net_metastasis",)}
HCC = {"target_tumour": known("target_tumour", "hcc")}


def embolisation(facts, *shared, debiri=(), net=(), tumours=TUMOURS):
    return card(
        decision(*shared, therapy="ctace", short="cTACE", facts=facts),
        decision(*shared, *debiri, therapy="debiri", short="DEBIRI", facts=facts),
        decision(*shared, *net, therapy="tace-net", short="TACE (NET)", facts=facts),
        order_title="CPT 37243",
        tumours=tumours,
    )


def test_it_folds_candidates_that_are_not_written_for_the_tumour_into_one_line():
    made = embolisation(HCC, bilirubin(), debiri=[glass_only()])
    assert lines(made)[0] == "Not written for HCC: DEBIRI, TACE (NET)."
    assert "ung dose" not in made.summary + made.detail
    assert made.summary == "CPT 37243 (cTACE): relative contraindication (bilirubin 2.4 mg/dL)"
    assert made.indicator == "warning"


def test_it_keeps_what_machines_read_of_every_candidate():
    decided = embolisation(HCC, debiri=[glass_only()]).extension["org.livercds.decision"]
    assert decided["therapy"] == ["ctace", "debiri", "tace-net"]
    assert decided["status"] == "contraindicated"


def test_it_does_not_call_an_order_clear_while_a_candidate_is_written_for_another_tumour():
    made = embolisation(HCC, met())
    assert made.summary == "CPT 37243 (cTACE): 1 of 1 criteria met, none unmet"


def test_it_judges_all_candidates_where_none_is_written_for_the_tumour():
    made = embolisation({"target_tumour": known("target_tumour", "icc")}, debiri=[glass_only()])
    assert "Not written" not in made.detail
    assert "ung dose" in made.summary


def test_it_judges_a_single_therapy_whatever_it_is_written_for():
    made = card(decision(bilirubin(), therapy="tace-net", facts=HCC), tumours=TUMOURS)
    assert "ilirubin" in made.summary


TUMOUR = missing("target_tumour", "required", ask="Record the tumour.")
LATER = [missing(name, "absolute", ask=f"Record {name}.") for name in ("inr", "portal_flow")]


def test_it_asks_first_for_the_tumour_that_tells_between_the_candidates():
    made = embolisation({}, *LATER, TUMOUR)
    assert lines(made)[1] == "- Missing (required): Record the tumour."
    assert "Not written" not in made.detail


def test_it_asks_for_the_tumour_in_its_turn_where_all_candidates_are_written_for_the_same():
    made = embolisation({}, *LATER, TUMOUR, tumours=dict.fromkeys(TUMOURS, ("hcc", "icc")))
    assert [line for line in lines(made) if "Missing" in line][-1] == "- Missing (required): Record the tumour."


def test_it_names_a_few_of_many_candidates():
    many = [decision(bilirubin(), therapy=f"t{n}", short=f"Therapy number {n}") for n in range(10)]
    assert lines(card(*many))[0] == (
        "The order may mean Therapy number 0, Therapy number 1, Therapy number 2 or 7 others."
    )


def test_it_joins_the_two_conditions_of_a_row():
    row = bilirubin("absolute", "unknown", applies_if="applies if transplant listed: no", say="Bilirubin is above.")
    assert "; applies if transplant listed: no and if glass [SHZ]" in two(met(), glass=[row]).detail
