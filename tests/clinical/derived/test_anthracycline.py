"""Doses that the record states beside a drug that they do not belong to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.clinical.derive import derive
from service.clinical.values import Value, known
from service.rules.loader import load
from tests.clinical.derived.table import TODAY

WINDOWS = load().windows


def _total(**facts: Value) -> Value | None:
    given = {name: known(name, value, on=TODAY) for name, value in facts.items()}
    return derive(given, TODAY, WINDOWS)["anthracycline_total_after"].value


@pytest.mark.parametrize("drug", ["irinotecan", "doxorubicin", "none"])
def test_it_counts_a_stated_dose_whatever_the_main_drug(drug: str) -> None:
    dose = _total(anthracycline_cumulative=Decimal(500), planned_anthracycline_dose=Decimal(60), planned_drug=drug)
    assert dose == Decimal(560)


def test_it_adds_nothing_where_another_drug_is_planned_and_no_dose_stated() -> None:
    assert _total(anthracycline_cumulative=Decimal(500), planned_drug="irinotecan") == Decimal(500)
