"""The rule of an error's body: an OperationOutcome (recommended from version 3.0)."""

from __future__ import annotations

from typing import Any

from cds_hooks.conformance.report import Member, Problem, Report, numbered

_OUTCOME = (Member("resourceType", required=True, allowed=("OperationOutcome",)), Member("issue", list, required=True))
_ISSUE = (
    Member("severity", required=True, allowed=("fatal", "error", "warning", "information")),
    Member("code", required=True),
)


def check_outcome(document: Any) -> list[Problem]:
    """What keeps the body of an answer other than 2xx from being an OperationOutcome; empty when it is one."""
    report = Report()
    outcome = report.members("H-1", "", document, _OUTCOME)
    if outcome.get("issue") == []:
        report.shall("H-1", "issue", "must not be empty")
    for place, issue in numbered("issue", outcome.get("issue", [])):
        report.members("H-1", place, issue, _ISSUE)
    return report.problems
