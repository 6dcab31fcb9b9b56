"""Every case of this folder holds on the packaged knowledge, and every threshold has its cases."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from service.rules.case_files import Case, read_cases
from service.rules.cases import run_case
from service.rules.coverage import uncovered
from service.rules.loader import load
from service.rules.model import Knowledge
from service.thresholds.sets import defaults

FOLDER = Path(__file__).parent


@cache
def _knowledge() -> Knowledge:
    return load()


CASES = read_cases(FOLDER, tuple(_knowledge().therapies))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.place.file}: {case.name}" for case in CASES])
def test_it_holds(case: Case) -> None:
    result = run_case(case, _knowledge(), defaults(_knowledge()))

    assert result.failures == (), str(result)


def test_every_threshold_has_a_case_at_it_just_beyond_it_and_without_the_fact() -> None:
    """Of the therapies that have a file of cases here."""
    knowledge = _knowledge()
    results = [run_case(case, knowledge, defaults(knowledge)) for case in CASES]
    told = [knowledge.therapies[path.stem] for path in FOLDER.glob("*.yaml") if path.stem in knowledge.therapies]
    needed = {name for therapy in told for name in therapy.thresholds}

    assert {name: sides for name, sides in uncovered(knowledge, results).items() if name in needed} == {}
