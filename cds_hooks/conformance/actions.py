"""The rules of suggestions and of the actions in them or in `systemActions`."""

from __future__ import annotations

import re
from typing import Any

from cds_hooks.conformance.report import Member, Report, numbered

_SUGGESTION = (
    Member("label", required=True),
    Member("uuid"),
    Member("isRecommended", bool),
    Member("actions", list),
    Member("actionSelectionBehavior", allowed=("all", "any", "at-most-one"), rule="cds-resp-7"),
    Member("extension", dict),
)
_ACTION = (
    Member("type", required=True, allowed=("create", "update", "delete")),
    Member("description"),
    Member("resourceId"),
    Member("extension", dict),
)
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64}")


def check_suggestions(report: Report, place: str, card: dict[str, Any]) -> None:
    """`card` holds the members of right type of the card at `place`."""
    if "selectionBehavior" not in card:
        report.shall("S-6", f"{place}.selectionBehavior", "is required beside suggestions")
    suggestions = [
        _suggestion(report, where, value) for where, value in numbered(f"{place}.suggestions", card["suggestions"])
    ]
    recommended = sum(suggestion.get("isRecommended", False) for suggestion in suggestions)
    if recommended > 1 and card.get("selectionBehavior") == "at-most-one":
        report.shall("cds-resp-1", f"{place}.suggestions", "one at most may be recommended under at-most-one")
    report.differ("S-5", f"{place}.suggestions.uuid", (suggestion.get("uuid") for suggestion in suggestions))


def _suggestion(report: Report, place: str, value: Any) -> dict[str, Any]:
    suggestion = report.members("S-5", place, value, _SUGGESTION)
    if "uuid" not in suggestion:
        report.should("B-5", f"{place}.uuid", "without it no feedback comes back")
    if "actionSelectionBehavior" in suggestion:
        report.should("S-9", f"{place}.actionSelectionBehavior", "only for clients known to support it")
    check_actions(report, f"{place}.actions", suggestion.get("actions", []), are_system=False)
    return suggestion


def check_actions(report: Report, place: str, actions: list[Any], *, are_system: bool) -> None:
    for where, value in numbered(place, actions):
        action = report.members("S-5", where, value, _ACTION)
        if "description" not in action and are_system:
            report.should("S-5", f"{where}.description", "may be left out from version 3.0 only")
        elif "description" not in action:
            report.shall("cds-resp-5", f"{where}.description", "is required")
        if action.get("type") == "delete":
            _delete(report, where, value)
        elif "type" in action:
            _create_or_update(report, where, value)


def _delete(report: Report, place: str, action: dict[str, Any]) -> None:
    if "resource" in action:
        report.should("cds-resp-2", f"{place}.resource", "is deprecated on delete")
    if not _REFERENCE.fullmatch(str(action.get("resourceId", ""))):
        report.should("cds-resp-2", f"{place}.resourceId", 'should be "Type/id"')


def _create_or_update(report: Report, place: str, action: dict[str, Any]) -> None:
    resource = action.get("resource")
    if not isinstance(resource, dict) or not isinstance(resource.get("resourceType"), str):
        report.shall("S-5", f"{place}.resource", "must be a FHIR resource")
    elif action["type"] == "update" and not resource.get("id"):
        report.shall("S-5", f"{place}.resource.id", "is required: an update holds the whole resource")
