"""The rules of prefetch templates: their tokens, the query subset, and how one depends on another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cds_hooks.conformance.report import Report
from cds_hooks.hooks import HOOKS, USER_TOKENS
from cds_hooks.templates import tokens

_QUERY = re.compile(r"[A-Z][A-Za-z]+(/[^/?]+|\?[^?]+)?|\{\{[^{}]+\}\}")
_CONTEXT_MEMBER = re.compile(r"context\.(\w+)")
_EARLIER_KEY = re.compile(r"%(\w+)")
_OF_TYPE = re.compile(r"ofType\(([^)]*)\)")
_ABSTRACT = frozenset({"Resource", "DomainResource"})
_OUTSIDE_SUBSET = ("_include", "_revinclude", "_has", "_filter", "_contained", "_elements", "_summary")
_OTHER_PREFIX = re.compile(r"(ne|sa|eb|ap)(\d{4}|\{\{)")


def check_templates(report: Report, place: str, templates: Mapping[str, Any], hook: str) -> None:
    """Every template under `place`, and that each stands after those it depends on."""
    earlier: set[str] = set()
    for key, template in templates.items():
        if isinstance(template, str):
            _template(report, f"{place}.{key}", template, hook)
            _order(report, f"{place}.{key}", set(_EARLIER_KEY.findall(template)), earlier, templates.keys() - {key})
        else:
            report.shall("P-1", f"{place}.{key}", "must be a text")
        earlier.add(key)


def _template(report: Report, place: str, template: str, hook: str) -> None:
    if not _QUERY.fullmatch(template):
        report.shall("P-2", place, "must be a relative FHIR read or search")
    if template.count("{{") != template.count("}}") or len(tokens(template)) != template.count("{{"):
        report.shall("P-3", place, "tokens are written {{ … }}")
    for token in tokens(template):
        _token(report, place, token, hook)
    _query(report, place, template)


def _token(report: Report, place: str, token: str, hook: str) -> None:
    for kind in _OF_TYPE.findall(token):
        if not kind[:1].isupper() or kind in _ABSTRACT:
            report.shall("P-9", place, f"{kind} is no concrete resource type")
    member = _CONTEXT_MEMBER.fullmatch(token)
    if token in USER_TOKENS or (member and (hook not in HOOKS or member[1] in HOOKS[hook].tokens)):
        return
    if member:
        report.shall("P-5", place, f"{token} may not be a token of {hook}")
    elif token.startswith(("context.", "%", "today(")):
        report.should("P-4", place, f"{token} is understood from version 3.0 only")
    else:
        report.shall("P-4", place, f"{token} is no token")


def _query(report: Report, place: str, template: str) -> None:
    """P-6, the subset that every client can be expected to answer."""
    for parameter in template.partition("?")[2].split("&"):
        named, _, value = parameter.partition("=")
        name, _, modifier = named.partition(":")
        if "." in name or name in _OUTSIDE_SUBSET or modifier not in {"", "in"} or _OTHER_PREFIX.match(value):
            report.should("P-6", place, f"{parameter.partition('{{')[0]} is outside the query subset")


def _order(report: Report, place: str, needed: set[str], earlier: set[str], others: set[str]) -> None:
    for key in sorted(needed - earlier):
        if key in others:
            report.shall("P-7", place, f"must stand after {key}")
        else:
            report.shall("P-8", place, f"depends on {key}, which is itself or nowhere")
