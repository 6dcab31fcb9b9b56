"""How a finding reads aloud: values, limits, days and kinds in a clinician's words."""

from datetime import date
from decimal import Decimal

import pytest

from service.cards.asks import ASK_LIMIT
from service.cards.findings import LINE_LIMIT
from service.clinical.values import Origin, known
from service.rules.loader import load
from tests.cards.making import REFERENCES, bilirubin, card_of, finding, lines, met, number


def coded(kind, name="portal_vein_invasion", value="Vp4", limit="Vp4", op="is not", say="", **more):
    return finding("c", kind, "not_met", known(name, value), found=value, limit=limit, op=op, say=say, **more)


def first_line(row):
    return lines(card_of(row, references=REFERENCES))[0]


@pytest.mark.parametrize("kind", ["required", "relative", "caution", "preferred"])
def test_it_forbids_and_allows_only_where_a_criterion_is_absolute(kind):
    against = first_line(coded(kind, limit="Vp3 or Vp4", op="not one of"))
    wanted = first_line(coded(kind, value="Vp2", limit="Vp0", op="is"))
    assert against == f"- Portal vein invasion, Vp4: {kind}; speaks against: Vp3 or Vp4"
    assert wanted == f"- Portal vein invasion, Vp2: {kind}; looked for: Vp0"


def test_it_says_what_an_absolute_criterion_allows():
    assert first_line(coded("absolute", limit="Vp3 or Vp4")).endswith("absolute; not allowed: Vp3 or Vp4")
    assert first_line(coded("absolute", value="Vp2", limit="Vp0", op="is")).endswith("absolute; allowed Vp0")


def test_it_does_not_repeat_what_was_found_as_its_own_limit():
    assert first_line(coded("absolute")) == "- **Portal vein invasion, Vp4**: absolute"


def test_it_says_a_local_limit_even_where_it_repeats_what_was_found():
    row = coded("absolute", default_limit="Vp3 or Vp4")
    assert first_line(row).endswith("absolute; not allowed: Vp4, local setting, default Vp3 or Vp4")


def test_it_says_a_coded_value_that_is_no_absolute_limit_as_a_sentence():
    row = coded("caution", "malbi_grade", "2b", "2b", say="Modified ALBI grade 2b leaves little reserve.")
    made = card_of(row, met())
    assert "- Modified ALBI grade 2b leaves little reserve: caution" in lines(made)
    assert made.summary.endswith("caution: modified ALBI grade 2b")


def test_it_says_a_local_setting_after_a_sentence():
    said = coded("relative", say="Vp4 is reported.", default_limit="Vp3 or Vp4")
    unsaid = coded("relative", say="It is invaded.", default_limit="Vp3 or Vp4")
    assert first_line(said) == "- Vp4 is reported: relative; local setting, default Vp3 or Vp4"
    assert first_line(unsaid) == ("- It is invaded: relative; speaks against: Vp4, local setting, default Vp3 or Vp4")


def test_it_says_a_local_kind_beside_the_kind():
    row = finding("p", "relative", "not_met", known("main_portal_vein_patent", False), found="no", op="is",
                  say="The main portal vein is not patent.", default_limit="absolute")  # fmt: skip
    assert first_line(row) == "- The main portal vein is not patent: relative (local setting, default absolute)"


def capecitabine(days, say=""):
    fact = known(
        "days_since_capecitabine", Decimal(days), unit="d", on=date(2026, 11, 19), source="MedicationRequest/1"
    )
    found = f"{days} day{'' if days == 1 else 's'}"
    return finding("c", "absolute", "not_met", fact, found=found, limit="61 days", op="at least", say=say)


@pytest.mark.parametrize(("days", "words"), [(0, "today"), (1, "1 day ago"), (12, "12 days ago")])
def test_it_says_days_gone_by_as_days_ago(days, words):
    assert f"(last capecitabine {words})" in card_of(capecitabine(days)).summary


def test_it_says_days_gone_by_as_a_sentence_with_its_place_in_words():
    row = capecitabine(0, "Capecitabine was last taken today; the resin label asks for at least 61 days.")
    assert first_line(row) == (
        "- **Capecitabine was last taken today; the resin label asks for at least 61 days**"
        " (medication order, 19 Nov): absolute"
    )


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (number("consecutive_non_responses", "2", "1"), "Non-responses in a row: 2"),
        (number("lesion_count", "4", "1"), "Number of lesions: 4"),
        (number("meld_3_0", "7"), "MELD 3.0: 7"),
        (number("child_pugh", "8"), "Child-Pugh 8"),
        (number("inr", "2.1", "1"), "INR 2.1"),
        (number("bilirubin", "2.4", "mg/dL"), "Bilirubin 2.4 mg/dL"),
    ],
)
def test_it_sets_a_count_apart_from_its_words(fact, text):
    row = finding("c", "relative", "not_met", fact, found=f"{fact.value:f} {fact.unit}".replace(" 1", "").rstrip())
    assert first_line(row).startswith(f"- {text} (1 Nov): relative")


def test_it_names_a_label_instead_of_the_setting_that_it_is_read_from():
    row = coded("caution", "label_region", "us", "us", say="Outside US label: investigational there.")
    assert "caution: outside US label" in card_of(row, met()).summary


def test_it_says_that_sources_differ_beside_the_limit():
    assert "relative; at most 2.0; sources differ [SHZ]" in first_line(bilirubin(conflict="H-C02"))
    assert "differ" not in first_line(bilirubin())


def test_it_names_of_a_score_to_repeat_what_was_measured():
    on = date(2026, 11, 2)
    facts = {name: number(name, "1", on=on) for name in ("albumin", "inr")} | {"bilirubin": number("bilirubin", "1")}
    score = known("child_pugh", Decimal(5), on=on, origin=Origin.COMPUTED, inputs=("bilirubin", "albumin", "inr"))
    rows = [finding(fact.name, "absolute", "met", fact, repeat=True) for fact in (score, facts["inr"])]
    made = card_of(*rows, facts=facts)
    assert "Before the procedure: repeat albumin, INR (2 Nov)" in lines(made)


def test_no_sentence_or_question_of_the_criteria_is_cut():
    knowledge = load()
    criteria = [
        criterion
        for therapy in knowledge.therapies.values()
        for each in therapy.inclusions
        for criterion in each.criteria
    ]
    assert max(len(criterion.say) for criterion in criteria) <= LINE_LIMIT
    assert max(len(criterion.ask) for criterion in criteria) <= ASK_LIMIT
