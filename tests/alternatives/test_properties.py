"""Whatever is recorded: what is taken away never brings up an alternative that needs nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from service.clinical.dictionary import FACTS
from service.clinical.values import Value
from service.rules.decision import Alternative
from tests.alternatives.making import COMBINATION, SOURCES, TODAY, fact, knowledge, named, rulebook

THERAPIES = sorted(knowledge().therapies)


@cache
def _matters() -> tuple[str, ...]:
    """Facts that rules, guards or absolute criteria look at; not what is ordered."""
    rules = {test["fact"] for row in SOURCES.values() for test in row["when"]}
    guards = {test.fact for rule in rulebook().rules for row in rule.named for test in row.only_if}
    limits = {
        test.fact
        for therapy in rulebook().limits.values()
        for inclusion in therapy.inclusions
        for row in inclusion.criteria
        for test in (*row.tests, *row.only_if, *inclusion.conditions)
    }
    ordered = {"ordered_therapy", "order_phase", "y90_device", COMBINATION}
    return tuple(sorted((rules | guards | limits) - ordered))


def _values(name: str) -> st.SearchStrategy[Value]:
    definition = FACTS[name]
    if definition.type == "boolean":
        return st.booleans()
    if definition.type == "coded":
        return st.sampled_from(definition.values)
    low, high = definition.minimum or Decimal(0), min(definition.maximum or Decimal(100), Decimal(100))
    places = 0 if definition.type == "integer" else 1
    return st.decimals(low, max(low, high), places=places, allow_nan=False)


@st.composite
def charts(draw: st.DrawFn) -> dict[str, Value]:
    """Values of many facts, the ones that rules fire on more often than others."""
    fired = draw(st.sampled_from(sorted(SOURCES)))
    names = {test["fact"] for test in SOURCES[fired]["when"]} | {"target_tumour", "extrahepatic_disease"}
    names |= {"lesion_count", "largest_lesion", *draw(st.sets(st.sampled_from(_matters()), max_size=40))}
    chosen = {name: draw(_values(name)) for name in sorted(names) if name in _matters()}
    for test in SOURCES[fired]["when"]:
        if test["op"] == "is":
            chosen[test["fact"]] = test["value"]
    return chosen


def _keys(found: tuple[Alternative, ...]) -> set[str]:
    return {each.text for each in found}


def _free(found: tuple[Alternative, ...]) -> set[str]:
    return {each.text for each in found if not each.needs}


@given(charts(), st.sampled_from(THERAPIES), st.data())
@settings(max_examples=300, deadline=None)
def test_taking_data_away_never_adds_an_alternative_that_needs_nothing(chart, therapy, data) -> None:
    """Taken away is surely unknown: a recorded value that is merely gone may give way to a computed one."""
    before = named(therapy, chart)
    gone = data.draw(st.sets(st.sampled_from(sorted(chart)), min_size=1, max_size=4))
    after = named(therapy, {**chart, **dict.fromkeys(gone)})
    assert _free(after) <= _keys(before)


@given(charts(), st.sampled_from(THERAPIES))
@settings(max_examples=150, deadline=None)
def test_it_names_each_text_once_needs_at_most_three_and_never_what_is_ordered(chart, therapy) -> None:
    found = named(therapy, chart)
    assert len(_keys(found)) == len(found)
    for each in found:
        assert each.therapy != therapy
        assert len(each.needs) <= 3
        assert each.more_needs == 0 or len(each.needs) == 3
        assert set(each.needs) <= set(FACTS)
        assert "{" not in each.text


@given(charts(), st.sampled_from(THERAPIES))
@settings(max_examples=50, deadline=None)
def test_data_that_have_become_stale_count_as_not_recorded(chart, therapy) -> None:
    old = TODAY - timedelta(days=4000)
    lasting = {"lifelong", "plan", "age", "setting"}
    ages = {name: value for name, value in chart.items() if FACTS[name].freshness not in lasting}
    stale = {**chart, **{name: fact(name, value, old) for name, value in ages.items()}}
    without = {name: value for name, value in chart.items() if name not in ages}
    assert _keys(named(therapy, stale)) == _keys(named(therapy, without))
