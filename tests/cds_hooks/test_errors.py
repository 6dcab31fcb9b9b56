"""Every outcome has one status, one code and a body of one shape; a refused client learns nothing."""

from __future__ import annotations

import pytest

from cds_hooks import errors


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.BadRequestError("x"), 400, "invalid"),
        (errors.UnauthorizedError("x"), 401, "login"),
        (errors.ForbiddenError("x"), 403, "forbidden"),
        (errors.NotFoundError("x"), 404, "not-found"),
        (errors.MethodNotAllowedError(("GET", "OPTIONS")), 405, "not-supported"),
        (errors.PreconditionFailedError("x"), 412, "incomplete"),
        (errors.ContentTooLargeError("x"), 413, "too-long"),
        (errors.UnsupportedMediaTypeError("x"), 415, "not-supported"),
        (errors.UnprocessableError("x"), 422, "business-rule"),
        (errors.TooManyRequestsError("x", retry_after=7), 429, "throttled"),
        (errors.UnavailableError("x", retry_after=7), 503, "transient"),
    ],
)
def test_it_has_one_status_one_code_and_one_shape(error: errors.ProtocolError, status: int, code: str) -> None:
    outcome = error.outcome()
    assert (error.status, outcome["resourceType"]) == (status, "OperationOutcome")
    (issue,) = outcome["issue"]
    assert (issue["severity"], issue["code"]) == ("error", code)
    assert issue["details"]["text"]
    assert issue.keys() <= {"severity", "code", "details", "diagnostics"}


def test_it_tells_when_to_try_again() -> None:
    assert errors.UnavailableError(retry_after=7).retry_after == 7
    assert errors.UnavailableError().retry_after == 1
    assert errors.NotFoundError().retry_after is None


def test_it_names_the_methods_allowed() -> None:
    error = errors.MethodNotAllowedError(("GET", "OPTIONS"))
    assert error.outcome()["issue"][0]["diagnostics"] == "allowed: GET, OPTIONS"
    assert error.allow == ("GET", "OPTIONS")


def test_it_tells_a_refused_client_nothing() -> None:
    first, second = errors.UnauthorizedError("unknown issuer"), errors.UnauthorizedError("expired")
    assert first.outcome() == second.outcome()
    assert "diagnostics" not in first.outcome()["issue"][0]
    assert first.reason == "unknown issuer"


def test_it_leaves_out_empty_diagnostics() -> None:
    assert "diagnostics" not in errors.BadRequestError().outcome()["issue"][0]
