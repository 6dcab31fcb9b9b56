"""Cases: what a clinician writes is what is run, and a case that does not hold says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from service.clinical.values import NEVER, Origin, State
from service.rules.case_files import read_cases
from service.rules.cases import report, run_cases
from service.rules.model import Knowledge
from service.rules.problems import KnowledgeError

CASES = Path(__file__).parent / "data" / "cases"
HEAD = "- case: a case\n  order: tae\n  on: 2026-11-01\n"


def _write(folder: Path, text: str, bases: str = "") -> Path:
    (folder / "some.yaml").write_text(text, encoding="utf-8")
    if bases:
        (folder / "bases.yaml").write_text(bases, encoding="utf-8")
    return folder


def test_every_example_holds(knowledge: Knowledge) -> None:
    results = run_cases(CASES, knowledge)

    assert [str(result) for result in results if not result.holds] == []
    assert list(report(results)) == ["9 of 9 cases hold"]


GIVEN = [
    ("ecog: 1", "ecog", Decimal(1), ""),
    ("bilirubin: 1.2 mg/dL", "bilirubin", Decimal("1.2"), ""),
    ("bilirubin: 34.2 umol/L", "bilirubin", Decimal(2), "34.2 umol/L"),
    ("ascites: none", "ascites", "none", ""),
    ("fasting_plan: false", "fasting_plan", False, ""),
    ("echo_age: never", "echo_age", NEVER, ""),
    ("ecog: {value: 2, age: 5}", "ecog", Decimal(2), ""),
    ("platelets: 120 10*9/L", "platelets", Decimal(120), ""),
]


@pytest.mark.parametrize(("given", "name", "value", "reported"), GIVEN)
def test_it_reads_a_given_fact(tmp_path: Path, given: str, name: str, value: object, reported: str) -> None:
    folder = _write(tmp_path, f"{HEAD}  given: {{{given}}}\n  expect: review\n")
    fact = read_cases(folder, ("tae",))[0].facts[name]

    assert (fact.state, fact.value, fact.reported or "") == (State.KNOWN, value, reported)
    assert fact.on == date(2026, 10, 27 if "age: 5" in given else 1) if "age: 5" in given else date(2026, 11, 1)


NOT_USED = [
    ("ecog: unknown", "not recorded"),
    ("ecog: {value: 1, status: entered-in-error}", "status entered-in-error"),
    ("ecog: {value: 1, verification: refuted}", "verification refuted"),
    ("ecog: {value: 1, age: -1}", "dated in the future"),
    ("ecog: 9", "implausible value"),
    ("bilirubin: 3 furlong", "unit not understood: furlong"),
]


@pytest.mark.parametrize(("given", "reason"), NOT_USED)
def test_it_makes_unknown_what_the_reader_would_not_use(tmp_path: Path, given: str, reason: str) -> None:
    folder = _write(tmp_path, f"{HEAD}  given: {{{given}}}\n  expect: review\n")
    (fact,) = read_cases(folder, ("tae",))[0].facts.values()

    assert (fact.state, fact.reason) == (State.UNKNOWN, reason)


def test_not_recorded_stands_against_a_computation(tmp_path: Path) -> None:
    folder = _write(tmp_path, f"{HEAD}  given: {{child_pugh: unknown}}\n  expect: review\n")

    assert read_cases(folder, ("tae",))[0].facts["child_pugh"].origin is Origin.COMPUTED


def test_a_base_may_extend_another(tmp_path: Path) -> None:
    bases = "a: {facts: {ecog: 0, ascites: none}}\nb: {extends: a, facts: {ecog: 1}}\nc: {extends: b, inr: 1.1}\n"
    folder = _write(tmp_path, f"{HEAD}  base: c\n  given: {{ascites: mild}}\n  expect: review\n", bases)
    facts = read_cases(folder, ("tae",))[0].facts

    assert {name: fact.value for name, fact in facts.items()} == {
        "ecog": Decimal(1), "ascites": "mild", "inr": Decimal("1.1"),
    }  # fmt: skip


WRONG = [
    ("  expect: reviewed\n", 'some.yaml:4:11: unknown status: "reviewed" (did you mean "review"?)'),
    ("  expect: review\n  becuase: [x]\n", 'some.yaml:5:3: unknown key: "becuase" (did you mean "because"?)'),
    ("  base: nobody\n  expect: review\n", 'some.yaml:4:9: unknown base: "nobody"'),
    ("  given: {ecogg: 1}\n  expect: review\n", 'some.yaml:4:11: unknown key: "ecogg" (did you mean "ecog"?)'),
    ("  given: {ecog: low}\n  expect: review\n", 'some.yaml:4:17: ecog is a number with its unit: "low"'),
    ("  given: {ascites: lots}\n  expect: review\n", 'some.yaml:4:20: not a value of ascites: "lots"'),
    ("  given: {ecog: {age: 3}}\n  expect: review\n", "some.yaml:4:17: a value is needed"),
    ("  given: {ecog: {value: 1, age: old}}\n  expect: review\n", "an age is a whole number of days"),
    ("  because: [x]\n", "some.yaml:1:3: case without expect"),
]


@pytest.mark.parametrize(("body", "message"), WRONG)
def test_it_names_the_place_of_a_mistake(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read_cases(_write(tmp_path, HEAD + body), ("tae",))

    assert message in str(caught.value)


def test_it_refuses_bases_in_a_circle(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="unknown, or a circle"):
        read_cases(_write(tmp_path, "[]\n", "a: {extends: b}\nb: {extends: a}\n"), ("tae",))


FAILING = [
    ("  expect: review\n", "expected review, got needs_data"),
    ("  expect: needs_data\n  because: [platelets]\n", 'no deciding finding says "platelets"'),
    ("  expect: needs_data\n  facts: {ecog: 2}\n", "ecog should be 2, is unknown"),
    ("  expect: needs_data\n  given: {inr: 1.2}\n  facts: {inr: unknown}\n", "inr should be unknown, is 1.2"),
    ("  expect: needs_data\n  alternatives: [systemic]\n", "suggestions cannot be judged here"),
]


@pytest.mark.parametrize(("body", "failure"), FAILING)
def test_a_case_that_does_not_hold_says_why(tmp_path: Path, knowledge: Knowledge, body: str, failure: str) -> None:
    (result,) = run_cases(_write(tmp_path, HEAD + body), knowledge)

    assert not result.holds
    assert failure in str(result)
    assert list(report([result]))[-1] == "0 of 1 cases hold"


@pytest.mark.parametrize(
    ("body", "holds"),
    [
        ("alternatives: [resection, systemic]", True),
        ("alternatives: [systemic, resection]", False),
        ("without: [systemic]", False),
        ("without: [transplant]", True),
    ],
)
def test_it_compares_suggestions(tmp_path: Path, knowledge: Knowledge, body: str, holds: bool) -> None:
    folder = _write(tmp_path, f"{HEAD}  expect: needs_data\n  {body}\n")
    (result,) = run_cases(folder, knowledge, suggest=lambda _: ["Consider resection", "Systemic therapy"])

    assert result.holds is holds


def test_possible_values_are_compared_as_a_set(tmp_path: Path, knowledge: Knowledge) -> None:
    text = f"{HEAD}  given: {{ecog: {{value: 1, age: 99}}}}\n  expect: needs_data\n  facts: {{ecog: [1, 2]}}\n"
    (result,) = run_cases(_write(tmp_path, text), knowledge)

    assert result.failures == ("ecog should be 1 or 2, is 1",)
