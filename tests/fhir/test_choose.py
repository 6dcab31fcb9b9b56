"""Which of several results counts: the newest, both, or none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.clinical.values import Fact, Interval, State
from service.codes.site import Site
from tests.fhir.making import (
    FHIR,
    HEPATORENAL,
    answers,
    chart,
    concept,
    condition,
    fact,
    item,
    lab,
    order,
    own,
    quantity,
    read,
)


def result(value: float, on: str | None, key: str = "o1", **more: object) -> FHIR:
    return lab(value, key=key, effectiveDateTime=on, **more)


def test_it_takes_the_newest() -> None:
    assert fact("bilirubin", result(1, "2026-11-01", "a"), result(2, "2026-11-02", "b")).value == Decimal(2)


def test_it_keeps_both_of_one_time_that_differ() -> None:
    found = fact("bilirubin", result(1, "2026-11-01", "a"), result(2, "2026-11-01", "b"))
    assert (found.state, found.values) == (State.ONE_OF, (Decimal(1), Decimal(2)))
    assert found.source == "Observation/a, Observation/b"


def test_it_keeps_both_where_a_bare_day_leaves_the_order_open() -> None:
    found = fact("bilirubin", result(1, "2026-11-01T09:00:00Z", "a"), result(2, "2026-11-01", "b"))
    assert found.state is State.ONE_OF
    found = fact("bilirubin", result(1, "2026-11", "a"), result(2, "2026-11-03", "b"))
    assert found.state is State.ONE_OF


def test_it_takes_one_of_one_time_that_agree() -> None:
    assert fact("bilirubin", result(1, "2026-11-01", "a"), result(1, "2026-11-01", "b")).value == Decimal(1)


def test_it_spans_what_a_comparator_of_the_same_time_leaves_open() -> None:
    below = result(0.5, "2026-11-01", "a", valueQuantity=quantity(0.5, "mg/dL", comparator="<"))
    found = fact("bilirubin", below, result(1, "2026-11-01", "b"))
    assert found.interval == Interval(None, Decimal(1))


def test_it_does_not_use_a_future_date() -> None:
    assert fact("bilirubin", result(1, "2026-11-01", "a"), result(9, "2026-11-23", "b")).value == Decimal(1)
    assert fact("bilirubin", result(9, "2026-11-23")).reason == "not recorded"
    assert chart(read(result(9, "2026-11-23")), order()).fact("bilirubin").reason == "dated in the future"


def test_it_does_not_fall_back_on_an_older_value_when_the_newest_is_not_understood() -> None:
    strange = result(5, "2026-11-02", "b", valueQuantity=quantity(5, "g"))
    found = fact("bilirubin", result(1, "2026-11-01", "a"), strange)
    assert found.reason == "unit not understood"


def test_it_does_not_fall_back_on_an_older_value_when_the_newest_does_not_validate() -> None:
    broken = result(5, "2026-11-02", "b", valueString="5")
    found = fact("bilirubin", result(1, "2026-11-01", "a"), broken)
    assert found.reason == "a newer result could not be read"
    assert found.last is not None
    assert found.last.value == Decimal(1)


def test_it_ignores_an_older_result_that_does_not_validate() -> None:
    record = read(result(1, "2026-11-02", "a"), result(5, "2026-11-01", "b", valueString="5"))
    assert record.facts["bilirubin"].value == Decimal(1)


def test_it_counts_an_unreadable_result_without_a_time_as_possibly_newer() -> None:
    broken = result(5, None, "b", valueString="5")
    assert fact("bilirubin", result(1, "2026-11-01", "a"), broken).is_unknown


@pytest.mark.parametrize("reason", ["not-performed", "error"])
def test_it_looks_further_back_when_a_test_was_not_done_and_says_so(reason: str) -> None:
    absent = concept(("http://terminology.hl7.org/CodeSystem/data-absent-reason", reason))
    undone = result(0, "2026-11-02", "b", valueQuantity=None, dataAbsentReason=absent)
    found = fact("bilirubin", result(1, "2026-11-01", "a"), undone)
    assert found.value == Decimal(1)
    assert found.marks == ("a newer result was not obtained",)
    assert fact("bilirubin", undone).is_unknown


def test_it_prefers_a_final_result_to_a_preliminary_one_of_the_same_time() -> None:
    found = fact("bilirubin", result(1, "2026-11-01", "a"), result(2, "2026-11-01", "b", status="preliminary"))
    assert (found.value, found.preliminary) == (Decimal(1), False)


def test_it_keeps_a_newer_preliminary_result_as_possible() -> None:
    found = fact("bilirubin", result(1, "2026-11-01", "a"), result(2, "2026-11-02", "b", status="preliminary"))
    assert found.values == (Decimal(1), Decimal(2))


def test_it_takes_a_correction_for_the_result_of_the_same_time() -> None:
    found = fact("bilirubin", result(1, "2026-11-01", "a"), result(2, "2026-11-01", "b", status="corrected"))
    assert found.value == Decimal(2)


def test_it_reads_the_same_result_of_two_prefetch_keys_once() -> None:
    assert fact("bilirubin", result(1, "2026-11-01"), result(1, "2026-11-01")).value == Decimal(1)


def test_it_takes_the_later_version_of_one_result() -> None:
    old = result(1, "2026-11-01", meta={"lastUpdated": "2026-11-01T10:00:00Z"})
    new = result(2, "2026-11-01", meta={"lastUpdated": "2026-11-02T10:00:00Z"})
    assert fact("bilirubin", old, new).value == fact("bilirubin", new, old).value == Decimal(2)


def test_it_takes_an_answer_before_other_sources_of_the_same_day() -> None:
    sources = [
        own("ascites", valueCodeableConcept=concept(("https://livercds.org/fhir/CodeSystem/fact-values", "mild"))),
        answers(
            item("ascites", valueCoding={"system": "https://livercds.org/fhir/CodeSystem/fact-values", "code": "none"})
        ),
    ]
    assert fact("ascites", *sources).value == "none"
    assert fact("ascites", sources[0]).value == "mild"


def test_it_takes_a_newer_result_before_an_older_answer() -> None:
    answered = answers(item("bilirubin", valueQuantity=quantity(1, "mg/dL")), on="2026-11-01")
    assert fact("bilirubin", answered, result(3, "2026-11-20")).value == Decimal(3)


def test_it_remembers_the_highest_result_ever() -> None:
    afp = ("http://loinc.org", "1834-1")
    results = [lab(value, "ng/mL", afp, key=f"a{n}", effectiveDateTime=on)
               for n, (value, on) in enumerate([(900, "2024-01-01"), (40, "2026-11-01")])]  # fmt: skip
    assert fact("afp", *results).value == Decimal(40)
    assert fact("afp_highest", *results).value == Decimal(900)
    above = lab(0, "ng/mL", afp, key="x", effectiveDateTime="2023-01-01",
                valueQuantity=quantity(60500, "ng/mL", comparator=">"))  # fmt: skip
    highest: Fact = fact("afp_highest", *results, above)
    assert highest.interval == Interval(Decimal(60500), None)


@given(
    st.permutations([("a", 1, "2026-11-01"), ("b", 2, "2026-11-02"), ("c", 3, "2026-11-02"), ("d", 4, "2026-10-01")])
)
def test_it_does_not_depend_on_the_order_of_resources(order: list[tuple[str, float, str]]) -> None:
    found = fact("bilirubin", *(result(value, on, key) for key, value, on in order))
    assert found.values == (Decimal(2), Decimal(3))
    assert found.source == "Observation/b, Observation/c"


@given(st.integers(min_value=6, max_value=599).map(lambda tenths: Decimal(tenths) / 10))
def test_it_does_not_depend_on_the_unit(value: Decimal) -> None:
    mass = fact("bilirubin", lab(float(value)))
    per_litre = fact("bilirubin", lab(float(value * 10), "mg/L"))
    assert mass.value == per_litre.value == value


@given(st.sampled_from(["entered-in-error", "cancelled"]), st.floats(min_value=0.1, max_value=50))
def test_it_never_reads_what_was_entered_in_error(status: str, value: float) -> None:
    without = fact("bilirubin", result(1, "2026-11-01", "a"))
    assert fact("bilirubin", result(1, "2026-11-01", "a"), result(value, "2026-11-02", "b", status=status)) == without


@pytest.mark.parametrize(
    ("name", "later"),
    [
        ("inr", own("inr", on="2026-11-23", valueDecimal=1)),
        ("ablatable", answers(item("ablatable", valueBoolean=True), on="2026-11-23")),
        ("hepatorenal_syndrome", condition(HEPATORENAL, on="2026-12-24")),
    ],
)
def test_it_says_that_what_is_on_record_lies_in_the_future(name: str, later: FHIR) -> None:
    assert chart(read(later), order()).fact(name).reason == "dated in the future"


def test_it_computes_what_it_can_beside_a_score_dated_in_the_future() -> None:
    stated = own("child_pugh", on="2026-11-23", valueInteger=6)
    assert chart(read(stated), order()).fact("child_pugh").reason != "not recorded"
    site = Site(closed_world=frozenset({"Condition"}))
    silent = read(condition(HEPATORENAL, on="2026-12-24"), site=site)
    assert chart(silent, order(), site=site).fact("hepatorenal_syndrome").is_unknown
