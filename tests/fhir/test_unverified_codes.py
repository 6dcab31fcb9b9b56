"""A code whose meaning nobody has verified gives a fact that settles no absolute or required criterion alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from service.clinical.chart import Chart
from service.clinical.values import UNVERIFIED, Fact, State, known
from service.codes import tables
from service.codes.site import Site
from service.codes.systems import LOINC
from service.fhir.chart import chart_for
from service.rules.decision import Finding, Outcome
from service.rules.engine import evaluate
from service.rules.loader import load
from service.rules.model import Kind
from service.thresholds.sets import defaults
from tests.fhir.making import TODAY, concept, fact, lab, order, orders, quantity, read

ALBUMIN, VERIFIED_ALBUMIN = (LOINC, "77148-5"), (LOINC, "1751-7")
LOW = Decimal("2.4")


def test_it_knows_the_code_of_this_test_for_unverified() -> None:
    assert ALBUMIN in tables.UNVERIFIED
    assert VERIFIED_ALBUMIN not in tables.UNVERIFIED


def test_it_marks_a_fact_that_rests_on_such_a_code_only() -> None:
    assert fact("albumin", lab(2.4, "g/dL", ALBUMIN)).weakness == UNVERIFIED
    assert fact("albumin", lab(2.4, "g/dL", VERIFIED_ALBUMIN)).weakness == ""


@pytest.mark.parametrize("codes", [(ALBUMIN, VERIFIED_ALBUMIN), (VERIFIED_ALBUMIN, ALBUMIN)])
def test_it_trusts_a_result_that_a_verified_code_names_too(codes: tuple[tuple[str, str], ...]) -> None:
    both = {**lab(2.4, "g/dL", ALBUMIN), "code": concept(*codes)}
    found = fact("albumin", both)
    assert (found.value, found.weakness) == (LOW, "")


def test_it_takes_the_verified_one_of_two_results_of_one_moment() -> None:
    moment = {"effectiveDateTime": "2026-11-20T08:00:00Z"}
    found = fact(
        "albumin",
        {**lab(2.0, "g/dL", ALBUMIN, key="a"), **moment},
        {**lab(3.6, "g/dL", VERIFIED_ALBUMIN, key="b"), **moment},
    )
    assert (found.value, found.weakness) == (Decimal("3.6"), "")


def test_it_trusts_a_code_that_the_client_has_mapped() -> None:
    site = Site(fact_codes={ALBUMIN: "albumin"})
    assert fact("albumin", lab(2.4, "g/dL", ALBUMIN), site=site).weakness == ""


def test_it_hands_the_weakness_on_to_what_is_computed() -> None:
    site = Site()
    record = read(lab(2.4, "g/dL", ALBUMIN, key="a"), lab(1.0, "mg/dL", key="b"))
    drafted = orders(order())[0]
    found = chart_for(record, drafted, "ctace", today=TODAY, windows=load().windows, site=site).facts
    assert found["albi_grade"].weakness == UNVERIFIED
    assert found["albi_grade"].state is not State.UNKNOWN


def _finding(given: Fact, criterion: str, therapy: str = "ctace") -> Finding:
    knowledge = load()
    chart = Chart({given.name: given})
    decision = evaluate(knowledge.therapies[therapy], chart, defaults(knowledge), date(2026, 11, 22))
    return next(finding for finding in decision.findings if finding.criterion == criterion)


@pytest.mark.parametrize(
    ("criterion", "grade", "kind", "outcome"),
    [
        ("gen-ecog-abs", 4, Kind.ABSOLUTE, Outcome.UNKNOWN),
        ("gen-ecog", 4, Kind.REQUIRED, Outcome.UNKNOWN),
        ("gen-ecog-2", 2, Kind.RELATIVE, Outcome.NOT_MET),
    ],
)
def test_it_settles_neither_absolute_nor_required_criteria(
    criterion: str, grade: int, kind: Kind, outcome: Outcome
) -> None:
    ecog = known("ecog", grade, on=TODAY)
    trusted, weak = _finding(ecog, criterion), _finding(ecog._replace(unverified=True), criterion)
    assert (weak.kind, trusted.outcome, weak.outcome) == (kind, Outcome.NOT_MET, outcome)


def test_it_says_why_and_what_was_found_all_the_same() -> None:
    high = fact("bilirubin", lab(9.0))._replace(unverified=True)
    finding = _finding(high, "gen-bili-abs")
    assert finding.fact.reason == UNVERIFIED
    assert finding.found == "9.0 mg/dL"


def test_it_reads_numbers_with_their_unit_under_such_a_code_too() -> None:
    in_grams = {**lab(2.4, "g/dL", ALBUMIN), "valueQuantity": quantity(24, "g/L")}
    assert fact("albumin", in_grams).value == LOW
