"""How urgent a card is. Knows nothing of what lowers it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from service.cards.judged import Judged
from service.rules.model import Kind

Indicator = Literal["info", "warning", "critical"]
_LOWER: dict[Indicator, Indicator] = {"critical": "warning", "warning": "info", "info": "info"}


def indicator(against: Iterable[Judged]) -> Indicator:
    """critical: an absolute criterion is not met (so on data in its window); warning: a required or relative one."""
    kinds = {row.kind for row in against}
    if Kind.ABSOLUTE in kinds:
        return "critical"
    return "warning" if kinds & {Kind.REQUIRED, Kind.RELATIVE} else "info"


def lowered(step: Indicator) -> Indicator:
    return _LOWER[step]
