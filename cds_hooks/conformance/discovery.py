"""The rules of a discovery document: service descriptions; prefetch templates are in templates.py."""

from __future__ import annotations

import re
from typing import Any

from cds_hooks.conformance.report import Member, Problem, Report, numbered
from cds_hooks.conformance.templates import check_templates

_SERVICE = (
    Member("hook", required=True),
    Member("id", required=True),
    Member("description", required=True),
    Member("title"),
    Member("prefetch", dict),
    Member("usageRequirements"),
    Member("version"),
    Member("hookVersion"),
    Member("extension", dict),
)
_SERVICE_ID = re.compile(r"[A-Za-z0-9._-]+")
_SEMVER = re.compile(r"\d+\.\d+\.\d+(-[\w.]+)?|STU[123]")
_HOOK_NAME = re.compile(r"[a-z]+(-[a-z]+)+|[a-z][a-z0-9-]*(\.[a-zA-Z0-9_-]+)+")


def check_discovery(document: Any) -> list[Problem]:
    """Every rule that a discovery document breaks; empty when it conforms."""
    report = Report()
    services = report.members("D-2", "", document, [Member("services", list, required=True)]).get("services", [])
    report.no_empty_members(document)
    described = [_service(report, place, service) for place, service in numbered("services", services)]
    report.differ(
        "D-6", "services", ((entry["id"], entry["hook"]) for entry in described if {"id", "hook"} <= entry.keys())
    )
    return report.problems


def _service(report: Report, place: str, service: Any) -> dict[str, Any]:
    entry = report.members("D-4", place, service, _SERVICE)
    if "title" not in entry:
        report.should("D-4", f"{place}.title", "is recommended")
    if not _SERVICE_ID.fullmatch(entry.get("id", "x")):
        report.shall("D-7", f"{place}.id", "must be usable as one segment of a path")
    if not _SEMVER.fullmatch(entry.get("version", "2.0.1")):
        report.should("D-4", f"{place}.version", "must be a version of the specification")
    if not _HOOK_NAME.fullmatch(entry.get("hook", "noun-verb")):
        report.should("D-11", f"{place}.hook", "should be noun-verb or in reverse-domain notation")
    check_templates(report, f"{place}.prefetch", entry.get("prefetch", {}), entry.get("hook", ""))
    return entry
