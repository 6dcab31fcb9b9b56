"""Wording: values and limits as the clinic writes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.compare import Op
from service.clinical.values import NEVER, Fact, Interval, State, known, unknown
from service.rules.model import Comparison
from service.rules.wording import condition_text, fact_text, filled, limit_text, value_text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (Decimal("2.40"), "mg/dL", "2.40 mg/dL"),
        (Decimal(120), "10*9/L", "120 ×10⁹/L"),
        (Decimal(300), "um", "300 µm"),
        (Decimal(2), "{score}", "2"),
        (Decimal(41), "d", "41 days"),
        (Decimal(1), "d", "1 day"),
        (Decimal("1.3"), "1", "1.3"),
        (Decimal(35), "%", "35%"),
        (Decimal("1E+2"), "mL", "100 mL"),
        (NEVER, "d", "never"),
        (Decimal(100) / Decimal(3), "%", "33.333%"),
        (Decimal(1) / Decimal(3), "1", "0.33333"),
        (Decimal("24.123456"), "%", "24.123456%"),
        (Decimal("2E-7") + 2, "1", "2"),
        (True, "", "yes"),
        (False, "", "no"),
        ("moderate_severe", "", "moderate or severe"),
        ("crc_metastasis", "", "CRC metastasis"),
        ("Vp4", "", "Vp4"),
    ],
)
def test_it_writes_a_value(value: Any, unit: str, text: str) -> None:
    assert value_text(value, unit) == text


BILIRUBIN = known("bilirubin", Decimal("2.4"), unit="mg/dL")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (BILIRUBIN, "2.4 mg/dL"),
        (BILIRUBIN._replace(reported="41 umol/L"), "41 µmol/L"),
        (BILIRUBIN._replace(reported=">2.5 1"), ">2.5"),
        (BILIRUBIN._replace(reported="1.5 1 to 3 1"), "1.5 to 3"),
        (BILIRUBIN._replace(reported="1.4 INR"), "1.4 INR"),
        (BILIRUBIN._replace(reported="80 U/L (limit 40 umol/l)"), "80 U/L (limit 40 µmol/L)"),
        (BILIRUBIN.as_unknown("stale: 41 days old, limit 30"), "2.4 mg/dL"),
        (unknown("bilirubin"), ""),
        (Fact("bclc_stage", State.ONE_OF, values=("B", "C")), "B or C"),
        (Fact("child_pugh", State.ONE_OF, values=tuple(map(Decimal, (5, 6, 7)))), "5–7"),
        (Fact("child_pugh", State.ONE_OF, values=tuple(map(Decimal, (5, 6, 8)))), "5 or 6 or 8"),
        (Fact("child_pugh", State.ONE_OF, values=tuple(map(Decimal, (5, 6)))), "5 or 6"),
        (Fact("bilirubin", State.INTERVAL, interval=Interval(low=Decimal(3), low_included=False)), ">3 mg/dL"),
        (Fact("bilirubin", State.INTERVAL, interval=Interval(low=Decimal(3))), "≥3 mg/dL"),
        (Fact("bilirubin", State.INTERVAL, interval=Interval(high=Decimal(3), high_included=False)), "<3 mg/dL"),
        (Fact("bilirubin", State.INTERVAL, interval=Interval(high=Decimal(3))), "≤3 mg/dL"),
        (Fact("bilirubin", State.INTERVAL, interval=Interval()), ""),
        (Fact("bilirubin", State.ONE_OF, values=(Decimal("2.4"), Decimal("3.1"))), "2.4 mg/dL or 3.1 mg/dL"),
        (Fact("child_pugh", State.INTERVAL, interval=Interval(Decimal(8), Decimal(10))), "8–10"),
    ],
)
def test_it_writes_what_was_found(fact: Fact, text: str) -> None:
    assert fact_text(fact) == text


@pytest.mark.parametrize(
    ("fact", "op", "limit", "text"),
    [
        ("bilirubin", Op.ABOVE, Decimal("2.0"), "bilirubin above 2.0 mg/dL"),
        ("target_tumour", Op.IS, "hcc", "kind of tumour is HCC"),
        ("ascites", Op.NOT_ONE_OF, ("mild", "refractory"), "ascites is neither mild nor refractory"),
        ("ascites", Op.NOT_ONE_OF, ("mild",), "ascites is not mild"),
        ("ascites", Op.ONE_OF, ("none", "trace"), "ascites is none or trace"),
        ("ascites", Op.IS_NOT, "refractory", "ascites is not refractory"),
        ("transplant_listed", Op.IS, True, "transplant listing: yes"),
        ("transplant_listed", Op.IS_NOT, True, "transplant listing: no"),
    ],
)
def test_it_writes_a_condition(fact: str, op: Op, limit: Any, text: str) -> None:
    assert condition_text(Comparison(fact, op, limit), limit) == text


def test_it_fills_a_sentence() -> None:
    assert filled("INR {found} is above {limit}.", "1.9", "1.5") == "INR 1.9 is above 1.5."
    assert limit_text("ascites", ("none", "trace")) == "none or trace"


@pytest.mark.parametrize(
    ("limit", "text"),
    [
        (("none", "mild"), "none or mild"),
        (("moderate_severe", "refractory"), "moderate or severe, refractory"),
    ],
)
def test_it_joins_choices_with_commas_where_one_has_an_or_of_its_own(limit: tuple[str, ...], text: str) -> None:
    assert limit_text("ascites", limit) == text


def test_it_says_in_a_sentence_that_nothing_was_found() -> None:
    assert filled("Lung dose {found}, limit {limit}.", "", "30 Gy") == "Lung dose not recorded, limit 30 Gy."
