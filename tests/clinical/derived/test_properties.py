"""What holds for every patient: removing data settles nothing, worsening improves nothing, order changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.derived.registry import dependents, registered
from service.clinical.derived.rules import RULES
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, State, Value, known
from tests.clinical.derived.possible import possible_ends, still_allows
from tests.clinical.derived.table import TODAY, is_answer, is_number

Compute = Callable[[Mapping[str, Fact]], dict[str, Fact]]

COMPUTED = {rule.fact for rule in RULES}
LEAVES = sorted({name for rule in RULES for name in (*rule.inputs, *rule.also)} - COMPUTED | {"ecog"})
ABSENCE_ANSWERS = {
    "transplant_intent",
    "ecog",
    "macrovascular_invasion",
    "pvt_type4_without_uptake",
    "resected_fraction",
}
_USUAL = {
    "unit": {"%": (0, 100), "cm": (1, 220), "kg": (30, 200), "mL": (100, 2500), "mg/dL": (1, 20)},
    "name": {"lesion_count": (1, 12), "age": (5, 90), "sodium": (120, 145), "inr": (1, 4), "body_height": (120, 220)},
}


def values(name: str) -> st.SearchStrategy[Value]:
    if is_answer(name):
        return st.booleans()
    if not is_number(name):
        return st.sampled_from(FACTS[name].values if name in FACTS else AUXILIARY[name].values)
    return numbers(name)


def numbers(name: str) -> st.SearchStrategy[Value]:
    unit = FACTS[name].unit if name in FACTS else AUXILIARY[name].unit
    low, high = _USUAL["name"].get(name) or _USUAL["unit"].get(unit, (1, 60))
    if name in FACTS and FACTS[name].maximum is not None:
        high = min(high, int(FACTS[name].maximum or 0))
    if unit in {"{score}", "1", "a"} and name != "inr":
        return st.integers(low, high).map(Decimal)
    return st.decimals(low, high, places=1)


def facts_of(found: Mapping[str, Value]) -> dict[str, Fact]:
    return {name: known(name, value, on=TODAY) for name, value in found.items()}


def answered(names: frozenset[str]) -> st.SearchStrategy[dict[str, Fact]]:
    return st.fixed_dictionaries({name: VALUES[name] for name in sorted(names)}).map(facts_of)


def is_consistent(facts: Mapping[str, Fact]) -> bool:
    """An anthracycline's dose beside another drug contradicts itself: whichever is taken away settles the other."""
    drug = facts.get("planned_drug")
    doses = facts.keys() & {"planned_anthracycline_dose", "planned_doxorubicin_dose"}
    return not doses or drug is None or drug.value in {"doxorubicin", "epirubicin", "other"}


VALUES = {name: values(name) for name in LEAVES}
patients = st.frozensets(st.sampled_from(LEAVES)).flatmap(answered).filter(is_consistent)


def answered_by_absence(name: str) -> frozenset[str]:
    """Computed facts that the absence of `name` answers by definition, with what rests on them."""
    rules = registered()
    direct = {r.fact for r in RULES if name in r.also or (r.fact in ABSENCE_ANSWERS and name in r.reads)}
    return frozenset(direct).union(*(dependents(rules, fact) for fact in direct))


@settings(max_examples=150, deadline=None)
@given(facts=patients.filter(bool), choice=st.data())
def test_it_never_excludes_what_was_possible_when_a_fact_is_removed(
    compute: Compute, facts: dict[str, Fact], choice: st.DataObject
) -> None:
    removed = choice.draw(st.sampled_from(sorted(facts)))
    before, after = compute(facts), compute({name: fact for name, fact in facts.items() if name != removed})
    for fact in COMPUTED - answered_by_absence(removed):
        assert still_allows(after[fact], before[fact]), (removed, before[fact], after[fact])


@settings(max_examples=50, deadline=None)
@given(facts=patients, order=st.data())
def test_it_does_not_depend_on_the_order_of_the_facts(
    compute: Compute, facts: dict[str, Fact], order: st.DataObject
) -> None:
    names = order.draw(st.permutations(sorted(facts)))
    assert compute({name: facts[name] for name in names}) == compute(facts)


