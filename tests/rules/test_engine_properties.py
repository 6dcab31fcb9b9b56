"""Properties of every decision: worse values never help, less data never clears, order changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from service.clinical.compare import Op
from service.clinical.values import unknown
from service.rules.decision import Decision, Status

Judge = Callable[..., Decision]
Facts = dict[str, Any]
shared_fixtures = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)


def _tenths(low: int, high: int) -> st.SearchStrategy[Decimal]:
    return st.integers(low, high).map(lambda tenth: Decimal(tenth) / 10)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "ecog": st.integers(0, 5),
    "bilirubin": _tenths(5, 60),
    "planned_lung_dose": _tenths(0, 600),
    "inr": _tenths(8, 40),
    "tumour_board_age": st.integers(0, 100).map(Decimal),
    "ascites": st.sampled_from(["none", "mild", "refractory"]),
    "portal_flow": st.sampled_from(["hepatopetal", "hepatofugal", "absent"]),
    "order_phase": st.sampled_from(["therapy", "mapping"]),
    "transplant_listed": st.booleans(),
    "transplant_intent": st.booleans(),
    "fasting_plan": st.booleans(),
}
CONDITIONS = frozenset({"order_phase", "transplant_listed", "transplant_intent"})
charts = st.frozensets(st.sampled_from(sorted(VALUES))).flatmap(
    lambda names: st.fixed_dictionaries({name: VALUES[name] for name in sorted(names)})
)
therapies = st.sampled_from(["y90-resin", "tae"])


WORSE_WHEN_HIGHER = ["ecog", "bilirubin", "planned_lung_dose", "inr", "tumour_board_age"]


@shared_fixtures
@given(facts=charts, worse=st.integers(1, 50), name=st.sampled_from(WORSE_WHEN_HIGHER))
def test_a_worse_value_never_improves_the_status(judge: Judge, facts: Facts, worse: int, name: str) -> None:
    if name in facts:
        assert judge(facts | {name: facts[name] + worse}).status <= judge(facts).status


@shared_fixtures
@given(facts=charts, therapy=therapies, removed=st.sampled_from(sorted(VALUES.keys() - CONDITIONS)))
def test_removing_data_never_clears_what_needs_data(judge: Judge, facts: Facts, therapy: str, removed: str) -> None:
    before = judge(facts, therapy=therapy).status
    after = judge({name: value for name, value in facts.items() if name != removed}, therapy=therapy).status

    assert after is not Status.NONE_FOUND or before is Status.NONE_FOUND or removed in {"inr", "fasting_plan"}
    if before is Status.NEEDS_DATA:
        assert after <= Status.NEEDS_DATA


@shared_fixtures
@given(facts=charts, therapy=therapies, condition=st.sampled_from(["order_phase", "transplant_listed"]))
def test_an_open_condition_never_clears_what_one_answer_would_not(
    judge: Judge, facts: Facts, therapy: str, condition: str
) -> None:
    answers = {"order_phase": ("therapy", "mapping"), "transplant_listed": (True, False)}[condition]
    facts = facts | {"transplant_intent": False}  # else one row tests the condition itself
    closed = [judge(facts | {condition: answer}, therapy=therapy).status for answer in answers]
    unsettled = judge(facts | {condition: unknown(condition)}, therapy=therapy).status

    assert unsettled is not Status.NONE_FOUND or set(closed) == {Status.NONE_FOUND}


@shared_fixtures
@given(facts=charts, therapy=therapies, shuffled=st.randoms(use_true_random=False))
def test_the_order_of_facts_changes_nothing(judge: Judge, facts: Facts, therapy: str, shuffled: Any) -> None:
    names = list(facts)
    shuffled.shuffle(names)

    assert judge({name: facts[name] for name in names}, therapy=therapy) == judge(facts, therapy=therapy)


@shared_fixtures
@given(facts=charts, therapy=therapies)
def test_every_status_is_decided_by_findings(judge: Judge, facts: Facts, therapy: str) -> None:
    decision = judge(facts, therapy=therapy)

    assert (decision.status is Status.NONE_FOUND) == (not any(finding.decides for finding in decision.findings))
    assert {finding.op for finding in decision.findings} <= set(Op)
