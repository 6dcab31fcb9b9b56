"""What machines know a card by: stable uuids, source, topic, extension. Knows no wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cds_hooks.models import Coding, Source
from service.cards.style import EXTENSION, SOURCE_LABEL, TOPICS_SYSTEM, CardStyle
from service.codes.own import BASE
from service.rules.decision import Decision, Outcome

_NAMESPACE = uuid5(NAMESPACE_URL, f"{BASE}/cards")
_TOPIC_LIMIT = 100
"""characters that Epic takes"""


def stable_uuid(*parts: str) -> str:
    """The same for the same parts: a repeated call gives the same card, so feedback finds it."""
    return str(uuid5(_NAMESPACE, "\x1f".join(parts)))


def decision_uuid(hook_instance: str, decisions: Sequence[Decision]) -> str:
    therapies = sorted(decision.therapy for decision in decisions)
    sets = sorted({decision.threshold_set for decision in decisions})
    return stable_uuid(hook_instance, decisions[0].order, ",".join(therapies), ",".join(sets))


def source(style: CardStyle, topics: Sequence[str]) -> Source:
    """`topics` are therapy ids, or the word of a notice; the code keeps their letters and digits only."""
    code = "".join(char for topic in sorted(topics) for char in topic if char.isascii() and char.isalnum())[
        :_TOPIC_LIMIT
    ]
    return Source(label=SOURCE_LABEL, url=style.source_url, topic=Coding(code=code, system=TOPICS_SYSTEM))


def extension(uuid: str, decisions: Sequence[Decision]) -> dict[str, Any]:
    first = decisions[0]
    therapies = [decision.therapy for decision in decisions]
    sets = sorted({decision.threshold_set for decision in decisions})
    return {
        EXTENSION: {
            "id": uuid,
            "order": first.order,
            "therapy": therapies[0] if len(therapies) == 1 else therapies,
            "status": min(decision.status for decision in decisions).word,
            "thresholdSet": sets[0] if len(sets) == 1 else sets,
            "asOf": first.as_of.isoformat(),
            "outcomes": _outcomes(decisions),
        }
    }


def _outcomes(decisions: Sequence[Decision]) -> dict[str, Any]:
    """Ids of the criteria not met and unknown, and how many are met: what a test of an installation compares."""
    ids: dict[Outcome, set[str]] = {outcome: set() for outcome in Outcome}
    for finding in (finding for decision in decisions for finding in decision.findings):
        ids[finding.outcome].add(finding.criterion)
    outcomes: dict[str, Any] = {
        "not_met": sorted(ids[Outcome.NOT_MET]),
        "unknown": sorted(ids[Outcome.UNKNOWN] - ids[Outcome.NOT_MET]),
        "met": len(ids[Outcome.MET] - ids[Outcome.NOT_MET] - ids[Outcome.UNKNOWN]),
    }
    return {name: found for name, found in outcomes.items() if found or name == "met"}
