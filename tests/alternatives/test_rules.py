"""Each of the 58 rules against its source: fires at its limits, not beyond, not without a fact or for other orders."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest

from service.clinical.dictionary import FACTS
from service.clinical.values import Value
from tests.alternatives.making import COMBINATION, SOURCES, STAGED, Given, knowledge, named, only, rulebook

STEP = {"integer": Decimal(1)}
TUMOURS = FACTS["target_tumour"].values
every_rule = pytest.mark.parametrize("rule", SOURCES)


def _inside(test: dict[str, Any]) -> Value | None:
    """The value nearest to the limit that still satisfies the test."""
    limit, step = test.get("value"), STEP.get(FACTS[test["fact"]].type, Decimal("0.01"))
    match test["op"]:
        case "above":
            return Decimal(str(limit)) + step
        case "below":
            return Decimal(str(limit)) - step
        case "at most" | "at least":
            return Decimal(str(limit))
        case "one of":
            return str(limit[0])
        case "is not":
            return next(value for value in FACTS[test["fact"]].values if value != limit)
        case "is unknown":
            return None
    return limit


def _beyond(test: dict[str, Any]) -> list[Value | None]:
    """Values nearest to the limit that no longer satisfy the test."""
    definition, limit = FACTS[test["fact"]], test.get("value")
    step = STEP.get(definition.type, Decimal("0.01"))
    match test["op"]:
        case "above" | "below":
            return [Decimal(str(limit))]
        case "at most":
            return [Decimal(str(limit)) + step]
        case "at least":
            return [Decimal(str(limit)) - step]
        case "is unknown":
            return [definition.values[0]]
        case "is" if isinstance(limit, bool):
            return [not limit]
        case "is not":
            return [limit]
    allowed = limit if isinstance(limit, list) else [limit]
    return [value for value in definition.values if value not in allowed]


def _given(rule: str) -> dict[str, Value | None]:
    """Facts under which every test of the rule holds, each at its limit; of two on one fact, the first one's."""
    found: dict[str, Value | None] = dict(STAGED)
    for test in reversed(SOURCES[rule]["when"]):
        found[test["fact"]] = _inside(test)
    return found


def _order(rule: str) -> tuple[str, Given]:
    """An order that the rule is for, as the chart knows it."""
    first = next(order for order in SOURCES[rule]["orders"] if order in knowledge().therapies)
    return first, ({"y90_device": "resin"} if "y90" in first else {})


def _fires(rule: str, therapy: str, given: Given) -> bool:
    """Whether it names anything, apart from what is ruled out or is the order itself."""
    return bool(named(therapy, given, only(rule)))


def test_all_rules_of_the_source_are_there_in_its_order() -> None:
    assert len(SOURCES) == 58
    assert [rule.id for rule in rulebook().rules] == list(SOURCES)


@every_rule
def test_it_names_what_the_source_names_in_its_order(rule: str) -> None:
    (held,) = only(rule).rules
    source = SOURCES[rule]["alternatives"]
    for named_, given in zip(held.named, source, strict=True):
        words = r"[\w./ ]+?".join(re.escape(part) for part in re.split(r"\{\w+\}", named_.text))
        assert re.fullmatch(words, given["text"].replace("and <= 10", "and at most 10"))
        assert given["therapy"] is None or given["therapy"] in named_.therapies
    assert list(held.cite) == SOURCES[rule]["cite"]


@every_rule
def test_it_fires_where_every_condition_holds_just_at_its_limit(rule: str) -> None:
    therapy, more = _order(rule)
    assert _fires(rule, therapy, {**_given(rule), **more})


@every_rule
def test_it_does_not_fire_just_beyond_any_limit(rule: str) -> None:
    therapy, more = _order(rule)
    for test in SOURCES[rule]["when"]:
        for value in _beyond(test):
            assert not _fires(rule, therapy, {**more, **_given(rule), test["fact"]: value}), (test, value)


@every_rule
def test_it_does_not_fire_while_a_condition_cannot_be_told(rule: str) -> None:
    therapy, more = _order(rule)
    for test in SOURCES[rule]["when"]:
        if test["op"] != "is unknown":
            assert not _fires(rule, therapy, {**more, **_given(rule), test["fact"]: None}), test


@every_rule
def test_it_is_for_the_orders_of_the_source_and_no_other(rule: str) -> None:
    (held,) = only(rule).rules
    for therapy in knowledge().therapies:
        for combined in (True, False):
            words = {therapy, "tace-ablation"} if combined and _embolises(therapy) else {therapy}
            expected = not words.isdisjoint(SOURCES[rule]["orders"])
            assert (held.orders is None or not held.orders.isdisjoint(words)) == expected, (therapy, combined)


def _embolises(therapy: str) -> bool:
    return therapy in rulebook().groups.combinations["tace-ablation"].orders


def test_a_combined_order_counts_as_ablation_only_while_the_combination_is_surely_planned() -> None:
    given = {"inr": "1.81"}
    assert _fires("sug-gen-bleeding", "ctace", {**given, COMBINATION: True})
    assert not _fires("sug-gen-bleeding", "ctace", {**given, COMBINATION: False})
    assert not _fires("sug-gen-bleeding", "ctace", {**given, COMBINATION: None})
    assert not _fires("sug-gen-bleeding", "y90-glass", {**given, COMBINATION: True})


@pytest.mark.parametrize("missing", STAGED)
def test_no_rule_for_one_tumour_fires_before_the_patient_is_staged(missing: str) -> None:
    for tumour in TUMOURS:
        given = {**STAGED, "target_tumour": tumour, "msi_known": False, "biliary_obstruction": True, missing: None}
        found = named("ctace", given)
        assert {each.rule[:8] for each in found} <= {"sug-gen-"}


def test_one_rule_for_a_tumour_fires_once_staged() -> None:
    assert "sug-crc-msi-unknown" in {
        each.rule for each in named("ctace", {**STAGED, "target_tumour": "crc_metastasis", "msi_known": False})
    }
