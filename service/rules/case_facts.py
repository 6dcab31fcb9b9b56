"""Compares computed facts with what a case expects of them. Computes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from service.clinical.dictionary import FACTS, FactDefinition
from service.clinical.values import Fact, State, Value
from service.rules.literals import NUMBER
from service.rules.wording import value_text

Expectations = Mapping[str, tuple[str, ...] | None]
"""None: no single value may be given."""


def fact_failures(expected: Expectations, facts: Mapping[str, Fact]) -> Iterator[str]:
    for name, values in expected.items():
        found = possible(facts.get(name))
        if values is None:
            if found is not None and len(found) == 1:
                yield f"{name} should be unknown, is {_shown(found)}"
        elif found is None or not _same(values, found, FACTS[name]):
            yield f"{name} should be {' or '.join(values)}, is {_shown(found)}"


def possible(fact: Fact | None) -> tuple[Value, ...] | None:
    """Every value that a fact may still have; None where that cannot be listed."""
    match fact:
        case Fact(state=State.KNOWN, value=value) if value is not None:
            return (value,)
        case Fact(state=State.ONE_OF, values=values):
            return values
        case Fact(state=State.INTERVAL):
            return _whole_numbers(fact)
        case _:
            return None


def _whole_numbers(fact: Fact) -> tuple[Value, ...] | None:
    interval = fact.interval
    if FACTS[fact.name].type != "integer" or interval is None or interval.low is None or interval.high is None:
        return None
    return tuple(Decimal(number) for number in range(int(interval.low), int(interval.high) + 1))


def _shown(found: tuple[Value, ...] | None) -> str:
    return "unknown" if found is None else " or ".join(value_text(value) for value in found)


def _same(values: tuple[str, ...], found: tuple[Value, ...], definition: FactDefinition) -> bool:
    matched = [[_equal(text, value, definition) for value in found] for text in values]
    return (
        len(values) == len(found)
        and all(any(row) for row in matched)
        and all(any(column) for column in zip(*matched, strict=True))
    )


def _equal(text: str, value: Value, definition: FactDefinition) -> bool:
    """Numbers agree to the digits that the case writes."""
    if isinstance(value, bool):
        return text == ("true" if value else "false")
    if not isinstance(value, Decimal):
        return text == value
    plain = text.removesuffix(f" {definition.unit}") if definition.unit else text
    if NUMBER.fullmatch(plain) is None or not value.is_finite():
        return plain == value_text(value)
    expected = Decimal(plain)
    exponent = expected.as_tuple().exponent
    half_step = Decimal(5).scaleb(int(exponent) - 1)
    return abs(value - expected) <= half_step if definition.type != "integer" else value == expected
