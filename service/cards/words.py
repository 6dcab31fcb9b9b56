"""How facts, values, dates and limits read on a card. Knows no layout."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from service.clinical.compare import NUMERIC, Op
from service.clinical.values import Fact, State, Value
from service.rules.decision import Finding

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITLESS = frozenset({"", "1"})


def day(on: date, as_of: date) -> str:
    """ "1 Nov" in the year of `as_of`, else "1 Nov 2025"."""
    text = f"{on.day} {_MONTHS[on.month - 1]}"
    return text if on.year == as_of.year else f"{text} {on.year}"


def unit_text(unit: str) -> str:
    """Empty for pure numbers and for UCUM annotations such as {score}, whose name the fact already says."""
    return "" if unit in _UNITLESS or unit.startswith("{") else unit


def value_text(value: Value, unit: str = "") -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return f"{value:f} {unit_text(unit)}".rstrip() if value.is_finite() else "never"
        case str():
            return value.replace("_", " ")


def fact_text(fact: Fact) -> str:
    """What is known of a fact as the record gives it; empty for unknown ones and open intervals."""
    if fact.reported is not None:
        return fact.reported
    if fact.state is State.KNOWN and fact.value is not None:
        return value_text(fact.value, fact.unit)
    if fact.state is State.ONE_OF:
        return " or ".join(value_text(value) for value in fact.values)
    if fact.state is State.INTERVAL:
        return _interval_text(fact)
    return ""


def _interval_text(fact: Fact) -> str:
    interval = fact.interval
    if interval is None:
        return ""
    match interval.low, interval.high:
        case Decimal() as low, Decimal() as high:
            text = f"{low:f}–{high:f}"
        case Decimal() as low, None:
            text = f"{'≥' if interval.low_included else '>'}{low:f}"
        case None, Decimal() as high:
            text = f"{'≤' if interval.high_included else '<'}{high:f}"
        case _:
            return ""
    return f"{text} {unit_text(fact.unit)}".rstrip()


def origin_text(fact: Fact, as_of: date) -> str:
    """ "(Condition, 12 Oct 2026)", "(1 Nov)", "(order)" or nothing: where a datum stands and of which day it is."""
    kind = fact.source.partition("/")[0]
    parts = [kind] if kind and kind != "Observation" else []
    parts += [day(fact.on, as_of)] if fact.on else []
    return f" ({', '.join(parts)})" if parts else ""


def limit_text(finding: Finding) -> str:
    """ "at most 2.0", "allowed none": the limit, without its unit where the value beside it shows the same one."""
    if not finding.limit:
        return ""
    if finding.op in NUMERIC:
        number, _, unit = finding.limit.partition(" ")
        return f"{finding.op} {number if unit and finding.found.endswith(f' {unit}') else finding.limit}"
    return f"{'allowed' if finding.op in {Op.IS, Op.ONE_OF} else 'not allowed:'} {finding.limit}"


def default_text(finding: Finding) -> str:
    if not finding.default_limit:
        return ""
    return f", local setting, default {finding.default_limit}"
