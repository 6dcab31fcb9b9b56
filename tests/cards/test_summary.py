import re

from service.cards.summary import Group, contraindications, each, listed, sentence
from service.clinical.values import known
from tests.cards.making import ascites, bilirubin, card_of, finding, met, missing, number

LABS = (
    "albumin",
    "inr",
    "creatinine",
    "sodium",
    "potassium",
    "haemoglobin",
    "neutrophils",
    "fibrinogen",
    "afp",
    "ast_times_uln",
)


def test_it_gives_up_whole_items_from_the_end_and_counts_them():
    text = sentence("cTACE", [Group(("a" * 40,), contraindications), Group(("b" * 40, "c" * 40, "d" * 40), each)])
    assert text == f"cTACE: absolute contraindication ({'a' * 40}); {'b' * 40}, +2 more"


def test_it_keeps_an_item_that_fits_exactly():
    exact = "x" * (139 - len("cTACE: "))
    assert sentence("cTACE", [Group((exact,), each)]) == f"cTACE: {exact}"
    assert len(sentence("cTACE", [Group((exact + "x",), each)])) < 30


def test_it_says_contraindications_for_several():
    assert sentence("TAE", [Group(("a", "b"), contraindications)]) == "TAE: absolute contraindications (a; b)"


def test_it_counts_missing_facts_that_do_not_fit():
    card = card_of(*(missing(name, "relative") for name in LABS), met())
    assert len(card.summary) <= 139
    shown, hidden = re.fullmatch(r".*not recorded: (.*), \+(\d+) more", card.summary).groups()
    assert len(shown.split(", ")) + int(hidden) == len(LABS)


def test_it_never_cuts_a_number():
    rows = [bilirubin(kind, value=f"{n}.123456789", criterion=f"{kind}{n}") for n, kind in enumerate(["absolute"])]
    rows += [
        finding(name, "required", "not_met", number(name, "7.123456789"), found="7.123456789 mmol/L") for name in LABS
    ]
    card = card_of(*rows)
    assert len(card.summary) <= 139
    numbers = re.findall(r"\d+\.\d+", card.summary)
    assert numbers
    assert set(numbers) <= {"0.123456789", "7.123456789"}


def test_it_names_a_fact_once_when_several_rows_wait_for_it():
    card = card_of(missing("ecog", "absolute"), missing("ecog", "required"), missing("ecog", "relative"))
    assert card.summary.count("ECOG") == 1
    assert "Not recorded: ECOG" in card.detail


def test_it_says_to_confirm_when_only_questions_are_open():
    card = card_of(met(), missing("portal_flow", missing="ask"))
    assert card.summary == "cTACE: 1 of 2 criteria met, none unmet; to confirm: portal flow"


def test_it_says_that_nothing_was_found_against_the_order():
    assert card_of(met(), met("sodium")).summary == "cTACE: no listed contraindication found (2 of 2 criteria met)"


def test_it_names_a_caution_only_when_nothing_graver_hides_it():
    caution = finding("hb", "caution", "not_met", number("haemoglobin", "8.1", "g/dL"), found="8.1 g/dL")
    card = card_of(met(), caution)
    assert (
        card.summary == "cTACE: no listed contraindication found (1 of 2 criteria met); caution: haemoglobin 8.1 g/dL"
    )
    assert card.indicator == "info"


def test_it_words_answers_without_a_verdict():
    yes = finding("rupture", "absolute", "not_met", known("tumour_rupture", True), found="yes", op="is", limit="no")
    no = finding("dx", "required", "not_met", known("diagnosis_confirmed", False), found="no", op="is", limit="yes")
    assert card_of(yes, no).summary == "cTACE: absolute contraindication (tumour rupture); confirmed diagnosis: no"


def test_it_does_not_read_a_downstaging_value_as_a_verdict():
    value = known("unos_downstaging", "not_eligible")
    card = card_of(finding("ds", "relative", "not_met", value, found="not eligible", op="is", limit="eligible"))
    assert "eligible" not in card.summary + card.detail
    assert "outside criteria" in card.summary


def test_it_marks_what_holds_under_an_open_condition_only():
    row = bilirubin("absolute", "unknown", applies_if="applies if transplant listed: no", say="Bilirubin is above.")
    card = card_of(row, ascites("relative"))
    assert card.summary == "cTACE: relative contraindication (ascites, refractory); bilirubin 2.4 mg/dL (conditional)"
    assert card.indicator == "warning"
    assert "absolute; at most 2.0; applies if transplant listed: no" in card.detail


def test_it_names_a_datum_once_when_a_graver_row_holds_under_an_open_condition():
    row = bilirubin("absolute", "unknown", applies_if="applies if treatment extent is lobar", say="Bilirubin is above.")
    card = card_of(bilirubin("relative"), row)
    assert card.summary == "cTACE: relative contraindication (bilirubin 2.4 mg/dL)"
    assert card.detail.index("absolute; at most 2.0; applies if") < card.detail.index("relative; at most 2.0")


def test_it_names_a_stage_without_a_comma():
    row = finding("stage", "relative", "not_met", known("bclc_stage", "C"), found="C", op="is not", limit="C")
    assert card_of(row).summary == "cTACE: relative contraindication (BCLC stage C)"


def test_it_lists_with_a_label():
    assert listed("x: ")(("a", "b")) == "x: a, b"
