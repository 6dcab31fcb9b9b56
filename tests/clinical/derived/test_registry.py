from __future__ import annotations

from graphlib import CycleError

import pytest

from service.clinical.derived.registry import Rule, computed, dependents, in_order, registered
from service.clinical.derived.rules import RULES
from service.clinical.dictionary import FACTS


def _rule(fact: str, *inputs: str) -> Rule:
    return Rule(fact, inputs, lambda given: None)


def test_it_puts_every_rule_after_those_its_inputs_need() -> None:
    place = {rule.fact: number for number, rule in enumerate(RULES)}
    for rule in RULES:
        assert all(place[name] < place[rule.fact] for name in (*rule.inputs, *rule.also) if name in place)


def test_it_refuses_facts_that_need_one_another() -> None:
    with pytest.raises(CycleError):
        in_order({"milan": _rule("milan", "up_to_seven"), "up_to_seven": _rule("up_to_seven", "milan")})


def test_it_lets_a_rule_read_its_own_given_value() -> None:
    assert in_order({"ecog": _rule("ecog", "ecog", "kps")})


def test_it_refuses_a_second_rule_for_one_fact() -> None:
    with pytest.raises(ValueError, match="child_pugh is computed twice"):
        computed("child_pugh", "bilirubin")(lambda given: None)


def test_it_refuses_a_name_that_nobody_defines() -> None:
    with pytest.raises(KeyError):
        computed("milan_2", "lesion_count")
    with pytest.raises(KeyError):
        computed("milan", "number_of_lesions")


def test_it_finds_what_rests_on_a_fact_directly_and_through_others() -> None:
    resting = dependents(registered(), "inr")
    assert {"child_pugh", "liver_function", "bclc_stage", "tace_stage_indication", "launch_window"} <= resting
    assert "milan" not in resting
    assert "inr" not in resting


def test_it_computes_only_facts_of_the_dictionary() -> None:
    assert {rule.fact for rule in RULES} <= set(FACTS)


def test_it_declares_the_inputs_that_date_a_fact() -> None:
    assert all(set(rule.dated_by) <= set(rule.inputs) for rule in RULES)
