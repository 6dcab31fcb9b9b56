"""Offers to order, as drafts to accept: the laboratory tests that a decision waits for, then the alternatives that the
sources name. One action each."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from fhir.resources.R4B.servicerequest import ServiceRequest

from cds_hooks.models import Action, Suggestion
from service.cards.alternatives import needed
from service.cards.alternatives_shown import shown
from service.cards.gaps import Gap
from service.cards.identity import stable_uuid
from service.cards.names import FactNames
from service.cards.reading import Reading
from service.cards.style import CardStyle, Orderable
from service.cards.text import clip, plain
from service.rules.decision import Alternative

LABORATORY = "laboratory"
_LABEL_LIMIT = 140


def suggestions(reading: Reading, style: CardStyle, patient: str, card_uuid: str) -> tuple[Suggestion, ...]:
    """At most `style.max_suggestions`, laboratory tests first; none without a patient."""
    tests = laboratory_suggestions(reading.missing, style, patient, card_uuid)
    named = shown(reading)[: style.max_alternatives]
    instead = alternative_suggestions(named, style, patient, card_uuid, reading.names)
    return (*tests, *instead)[: style.max_suggestions]


def laboratory_suggestions(
    missing: Iterable[Gap], style: CardStyle, patient: str, card_uuid: str
) -> tuple[Suggestion, ...]:
    """One for each missing or stale test that decides and that the client can order; none without a patient."""
    wanted = [gap for gap in missing if gap.decides and gap.group == LABORATORY and gap.fact in style.orderables]
    return tuple(
        _suggestion(gap, style.orderables[gap.fact], patient, card_uuid)
        for gap in wanted[: style.max_suggestions]
        if patient
    )


def alternative_suggestions(
    alternatives: Iterable[Alternative], style: CardStyle, patient: str, card_uuid: str, names: FactNames
) -> tuple[Suggestion, ...]:
    """A draft for each therapy that the client can order. The order on the screen stays: nothing is replaced."""
    return tuple(
        _instead(each, style.orderables[each.therapy], patient, card_uuid, names)
        for each in alternatives
        if patient and each.therapy is not None and each.therapy in style.orderables
    )


def _instead(
    alternative: Alternative, orderable: Orderable, patient: str, card_uuid: str, names: FactNames
) -> Suggestion:
    label = f"Alternative to consider: {plain(alternative.text)}"
    description = f"{label}{needed(alternative, names)} [{', '.join(alternative.cite)}]"
    action = Action(type="create", description=plain(description), resource=_draft(orderable, patient))
    uuid = stable_uuid(card_uuid, "alternative", alternative.therapy or alternative.text)
    return Suggestion(label=clip(label, _LABEL_LIMIT), uuid=uuid, actions=(action,))


def _suggestion(gap: Gap, orderable: Orderable, patient: str, card_uuid: str) -> Suggestion:
    label = f"Order {gap.word}"
    action = Action(type="create", description=label, resource=_draft(orderable, patient))
    return Suggestion(label=label, uuid=stable_uuid(card_uuid, "order", gap.fact), actions=(action,))


def _draft(orderable: Orderable, patient: str) -> dict[str, Any]:
    return {**_request(orderable.system, orderable.code, orderable.display), "subject": {"reference": patient}}


@lru_cache(maxsize=1024)
def _request(system: str, code: str, display: str) -> dict[str, Any]:
    """The draft without its patient, validated once for each code."""
    coding = {"system": system, "code": code, "display": display}
    request = ServiceRequest.model_validate({
        "status": "draft",
        "intent": "order",
        "subject": {"reference": "Patient/unnamed"},
        "code": {"coding": [coding], "text": display},
    })  # fmt: skip
    return {"resourceType": "ServiceRequest", **request.model_dump(exclude_none=True)}
