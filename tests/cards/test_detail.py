from datetime import date
from decimal import Decimal

import pytest

from service.cards.style import CLOSING, CardStyle
from service.clinical.chart import Unreadable
from service.clinical.values import Fact, Origin, State, known, unknown
from service.rules.model import Missing, Note, Reference, When
from tests.cards.making import ascites, bilirubin, card_of, finding, lines, met, missing, number

LABS = ("albumin", "inr", "creatinine", "sodium", "potassium", "haemoglobin", "neutrophils", "fibrinogen")


def against(count):
    return [
        finding(f"c{n}", "relative", "not_met", number(LABS[n], f"9.{n}"), found=f"9.{n}", limit="9")
        for n in range(count)
    ]


def test_it_merges_rows_on_one_datum_into_the_worst():
    made = card_of(bilirubin("relative"), bilirubin("absolute", limit="3.0 mg/dL"), bilirubin("caution"))
    assert [line for line in lines(made) if "ilirubin" in line] == [
        "- **Bilirubin 2.4 mg/dL** (1 Nov): absolute; at most 3.0 [SHZ]"
    ]


def test_it_merges_a_fact_computed_from_one_datum_with_it():
    computed = known("clinical_ascites", True, origin=Origin.COMPUTED, inputs=("ascites",))
    row = finding("clinical", "required", "not_met", computed, say="Ascites is clinically evident.", op="is")
    made = card_of(ascites("absolute"), row)
    assert "clinically evident" not in made.detail


def test_it_prints_at_most_five_findings_and_counts_the_others():
    made = card_of(*against(5))
    assert sum(line.startswith("- ") for line in lines(made)) == 5
    assert "more finding" not in made.detail
    assert "+1 more finding ·" in card_of(*against(6)).detail
    assert "+3 more findings ·" in card_of(*against(8)).detail


def test_it_asks_at_most_three_things_ranked_by_what_their_lack_means():
    made = card_of(
        missing("sodium", "relative", ask="Record sodium."),
        missing("ecog", "required", ask="Record ECOG."),
        missing("portal_flow", "absolute", ask="Record portal flow."),
        missing("creatinine", "absolute", ask="Record creatinine."),
    )
    assert [line for line in lines(made) if line.startswith("- Missing")] == [
        "- Missing (absolute): Record creatinine.",
        "- Missing (absolute): Record portal flow.",
        "- Missing (required): Record ECOG.",
    ]


def test_it_asks_once_for_a_datum_that_several_rows_need():
    made = card_of(missing("ecog", "absolute", ask="Record ECOG."), missing("ecog", "required", ask="Record it again."))
    assert made.detail.count("Record") == 1


def test_it_asks_for_the_inputs_that_a_computed_fact_lacks():
    score = Fact("child_pugh", State.UNKNOWN, origin=Origin.COMPUTED, inputs=("bilirubin", "albumin", "ascites"))
    facts = {name: number(name, "1") for name in ("bilirubin", "albumin")} | {"ascites": known("ascites", "none")}
    row = missing("child_pugh", "absolute", fact=score, ask="Record all five.")
    made = card_of(row, facts=facts | {"inr": number("inr", "1.3", on=date(2026, 9, 12))})
    assert "- Missing (absolute): Record INR and encephalopathy." in lines(made)
    assert "Not recorded: INR (last 1.3, 71 days old) · encephalopathy" in lines(made)


def test_it_is_silent_about_what_may_be_absent():
    row = missing("sodium", "relative", missing=Missing.ABSENT_OK)
    assert "odium" not in card_of(row, met()).detail
    assert "odium" not in card_of(missing("sodium", "relative", missing=Missing.INFO), met()).detail
    assert "Not recorded: sodium" in card_of(missing("sodium", "relative", missing=Missing.WARN), met()).detail


def test_it_counts_missing_facts_by_group_when_they_are_many():
    names = (
        "portal_flow",
        "lesion_count",
        "largest_lesion",
        "macrovascular_invasion",
        "bilirubin",
        "ecog",
        "planned_drug",
    )
    made = card_of(*(missing(name) for name in names), missing("portal_flow", "absolute"))
    line = next(line for line in lines(made) if line.startswith("Not recorded"))
    assert line == (
        "Not recorded: laboratory: bilirubin · performance: ECOG · imaging: portal flow, number of lesions, size of the"
        " largest lesion +1 · plan: planned drug"
    )


@pytest.mark.parametrize(
    ("fact", "shown"),
    [
        (number("inr", "1.3").as_unknown("preliminary result only"), "INR (1.3, preliminary result only)"),
        (unknown("inr", "unit not understood"), "INR (unit not understood)"),
        (unknown("inr"), "INR"),
        (Fact("inr", State.ONE_OF, values=(Decimal("1.2"), Decimal("3.4"))), "INR (only 1.2 or 3.4)"),
    ],
)
def test_it_says_what_was_found_all_the_same(fact, shown):
    made = card_of(missing("inr", fact=fact), met())
    assert f"Not recorded: {shown}" in lines(made)


def test_it_says_a_local_limit_and_its_default():
    made = card_of(bilirubin(limit="1.5 mg/dL", default_limit="2.0 mg/dL"))
    assert "- Bilirubin 2.4 mg/dL (1 Nov): relative; at most 1.5, local setting, default 2.0 mg/dL [SHZ]" in lines(made)


