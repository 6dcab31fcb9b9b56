"""A small folder of knowledge, copies of it to spoil, and charts to judge."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from service.clinical.chart import Chart
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Value, known
from service.rules.checklist import sections
from service.rules.decision import Decision, Finding
from service.rules.engine import evaluate
from service.rules.loader import load_from
from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet, defaults

DATA = Path(__file__).parent / "data" / "knowledge"
TODAY = date(2026, 11, 1)
Given = Value | int | Fact


@pytest.fixture(autouse=True)
def _rows_made_anew() -> None:
    """A therapy's rows are remembered for a threshold set; a test must not judge by those of an earlier one."""
    sections.cache_clear()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_from(DATA)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the knowledge, to be spoiled."""
    return Path(shutil.copytree(DATA, tmp_path / "knowledge"))


def _fact(name: str, value: Given, age: int = 0) -> Fact:
    if isinstance(value, Fact):
        return value
    return known(name, value, unit=FACTS[name].unit, on=TODAY - timedelta(days=age), source="Observation/b1")


@pytest.fixture(scope="session")
def fact() -> Callable[..., Fact]:
    """fact("bilirubin", Decimal("2.4"), age=3)."""
    return _fact


@pytest.fixture(scope="session")
def judge(knowledge: Knowledge) -> Callable[..., Decision]:
    """judge({"ecog": 1}, therapy="y90-resin", thresholds=…) on 1 November 2026."""

    def _judge(
        facts: dict[str, Given],
        therapy: str = "y90-resin",
        thresholds: ThresholdSet | None = None,
        source: Knowledge = knowledge,
    ) -> Decision:
        chart = Chart({name: _fact(name, value) for name, value in facts.items()})
        in_force = defaults(source) if thresholds is None else thresholds
        return evaluate(source.therapies[therapy], chart, in_force, TODAY, order="ServiceRequest/1")

    return _judge


@pytest.fixture(scope="session")
def fit() -> dict[str, Given]:
    """A patient of whom every criterion of y90-resin is met."""
    return {
        "target_tumour": "hcc",
        "order_phase": "therapy",
        "ecog": 1,
        "bilirubin": Decimal("1.1"),
        "ascites": "none",
        "planned_lung_dose": Decimal(12),
        "inr": Decimal("1.1"),
        "portal_flow": "hepatopetal",
        "transplant_intent": False,
        "tumour_board_age": Decimal(10),
        "fasting_plan": True,
        "transplant_listed": False,
    }


@pytest.fixture(scope="session")
def found() -> Callable[[Decision, str], Finding]:
    def _found(decision: Decision, criterion: str) -> Finding:
        return next(finding for finding in decision.findings if finding.criterion == criterion)

    return _found
