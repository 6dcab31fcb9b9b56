"""The engine: what each outcome, condition and replacement does to findings and status."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from service.clinical.chart import Chart, Unreadable
from service.clinical.values import NEVER, Fact, Interval, State, known, unknown
from service.rules.decision import Decision, Finding, Outcome, Status
from service.rules.engine import evaluate
from service.rules.model import Kind, Knowledge, Missing, When
from service.thresholds.overrides import apply
from service.thresholds.sets import defaults

Judge = Callable[..., Decision]
Found = Callable[[Decision, str], Finding]
Facts = dict[str, Any]


DAY = date(2026, 11, 1)


def _one_of(name: str, *values: Any) -> Fact:
    return Fact(name, State.ONE_OF, values=values, on=DAY)


def _ecog(**bounds: Any) -> Fact:
    return Fact("ecog", State.INTERVAL, interval=Interval(**bounds), on=DAY)


def test_it_finds_nothing_against_a_fit_patient(judge: Judge, fit: Facts) -> None:
    decision = judge(fit)

    assert decision.status is Status.NONE_FOUND
    assert not [finding for finding in decision.findings if finding.outcome is not Outcome.MET or finding.decides]
    assert (decision.order, decision.therapy, decision.short) == ("ServiceRequest/1", "y90-resin", "Y-90 resin")


STATUSES = [
    ({"planned_lung_dose": Decimal("30.1")}, Status.CONTRAINDICATED, "y90-lung-dose"),
    ({"planned_lung_dose": Decimal(30)}, Status.NONE_FOUND, ""),
    ({"ecog": 3}, Status.NOT_MET, "com-ecog"),
    ({"ecog": 2}, Status.NONE_FOUND, ""),
    ({"ecog": unknown("ecog")}, Status.NEEDS_DATA, "com-ecog"),
    ({"bilirubin": Decimal("2.01")}, Status.REVIEW, "com-bilirubin"),
    ({"bilirubin": unknown("bilirubin")}, Status.NEEDS_DATA, "com-bilirubin"),
    ({"ascites": unknown("ascites")}, Status.CONFIRM, "com-ascites"),
    ({"inr": Decimal(9)}, Status.NONE_FOUND, ""),
    ({"inr": unknown("inr")}, Status.NONE_FOUND, ""),
    ({"fasting_plan": False}, Status.NONE_FOUND, ""),
    ({"fasting_plan": unknown("fasting_plan")}, Status.NONE_FOUND, ""),
    ({"ascites": "refractory", "ecog": 4, "inr": unknown("inr")}, Status.CONTRAINDICATED, "com-ascites"),
    ({"ecog": 4, "planned_lung_dose": unknown("planned_lung_dose")}, Status.NOT_MET, "com-ecog"),
    ({"ecog": unknown("ecog"), "bilirubin": Decimal("2.5")}, Status.NEEDS_DATA, "com-ecog"),
    ({"bilirubin": Decimal("2.5"), "ascites": unknown("ascites")}, Status.REVIEW, "com-bilirubin"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "status", "decides"), STATUSES)
def test_it_gives_the_worst_status(judge: Judge, fit: Facts, change: Facts, status: Status, decides: str) -> None:
    decision = judge(fit | change)

    assert decision.status is status
    deciding = [finding.criterion for finding in decision.findings if finding.decides]
    assert (decides in deciding) if decides else not deciding


def test_only_findings_of_the_status_decide(judge: Judge, fit: Facts) -> None:
    decision = judge(fit | {"ecog": 4, "bilirubin": unknown("bilirubin"), "ascites": "refractory"})

    assert [finding.criterion for finding in decision.findings if finding.decides] == ["com-ascites"]


def test_it_writes_what_it_found(judge: Judge, fit: Facts, found: Found) -> None:
    lung = found(judge(fit | {"planned_lung_dose": Decimal("30.1")}), "y90-lung-dose")

    assert (lung.found, lung.limit, lung.op) == ("30.1 Gy", "30 Gy", "at most")
    assert (lung.say, lung.ask) == ("Planned lung dose 30.1 Gy is above 30 Gy.", "")
    assert lung.fact.value == Decimal("30.1")


def test_it_asks_for_what_is_not_recorded(judge: Judge, fit: Facts, found: Found) -> None:
    lung = found(judge(fit | {"planned_lung_dose": unknown("planned_lung_dose")}), "y90-lung-dose")

    assert (lung.outcome, lung.found, lung.say) == (Outcome.UNKNOWN, "", "")
    assert lung.ask == "Record the planned lung dose from the mapping study."


@pytest.mark.parametrize(
    ("value", "outcome"),
    [
        (_one_of("ecog", Decimal(0), Decimal(2)), Outcome.MET),
        (_one_of("ecog", Decimal(2), Decimal(3)), Outcome.UNKNOWN),
        (_one_of("ecog", Decimal(3), Decimal(4)), Outcome.NOT_MET),
        (_ecog(high=Decimal(2)), Outcome.MET),
        (_ecog(low=Decimal(2), low_included=False), Outcome.NOT_MET),
        (_ecog(low=Decimal(1)), Outcome.UNKNOWN),
        (unknown("ecog"), Outcome.UNKNOWN),
    ],
)
def test_it_judges_three_valued(judge: Judge, fit: Facts, found: Found, value: Fact, outcome: Outcome) -> None:
    assert found(judge(fit | {"ecog": value}), "com-ecog").outcome is outcome


@pytest.mark.parametrize(
    ("age", "outcome", "repeat"),
    [(14, Outcome.MET, False), (15, Outcome.MET, True), (30, Outcome.MET, True), (31, Outcome.UNKNOWN, False)],
)
def test_a_stale_fact_is_unknown(
    judge: Judge, fit: Facts, fact: Any, found: Found, age: int, outcome: Outcome, repeat: bool
) -> None:
    finding = found(judge(fit | {"bilirubin": fact("bilirubin", Decimal("1.1"), age=age)}), "com-bilirubin")

    assert (finding.outcome, finding.repeat) == (outcome, repeat)
    assert finding.found == "1.1 mg/dL"


def test_a_fact_without_a_day_is_unknown_where_age_matters(judge: Judge, fit: Facts, found: Found) -> None:
    finding = found(judge(fit | {"bilirubin": known("bilirubin", Decimal(1), unit="mg/dL")}), "com-bilirubin")

    assert (finding.outcome, finding.fact.reason) == (Outcome.UNKNOWN, "date not recorded")


def test_the_criterion_sets_the_window(judge: Judge, fit: Facts, fact: Any, found: Found) -> None:
    assert (
        found(judge(fit | {"planned_lung_dose": fact("planned_lung_dose", 12, age=28)}), "y90-lung-dose").outcome
        == "met"
    )
    late = found(judge(fit | {"planned_lung_dose": fact("planned_lung_dose", 12, age=29)}), "y90-lung-dose")

    assert late.fact.reason == "stale: 29 days old, limit 28"


def test_a_preliminary_result_settles_no_firm_criterion(judge: Judge, fit: Facts, fact: Any, found: Found) -> None:
    preliminary = fact("bilirubin", Decimal("3.4"))._replace(preliminary=True)
    decision = judge(fit | {"bilirubin": preliminary})

    assert found(decision, "com-bilirubin-absolute").outcome is Outcome.UNKNOWN
    assert found(decision, "com-bilirubin-absolute").fact.reason == "preliminary result only"
    assert found(decision, "com-bilirubin").outcome is Outcome.NOT_MET
    assert decision.status is Status.NEEDS_DATA


def test_a_preliminary_condition_takes_no_firm_criterion_away(judge: Judge, fit: Facts, fact: Any) -> None:
    facts = fit | {"order_phase": fact("order_phase", "mapping")._replace(preliminary=True), "planned_lung_dose": 40}

    assert judge(facts).status is Status.CONFIRM


def test_a_row_whose_condition_is_false_is_not_shown(judge: Judge, fit: Facts) -> None:
    decision = judge(fit | {"order_phase": "mapping", "planned_lung_dose": Decimal(40)})

    assert "y90-lung-dose" not in [finding.criterion for finding in decision.findings]
    assert not decision.notes[1:], "the note of the therapy phase goes with it"


OPEN_CONDITION = [
    (Decimal(12), Outcome.MET, Missing.BLOCK, Status.NONE_FOUND),
    (Decimal(40), Outcome.UNKNOWN, Missing.ASK, Status.CONFIRM),
    (unknown("planned_lung_dose"), Outcome.UNKNOWN, Missing.BLOCK, Status.NEEDS_DATA),
]


@pytest.mark.parametrize(("dose", "outcome", "missing", "status"), OPEN_CONDITION)
@pytest.mark.parametrize("phase", [unknown("order_phase"), _one_of("order_phase", "therapy", "mapping")])
def test_a_row_whose_condition_is_open_is_judged_and_marked(
    judge: Judge, fit: Facts, found: Found, phase: Fact, dose: Any, outcome: Outcome, missing: Missing, status: Status
) -> None:
    decision = judge(fit | {"order_phase": phase, "planned_lung_dose": dose})
    finding = found(decision, "y90-lung-dose")

    assert (finding.outcome, finding.missing, decision.status) == (outcome, missing, status)
    assert finding.applies_if == "applies if phase of the order is therapy"


def test_it_says_what_an_open_condition_would_mean(judge: Judge, fit: Facts, found: Found) -> None:
    facts = fit | {"order_phase": unknown("order_phase"), "planned_lung_dose": Decimal(40)}

    assert found(judge(facts), "y90-lung-dose").ask == (
        "Applies if phase of the order is therapy. Planned lung dose 40 Gy is above 30 Gy."
    )


def test_an_open_condition_asks_whatever_missing_says(judge: Judge, fit: Facts, found: Found) -> None:
    facts = fit | {"bilirubin": Decimal("2.2"), "ecog": unknown("ecog"), "inr": Decimal("1.8")}
    finding = found(judge(facts, therapy="tae"), "tae-inr")

    assert (finding.outcome, finding.missing) == (Outcome.UNKNOWN, Missing.ASK)
    assert finding.applies_if == "applies if ECOG at least 1 and ECOG below 3"


@pytest.mark.parametrize(("intent", "shown"), [(True, True), (False, False), (unknown("transplant_intent"), False)])
def test_a_module_speaks_only_where_its_condition_surely_holds(
    judge: Judge, fit: Facts, intent: Any, shown: bool
) -> None:
    decision = judge(fit | {"transplant_intent": intent})

    assert ("lt-listed" in [finding.criterion for finding in decision.findings]) is shown
    assert decision.status is (Status.NOT_MET if shown else Status.NONE_FOUND)


LISTED = [
    (True, ["com-bilirubin", "y90-bilirubin"]),
    (False, ["com-bilirubin", "com-bilirubin-absolute"]),
    (unknown("transplant_listed"), ["com-bilirubin", "com-bilirubin-absolute", "y90-bilirubin"]),
]


@pytest.mark.parametrize(("listed", "rows"), LISTED)
def test_a_row_replaces_another_only_where_it_surely_applies(
    judge: Judge, fit: Facts, listed: Any, rows: list[str]
) -> None:
    decision = judge(fit | {"transplant_listed": listed})

    assert [finding.criterion for finding in decision.findings if "bilirubin" in finding.criterion] == rows


ANY_OF = [
    ("hepatopetal", Decimal(10), Outcome.MET, "portal_flow"),
    ("hepatofugal", Decimal(42), Outcome.MET, "tumour_board_age"),
    ("hepatofugal", Decimal(43), Outcome.NOT_MET, "portal_flow"),
    (unknown("portal_flow"), Decimal(43), Outcome.UNKNOWN, "portal_flow"),
    ("absent", unknown("tumour_board_age"), Outcome.UNKNOWN, "tumour_board_age"),
    (unknown("portal_flow"), Decimal(1), Outcome.MET, "tumour_board_age"),
    ("absent", NEVER, Outcome.NOT_MET, "portal_flow"),
]


@pytest.mark.parametrize(("flow", "board", "outcome", "settled_by"), ANY_OF)
def test_any_of_is_met_by_one(
    judge: Judge, fit: Facts, found: Found, flow: Any, board: Any, outcome: Outcome, settled_by: str
) -> None:
    finding = found(judge(fit | {"portal_flow": flow, "tumour_board_age": board}), "y90-flow")

    assert (finding.outcome, finding.fact.name) == (outcome, settled_by)
    assert finding.fact_names == ("portal_flow", "tumour_board_age")


def test_a_choice_threshold_sets_the_kind(judge: Judge, fit: Facts, found: Found, knowledge: Knowledge) -> None:
    relative = apply(knowledge, {"common.ascites_kind": "relative"})
    facts = fit | {"ascites": "refractory"}

    assert found(judge(facts), "com-ascites").kind is Kind.ABSOLUTE
    assert judge(facts).status is Status.CONTRAINDICATED
    assert found(judge(facts), "com-ascites").default_limit == ""
    assert found(judge(facts, thresholds=relative), "com-ascites").kind is Kind.RELATIVE
    assert found(judge(facts, thresholds=relative), "com-ascites").default_limit == "absolute"
    assert judge(facts, thresholds=relative).status is Status.REVIEW


def test_a_changed_threshold_is_shown_with_its_default(
    judge: Judge, fit: Facts, found: Found, knowledge: Knowledge
) -> None:
    stricter = apply(knowledge, {"y90-resin.max_lung_dose": "25"})
    decision = judge(fit | {"planned_lung_dose": Decimal(26)}, thresholds=stricter)
    lung = found(decision, "y90-lung-dose")

    assert (lung.outcome, lung.limit, lung.default_limit) == (Outcome.NOT_MET, "25 Gy", "30 Gy")
    assert decision.threshold_set == stricter.id
    assert found(judge(fit), "y90-lung-dose").default_limit == ""


def test_a_redeclared_threshold_is_compared_with(judge: Judge, fit: Facts, found: Found) -> None:
    facts = fit | {"bilirubin": Decimal("2.2")}

    assert found(judge(facts), "com-bilirubin").outcome is Outcome.NOT_MET
    assert found(judge(facts, therapy="tae"), "com-bilirubin").outcome is Outcome.MET


def test_procedure_rows_are_listed_and_never_decide(judge: Judge, fit: Facts, found: Found) -> None:
    finding = found(judge(fit | {"fasting_plan": False}), "y90-fasting")

    assert (finding.when, finding.outcome, finding.decides) == (When.PROCEDURE, Outcome.NOT_MET, False)


def test_it_hands_on_what_could_not_be_read(knowledge: Knowledge) -> None:
    chart = Chart({}, unreadable=(Unreadable("Observation/x9", "no unit"),), incomplete=("labs: timed out",))
    decision = evaluate(knowledge.therapies["tae"], chart, defaults(knowledge), DAY)

    assert decision.unreadable == chart.unreadable
    assert decision.incomplete == chart.incomplete
    assert decision.status is Status.NEEDS_DATA


def test_notes_without_condition_are_always_given(judge: Judge, fit: Facts) -> None:
    assert [note.text for note in judge(fit).notes] == ["Fast for six hours.", "A mapping angiogram comes first."]


def test_one_condition_that_is_false_takes_a_row_away_whatever_else_is_open(judge: Judge, fit: Facts) -> None:
    facts = fit | {"bilirubin": unknown("bilirubin"), "ecog": 0, "inr": Decimal(3)}

    assert "tae-inr" not in [finding.criterion for finding in judge(facts, therapy="tae").findings]


def test_a_condition_uses_no_stale_fact(judge: Judge, fit: Facts, fact: Any, found: Found) -> None:
    facts = fit | {"bilirubin": fact("bilirubin", Decimal("0.9"), age=31), "inr": Decimal("1.8")}

    assert found(judge(facts, therapy="tae"), "tae-inr").outcome is Outcome.UNKNOWN


def test_a_limit_that_is_not_included_is_not_met(judge: Judge, fit: Facts, found: Found) -> None:
    facts = fit | {"bilirubin": Decimal("2.1")}

    assert found(judge(facts | {"inr": Decimal("1.79")}, therapy="tae"), "tae-inr").outcome is Outcome.MET
    assert found(judge(facts | {"inr": Decimal("1.8")}, therapy="tae"), "tae-inr").outcome is Outcome.NOT_MET
