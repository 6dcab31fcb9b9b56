"""Every decision table over its whole input space, against what hcc.md and metastases-ablation.md print."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, product

import pytest

from service.clinical.scores.bands import bands, faults, table_rows
from service.clinical.scores.child_pugh import child_pugh
from service.clinical.scores.substage import ECOG, NOT_CLASSIFIED, TOTALS, bolondi, kinki
from service.clinical.scores.table_check import SUBSTAGES, table_names
from tests.clinical.scores.test_limits import LIMITS

FAR = Decimal(10**9)
STEP = Decimal("0.001")
WORDS = {
    "abcr_words": {"bclc_stage": {"A": "0", "B": "2", "C": "3"}},  # hcc.md 4
    "child_pugh_words": {  # hcc.md 2.1
        "ascites": {"none": "1", "mild": "2", "moderate_severe": "3", "refractory": "3"},
        "encephalopathy": {"none": "1", "grade_1_2": "2", "grade_3_4": "3"},
    },
    "portal_vein": {  # hcc.md 3.2
        "vp": {
            "none": "Vp0", "distal_to_second_order": "Vp1", "second_order": "Vp2", "first_order": "Vp3",
            "main_trunk": "Vp4", "contralateral_first_order": "Vp4", "superior_mesenteric_vein": "Vp4",
        },
        "cheng": {
            "none": "", "distal_to_second_order": "I", "second_order": "I", "first_order": "II",
            "main_trunk": "III", "contralateral_first_order": "III", "superior_mesenteric_vein": "IV",
        },
    },
    "tace_morphology": {  # hcc.md 4.1
        "responds_badly": {
            "simple_nodular": "no", "simple_nodular_extranodular_growth": "yes", "confluent_multinodular": "yes",
            "massive": "yes", "infiltrative": "yes", "poorly_differentiated": "yes",
            "intrahepatic_dissemination": "yes", "sarcomatous_change": "yes",
        },
    },
}  # fmt: skip
WORD_TABLES = [name for name in table_names() if "word" in table_rows(name)[0]]
BAND_ITEMS = sorted(
    {
        (table, row["item"], row["unit"])
        for table in set(table_names()) - set(WORD_TABLES) - set(SUBSTAGES)
        for row in table_rows(table)
    }
)


@pytest.mark.parametrize(("table", "item", "unit"), BAND_ITEMS)
def test_it_gives_one_result_between_two_limits_and_changes_at_no_other(table: str, item: str, unit: str) -> None:
    limits = sorted((Decimal(row[3]), *row[4:]) for row in LIMITS if row[:3] == (table, item, unit))
    judged = bands.__wrapped__(table, item, unit)

    assert faults(judged.rows) == ()
    assert judged.cuts == tuple(limit for limit, *_ in limits)
    assert [judged.of(-FAR), judged.of(FAR)] == [limits[0][1], limits[-1][3]]
    for (lower, _, _, after), (upper, before, _, _) in pairwise(limits):
        within = {judged.of(value) for value in (lower + STEP, (lower + upper) / 2, upper - STEP)}
        assert within == {after} == {before}


@pytest.mark.parametrize("table", WORD_TABLES)
def test_it_gives_every_word_the_result_that_is_printed(table: str) -> None:
    found: dict[str, dict[str, str]] = {}
    for row in table_rows(table):
        found.setdefault(row["item"], {})[row["word"]] = row["result"]
    assert found == WORDS[table]


POINTS = list(product((1, 2, 3), repeat=5))
BILIRUBIN = {1: Decimal("1.9"), 2: Decimal("2.5"), 3: Decimal("3.1")}
ALBUMIN = {1: Decimal("3.6"), 2: Decimal("3.0"), 3: Decimal("2.7")}
INR = {1: Decimal("1.6"), 2: Decimal("2.0"), 3: Decimal("2.4")}
ASCITES = {1: ("none",), 2: ("mild",), 3: ("moderate_severe", "refractory")}
ENCEPHALOPATHY = {1: "none", 2: "grade_1_2", 3: "grade_3_4"}


def test_it_sums_every_combination_of_child_pugh_items_to_the_class_that_is_printed() -> None:
    """A 5-6, B 7-9, C 10-15."""
    for one, two, three, four, five in POINTS:
        total = one + two + three + four + five
        expected = "A" if total <= 6 else "B" if total <= 9 else "C"
        for ascites in ASCITES[four]:
            found = child_pugh(BILIRUBIN[one], ALBUMIN[two], INR[three], ascites, ENCEPHALOPATHY[five])
            assert (found.total, found.classes) == (total, {expected})


CASES = list(product(TOTALS, ("within", "beyond"), ECOG, (False, True)))


def test_it_gives_every_case_of_bolondi_the_substage_that_is_printed() -> None:
    for total, burden, ecog, thrombosis in CASES:
        assert bolondi(total, burden, ecog, thrombosis) == {_bolondi(int(total), burden, int(ecog), thrombosis)}


def test_it_gives_every_case_of_kinki_the_substage_that_is_printed() -> None:
    for total, burden, ecog, thrombosis in CASES:
        assert kinki(total, burden, ecog, thrombosis) == {_kinki(int(total), burden, int(ecog), thrombosis)}


def _bolondi(total: int, burden: str, ecog: int, thrombosis: bool) -> str:
    """hcc.md 1.3."""
    if thrombosis:
        return "quasi-C" if total <= 6 and ecog == 0 else NOT_CLASSIFIED
    if 8 <= total <= 9 and ecog <= 1:
        return "B4"
    if total <= 7 and ecog == 0:
        return "B1" if burden == "within" else "B3" if total == 7 else "B2"
    return NOT_CLASSIFIED


def _kinki(total: int, burden: str, ecog: int, thrombosis: bool) -> str:
    """hcc.md 1.3."""
    if thrombosis or ecog > 1 or total > 9:
        return NOT_CLASSIFIED
    if total <= 7:
        return "B1" if burden == "within" else "B2"
    return "B3a" if burden == "within" else "B3b"
