"""How old a datum may be: each freshness class has two windows. Time is handed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from service.clinical.values import Fact


@dataclass(frozen=True, slots=True)
class Window:
    """`judge`: older than this many days is stale, so unknown, but printed. `repeat_before`: older than this is judged,
    and the card asks to repeat it before the procedure. None: never stale (lifelong, plan, setting, age)."""

    judge: int | None = None
    repeat_before: int | None = None


def age_days(fact: Fact, today: date) -> int | None:
    return None if fact.on is None else (today - fact.on).days


def fresh(fact: Fact, window: Window, today: date) -> Fact:
    """The fact itself, or unknown ("stale: 41 days old, limit 30") when it is older than the window's `judge`."""
    if fact.is_unknown or window.judge is None:
        return fact
    age = age_days(fact, today)
    if age is None:
        return fact.as_unknown("date not recorded")
    if age > window.judge:
        return fact.as_unknown(f"stale: {age} days old, limit {window.judge}")
    return fact


def repeat_due(fact: Fact, window: Window, today: date) -> bool:
    """Whether a datum that is still judged should be repeated before the procedure."""
    age = age_days(fact, today)
    return age is not None and window.repeat_before is not None and age > window.repeat_before
