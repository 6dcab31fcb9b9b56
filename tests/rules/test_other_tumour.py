"""A therapy's criteria say nothing of a tumour that they were not written for."""

from __future__ import annotations

from datetime import date

import pytest

from service.clinical.chart import Chart
from service.clinical.values import known, unknown
from service.rules.decision import Decision, Status
from service.rules.engine import evaluate
from service.rules.loader import load
from service.thresholds.sets import defaults

KNOWLEDGE = load()
TODAY = date(2026, 11, 22)


def _decision(therapy: str, tumour: str | None) -> Decision:
    fact = known("target_tumour", tumour) if tumour else unknown("target_tumour")
    chart = Chart({"target_tumour": fact})
    return evaluate(KNOWLEDGE.therapies[therapy], chart, defaults(KNOWLEDGE), TODAY)


@pytest.mark.parametrize(("therapy", "tumour"), [("debiri", "hcc"), ("tace-breast", "hcc")])
def test_it_says_that_the_criteria_were_not_written_for_the_tumour(therapy: str, tumour: str) -> None:
    decision = _decision(therapy, tumour)
    assert "are not written for this tumour (HCC)" in decision.alerts[0]
    assert decision.status <= Status.REVIEW


@pytest.mark.parametrize("tumour", ["crc_metastasis", None])
def test_it_keeps_silent_about_its_own_and_unknown_tumours(tumour: str | None) -> None:
    assert _decision("debiri", tumour).alerts == ()
