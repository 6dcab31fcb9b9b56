"""An answer against its golden one: what differs, in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cds_hooks import json
from cds_hooks.conformance import Level, check_response
from service.cards.notices import CannotReason
from service.cards.style import ANSWER_EXTENSION, EXTENSION
from service.replay.targets import Answer


def problems(answer: Answer) -> list[str]:
    """What is wrong with an answer whatever was expected: no 200, against the specification, or a check that failed."""
    if answer.status != 200:
        return [f"answered {answer.status}"]
    body = json.decode(answer.body)
    found = (problem for problem in check_response(body) if problem.level is Level.ERROR)
    return [f"{problem.rule}: {problem.place}: {problem.message}" for problem in found] or list(_failed_checks(body))


def _failed_checks(body: Any) -> Iterator[str]:
    """Orders for which the service says that its own check failed: never an answer to be expected."""
    for order in body.get("extension", {}).get(ANSWER_EXTENSION, ()):
        if order["reason"] == CannotReason.INTERNAL.word:
            yield f"{order['order']}: {CannotReason.INTERNAL.because} (reason: {CannotReason.INTERNAL.word})"


def differences(answered: bytes, golden: bytes, *, exact: bool) -> list[str]:
    """`exact` compares bytes; else status, outcomes, indicator and suggestion labels, card by card."""
    if answered == golden:
        return []
    found = list(_differences(_cards(answered), _cards(golden)))
    return found or (["the same cards, other bytes"] if exact else [])


def _cards(body: bytes) -> dict[str, dict[str, Any]]:
    cards = json.decode(body).get("cards", [])
    return {str(card["extension"][EXTENSION]["order"]): card for card in cards}


def _differences(answered: dict[str, dict[str, Any]], expected: dict[str, dict[str, Any]]) -> Iterator[str]:
    for order in sorted(answered.keys() | expected.keys()):
        if order not in answered:
            yield f"{order}: no card"
        elif order not in expected:
            yield f"{order}: a card that was not expected"
        else:
            yield from (f"{order}: {text}" for text in _of_card(answered[order], expected[order]))


def _of_card(answered: dict[str, Any], expected: dict[str, Any]) -> Iterator[str]:
    for name, found, wanted in zip(_NAMES, _essence(answered), _essence(expected), strict=True):
        if found != wanted:
            yield f"{name} is {_shown(found)}, not {_shown(wanted)}"


_COUNTED = ("criteria not met", "criteria unknown", "number of criteria met")
_NAMES = ("status", "indicator", *_COUNTED, *(f"before the procedure: {name}" for name in _COUNTED), "suggestions")


def _essence(card: dict[str, Any]) -> tuple[Any, ...]:
    decision = card["extension"][EXTENSION]
    outcomes = decision.get("outcomes", {})
    labels = [suggestion["label"] for suggestion in card.get("suggestions", [])]
    found = (*_came_out(outcomes), *_came_out(outcomes.get("procedure", {})))
    return (decision["status"], card["indicator"], *found, labels)


def _came_out(outcomes: dict[str, Any]) -> tuple[Any, ...]:
    return (outcomes.get("not_met", []), outcomes.get("unknown", []), outcomes.get("met", 0))


def _shown(value: Any) -> str:
    return ", ".join(value) or "empty" if isinstance(value, list) else str(value)