def test_it_prints_the_sentence_where_a_bare_value_says_nothing():
    row = finding("dx", "required", "not_met", known("diagnosis_confirmed", False), found="no", op="is", limit="yes",
                  say="The diagnosis is not confirmed.", conflict="C1", cite=("A", "B", "C"))  # fmt: skip
    made = card_of(row)
    assert "- The diagnosis is not confirmed: required; sources differ [A, B +1]" in lines(made)


def test_it_keeps_the_words_of_a_label():
    row = finding("label", "preferred", "not_met", known("target_tumour", "icc"), found="ICC", op="is", limit="HCC",
                  say="The US label names only hepatocellular carcinoma, so it is outside the label.")  # fmt: skip
    made = card_of(row)
    assert "outside the label: preferred" in made.detail
    assert "contraindic" not in made.detail


def test_it_gives_the_year_of_a_key_that_shows_none():
    references = {"SHZ": Reference("SHZ", "t", 2023), "CRA": Reference("CRA", "t")}
    made = card_of(bilirubin(), ascites(), references=references)
    assert "[SHZ 2023]" in made.detail
    assert "[CRA]" in made.detail


def test_it_gives_the_year_of_a_date_that_is_not_of_this_year():
    assert "(31 Dec 2025)" in card_of(bilirubin(fact=number("bilirubin", "2.4", "mg/dL", on=date(2025, 12, 31)))).detail


def test_it_lists_what_stands_before_the_procedure():
    made = card_of(
        bilirubin(outcome="met", repeat=True),
        missing("fasting_plan", when=When.PROCEDURE),
        met("platelets", when=When.PROCEDURE),
    )
    assert "Before the procedure: fasting plan; repeat bilirubin (1 Nov)" in lines(made)
    assert "1 of 1 met" in made.detail
    assert "Not recorded" not in made.detail


def test_it_adds_notes_and_what_could_not_be_read():
    made = card_of(
        met(),
        notes=(Note("n", "m", "The INR says little in cirrhosis.", ("RE",)),),
        unreadable=(Unreadable("Observation/1", "x"), Unreadable("Observation/2", "x")),
        incomplete=("labs: the EHR reported an error",),
    )
    assert "The INR says little in cirrhosis. [RE]" in lines(made)
    assert "2 resources could not be read; labs: the EHR reported an error" in lines(made)


def test_it_closes_once_with_who_decides():
    made = card_of(met())
    assert made.detail.count(CLOSING) == 1
    assert lines(made)[-1] == CLOSING


def test_it_gives_way_to_found_things_when_room_is_short():
    rows = [
        *against(5),
        *(missing(name, "absolute", ask=f"Record {'x' * 90} {name}.") for name in ("ecog", "portal_flow")),
    ]
    notes = tuple(Note(str(n), "m", "Long words of a note " * 6) for n in range(3))
    made = card_of(*rows, notes=notes, style=CardStyle(max_characters=700))
    assert len(made.detail) <= 700
    assert sum(": relative" in line for line in lines(made)) == 5
    assert "Long words" not in made.detail


def test_it_says_more_where_a_client_allows_more():
    rows = against(8)
    wide = card_of(*rows, style=CardStyle(max_characters=3000, max_lines=30, max_findings=8))
    assert sum(": relative" in line for line in lines(wide)) == 8


def test_it_ends_the_list_with_a_blank_line_and_breaks_lines():
    raw = card_of(bilirubin(), missing("ecog"), met()).detail.split("\n")
    assert raw[raw.index("") - 1].startswith("- ")
    after = raw[raw.index("") + 1 :]
    assert all(line.endswith("  ") for line in after[:-1])


def test_it_keeps_to_the_number_of_lines():
    rows = [*against(5), *(missing(name, "absolute", ask=f"{name}.") for name in ("ecog", "portal_flow", "age"))]
    made = card_of(
        *rows, notes=(Note("n", "m", "A note."),), incomplete=("labs",), style=CardStyle(max_characters=3000)
    )
    assert len(made.detail.split("\n")) == 12
    assert "A note." not in made.detail
    assert len(card_of(*rows, style=CardStyle(max_characters=3000, max_lines=9)).detail.split("\n")) <= 9


def test_it_keeps_the_unit_of_a_limit_where_the_value_has_another():
    fact = number("bilirubin", "2.4", "mg/dL")
    row = finding("b", "relative", "not_met", fact, found="41 µmol/L", limit="2.0 mg/dL")
    assert "- Bilirubin 41 µmol/L (1 Nov): relative; at most 2.0 mg/dL" in lines(card_of(row))


def test_it_stresses_only_what_surely_stands_against_the_order():
    row = bilirubin("absolute", "unknown", applies_if="applies if transplant listed: no", say="Bilirubin is above.")
    assert "**" not in card_of(row).detail
    assert "**" not in card_of(bilirubin("relative")).detail


def test_it_does_not_take_silence_for_a_preference_not_met():
    row = finding("access", "preferred", "not_met", known("access_site", "not_recorded"), found="not recorded", op="is")
    assert "ccess site" not in card_of(row, met()).detail


def test_it_names_an_unknown_fact_as_missing_even_under_an_open_condition():
    row = missing("inr", "absolute", applies_if="applies if cirrhosis: yes", say="INR is above.", ask="Record INR.")
    made = card_of(row)
    assert "- Missing (absolute): Record INR." in lines(made)
    assert "Not recorded: INR" in lines(made)
