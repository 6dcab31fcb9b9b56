"""Which of the open questions come first."""

from service.cards.style import CardStyle
from service.clinical.values import known
from tests.cards.making import card_of, finding, lines, missing


def asked(*rows):
    return [line.rpartition(": ")[2] for line in lines(card_of(*rows)) if line.startswith("- Missing")]


def row(name, kind="absolute", **more):
    more = {"ask": f"Record {name.replace('_', ' ')}.", **more}
    return missing(name, kind, **more)


def test_it_asks_first_what_most_criteria_wait_for():
    rows = [row("hepatic_artery_usable"), row("portal_vein_invasion"), row("portal_vein_invasion", "relative")]
    assert asked(*rows) == ["Record portal vein invasion.", "Record hepatic artery usable."]


def test_it_asks_what_blocks_before_what_is_to_be_confirmed():
    rows = [row("consent", missing="ask"), row("ecog", "required"), row("sodium", "relative")]
    assert asked(*rows) == ["Record ecog.", "Record consent.", "Record sodium."]


def test_it_names_first_what_most_criteria_wait_for():
    rows = [row("hepatic_artery_usable"), row("portal_vein_invasion"), row("portal_vein_invasion", "relative")]
    assert card_of(*rows).summary.endswith("not recorded: portal vein invasion, usable hepatic artery")


def test_it_gives_up_preferences_before_questions():
    pattern = "The pattern of well-defined nodules with preserved portal flow and selective access is not recorded, {}."
    mild = [
        finding(name, "preferred", "not_met", known(name, False), found="no", op="is", say=pattern.format(name))
        for name in ("cirrhosis", "tumour_rupture", "clinical_ascites")
    ]
    open_ones = [row(name, ask=f"Record {'words of it ' * 8}{name}.") for name in ("ecog", "inr", "age")]
    made = card_of(*mild, *open_ones, style=CardStyle(max_characters=700))
    assert sum(line.startswith("- Missing") for line in lines(made)) == 3
    assert "preferred" not in made.detail
    assert "+3 more findings" in made.detail
