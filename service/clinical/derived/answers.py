"""What a computation answers, and the three-valued logic it is made of. Knows no facts by name."""

from __future__ import annotations

from dataclasses import dataclass

from service.clinical.values import Interval, Value

Possible = frozenset[Value] | frozenset[str] | frozenset[bool]
"""Every value that is still possible."""

Plain = Value | Possible | Interval | None


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer with short remarks to print beside it ("derived from Karnofsky")."""

    answer: Plain
    marks: tuple[str, ...]


Answer = Plain | Marked
"""None: nothing can be said."""


def any_true(*outcomes: bool | None) -> bool | None:
    """True as soon as one surely is, False only if all surely are not."""
    if any(outcome is True for outcome in outcomes):
        return True
    return None if any(outcome is None for outcome in outcomes) else False


def all_true(*outcomes: bool | None) -> bool | None:
    """False as soon as one surely is, True only if all surely are."""
    if any(outcome is False for outcome in outcomes):
        return False
    return None if any(outcome is None for outcome in outcomes) else True


def negated(outcome: bool | None) -> bool | None:
    return None if outcome is None else not outcome
