from service.rules.model import When
from tests.cards.making import bilirubin, card, decision, met, missing


def uuid_of(*decisions, hook_instance="h1"):
    return card(*decisions, hook_instance=hook_instance).uuid


def test_it_is_stable_for_the_same_hook_instance_order_therapies_and_set():
    assert uuid_of(decision(bilirubin())) == uuid_of(decision(met()))


def test_it_does_not_depend_on_the_order_of_candidates():
    one, other = decision(met(), therapy="tae"), decision(met(), therapy="ctace")
    assert uuid_of(one, other) == uuid_of(other, one)


def test_it_differs_by_each_of_them():
    uuids = {
        uuid_of(decision(met())),
        uuid_of(decision(met()), hook_instance="h2"),
        uuid_of(decision(met(), order="ServiceRequest/2")),
        uuid_of(decision(met(), therapy="tae")),
        uuid_of(decision(met(), threshold_set="b" * 64)),
        uuid_of(decision(met()), decision(met(), therapy="tae")),
    }
    assert len(uuids) == 6


def test_it_offers_at_most_seven_coded_reasons_to_go_on_always():
    for made in (card(decision(met())), card(decision(bilirubin("absolute")))):
        assert 0 < len(made.override_reasons) <= 7
        assert {reason.system for reason in made.override_reasons} == {
            "https://livercds.org/fhir/CodeSystem/override-reasons"
        }
        assert all(reason.display for reason in made.override_reasons)


def test_it_writes_a_topic_that_epic_takes():
    decisions = [decision(met(), therapy=f"y90-resin-{n}") for n in range(20)]
    code = card(*decisions).source.topic.code
    assert code.isalnum()
    assert len(code) <= 100
    assert card(decision(met(), therapy="y90-resin")).source.topic.code == "y90resin"


def outcomes_of(*decisions):
    return card(*decisions).extension["org.livercds.decision"]["outcomes"]


def test_it_tells_machines_the_count_that_the_card_prints():
    rows = (bilirubin(), met(), missing("inr"), met("fasting", when=When.PROCEDURE))
    assert "1 of 3 met" in card(decision(*rows)).detail
    assert outcomes_of(decision(*rows)) == {
        "not_met": ["bilirubin-relative"],
        "unknown": ["inr-required"],
        "met": 1,
        "procedure": {"met": 1},
    }


def test_it_tells_apart_what_is_open_on_the_day_of_the_procedure():
    rows = (met(), missing("pregnancy_test", when=When.PROCEDURE))
    assert outcomes_of(decision(*rows)) == {"met": 1, "procedure": {"unknown": ["pregnancy_test-required"], "met": 0}}


def test_it_counts_a_criterion_of_several_candidates_once():
    assert outcomes_of(decision(met()), decision(missing("platelets", kind="relative"), therapy="tae")) == {
        "unknown": ["platelets-relative"],
        "met": 0,
    }
