"""One exception per HTTP outcome, each with a body of the same shape. Knows no patient, so can tell nothing of one."""

from __future__ import annotations

from typing import Any, ClassVar


class ProtocolError(Exception):
    """An outcome other than 200. `diagnostics` names the place and what is allowed there, never what was found.

    retry_after  seconds after which to try again, or None
    allow        methods allowed, for 405
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "invalid"
    words: ClassVar[str] = "The request cannot be processed."
    retry_after: int | None = None
    allow: tuple[str, ...] = ()

    def __init__(self, diagnostics: str = "") -> None:
        super().__init__(diagnostics or self.words)
        self.diagnostics = diagnostics

    def outcome(self) -> dict[str, Any]:
        """The body: a FHIR OperationOutcome with one issue."""
        issue: dict[str, Any] = {"severity": "error", "code": self.code, "details": {"text": self.words}}
        if self.diagnostics:
            issue["diagnostics"] = self.diagnostics
        return {"resourceType": "OperationOutcome", "issue": [issue]}


class BadRequestError(ProtocolError):
    words = "The request is not a valid CDS Hooks request."


class UnauthorizedError(ProtocolError):
    """Always the same answer, whatever was wrong; `reason` is for the log alone."""

    status = 401
    code = "login"
    words = "Authentication is required."

    def __init__(self, reason: str = "") -> None:
        super().__init__()
        self.reason = reason


class ForbiddenError(ProtocolError):
    status = 403
    code = "forbidden"
    words = "This client may not do this."


class NotFoundError(ProtocolError):
    status = 404
    code = "not-found"
    words = "There is no such service."


class MethodNotAllowedError(ProtocolError):
    status = 405
    code = "not-supported"
    words = "This method is not supported here."

    def __init__(self, allow: tuple[str, ...]) -> None:
        super().__init__(f"allowed: {', '.join(allow)}")
        self.allow = allow


class PreconditionFailedError(ProtocolError):
    """Essential data came neither as prefetch nor can they be fetched."""

    status = 412
    code = "incomplete"
    words = "Data this service needs were not sent and cannot be fetched."


class ContentTooLargeError(ProtocolError):
    status = 413
    code = "too-long"
    words = "The request is too large."


class UnsupportedMediaTypeError(ProtocolError):
    status = 415
    code = "not-supported"
    words = "The body must be JSON in UTF-8."


class UnprocessableError(ProtocolError):
    status = 422
    code = "business-rule"
    words = "The request is valid but cannot be acted on."


class _RetryLaterError(ProtocolError):
    def __init__(self, diagnostics: str = "", *, retry_after: int = 1) -> None:
        super().__init__(diagnostics)
        self.retry_after = retry_after


class TooManyRequestsError(_RetryLaterError):
    status = 429
    code = "throttled"
    words = "This client calls too often."


class UnavailableError(_RetryLaterError):
    status = 503
    code = "transient"
    words = "The service cannot answer now."
