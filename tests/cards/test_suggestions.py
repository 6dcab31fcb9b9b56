from types import SimpleNamespace

from fhir.resources.R4B.servicerequest import ServiceRequest

from service.cards.style import CardStyle
from service.rules.model import Missing
from tests.cards.making import bilirubin, card_of, met, missing, number

LABS = ("albumin", "inr", "creatinine", "sodium", "potassium", "haemoglobin", "neutrophils")
STYLE = CardStyle(orderables={n: SimpleNamespace(system="urn:lab", code=f"L-{n}", display=f"Test {n}") for n in LABS})


def labels(card):
    return [suggestion.label for suggestion in card.suggestions]


def test_it_offers_a_draft_of_the_missing_test():
    card = card_of(missing("inr", "absolute"), met(), style=STYLE, patient="Patient/1")
    (suggestion,) = card.suggestions
    (action,) = suggestion.actions
    assert card.selection_behavior == "any"
    assert suggestion.label == action.description == "Order INR"
    assert action.type == "create"
    assert action.resource == {
        "resourceType": "ServiceRequest",
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/1"},
        "code": {"coding": [{"system": "urn:lab", "code": "L-inr", "display": "Test inr"}], "text": "Test inr"},
    }
    assert ServiceRequest.model_validate(action.resource).status == "draft"


def test_it_offers_a_stale_test_again():
    stale = number("inr", "1.3").as_unknown("stale: 71 days old, limit 30")
    assert labels(card_of(missing("inr", fact=stale), style=STYLE, patient="Patient/1")) == ["Order INR"]


def test_it_offers_nothing_that_the_client_cannot_order():
    card = card_of(missing("platelets"), style=STYLE, patient="Patient/1")
    assert card.suggestions == ()
    assert card.selection_behavior is None


def test_it_offers_nothing_that_does_not_decide():
    rows = [missing("inr", "caution"), missing("albumin", missing=Missing.WARN), bilirubin()]
    assert card_of(*rows, style=STYLE, patient="Patient/1").suggestions == ()


def test_it_offers_nothing_that_is_no_laboratory_test():
    style = CardStyle(orderables={"ecog": SimpleNamespace(system="s", code="c", display="d")})
    assert card_of(missing("ecog"), style=style, patient="Patient/1").suggestions == ()


def test_it_offers_nothing_without_a_patient():
    assert card_of(missing("inr"), style=STYLE).suggestions == ()


def test_it_offers_at_most_five():
    card = card_of(*(missing(name, "absolute") for name in LABS), style=STYLE, patient="Patient/1")
    assert len(card.suggestions) == 5
    assert len({suggestion.uuid for suggestion in card.suggestions}) == 5


def test_it_offers_one_test_for_several_rows():
    card = card_of(missing("inr", "absolute"), missing("inr", "relative"), style=STYLE, patient="Patient/1")
    assert labels(card) == ["Order INR"]
