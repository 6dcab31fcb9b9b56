"""Writes the card of one order from the decisions on its candidate therapies. Pure: no clock, no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cds_hooks.models import Card
from service.cards.candidates import NO_TUMOURS, Tumours
from service.cards.content import Content
from service.cards.detail import detail
from service.cards.headline import summary
from service.cards.identity import decision_uuid, extension, source
from service.cards.indicator import indicator, lowered
from service.cards.links import links
from service.cards.lowering import reason_to_lower
from service.cards.names import FROM_DICTIONARY, FactNames
from service.cards.overrides import OVERRIDE_REASONS
from service.cards.reading import read
from service.cards.style import CardStyle
from service.cards.subject import subject
from service.cards.suggestions import suggestions
from service.clinical.freshness import Window
from service.rules.decision import Decision
from service.rules.model import Reference


def card_for(
    decisions: Sequence[Decision],
    *,
    style: CardStyle,
    references: Mapping[str, Reference],
    hook_instance: str,
    patient: str = "",
    order_title: str = "",
    priority: str = "",
    windows: Mapping[str, Window] | None = None,
    names: FactNames = FROM_DICTIONARY,
    tumours: Tumours = NO_TUMOURS,
) -> Card:
    """One card for one order, whatever the number of therapies that it may mean. ValueError without a decision.

    decisions    all on the same order, chart and day, one per candidate therapy
    patient      "Patient/1", subject of suggested orders; without it none is suggested
    order_title  what the order is called when it may mean several therapies ("CPT 37243")
    priority     the order's priority; "stat" and "asap" lower the indicator
    tumours      by therapy id, what its criteria are written for; without them no candidate is set aside
    windows      freshness classes (Knowledge.windows); without them a tumour rupture of an earlier day lowers nothing
    """
    if not decisions:
        raise ValueError("a card needs at least one decision")
    reading = read(decisions, names, references, tumours)
    reason = reason_to_lower(reading, priority, windows or {})
    step = indicator(reading.against)
    uuid = decision_uuid(hook_instance, decisions)
    offers = suggestions(reading, style, patient, uuid)
    return Card(
        uuid=uuid,
        summary=summary(subject(reading, order_title), reading),
        indicator=lowered(step) if reason else step,
        source=source(style, [decision.therapy for decision in decisions]),
        detail=detail(Content(reading, style, reason), style),
        suggestions=offers,
        links=links(decisions, style),
        selection_behavior="any" if offers else None,
        override_reasons=OVERRIDE_REASONS,
        extension=extension(uuid, decisions),
    )
