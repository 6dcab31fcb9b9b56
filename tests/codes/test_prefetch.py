from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from service.codes.own import FACTS_SYSTEM
from service.codes.prefetch import lost_without, templates
from service.codes.tables import LABORATORY_ORDERS, OBSERVATIONS

KEYS = [
    "patient", "conditions", "conditions2", "labs", "labs2", "findings", "procedures", "medications", "allergies",
    "imaging", "devices", "answers",
]  # fmt: skip


def asked_for(key: str) -> set[str]:
    match = re.search(r"[?&]code=([^&]*)", templates()[key])
    return set(match[1].split(",")) if match else set()


def test_it_publishes_the_keys_in_order() -> None:
    assert list(templates()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_it_stays_within_a_thousand_characters_once_encoded(key: str) -> None:
    assert len(quote(templates()[key], safe="")) <= 1000


@pytest.mark.parametrize("key", KEYS)
def test_it_uses_only_the_patient_token(key: str) -> None:
    assert re.findall(r"\{\{(.*?)\}\}", templates()[key]) == ["context.patientId"]


@pytest.mark.parametrize("key", KEYS)
def test_it_says_what_is_lost_without_a_key(key: str) -> None:
    assert lost_without(key).strip()


@pytest.mark.parametrize("key", ["labs", "labs2", "findings"])
def test_it_asks_for_the_newest_observations_by_bare_code(key: str) -> None:
    assert "&_sort=-date&_count=" in templates()[key]
    assert all(re.fullmatch(r"[0-9A-Z-]+", code) for code in asked_for(key) - {f"{FACTS_SYSTEM}|"})


def test_it_asks_for_one_category_of_conditions_per_key() -> None:
    assert re.findall("category=([^&]+)", templates()["conditions"]) == ["problem-list-item"]
    assert re.findall("category=([^&]+)", templates()["conditions2"]) == ["encounter-diagnosis"]


def test_it_asks_once_for_every_code_that_gives_a_fact() -> None:
    keys = [asked_for(key) for key in ("labs", "labs2", "findings")]
    assert {code for _, code in OBSERVATIONS} <= set().union(*keys)
    assert sum(map(len, keys)) == len(set().union(*keys))


def test_it_asks_for_every_test_that_it_suggests_to_order() -> None:
    wanted = {code.code for codes in LABORATORY_ORDERS.values() for code in codes}
    assert wanted - {"3016-3"} <= asked_for("labs") | asked_for("labs2")


def test_it_asks_for_our_own_code_system() -> None:
    assert f"{FACTS_SYSTEM}|" in asked_for("findings")
