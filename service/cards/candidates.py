"""Which of the therapies that an order may mean a card is about: those written for the tumour, if any of them is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from service.clinical.compare import Op, holds
from service.clinical.values import Fact, unknown
from service.rules.decision import Decision

Tumours = Mapping[str, tuple[str, ...]]
"""By therapy id, the kinds of tumour that its criteria are written for."""
NO_TUMOURS: Tumours = MappingProxyType({})

_TUMOUR = "target_tumour"


class Candidates(NamedTuple):
    """`judged`: what the card is about. `set_aside`: criteria for another tumour, which say nothing here; where none is
    for this one all are judged, with the alert that each carries. `first`: facts that tell between the candidates."""

    judged: Sequence[Decision]
    set_aside: Sequence[Decision] = ()
    first: frozenset[str] = frozenset()


def candidates(decisions: Sequence[Decision], tumours: Tumours) -> Candidates:
    if len(decisions) == 1:
        return Candidates(decisions)
    fits = [not _is_for_another(decision, tumours) for decision in decisions]
    judged = [decision for decision, fit in zip(decisions, fits, strict=True) if fit] or decisions
    others = [decision for decision, fit in zip(decisions, fits, strict=True) if not fit]
    return Candidates(judged, others if len(judged) < len(decisions) else (), _first(judged, tumours))


def tumour(decision: Decision) -> Fact:
    return decision.facts.get(_TUMOUR) or unknown(_TUMOUR)


def _is_for_another(decision: Decision, tumours: Tumours) -> bool:
    written_for = tumours.get(decision.therapy)
    return written_for is not None and holds(tumour(decision), Op.ONE_OF, written_for) is False


def _first(decisions: Sequence[Decision], tumours: Tumours) -> frozenset[str]:
    """The kind of tumour, while it is open and the candidates are not all written for the same ones."""
    differ = len({frozenset(tumours.get(decision.therapy, ())) for decision in decisions}) > 1
    return frozenset({_TUMOUR}) if differ and not tumour(decisions[0]).is_known else frozenset()
