"""Compares what the two say, each in its own form, and names every difference."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, State
from tests.second.sql import Table

SAME_SCORE = Decimal("1e-9")


def differences(second: dict[str, Table], ours: dict[str, Table]) -> Iterator[str]:
    """One line for each score, finding and status on which they do not agree."""
    for name in ("findings", "statuses"):
        for key in sorted(second[name].keys() | ours[name].keys()):
            theirs, mine = second[name].get(key), ours[name].get(key)
            if theirs != mine:
                yield f"{name} {key}: SQL {theirs}, service {mine}"
    for key, theirs in second["scores"].items():
        yield from _scores(key[0], theirs, ours["scores"][key])


def _scores(chart: int, row: tuple[Any, ...], facts: tuple[Fact, ...]) -> Iterator[str]:
    cp_low, cp_high, functions, albi_low, albi_high, grades, meld_low, meld_high, stages = row
    child_pugh, function, albi, grade, meld, stage = facts
    for fact, ends in ((child_pugh, (cp_low, cp_high)), (albi, (albi_low, albi_high)), (meld, (meld_low, meld_high))):
        if not _same_ends(ends, fact):
            yield f"chart {chart}: {fact.name} SQL {ends}, service {_ends(fact)}"
    if not _no_narrower(functions, _words(function)):
        yield f"chart {chart}: liver_function SQL {functions}, service {sorted(_words(function))}"
    for fact, words in ((grade, grades), (stage, stages)):
        if set(words or FACTS[fact.name].values) != _words(fact):
            yield f"chart {chart}: {fact.name} SQL {words}, service {sorted(_words(fact))}"


def _no_narrower(second: list[str], ours: set[Any]) -> bool:
    """Liver function serves BCLC alone. The service judges Child-Pugh as a whole, as it may be a recorded total, so it
    may leave open `impaired` where the items rule that out; end-stage must be possible, and certain, in both alike.
    """
    return set(second) <= ours <= {*second, "impaired"} and ("end_stage" in second) == ("end_stage" in ours)


def _same_ends(ends: tuple[Any, Any], fact: Fact) -> bool:
    scale = FACTS[fact.name]
    second = [
        Decimal(str(known))
        for known in (scale.minimum if ends[0] is None else ends[0], scale.maximum if ends[1] is None else ends[1])
    ]
    return all(abs(one - other) < SAME_SCORE for one, other in zip(second, _ends(fact), strict=True))


def _ends(fact: Fact) -> tuple[Decimal, Decimal]:
    """Lowest and highest value still possible; the ends of the scale for what is unknown."""
    scale = FACTS[fact.name]
    assert scale.minimum is not None
    assert scale.maximum is not None
    if fact.interval is not None:
        low, high = fact.interval.low, fact.interval.high
        return scale.minimum if low is None else low, scale.maximum if high is None else high
    numbers = [value for value in (fact.value, *fact.values) if isinstance(value, Decimal)]
    return (min(numbers), max(numbers)) if numbers else (scale.minimum, scale.maximum)


def _words(fact: Fact) -> set[Any]:
    if fact.state is State.UNKNOWN:
        return set(FACTS[fact.name].values)
    return {fact.value} if fact.state is State.KNOWN else set(fact.values)
