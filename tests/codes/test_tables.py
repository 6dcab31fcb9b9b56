"""The code tables as data: every row has a source, every fact and value exists, no code means two things."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

from service.clinical.derived.auxiliary import AUXILIARY
from service.clinical.dictionary import FACTS
from service.codes import tables
from service.codes.own import THERAPIES_SYSTEM
from service.codes.rows import Row, read
from service.codes.systems import CPT, LOINC, SNOMED, canonical_code, canonical_system

CODED = (
    "observations", "inputs", "answers", "conditions", "primaries", "procedures", "medications", "allergies", "devices",
    "imaging", "orders", "laboratory_orders", "findings", "rejected",
)  # fmt: skip
WITH_VALUES = ("answers", "conditions", "procedures", "allergies", "devices")
SOURCED = (*CODED, "text_answers", "drug_groups", "drug_names", "system_aliases")
READ_FROM = tuple(name for name in CODED if name != "rejected")


def rows(name: str) -> tuple[Row, ...]:
    return read(f"{name}.csv")


def values(fact: str) -> set[str]:
    definition = FACTS.get(fact)
    if definition is None:
        return set(AUXILIARY[fact].values) or {"true", "false"}
    return {"true", "false"} if definition.type == "boolean" else set(definition.values)


@pytest.mark.parametrize("name", SOURCED)
def test_it_states_the_source_of_every_row(name: str) -> None:
    assert rows(name)
    assert [row for row in rows(name) if not row["source"].strip()] == []


@pytest.mark.parametrize("name", CODED)
def test_it_uses_canonical_systems_and_spellings(name: str) -> None:
    wrong = [
        (row["system"], row["code"])
        for row in rows(name)
        if canonical_system(row["system"]) != row["system"]
        or canonical_code(row["system"], row["code"]) != row["code"]
        or not row["code"].strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("name", CODED)
def test_it_gives_one_code_one_display_in_a_table(name: str) -> None:
    displays = defaultdict(set)
    for row in rows(name):
        displays[row["system"], row["code"]].add(row["display"])
    assert {key: found for key, found in displays.items() if len(found) > 1} == {}


@pytest.mark.parametrize("name", WITH_VALUES)
def test_it_gives_one_code_one_value_of_a_fact(name: str) -> None:
    found = defaultdict(list)
    for row in rows(name):
        if row.get("match") != "except" and row["fact"]:
            found[row["fact"], row["system"], row["code"]].append(row["value"])
    assert {key: several for key, several in found.items() if len(several) > 1} == {}


@pytest.mark.parametrize("name", ["observations", "laboratory_orders", "imaging"])
def test_it_lists_a_code_once_for_a_fact(name: str) -> None:
    keys = sorted((row["fact"], row["system"], row["code"]) for row in rows(name))
    assert [one for one, other in pairwise(keys) if one == other] == []


@pytest.mark.parametrize("name", ["medications", "primaries", "orders", "inputs", "devices", "rejected", "findings"])
def test_it_lists_a_code_once(name: str) -> None:
    keys = sorted((row["system"], row["code"]) for row in rows(name))
    assert [one for one, other in pairwise(keys) if one == other] == []


@pytest.mark.parametrize("name", READ_FROM)
def test_it_reads_from_no_rejected_code(name: str) -> None:
    assert [row["code"] for row in rows(name) if (row["system"], row["code"]) in tables.REJECTED] == []


@pytest.mark.parametrize("name", ["observations", "imaging", "laboratory_orders", "drug_groups", *WITH_VALUES])
def test_it_names_only_facts_that_exist(name: str) -> None:
    named = {row["fact"] for row in rows(name)} - {"", tables.ANY_FACT}
    assert named <= {*FACTS, *AUXILIARY}


@pytest.mark.parametrize("name", ["conditions", "allergies", "devices"])
def test_it_gives_only_values_that_the_fact_has(name: str) -> None:
    wrong = [
        (row["fact"], row["value"])
        for row in rows(name)
        if row.get("match") != "except" and not set(row["value"].split("|")) <= values(row["fact"])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", ["procedures", "drug_groups"])
def test_it_takes_dates_counts_and_yes_for_the_facts_that_hold_them(name: str) -> None:
    expected = {"date_age": "date", "integer": "count", "boolean": "true"}
    wrong = [
        row
        for row in rows(name)
        if row["fact"] in FACTS and expected[FACTS[row["fact"]].type] != row["value"]
    ]  # fmt: skip
    assert wrong == []


def test_it_reads_numbers_only_into_facts_that_are_numbers() -> None:
    kinds = {"numeric": {"quantity", "integer"}, "times_uln": {"quantity"}, "range": {"integer"}, "date": {"date_age"},
             "boolean": {"boolean"}, "presence": {"boolean"}, "coded": {"coded", "boolean", "integer"}}  # fmt: skip
    wrong = [row for row in rows("observations") if FACTS[row["fact"]].type not in kinds[row["kind"]]]
    assert wrong == []


def test_it_knows_the_groups_of_every_drug() -> None:
    silent = {"chemotherapy", "anthracycline", "diuretic", "acid_suppression"}
    listed = {
        group for name in ("medications", "drug_names") for row in rows(name) for group in row["groups"].split(";")
    }
    assert listed - silent - set(tables.DRUG_GROUPS) == set()


def test_it_gives_drugs_only_names_that_a_plan_may_hold() -> None:
    named = {row["drug"] for name in ("medications", "drug_names") for row in rows(name)} - {""}
    assert named <= set(FACTS["planned_drug"].values)


def _mod_10(digits: str) -> int:
    """LOINC's check digit of the digits before the hyphen."""
    doubled = [int(digit) * 2 if place % 2 == 0 else int(digit) for place, digit in enumerate(reversed(digits))]
    return -sum(number // 10 + number % 10 for number in doubled) % 10


@pytest.mark.parametrize("name", CODED)
def test_it_holds_no_mistyped_loinc_number(name: str) -> None:
    codes = [row["code"] for row in rows(name) if row["system"] == LOINC and row["code"][0].isdigit()]
    assert [code for code in codes if _mod_10(code.split("-")[0]) != int(code.split("-")[1])] == []


def _dihedral(i: int, j: int) -> int:
    """Multiplication in the dihedral group of order 10, as Verhoeff's check digit uses it."""
    if i < 5:
        return (i + j) % 5 if j < 5 else (i + j - 5) % 5 + 5
    return (i - 5 - j) % 5 + 5 if j < 5 else (i - j) % 5


def _verhoeff(code: str) -> bool:
    permutation = list(range(10))
    step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    check = 0
    for digit in reversed(code):
        check = _dihedral(check, permutation[int(digit)])
        permutation = [step[place] for place in permutation]
    return check == 0


@pytest.mark.parametrize("name", CODED)
def test_it_holds_no_mistyped_snomed_ct_concept(name: str) -> None:
    codes = [row["code"] for row in rows(name) if row["system"] == SNOMED]
    assert [code for code in codes if not _verhoeff(code)] == []


def test_it_finds_a_mistyped_code() -> None:
    assert _mod_10("1975") == 2
    assert _verhoeff("109841003")
    assert not _verhoeff("109841030")


def test_it_gives_every_therapy_a_code_of_our_own() -> None:
    ours = {row["code"] for row in rows("orders") if row["system"] == THERAPIES_SYSTEM}
    assert ours == {*FACTS["ordered_therapy"].values, "y90-glass-mapping", "y90-resin-mapping"}


def test_it_orders_only_therapies_and_phases_that_exist() -> None:
    for row in rows("orders"):
        assert set(row["therapies"].split(";")) <= set(FACTS["ordered_therapy"].values)
        assert row["phase"] in FACTS["order_phase"].values
        assert row["confirm_liver"] in {"true", "false"}


def test_it_says_no_finding_that_is_no_diagnosis() -> None:
    assert set(tables.CONDITIONS) >= tables.FINDINGS


def test_it_names_the_tests_to_order_in_plain_words() -> None:
    names = {order.code: order.name for orders in tables.LABORATORY_ORDERS.values() for order in orders}
    assert names["1975-2"] == "Total bilirubin"
    assert all(name and "[" not in name and "SerPl" not in name for name in names.values())


@pytest.mark.parametrize("name", CODED)
def test_it_says_what_a_cpt_code_means_in_our_own_words(name: str) -> None:
    """The descriptors belong to the American Medical Association: a row has our words and says so, or none."""
    ours = [row for row in rows(name) if row["system"] == CPT and row["display"]]
    assert [row["code"] for row in ours if not row["source"].endswith("display in our own words")] == []
    assert [row["code"] for row in ours if re.search(r"S&I|radiological|one or more|1 or more", row["display"])] == []


@pytest.mark.parametrize("name", ["observations", "inputs"])
def test_it_calls_a_code_verified_as_its_source_does(name: str) -> None:
    """Number and component alone, or general knowledge, are no verification until the whole name was read."""
    for row in rows(name):
        weak = re.search("component only|general knowledge", row["source"]) and "name read in" not in row["source"]
        assert row["verified"] == ("no" if weak else "yes"), row["code"]


@pytest.mark.parametrize("name", sorted({*READ_FROM} - {"observations", "inputs", "orders"}))
def test_it_has_no_other_table_with_an_unverified_code(name: str) -> None:
    weak = re.compile("unverified|component only|general knowledge")
    assert [r["code"] for r in rows(name) if weak.search(r["source"]) and "name read in" not in r["source"]] == []


def test_it_has_one_verdict_on_a_code_that_stands_in_two_tables() -> None:
    verdicts = defaultdict(set)
    for row in (*rows("observations"), *rows("inputs")):
        verdicts[row["system"], row["code"]].add(row["verified"])
    assert {key: found for key, found in verdicts.items() if len(found) > 1} == {}
