"""Writes the card of one order from the decisions on its candidate therapies. Pure: no clock, no I/O."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cds_hooks.models import Card
from service.cards.asks import asks
from service.cards.detail import Content, detail
from service.cards.findings import LINE_LIMIT, cited, line
from service.cards.gaps import Gap, gaps
from service.cards.headline import counts, summary
from service.cards.identity import decision_uuid, extension, source
from service.cards.indicator import indicator, lowered, reason_to_lower
from service.cards.judged import Judged, joined, per_datum
from service.cards.names import FROM_DICTIONARY, FactNames
from service.cards.overrides import OVERRIDE_REASONS
from service.cards.procedure import before_the_procedure
from service.cards.scores import scores
from service.cards.style import CardStyle
from service.cards.subject import heading, subject, unread
from service.cards.suggestions import laboratory_suggestions
from service.cards.text import clip, escaped
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
    names: FactNames = FROM_DICTIONARY,
) -> Card:
    """One card for one order, whatever the number of therapies that it may mean. ValueError without a decision.

    decisions    all on the same order, chart and day, one per candidate therapy
    patient      "Patient/1", subject of suggested orders; without it none is suggested
    order_title  what the order is called when it may mean several therapies ("CPT 37243")
    priority     the order's priority; "stat" and "asap" lower the indicator
    """
    if not decisions:
        raise ValueError("a card needs at least one decision")
    first = decisions[0]
    rows = joined(decisions)
    points = _points(rows)
    missing = gaps(rows, names, first.as_of)
    reason = reason_to_lower(rows, first.facts, priority, first.as_of)
    step = indicator(rows)
    uuid = decision_uuid(hook_instance, decisions)
    suggestions = laboratory_suggestions(missing, style, patient, uuid)
    return Card(
        uuid=uuid,
        summary=summary(
            subject(decisions, order_title), min(d.status for d in decisions), rows, points, missing, names
        ),
        indicator=lowered(step) if reason else step,
        source=source(style, [decision.therapy for decision in decisions]),
        detail=detail(_content(decisions, rows, points, missing, references, names, reason), style),
        suggestions=suggestions,
        selection_behavior="any" if suggestions else None,
        override_reasons=OVERRIDE_REASONS,
        extension=extension(uuid, decisions),
    )


def _points(rows: Sequence[Judged]) -> tuple[Judged, ...]:
    """What was found against the order, worst first; what holds under an open condition follows within its kind."""
    against = per_datum(row for row in rows if row.is_against)
    conditional = per_datum(row for row in rows if row.is_conditional)
    return (*against, *conditional)


def _content(
    decisions: Sequence[Decision],
    rows: Sequence[Judged],
    points: Sequence[Judged],
    missing: Sequence[Gap],
    references: Mapping[str, Reference],
    names: FactNames,
    reason: str,
) -> Content:
    first, as_of = decisions[0], decisions[0].as_of
    met, total = counts(rows)
    notes = {
        note.id: f"{clip(escaped(note.text), LINE_LIMIT)}{cited(note.cite, references)}"
        for d in decisions
        for note in d.notes
    }
    return Content(
        heading=heading(decisions),
        findings=[line(row, names, references, as_of) for row in points],
        asks=asks(rows, names),
        missing=missing,
        scores=(scores(first.facts, rows, with_items=True), scores(first.facts, rows, with_items=False)),
        counts=f"{met} of {total} met · set {first.threshold_set[:8]}",
        procedure=(
            before_the_procedure(rows, names, as_of, named=True),
            before_the_procedure(rows, names, as_of, named=False),
        ),
        lowered=reason,
        unread=unread(decisions),
        notes=tuple(notes.values()),
    )