@settings(max_examples=50, deadline=None)
@given(facts=patients)
def test_it_computes_only_values_that_the_dictionary_allows(compute: Compute, facts: dict[str, Fact]) -> None:
    results = compute(facts)
    for name in COMPUTED:
        found = results[name]
        settled = (found.value,) if found.state is State.KNOWN else found.values
        assert all(_allowed(name, value) for value in settled), found


def _allowed(name: str, value: Value | None) -> bool:
    row = FACTS[name]
    if row.type == "boolean":
        return isinstance(value, bool)
    if row.is_number:
        return isinstance(value, Decimal) and (row.type != "integer" or value == value.to_integral_value())
    return value in row.values


WORSE: dict[str, tuple[Value, ...]] = {
    "ascites": ("none", "trace", "mild", "moderate_severe", "refractory"),
    "encephalopathy": ("none", "grade_1_2", "grade_3_4"),
    "portal_vein_invasion": ("Vp0", "Vp1", "Vp2", "Vp3", "Vp4"),
    "ecog": tuple(map(Decimal, range(6))),
    "kps": tuple(map(Decimal, range(100, -10, -10))),
    "bilirubin": tuple(map(Decimal, ("0.5", "1.9", "2.0", "3.0", "3.1", "9"))),
    "albumin": tuple(map(Decimal, ("4.5", "3.6", "3.5", "2.8", "2.7", "1.5"))),
    "inr": tuple(map(Decimal, ("1.0", "1.6", "1.7", "2.3", "2.4", "5"))),
    "lesion_count": tuple(map(Decimal, range(1, 9))),
    "largest_lesion": tuple(map(Decimal, ("1.0", "2.0", "2.1", "3.0", "3.1", "5.0", "5.1", "8.1", "12"))),
    "creatinine": tuple(map(Decimal, ("0.6", "1.0", "1.5", "3.0", "5"))),
    "extrahepatic_disease": ("none", "limited"),
    "hepatic_vein_or_ivc_invasion": (False, True),
    "distant_metastasis": (False, True),
}
"""Values of inputs, best first."""

SCALES: dict[str, tuple[Value, ...]] = {
    "child_pugh": tuple(map(Decimal, range(5, 16))),
    "liver_function": ("preserved", "impaired", "end_stage"),
    "bclc_stage": ("0", "A", "B", "C", "D"),
    "ecog": tuple(map(Decimal, range(6))),
    "albi_grade": tuple(map(Decimal, range(1, 4))),
    "malbi_grade": ("1", "2a", "2b", "3"),
    "milan": ("within", "beyond"),
    "up_to_seven": ("within", "beyond"),
    "macrovascular_invasion": (False, True),
    "clinical_ascites": (False, True),
    "hepatic_decompensation": (False, True),
    "compromised_liver": (False, True),
    "emerald1_window": (True, False),
    "leap012_window": (True, False),
    "haic_large_or_portal": (False, True),
    "death_risk_cluster": tuple(map(Decimal, range(5))),
}
"""Computed facts, best first. (LAUNCH asks for stage C and the glass label for 1 cm: worse may fit them better.)"""


@pytest.mark.parametrize("worsened", sorted(WORSE))
@settings(max_examples=40, deadline=None)
@given(facts=patients, steps=st.data())
def test_it_never_improves_when_a_finding_worsens(
    compute: Compute, worsened: str, facts: dict[str, Fact], steps: st.DataObject
) -> None:
    scale = WORSE[worsened]
    better = steps.draw(st.integers(0, len(scale) - 2))
    worse = steps.draw(st.integers(better + 1, len(scale) - 1))
    before = compute({**facts, worsened: known(worsened, scale[better], on=TODAY)})
    after = compute({**facts, worsened: known(worsened, scale[worse], on=TODAY)})
    for name, order in SCALES.items():
        best_before, worst_before = possible_ends(before[name], order)
        best_after, worst_after = possible_ends(after[name], order)
        assert best_after >= best_before, (before[name], after[name])
        assert worst_after >= worst_before, (before[name], after[name])
