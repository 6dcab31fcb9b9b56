from __future__ import annotations

from decimal import Decimal
from importlib import resources

import pytest
import yaml

from service.clinical.dictionary import FACTS, FactDefinition

TYPES = {"quantity", "integer", "coded", "boolean", "date_age"}


def test_it_lists_every_row_once() -> None:
    text = resources.files("service.clinical").joinpath("facts.csv").read_text(encoding="utf-8")
    assert len(FACTS) == len(text.splitlines()) - 1 == 381


@pytest.mark.parametrize("row", FACTS.values(), ids=FACTS)
def test_it_gives_every_fact_a_known_type_and_what_goes_with_it(row: FactDefinition) -> None:
    assert row.type in TYPES
    assert bool(row.values) == (row.type == "coded")
    assert row.is_number == (row.type in {"quantity", "integer", "date_age"})
    assert bool(row.unit) == row.is_number
    assert (row.minimum is None) == (row.maximum is None) == (not row.is_number)
    assert row.absence_means_no in {"never", "closed-world optional"}


@pytest.mark.parametrize("name", [name for name, row in FACTS.items() if row.is_number])
def test_it_bounds_what_is_plausible(name: str) -> None:
    row = FACTS[name]
    assert row.minimum is not None
    assert row.maximum is not None
    assert row.minimum < row.maximum


def test_it_uses_only_freshness_classes_with_windows() -> None:
    text = resources.files("service.therapies").joinpath("freshness.yaml").read_text(encoding="utf-8")
    assert {row.freshness for row in FACTS.values()} <= set(yaml.load(text, Loader=yaml.BaseLoader))


def test_it_reads_units_values_and_ranges_as_written() -> None:
    bilirubin = FACTS["bilirubin"]
    assert (bilirubin.unit, bilirubin.minimum, bilirubin.maximum) == ("mg/dL", Decimal("0.05"), Decimal(60))
    assert FACTS["ascites"].values == ("none", "trace", "mild", "moderate_severe", "refractory")
    assert FACTS["pregnant"].freshness == "pregnancy"
    assert FACTS["ascites"].absence_means_no == "closed-world optional"
