"""What a decision and its findings carry over from the files and the chart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from service.clinical.values import known
from service.rules.decision import Decision, Finding, Outcome
from service.rules.model import Knowledge, Missing
from tests.rules.conftest import TODAY

Facts = dict[str, Any]
Found = Callable[[Decision, str], Finding]


def test_it_carries_what_the_criterion_says_of_itself(judge: Callable[..., Decision], fit: Facts, found: Found) -> None:
    finding = found(judge(fit), "y90-lung-dose")

    assert (finding.module, finding.title) == ("y90-resin", "Lung dose within the label")
    assert (finding.op, finding.missing, finding.cite) == ("at most", Missing.BLOCK, ("SIRTEX", "THERA"))
    assert (finding.conflict, finding.strength, finding.evidence) == ("", "", "")
    assert (finding.found, finding.limit) == ("12 Gy", "30 Gy")


def test_it_names_the_fact_that_is_not_recorded(judge: Callable[..., Decision], fit: Facts, found: Found) -> None:
    finding = found(judge({name: fit[name] for name in fit if name != "planned_lung_dose"}), "y90-lung-dose")

    assert (finding.outcome, finding.fact.name, finding.found) == (Outcome.UNKNOWN, "planned_lung_dose", "")
    assert finding.ask == "Record the planned lung dose from the mapping study."


def test_it_judges_by_the_window_of_the_criterion_before_that_of_the_fact(
    judge: Callable[..., Decision], fit: Facts, found: Found, knowledge: Knowledge
) -> None:
    days = knowledge.windows["mapping"].judge
    assert days is not None
    for age, outcome in ((days, Outcome.MET), (days + 1, Outcome.UNKNOWN)):
        dose = known(
            "planned_lung_dose", Decimal(12), unit="Gy", on=TODAY - timedelta(days=age), source="Observation/d"
        )
        assert found(judge(fit | {"planned_lung_dose": dose}), "y90-lung-dose").outcome is outcome


def test_it_carries_the_therapy_the_chart_and_the_day(
    judge: Callable[..., Decision], fit: Facts, knowledge: Knowledge
) -> None:
    decision, therapy = judge(fit), knowledge.therapies["y90-resin"]

    assert (decision.title, decision.knowledge, decision.as_of) == (therapy.title, therapy.knowledge, TODAY)
    assert decision.facts.keys() == fit.keys()
    assert decision.alerts == ()


def test_it_includes_a_module_on_a_preliminary_condition(
    judge: Callable[..., Decision], fit: Facts, fact: Callable[..., Any]
) -> None:
    """Only what is absolute or required waits for the final result."""
    intent = fact("transplant_intent", True)
    final, preliminary = (
        judge(fit | {"transplant_intent": each}) for each in (intent, intent._replace(preliminary=True))
    )

    modules = {finding.module for finding in final.findings}
    assert "bridging" in modules
    assert {finding.module for finding in preliminary.findings} == modules
