"""The tables that patients are drawn from: complete, usable and each number with its source or called a convention."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from service.clinical.units import to_canonical
from service.codes.orders import ORDERS
from service.codes.own import THERAPIES_SYSTEM
from service.cohort.generate.draws import Draws
from service.cohort.generate.facts import draw_facts, therapies
from service.cohort.generate.numbers import DAYS, POINTS
from service.cohort.generate.page import cohort_page
from service.cohort.generate.table import Group, groups_of, rows_of
from service.cohort.generate.words import UNKNOWN
from service.fixture_building.given import NAMES, read
from service.rules.loader import load
from tests.cohort.making import AS_OF, check

CHOICES = [group for groups in groups_of("choices").values() for group in groups]
NUMBERS = [group for groups in groups_of("numbers").values() for group in groups]
TABLES = ("choices", "numbers", "orders", "mess", "spellings", "other_units")
ROOT = Path(__file__).parents[3]


def _name(group: Group) -> str:
    return f"{group.name} {group.given}".strip()


@pytest.mark.parametrize("table", TABLES)
def test_it_gives_every_row_a_source_or_calls_it_a_convention(table: str) -> None:
    references = load().references.keys()
    strange = {row["source"] for row in rows_of(table)} - {"convention"} - references
    assert {source for source in strange if not source.startswith("terminology.md")} == set()


def test_it_claims_no_source_for_what_no_document_holds() -> None:
    """Seed 003: 25 % of patients with colorectal liver metastases are candidates for resection. No other was found."""
    cited = [
        (row["name"], row["value"], row["per_cent"]) for row in rows_of("choices") if row["source"] != "convention"
    ]
    assert cited == [("resectable", "true", "25")]
    assert {row["source"] for row in (*rows_of("numbers"), *rows_of("mess"))} == {"convention"}


@pytest.mark.parametrize("group", CHOICES, ids=_name)
def test_its_per_cent_are_at_most_all_and_all_for_a_class(group: Group) -> None:
    total = sum(Decimal(row["per_cent"]) for row in group.rows)
    assert total == 100 if group.name not in NAMES else 0 < total <= 100


@pytest.mark.parametrize("group", CHOICES, ids=_name)
def test_its_words_are_those_of_the_fact(group: Group) -> None:
    words = {row["value"] for row in group.rows} - {UNKNOWN}
    assert group.name not in NAMES or {str(read(group.name, word).value).lower() for word in words} == {
        word.lower() for word in words
    }


@pytest.mark.parametrize("group", NUMBERS, ids=_name)
def test_its_numbers_rise_and_are_plausible(group: Group) -> None:
    [row] = group.rows
    points = [Decimal(row[point]) for point, _ in POINTS]
    assert points == sorted(points)
    if not group.name.startswith(DAYS):
        assert [read(group.name, f"{point} {row['unit']}".strip()) for point in points]


@pytest.mark.parametrize("group", [*CHOICES, *NUMBERS], ids=_name)
def test_its_conditions_name_what_is_drawn_before(group: Group) -> None:
    before = {"therapy", "target_tumour", *(groups_of("choices") if group in NUMBERS else _before(group.name))}
    assert {part.partition("=")[0].strip() for part in group.given.split(";") if part.strip()} <= {*before, "cirrhosis"}


def _before(name: str) -> set[str]:
    names = list(groups_of("choices"))
    return set(names[: names.index(name)])


@pytest.mark.parametrize("table", ["choices", "numbers"])
def test_no_row_stands_behind_one_that_always_holds(table: str) -> None:
    hidden = [name for name, groups in groups_of(table).items() if any(not group.given for group in groups[:-1])]
    assert hidden == []


def test_it_orders_every_therapy_from_a_patient_that_is_there() -> None:
    assert {row["therapy"] for row in rows_of("orders")} == therapies().keys()
    for row in rows_of("orders"):
        assert draw_facts(row["therapy"], row["patient"], Draws(1, 1), AS_OF).facts["target_tumour"]


def test_its_order_codes_may_mean_the_therapy() -> None:
    for row in rows_of("orders"):
        coded = (row["system"] or THERAPIES_SYSTEM, row["code"] or row["therapy"])
        match = ORDERS.lookup([coded], check().site)
        assert match is not None, row
        assert row["therapy"] in match.therapies, row


def test_its_spellings_are_understood_and_mean_the_unit() -> None:
    facts = {"mg/dL": "bilirubin", "g/dL": "albumin", "10*9/L": "platelets", "U/L": "ast", "mmol/L": "sodium",
             "ng/mL": "afp", "umol/L": "creatinine", "mL/min/{1.73_m2}": "egfr", "mm[Hg]": "systolic_bp",
             "cm": "largest_lesion", "kg": "body_weight", "mL": "remnant_volume", "{score}": "ecog"}  # fmt: skip
    for row in rows_of("spellings"):
        fact = facts[row["unit"]]
        assert to_canonical(fact, Decimal(3), row["spelling"]) == to_canonical(fact, Decimal(3), row["unit"]), row


def test_its_other_units_are_the_same_amount() -> None:
    facts = {"1975-2": "bilirubin", "2160-0": "creatinine", "1751-7": "albumin", "718-7": "haemoglobin",
             "777-3": "platelets", "6690-2": "leukocytes", "751-8": "neutrophils", "3255-7": "fibrinogen",
             "1834-1": "afp", "33728-7": "largest_lesion", "2951-2": "sodium", "29463-7": "body_weight",
             "8302-2": "body_height", "6301-6": "inr"}  # fmt: skip
    for row in rows_of("other_units"):
        fact, one = facts[row["code"]], Decimal(1)
        there = to_canonical(fact, Decimal(row["multiply"]), row["other_unit"])
        back = to_canonical(fact, one, row["unit"])
        assert there is not None
        assert back is not None
        assert abs(there - back) < Decimal("0.0001"), row


def test_the_documentation_is_written_from_them() -> None:
    assert (ROOT / "docs" / "cohort.md").read_text(encoding="utf-8") == cohort_page()
