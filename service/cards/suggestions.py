"""Offers to order the laboratory tests that a decision waits for, as drafts to accept. One action each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fhir.resources.R4B.servicerequest import ServiceRequest

from cds_hooks.models import Action, Suggestion
from service.cards.gaps import Gap
from service.cards.identity import stable_uuid
from service.cards.style import CardStyle, Orderable

LABORATORY = "laboratory"


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


def _suggestion(gap: Gap, orderable: Orderable, patient: str, card_uuid: str) -> Suggestion:
    label = f"Order {gap.word}"
    action = Action(type="create", description=label, resource=_draft(orderable, patient))
    return Suggestion(label=label, uuid=stable_uuid(card_uuid, "order", gap.fact), actions=(action,))


def _draft(orderable: Orderable, patient: str) -> dict[str, Any]:
    coding = {"system": orderable.system, "code": orderable.code, "display": orderable.display}
    request = ServiceRequest.model_validate({
        "status": "draft",
        "intent": "order",
        "subject": {"reference": patient},
        "code": {"coding": [coding], "text": orderable.display},
    })  # fmt: skip
    return {"resourceType": "ServiceRequest", **request.model_dump(exclude_none=True)}
