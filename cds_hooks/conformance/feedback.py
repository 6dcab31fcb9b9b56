"""The rules of the feedback that a client sends."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from cds_hooks.conformance.report import Member, Problem, Report, numbered

_ITEM = (
    Member("card", required=True),
    Member("outcome", required=True, allowed=("accepted", "overridden"), rule="cds-fb-1"),
    Member("acceptedSuggestions", list),
    Member("overrideReason", dict),
    Member("outcomeTimestamp", required=True),
)
_SUGGESTION = (Member("id", required=True),)
_OVERRIDE = (Member("reason", dict), Member("userComment"))
_REASON = (Member("code", required=True), Member("system", required=True), Member("display"))
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


def check_feedback(document: Any) -> list[Problem]:
    """Every rule that a client's feedback breaks; empty when it conforms."""
    report = Report()
    items = report.members("B-2", "", document, [Member("feedback", list, required=True)]).get("feedback", [])
    report.no_empty_members(document)
    for place, value in numbered("feedback", items):
        _item(report, place, report.members("B-2", place, value, _ITEM))
    return report.problems


def _item(report: Report, place: str, item: dict[str, Any]) -> None:
    if item.get("outcome") == "accepted" and "acceptedSuggestions" not in item:
        report.shall("cds-fb-2", f"{place}.acceptedSuggestions", "is required when accepted")
    for where, suggestion in numbered(f"{place}.acceptedSuggestions", item.get("acceptedSuggestions", [])):
        report.members("B-2", where, suggestion, _SUGGESTION)
    if "overrideReason" in item:
        _override(report, f"{place}.overrideReason", item["overrideReason"])
    if "outcomeTimestamp" in item:
        _timestamp(report, f"{place}.outcomeTimestamp", item["outcomeTimestamp"])


def _override(report: Report, place: str, value: Any) -> None:
    override = report.members("B-2", place, value, _OVERRIDE)
    if not override:
        report.shall("cds-fb-3", place, "must have a reason, a comment or both")
    if "reason" in override:
        report.members("B-2", f"{place}.reason", override["reason"], _REASON)


def _timestamp(report: Report, place: str, text: str) -> None:
    if not _RFC_3339.fullmatch(text) or not _exists(text):
        report.shall("B-2", place, "must be a date and time as in RFC 3339")
    elif text[-1] not in "Zz":
        report.should("B-2", place, "must be in UTC")


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text.upper())
    except ValueError:
        return False
    return True
