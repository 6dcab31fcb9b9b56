"""Which of the therapies that an order may mean a card judges: those written for the tumour, if any of them is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from service.clinical.compare import Op, holds
from service.clinical.values import Fact, unknown
from service.rules.decision import Decision

TUMOUR = "target_tumour"

Tumours = Mapping[str, tuple[str, ...]]
"""By therapy id, the kinds of tumour that its criteria are written for."""


def judged(decisions: Sequence[Decision], tumours: Tumours) -> Sequence[Decision]:
    """The decisions that the card is about. Criteria written for another tumour say nothing here, unless no candidate
    is written for this one: then all stay, with the alert that each of them carries."""
    fitting = [decision for decision in decisions if not _is_for_another(decision, tumours)]
    return fitting or decisions


def _is_for_another(decision: Decision, tumours: Tumours) -> bool:
    written_for = tumours.get(decision.therapy)
    return written_for is not None and holds(tumour(decision), Op.ONE_OF, written_for) is False


def tumour(decision: Decision) -> Fact:
    return decision.facts.get(TUMOUR) or unknown(TUMOUR)


def decides_between(decisions: Sequence[Decision], tumours: Tumours) -> Collection[str]:
    """The fact that would tell which of the candidates' criteria count: the kind of tumour, while it is open and they
    are not written for the same ones."""
    differ = len({frozenset(tumours.get(decision.therapy, ())) for decision in decisions}) > 1
    return (TUMOUR,) if differ and not tumour(decisions[0]).is_known else ()
