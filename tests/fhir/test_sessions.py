"""Results before and after earlier sessions."""

from decimal import Decimal

from service.codes.systems import LOINC, SNOMED
from tests.fhir.making import FHIR, fact, lab, procedure

TACE, AST = (SNOMED, "314617008"), (LOINC, "1920-8")
SESSIONS = (procedure(TACE, "a", "2026-06-10"), procedure(TACE, "b", "2026-09-10"))


def bilirubin(value: float, on: str) -> FHIR:
    return lab(value, key=on, effectiveDateTime=on)


def test_it_finds_the_newest_result_before_the_last_session() -> None:
    results = (bilirubin(1, "2026-09-01"), bilirubin(2, "2026-05-01"), bilirubin(3, "2026-11-01"))
    assert fact("bilirubin_before_last_session", *SESSIONS, *results).value == Decimal(1)
    assert fact("bilirubin", *SESSIONS, *results).value == Decimal(3)


def test_it_takes_no_result_of_the_day_of_the_session() -> None:
    same_day = bilirubin(2, "2026-09-10")
    assert fact("bilirubin_before_last_session", *SESSIONS, same_day).is_unknown


def test_it_finds_results_on_both_sides_of_the_first_session() -> None:
    results = (
        lab(40, "U/L", AST, "x", effectiveDateTime="2026-06-01"),
        lab(90, "U/L", AST, "y", effectiveDateTime="2026-07-01"),
    )
    assert fact("ast_before_first_session", *SESSIONS, *results).value == Decimal(40)
    assert fact("ast_after_first_session", *SESSIONS, *results).value == Decimal(90)


def test_it_knows_nothing_of_them_without_sessions_or_with_one_of_unknown_day() -> None:
    result = bilirubin(1, "2026-05-01")
    assert fact("bilirubin_before_last_session", result).is_unknown
    assert fact("bilirubin_before_last_session", result, *SESSIONS, procedure(TACE, "c", None)).is_unknown
