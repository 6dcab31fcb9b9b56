"""The alternatives on the card: one line within its limits, and drafts of those that the client can order."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from fhir.resources.R4B.servicerequest import ServiceRequest
from hypothesis import given, settings
from hypothesis import strategies as st

from cds_hooks.conformance.response import check_response
from cds_hooks.json import decode, encode
from cds_hooks.models import Response
from service.alternatives.loader import load as load_rules
from service.cards.alternatives import TEXT_LIMIT
from service.cards.style import SMALLEST_CHARACTERS, SMALLEST_LINES, CardStyle
from service.clinical.dictionary import FACTS
from service.rules.decision import Alternative, Status
from service.rules.loader import load
from tests.cards.making import ascites, bilirubin, card, decision, finding, lines, met, missing, number

SBRT = Alternative("sug-a", "SBRT", "sbrt", ("portal_flow", "ecog"), 2, ("SBRTM", "RIC"))
REFERRAL = Alternative("sug-a", "Hepatology / oncology review", cite=("TACEC",))
ABLATION = Alternative("sug-b", "Thermal ablation", "microwave", cite=("COLL",))
AGAIN = Alternative("sug-c", "SBRT with device dose check", "sbrt", cite=("NKIFU",))
RESECTION = Alternative("sug-d", "Resection referral", "resection-referral", cite=("COLL",))
LABS = ("inr", "albumin", "creatinine", "sodium", "potassium")
CODES = (*LABS, "sbrt", "microwave", "resection-referral")
STYLE = CardStyle(
    orderables={name: SimpleNamespace(system="urn:own", code=f"X-{name}", display=f"Own {name}") for name in CODES}
)


def named(*alternatives, rows=(), style=STYLE, patient="Patient/1", **more):
    return card(decision(*(rows or (bilirubin(),)), alternatives=alternatives, **more), style=style, patient=patient)


def line(made):
    return next((each for each in lines(made) if each.startswith("Alternatives to consider: ")), "")


def test_it_prints_alternatives_in_one_line_with_needs_and_source():
    assert line(named(SBRT, REFERRAL)) == (
        "Alternatives to consider: SBRT (needs portal flow, ECOG +2) [SBRTM +1]; Hepatology / oncology review [TACEC]"
    )


def test_it_prints_none_where_none_is_named():
    assert "lternative" not in named().detail


def test_it_prints_three_and_counts_the_others():
    made = line(named(ABLATION, SBRT, REFERRAL, RESECTION))
    assert made.endswith("; +1 more")
    assert "Resection" not in made


def test_it_names_each_therapy_once_under_its_first_text():
    assert "device dose check" not in line(named(SBRT, AGAIN))
    assert "more" not in line(named(SBRT, AGAIN))


STAGING = Alternative("sug-s", "Complete staging first", None, ("extrahepatic_disease",), 0, ("COLL",))
CAUTION = finding("hb", "caution", "not_met", number("haemoglobin", "8.1", "g/dL"), found="8.1 g/dL")
PREFERENCE = finding("n", "preferred", "not_met", number("lesion_count", "4"), found="4")


@pytest.mark.parametrize("rows", [[met()], [met(), PREFERENCE], [met(), missing("consent", missing="ask")]])
def test_it_is_silent_about_alternatives_while_nothing_speaks_against_the_order(rows):
    made = named(SBRT, REFERRAL, STAGING, rows=rows)
    assert "lternative" not in made.detail
    assert made.suggestions == ()


@pytest.mark.parametrize("row", [ascites(), bilirubin("required"), bilirubin(), CAUTION])
def test_it_names_alternatives_where_something_speaks_against_the_order(row):
    assert "SBRT" in line(named(SBRT, rows=[row]))


def test_it_names_what_completes_the_data_where_they_decide():
    made = named(SBRT, REFERRAL, STAGING, rows=[missing("inr", "absolute")])
    assert line(made) == "Alternatives to consider: Complete staging first (needs extrahepatic disease) [COLL]"


def test_it_names_alternatives_where_the_criteria_are_written_for_another_tumour():
    reviewed = replace(decision(met(), alternatives=(REFERRAL,)), status=Status.REVIEW)
    assert "Hepatology" in line(card(reviewed))


def test_it_prints_fewer_of_them_before_it_gives_up_a_finding():
    rows = [bilirubin(), ascites(), missing("inr", "absolute")]
    long = tuple(Alternative(f"r{n}", f"{n} " + "long words " * 10, None, (), 0, ("COLL",)) for n in range(6))
    made = named(*long, rows=rows, style=CardStyle(max_characters=700, max_lines=9))
    assert len(made.detail) <= 700
    assert "Ascites, refractory" in made.detail
    assert "Bilirubin 2.4 mg/dL" in made.detail
    assert "more" in line(made) or "6 alternatives named" in made.detail


def test_it_counts_them_where_none_has_room():
    many = [missing(name, "absolute") for name in ("inr", "ecog", "portal_flow", "albumin")]
    rows = [ascites(), *(bilirubin(criterion=f"b{n}", kind="absolute", value=f"2.{n}") for n in range(5)), *many]
    long = Alternative("r", "long words " * 11, None, ("portal_flow", "ecog", "inr"), 9, ("COLL",))
    made = named(long, rows=rows, style=CardStyle(max_characters=700, max_lines=9, max_alternatives=0))
    assert "1 alternative named" in made.detail


def test_it_offers_a_draft_of_each_alternative_that_the_client_can_order():
    made = named(SBRT, REFERRAL, ABLATION)
    first, second = made.suggestions
    (action,) = first.actions
    assert (first.label, second.label) == (
        "Alternative to consider: SBRT", "Alternative to consider: Thermal ablation",
    )  # fmt: skip
    assert action.type == "create"
    assert action.description == "Alternative to consider: SBRT (needs portal flow, ECOG +2) [SBRTM, RIC]"
    assert action.resource["code"]["coding"] == [{"system": "urn:own", "code": "X-sbrt", "display": "Own sbrt"}]
    assert ServiceRequest.model_validate(action.resource).status == "draft"
    assert made.selection_behavior == "any"
    assert not first.is_recommended


def test_it_offers_laboratory_tests_first_and_five_in_all():
    rows = [ascites(), *(missing(name, "absolute") for name in LABS[:4])]
    labels = [suggestion.label for suggestion in named(SBRT, ABLATION, rows=rows).suggestions]
    assert len(labels) == 5
    assert labels[-1] == "Alternative to consider: SBRT"
    assert all(label.startswith("Order ") for label in labels[:4])


@pytest.mark.parametrize("given", [{"style": CardStyle()}, {"patient": ""}])
def test_it_offers_nothing_without_a_code_or_a_patient(given):
    made = named(SBRT, **given)
    assert made.suggestions == ()
    assert made.selection_behavior is None
    assert line(made)


def test_it_keeps_the_uuid_of_an_offer():
    first, again, other = (named(each).suggestions[0].uuid for each in (SBRT, SBRT, ABLATION))
    assert first == again != other


def test_it_names_for_several_possible_therapies_only_what_all_of_them_name():
    one = decision(bilirubin(), alternatives=(SBRT, ABLATION, REFERRAL))
    two = decision(
        bilirubin(), therapy="microwave", short="Microwave", alternatives=(REFERRAL, SBRT, ABLATION, RESECTION)
    )
    made = line(card(one, two))
    assert "SBRT" in made
    assert "Hepatology" in made
    assert "Resection" not in made
    assert "Thermal ablation" not in made


def test_it_answers_as_the_specification_asks():
    assert check_response(decode(encode(Response(cards=(named(SBRT, ABLATION),))))) == []


def test_no_text_of_the_rules_is_cut():
    texts = [each.text for rule in load_rules(load()).rules for each in rule.named]
    assert max(map(len, texts)) <= TEXT_LIMIT


alternatives = st.builds(
    Alternative,
    rule=st.sampled_from(["a", "b"]),
    text=st.text(min_size=1, max_size=TEXT_LIMIT) | st.sampled_from(["<b>x</b>", "[x](javascript:1)", "a\n# b"]),
    therapy=st.sampled_from([None, *CODES]),
    needs=st.lists(st.sampled_from(sorted(FACTS)), max_size=3).map(tuple),
    more_needs=st.integers(0, 40),
    cite=st.lists(st.sampled_from(["COLL", "SBRTM", "RIC"]), min_size=1, max_size=4).map(tuple),
)
ROWS = [
    ascites(), *(bilirubin(criterion=f"b{n}", kind="absolute", value=f"2.{n}") for n in range(6)),
    *(missing(name, "absolute") for name in ("inr", "ecog", "portal_flow", "albumin", "sodium")), met(),
]  # fmt: skip


@given(st.lists(alternatives, max_size=8), st.lists(st.sampled_from(ROWS), min_size=1, max_size=12))
@settings(max_examples=100, deadline=None)
def test_it_stays_within_the_limits_and_the_specification_whatever_is_named(given_, rows):
    smallest = CardStyle(max_characters=SMALLEST_CHARACTERS, max_lines=SMALLEST_LINES, orderables=STYLE.orderables)
    for style, characters, most in ((STYLE, 900, 12), (smallest, SMALLEST_CHARACTERS, SMALLEST_LINES)):
        made = named(*given_, rows=rows, style=style)
        assert len(made.detail) <= characters
        assert len(lines(made)) <= most
        assert "alternative" in made.detail.lower() or not given_ or all(row.outcome != "not_met" for row in rows)
        assert len(made.suggestions) <= 5
        assert len({each.uuid for each in made.suggestions}) == len(made.suggestions)
        assert check_response(decode(encode(Response(cards=(made,))))) == []
