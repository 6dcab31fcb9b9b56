"""The status of a decision, from its findings alone."""

from __future__ import annotations

from service.rules.decision import Finding, Outcome, Status
from service.rules.model import Kind, Missing, When

WEIGHTY = frozenset({Kind.ABSOLUTE, Kind.REQUIRED, Kind.RELATIVE})
"""Kinds that can change a status; `caution` and `preferred` never do."""
_NOT_MET = {
    Kind.ABSOLUTE: Status.CONTRAINDICATED,
    Kind.REQUIRED: Status.NOT_MET,
    Kind.RELATIVE: Status.REVIEW,
}
_UNKNOWN = {Missing.BLOCK: Status.NEEDS_DATA, Missing.ASK: Status.CONFIRM}


def share(finding: Finding) -> Status:
    """The status that this finding alone would give."""
    if finding.when is When.PROCEDURE or finding.kind not in WEIGHTY or finding.outcome is Outcome.MET:
        return Status.NONE_FOUND
    if finding.outcome is Outcome.NOT_MET:
        return _NOT_MET[finding.kind]
    return _UNKNOWN.get(finding.missing, Status.NONE_FOUND)
