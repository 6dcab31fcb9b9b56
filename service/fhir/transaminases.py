"""The larger of AST and ALT as multiples of their upper limits; at least the one that is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from service.clinical.freshness import Window, fresh
from service.clinical.values import Fact, Interval, State, unknown
from service.fhir.either import bounds

AST, ALT, LARGER = "ast_times_uln", "alt_times_uln", "transaminases_times_uln"
ONE_ONLY = "only one of AST and ALT is recorded"


def larger_transaminase(facts: Mapping[str, Fact], today: date, windows: Mapping[str, Window]) -> Fact | None:
    """None where neither is on record. One that is stale or not understood leaves the other as a lower bound."""
    given = [facts[name] for name in (AST, ALT) if name in facts]
    usable = [fact for fact in (fresh(each, windows["labs"], today) for each in given) if not fact.is_unknown]
    if not given:
        return None
    if not usable:
        return unknown(LARGER, given[0].reason or "stale")._replace(last=given[0], on=given[0].on)
    top = max(usable, key=lambda fact: bounds(fact).low or Decimal(0))
    base = top._replace(
        name=LARGER,
        on=min((fact.on for fact in usable if fact.on), default=None),
        unverified=any(fact.unverified for fact in usable),
    )
    if len(usable) == 2 and all(fact.is_known for fact in usable):
        return base
    ends = [bounds(fact) for fact in usable]
    high = max((end.high for end in ends if end.high is not None), default=None)
    open_above = len(usable) < 2 or any(end.high is None for end in ends)
    interval = Interval(bounds(top).low, None if open_above else high)
    marks = (*base.marks, ONE_ONLY) if len(usable) < 2 else base.marks
    return base._replace(state=State.INTERVAL, value=None, values=(), interval=interval, marks=marks)
