"""The static checks: what the loader lets pass and a reviewer would not, and which cases are lacking."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from service.clinical.compare import Op
from service.clinical.values import NEVER, known, unknown
from service.rules.check import check
from service.rules.coverage import AT, BEYOND, MISSING, side
from service.rules.model import Comparison
from service.rules.used_facts import used_facts

CASES = Path(__file__).parent / "data" / "cases"


def _change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_good_knowledge_has_no_problems(folder: Path) -> None:
    report = check(folder, cases=CASES)

    assert report.problems == ()
    assert report.is_good


CHANGES = [
    ("tae.yaml", "    ask: Order an INR.\n", "", "tae.yaml:18:5: criterion without ask"),
    ("tae.yaml", "    say: INR {found} is not below {limit}.\n", "", "tae.yaml:18:5: criterion without say"),
    ("tae.yaml", "    cite: THERA\n", "", "tae.yaml:18:5: criterion without cite"),
    (
        "tae.yaml",
        "is not below {limit}",
        "means not eligible",
        "tae.yaml:18:5: tae-inr decides in the clinician's place",
    ),
    (
        "modules/common.yaml",
        "default: 3.0\n    range: [2.0, 5.0]",
        "default: 1.5\n    range: [1.0, 5.0]",
        "modules/common.yaml:46:5: bilirubin: absolute limit of com-bilirubin-absolute is stricter",
    ),
    ("y90-resin.yaml", "range: [20, 30]", "range: [20, 35]", "y90-resin.yaml:10:3: range of a label threshold reaches"),
    ("y90-resin.yaml", "fresh: mapping", "fresh: maping", "y90-resin.yaml:26:12: unknown freshness class"),
]


@pytest.mark.parametrize(("file", "old", "new", "problem"), CHANGES)
def test_it_finds_what_a_reviewer_would(folder: Path, file: str, old: str, new: str, problem: str) -> None:
    _change(folder, file, old, new)
    report = check(folder)

    assert not report.is_good
    assert [str(each) for each in report.problems if str(each).startswith(problem)], report.problems


def test_it_lists_modules_and_facts_that_nobody_uses(folder: Path) -> None:
    text = (folder / "modules/bridging.yaml").read_text(encoding="utf-8")
    (folder / "modules/idle.yaml").write_text(
        text.replace("id: bridging", "id: idle").replace("lt-", "idle-"), encoding="utf-8"
    )
    advice = [str(each) for each in check(folder).advice]

    assert 'modules/idle.yaml:1:1: module that no therapy includes: "idle"' in advice
    assert any('fact that no criterion uses: "echo_age"' in each for each in advice)
    assert not any('"bilirubin"' in each for each in advice)


def test_a_failing_case_is_a_finding(folder: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases"
    cases.mkdir()
    (cases / "c.yaml").write_text("- {case: c, order: tae, on: 2026-11-01, expect: review}\n", encoding="utf-8")

    assert not check(folder, cases=cases).is_good


def test_it_checks_the_administrators_file(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "thresholds.yaml"
    path.write_text("common.max_ecog: 4\n", encoding="utf-8")

    assert str(check(folder, thresholds=path).problems[0]).endswith('is outside its range 1 to 3 {score}: "4"')


def test_it_says_which_side_of_a_threshold_no_case_looks_at(folder: Path) -> None:
    advice = [str(each) for each in check(folder, cases=CASES).advice]

    assert "modules/common.yaml:4:3: no case at or just beyond or with the fact missing of common.max_ecog" in advice
    assert not any("max_lung_dose" in each for each in advice)


LUNG = Comparison("planned_lung_dose", Op.AT_MOST, None, "x")
FLOOR = Comparison("platelets", Op.AT_LEAST, None, "x")
ECOG = Comparison("ecog", Op.AT_MOST, None, "x")


@pytest.mark.parametrize(
    ("test", "value", "expected"),
    [
        (LUNG, Decimal(30), AT),
        (LUNG, Decimal("30.1"), BEYOND),
        (LUNG, Decimal(33), BEYOND),
        (LUNG, Decimal("33.1"), ""),
        (LUNG, Decimal("29.9"), ""),
        (LUNG, NEVER, ""),
        (FLOOR, Decimal("29.9"), BEYOND),
        (FLOOR, Decimal("30.1"), ""),
        (ECOG, Decimal(31), BEYOND),
    ],
)
def test_just_beyond_is_near_and_on_the_other_side(test: Comparison, value: Decimal, expected: str) -> None:
    assert side(known(test.fact, value), test, Decimal(30)) == expected


def test_a_fact_not_given_is_missing() -> None:
    assert side(None, LUNG, Decimal(30)) == side(unknown("planned_lung_dose"), LUNG, Decimal(30)) == MISSING


def test_inputs_of_a_used_fact_are_used() -> None:
    assert {"bead_size_min", "planned_drug"} <= used_facts(["first_layer_as_protocol"])
