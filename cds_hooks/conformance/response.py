"""The rules of a response: cards, sources, links and override reasons; suggestions are in actions.py."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from cds_hooks.conformance.actions import check_actions, check_suggestions
from cds_hooks.conformance.report import Member, Problem, Report, numbered

_RESPONSE = (Member("cards", list, required=True), Member("systemActions", list), Member("extension", dict))
_CARD = (
    Member("summary", required=True),
    Member("indicator", required=True, allowed=("info", "warning", "critical")),
    Member("source", dict, required=True),
    Member("uuid"),
    Member("detail"),
    Member("suggestions", list),
    Member("selectionBehavior", allowed=("at-most-one", "any")),
    Member("overrideReasons", list),
    Member("links", list),
    Member("extension", dict),
)
_SOURCE = (Member("label", required=True), Member("url"), Member("icon"), Member("topic", dict))
_TOPIC = (Member("code", required=True), Member("system", required=True), Member("display"))
_REASON = (Member("code", required=True), Member("system", required=True), Member("display", required=True))
_LINK = (
    Member("label", required=True),
    Member("url", required=True),
    Member("type", required=True, allowed=("absolute", "smart")),
    Member("appContext"),
    Member("autolaunchable", bool),
)
_HTML = re.compile(r"<[a-zA-Z/!][^>]*>")


def check_response(document: Any) -> list[Problem]:
    """Every rule that the answer of a service breaks; empty when it conforms."""
    report = Report()
    members = report.members("S-1", "", document, _RESPONSE)
    report.no_empty_members(document)
    cards = [_card(report, place, card) for place, card in numbered("cards", members.get("cards", []))]
    report.differ("S-5", "cards.uuid", (card.get("uuid") for card in cards))
    check_actions(report, "systemActions", members.get("systemActions", []), are_system=True)
    return report.problems


def _card(report: Report, place: str, value: Any) -> dict[str, Any]:
    card = report.members("S-5", place, value, _CARD)
    _texts(report, place, card)
    if "source" in card:
        _source(report, f"{place}.source", card["source"])
    if "suggestions" in card:
        check_suggestions(report, place, card)
    for where, link in numbered(f"{place}.links", card.get("links", [])):
        _link(report, where, link)
    for where, reason in numbered(f"{place}.overrideReasons", card.get("overrideReasons", [])):
        report.members("S-7", where, reason, _REASON)
    return card


def _texts(report: Report, place: str, card: dict[str, Any]) -> None:
    if len(card.get("summary", "")) >= 140:
        report.shall("S-5", f"{place}.summary", "must have fewer than 140 characters")
    if _HTML.search(card.get("detail", "")):
        report.should("S-5", f"{place}.detail", "should hold no HTML")
    if "uuid" not in card:
        report.should("B-5", f"{place}.uuid", "without it no feedback comes back")


def _source(report: Report, place: str, value: Any) -> None:
    source = report.members("S-5", place, value, _SOURCE)
    for name in ("url", "icon"):
        if name in source:
            _address(report, f"{place}.{name}", source[name])
    if "topic" in source:
        report.members("S-5", f"{place}.topic", source["topic"], _TOPIC)


def _link(report: Report, place: str, value: Any) -> None:
    link = report.members("S-5", place, value, _LINK)
    if "url" in link:
        _address(report, f"{place}.url", link["url"])
    if "appContext" in link and link.get("type") != "smart":
        report.shall("S-8", f"{place}.appContext", "is allowed on smart links only")


def _address(report: Report, place: str, url: str) -> None:
    try:
        parts = urlsplit(url)
        is_absolute = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        is_absolute = False
    if not is_absolute:
        report.shall("S-5", place, "must be an absolute URL")
    elif not url.startswith("https:"):
        report.should("G-2", place, "should be https")
