"""The rules of a discovery document: service descriptions and prefetch templates."""

from __future__ import annotations

import re
from typing import Any

from cds_hooks.conformance.report import Member, Problem, Report, numbered
from cds_hooks.hooks import HOOKS, USER_TOKENS
from cds_hooks.templates import tokens

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
_QUERY = re.compile(r"[A-Z][A-Za-z]+(/[^/?]+|\?[^?]+)?|\{\{[^{}]+\}\}")
_CONTEXT_MEMBER = re.compile(r"context\.(\w+)")
_OUTSIDE_SUBSET = ("_include", "_revinclude", "_has", "_filter", "_contained", "_elements", "_summary")


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
        report.warn("D-4", f"{place}.title", "is recommended")
    if not _SERVICE_ID.fullmatch(entry.get("id", "x")):
        report.error("D-7", f"{place}.id", "must be usable as one segment of a path")
    if not _SEMVER.fullmatch(entry.get("version", "2.0.1")):
        report.warn("D-4", f"{place}.version", "must be a version of the specification")
    for key, template in entry.get("prefetch", {}).items():
        _template(report, f"{place}.prefetch.{key}", template, entry.get("hook", ""))
    return entry


def _template(report: Report, place: str, template: Any, hook: str) -> None:
    if not isinstance(template, str):
        report.error("P-1", place, "must be a text")
        return
    if not _QUERY.fullmatch(template):
        report.error("P-2", place, "must be a relative FHIR read or search")
    if template.count("{{") != template.count("}}") or len(tokens(template)) != template.count("{{"):
        report.error("P-3", place, "tokens are written {{ … }}")
    for token in tokens(template):
        _token(report, place, token, hook)
    _query(report, place, template)


def _token(report: Report, place: str, token: str, hook: str) -> None:
    member = _CONTEXT_MEMBER.fullmatch(token)
    if token in USER_TOKENS or (member and (hook not in HOOKS or member[1] in HOOKS[hook].tokens)):
        return
    if member:
        report.error("P-5", place, f"{token} may not be a token of {hook}")
    elif token.startswith(("context.", "%", "today(")):
        report.warn("P-4", place, f"{token} is understood from version 3.0 only")
    else:
        report.error("P-4", place, f"{token} is no token")


def _query(report: Report, place: str, template: str) -> None:
    """P-6, the subset that every client can be expected to answer."""
    for parameter in template.partition("?")[2].split("&"):
        name, _, modifier = parameter.partition("=")[0].partition(":")
        if "." in name or name in _OUTSIDE_SUBSET or modifier not in {"", "in"}:
            report.warn("P-6", place, f"{name}{':' + modifier if modifier else ''} is outside the query subset")
