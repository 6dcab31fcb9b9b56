"""What machines know a card by: stable uuids, source, topic, extension. Knows no wording."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cds_hooks.models import Coding, Source
from service.cards.outcomes import Outcomes, outcomes
from service.cards.style import EXTENSION, SOURCE_LABEL, TOPICS_SYSTEM, CardStyle
from service.codes.own import BASE
from service.rules.decision import Decision, Outcome
from service.rules.model import When

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
    """What a test of an installation compares. The card's count is of the same criteria; those for the day of the
    procedure stand apart."""
    found = outcomes(decisions)
    of_procedure = found[When.PROCEDURE]
    apart = {"procedure": _told(of_procedure)} if any(of_procedure.values()) else {}
    return _told(found[When.ORDER]) | apart


def _told(found: Outcomes) -> dict[str, Any]:
    """Ids of the criteria not met and unknown, and how many are met."""
    named = {word.value: sorted(found[word]) for word in (Outcome.NOT_MET, Outcome.UNKNOWN) if found[word]}
    return {**named, "met": len(found[Outcome.MET])}
