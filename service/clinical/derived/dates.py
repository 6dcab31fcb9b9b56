"""The date of a computed fact. Time is handed in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from service.clinical.derived.auxiliary import freshness_class
from service.clinical.derived.registry import Rule
from service.clinical.freshness import Window
from service.clinical.values import Fact


def observed_on(rule: Rule, used: Iterable[Fact], today: date, windows: Mapping[str, Window]) -> date | None:
    """The oldest date of the inputs that age at least as fast as the fact itself.

    Every input has passed the window of its own class. One that may grow older than the fact itself (a finding
    on imaging in a score of laboratory values, a lifelong history) must not make the fact look stale; without any other
    the fact is as of today. None for a fact that never ages and rests on no ageing input.
    """
    own = windows[freshness_class(rule.fact)].judge
    dates = [fact.on for fact in used if fact.on is not None and _counts(fact.name, rule, own, windows)]
    if dates:
        return min(dates)
    return None if own is None else today


def _counts(name: str, rule: Rule, own: int | None, windows: Mapping[str, Window]) -> bool:
    if rule.dated_by:
        return name in rule.dated_by
    judge = windows[freshness_class(name)].judge
    return judge is not None and (own is None or judge <= own)
