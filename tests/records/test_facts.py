"""Facts survive being written down, whatever they say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from service.clinical.values import NEVER, Fact, Interval, Origin, State, known, unknown
from service.records.facts import facts_json, read_facts

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.just(NEVER)
WORDS = st.text(max_size=8)
VALUES = NUMBERS | WORDS.filter(bool) | st.booleans()
BOUNDS = st.builds(
    Interval, st.none() | NUMBERS, st.none() | NUMBERS, low_included=st.booleans(), high_included=st.booleans()
)


def _facts(last: st.SearchStrategy[Fact | None]) -> st.SearchStrategy[Fact]:
    return st.builds(
        Fact,
        name=st.just("bilirubin"),
        state=st.sampled_from(State),
        value=st.none() | VALUES,
        values=st.lists(VALUES, max_size=3).map(tuple),
        interval=st.none() | BOUNDS,
        reason=WORDS,
        unit=WORDS,
        reported=st.none() | WORDS.filter(bool),
        on=st.none() | st.dates(date(1900, 1, 1)),
        source=WORDS,
        origin=st.sampled_from(Origin),
        last=last,
        firm=last,
        inputs=st.just(()),
        marks=st.lists(WORDS, max_size=2).map(tuple),
        preliminary=st.booleans(),
        closed_world=st.booleans(),
        unverified=st.booleans(),
    )


@given(_facts(st.none() | _facts(st.none())))
def test_it_reads_back_what_it_wrote(fact: Fact) -> None:
    text = facts_json({"bilirubin": fact}, ["bilirubin"], str)
    expected = {} if fact == unknown("bilirubin") else {"bilirubin": fact}
    assert read_facts(text) == expected


def test_it_loses_no_member_of_a_fact() -> None:
    """Every member set to something that is not its default: one that is added must be written too."""
    last = known("inr", Decimal("1.3"), on=date(2026, 1, 1))
    full = Fact(
        "inr", State.INTERVAL, Decimal(1), (Decimal(1), "b", True), Interval(Decimal(0), None, low_included=False),
        "reason", "unit", "1 x", date(2026, 1, 2), "order", Origin.COMPUTED, (), last, ("mark",),
    )  # fmt: skip
    flags = {name: True for name, default in Fact._field_defaults.items() if default is False}
    full = full._replace(**flags, firm=last)
    assert read_facts(facts_json({"inr": full}, ["inr"], str)) == {"inr": full}


def test_it_keeps_what_a_computed_fact_was_computed_from_and_nothing_else() -> None:
    facts = {
        "child_pugh": known("child_pugh", 7, origin=Origin.COMPUTED, inputs=("bilirubin", "inr")),
        "bilirubin": known("bilirubin", Decimal("2.10"), unit="mg/dL"),
        "inr": unknown("inr"),
        "albumin": known("albumin", 3),
    }
    assert set(read_facts(facts_json(facts, ["child_pugh"], str))) == {"child_pugh", "bilirubin"}


def test_it_writes_the_same_text_whatever_the_order() -> None:
    facts = {"inr": known("inr", 1), "albumin": known("albumin", 3)}
    turned = dict(reversed(facts.items()))
    assert facts_json(facts, ["inr", "albumin"], str) == facts_json(turned, ["albumin", "inr"], str)


def test_it_hides_identifiers_in_sources_and_reasons() -> None:
    fact = known("inr", 1, source="Observation/secret").as_unknown("contradicted by Observation/secret")
    text = facts_json({"inr": fact}, ["inr"], lambda text: text.replace("secret", "x"))
    assert "secret" not in text
