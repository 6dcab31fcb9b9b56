"""Reports on cards, whole and broken. A service may take none; then it answers 404 to all of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from cds_hooks import json
from cds_hooks.probing.described import Described
from cds_hooks.probing.exchange import Ask, Reply
from cds_hooks.probing.trial import Trial

_AT = "2026-01-31T08:00:00Z"
_REASON = {"code": "conformance", "system": "https://example.org/conformance"}
BROKEN_REPORTS: dict[str, Any] = {
    "feedback that is no JSON": b"{",
    "feedback without its array": b"{}",
    "feedback of an unknown outcome": {"card": "c", "outcome": "ignored", "outcomeTimestamp": _AT},
    "feedback on no card": {"outcome": "overridden", "outcomeTimestamp": _AT},
    "feedback without a time": {"card": "c", "outcome": "overridden"},
}


def probe_feedback(trial: Trial, service: Described, cards: Iterable[Any]) -> None:
    """Reports on the cards that came, and on one that nobody gave."""
    name = service.id
    items = sample_items(cards)
    first = _send(trial, f"{name}, feedback", service, {"feedback": items})
    taken = first.is_success
    trial.expect("B-1", taken or first.status == 404, f"{name}, feedback", f"answered {first.status or 'nothing'}")
    if not taken:
        return
    again = _send(trial, f"{name}, feedback repeated", service, {"feedback": items[::-1]})
    trial.expect("B-4", again.is_success, f"{name}, feedback repeated", f"answered {again.status or 'nothing'}")
    for words, broken in BROKEN_REPORTS.items():
        body = broken if isinstance(broken, bytes) else {"feedback": [broken]}
        reply = _send(trial, f"{name}, {words}", service, body)
        trial.expect("B-2", reply.is_refusal, f"{name}, {words}", f"answered {reply.status or 'nothing'}")


def sample_items(cards: Iterable[Any]) -> list[dict[str, Any]]:
    known = [card for card in cards if isinstance(card, dict) and isinstance(card.get("uuid"), str)]
    items: list[dict[str, Any]] = [_overridden(card["uuid"]) for card in [*known[:3], {"uuid": str(uuid4())}]]
    items.append(_accepted(str(uuid4()), str(uuid4())))
    return items + [_accepted(card["uuid"], accepted) for card in known[:3] for accepted in _suggestions(card)[:1]]


def _suggestions(card: dict[str, Any]) -> list[str]:
    offered = card.get("suggestions", [])
    return [each["uuid"] for each in offered if isinstance(each, dict) and isinstance(each.get("uuid"), str)]


def _overridden(card: str) -> dict[str, Any]:
    return {"card": card, "outcome": "overridden", "outcomeTimestamp": _AT, "overrideReason": {"reason": _REASON}}


def _accepted(card: str, suggestion: str) -> dict[str, Any]:
    return {
        "card": card, "outcome": "accepted", "outcomeTimestamp": _AT, "acceptedSuggestions": [{"id": suggestion}],
    }  # fmt: skip


def _send(trial: Trial, during: str, service: Described, body: Any) -> Reply:
    encoded = body if isinstance(body, bytes) else json.encode(body)
    reply = trial.ask(during, Ask("POST", f"{service.path}/feedback", encoded))
    trial.expect("H-2", 0 < reply.status < 500, during, f"answered {reply.status or 'nothing'}")
    return reply
