"""Every case of this folder holds on the packaged knowledge, and every threshold has its cases."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from service.alternatives.texts import texts
from service.rules.case_files import Case, read_cases
from service.rules.cases import CaseResult, run_case
from service.rules.coverage import uncovered
from service.rules.loader import load
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet, defaults

FOLDER = Path(__file__).parent


@cache
def _knowledge() -> Knowledge:
    return load()


@cache
def _thresholds() -> ThresholdSet:
    return defaults(_knowledge())


CASES = read_cases(FOLDER, tuple(_knowledge().therapies))
SUGGEST = texts(_knowledge, lambda _knowledge: _thresholds())
RESULTS: dict[tuple[str, str], CaseResult] = {}
"""By file and case; each case is run once."""


def _result(case: Case) -> CaseResult:
    key = (case.place.file, case.name)
    if key not in RESULTS:
        RESULTS[key] = run_case(case, _knowledge(), _thresholds(), SUGGEST)
    return RESULTS[key]


@pytest.mark.parametrize("case", CASES, ids=[f"{case.place.file}: {case.name}" for case in CASES])
def test_it_holds(case: Case) -> None:
    result = _result(case)

    assert result.failures == (), str(result)


def test_no_two_cases_of_a_file_have_the_same_name() -> None:
    assert len({(case.place.file, case.name) for case in CASES}) == len(CASES)


def test_every_threshold_has_a_case_at_it_just_beyond_it_and_without_the_fact() -> None:
    """Of the therapies that have a file of cases here."""
    knowledge = _knowledge()
    results = [_result(case) for case in CASES]
    told = [knowledge.therapies[path.stem] for path in FOLDER.glob("*.yaml") if path.stem in knowledge.therapies]
    needed = {name for therapy in told for name in therapy.thresholds}

    assert {name: sides for name, sides in uncovered(knowledge, results).items() if name in needed} == {}


def _rows_that_do_not_decide() -> Iterator[dict[str, str]]:
    """Outcomes that no status shows: cautions, preferences, rows before the procedure and rows beside a worse one.

    `silent` is a row whose condition does not hold.
    """
    with (FOLDER / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def test_rows_that_do_not_decide_come_out_as_the_documents_say() -> None:
    cases = {(case.place.file, case.name): case for case in CASES}
    wrong = []
    for row in _rows_that_do_not_decide():
        decision = _result(cases[row["file"], row["case"]]).decision
        found = {finding.criterion: finding.outcome.value for finding in decision.findings}
        outcome = found.get(row["criterion"], "silent")
        if outcome != row["outcome"]:
            wrong.append((row, outcome))

    assert wrong == []
