from __future__ import annotations

from itertools import product

import pytest

from service.clinical.derived.answers import all_true, any_true, negated
from service.clinical.derived.auxiliary import AUXILIARY, freshness_class
from service.clinical.dictionary import FACTS

OUTCOMES = (True, False, None)


@pytest.mark.parametrize("outcomes", list(product(OUTCOMES, repeat=3)))
def test_it_says_any_as_what_every_completion_of_the_unknowns_says(outcomes: tuple[bool | None, ...]) -> None:
    completed = {any(each) for each in product(*((True, False) if o is None else (o,) for o in outcomes))}
    assert any_true(*outcomes) == (completed.pop() if len(completed) == 1 else None)


@pytest.mark.parametrize("outcomes", list(product(OUTCOMES, repeat=3)))
def test_it_says_all_as_what_every_completion_of_the_unknowns_says(outcomes: tuple[bool | None, ...]) -> None:
    completed = {all(each) for each in product(*((True, False) if o is None else (o,) for o in outcomes))}
    assert all_true(*outcomes) == (completed.pop() if len(completed) == 1 else None)


def test_it_keeps_unknown_when_negated() -> None:
    assert [negated(outcome) for outcome in OUTCOMES] == [False, True, None]


def test_it_names_no_auxiliary_input_as_facts_csv_does() -> None:
    assert not set(AUXILIARY) & set(FACTS)


def test_it_gives_every_auxiliary_input_a_class_that_facts_csv_uses() -> None:
    assert {row.freshness for row in AUXILIARY.values()} <= {row.freshness for row in FACTS.values()}


def test_it_knows_the_class_of_facts_and_auxiliary_inputs_alone() -> None:
    assert freshness_class("inr") == "labs"
    assert freshness_class("lung_mass") == "mapping"
    with pytest.raises(KeyError):
        freshness_class("height_of_the_tower")
