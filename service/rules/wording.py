"""Writes values, limits and conditions in the clinic's words and spelling. Decides nothing."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.compare import Limit, Op
from service.clinical.dictionary import FACTS
from service.clinical.values import Fact, Interval, Origin, State, Value
from service.codes.groups import fact_word
from service.codes.spelling import words
from service.rules.amounts import digits, number_text, reported_text
from service.rules.model import Comparison
from service.rules.rounding import readable, readable_bounds

_TODAY = "0 days"


def value_text(value: Value, unit: str = "") -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return number_text(value, unit)
    return words(value)


def limit_text(fact_name: str, limit: Limit) -> str:
    """A limit in the unit of its fact; the allowed words of `one of` joined by "or"."""
    if isinstance(limit, tuple):
        return _joined([words(word) for word in limit])
    return value_text(limit, FACTS[fact_name].unit)


def _joined(choices: list[str]) -> str:
    """ "A or B"; with commas where a choice has an "or" of its own."""
    return (", " if any(" or " in choice for choice in choices) else " or ").join(choices)


def fact_text(fact: Fact) -> str:
    """What was found, as the record gives it; what a stale or preliminary fact was; "" if nothing was found."""
    if fact.reported is not None:
        return reported_text(fact.reported)
    match fact.state:
        case State.UNKNOWN:
            return "" if fact.last is None else fact_text(fact.last)
        case State.KNOWN:
            return "" if fact.value is None else value_text(_shown(fact, fact.value), _unit(fact))
        case State.ONE_OF:
            return _span(fact) or " or ".join(value_text(_shown(fact, value), _unit(fact)) for value in fact.values)
        case State.INTERVAL:
            return "" if fact.interval is None else _interval(_shown_bounds(fact, fact.interval), _unit(fact))


def _shown(fact: Fact, value: Value) -> Value:
    """What was recorded stays as it was written."""
    return readable(value) if fact.origin is Origin.COMPUTED and isinstance(value, Decimal) else value


def _shown_bounds(fact: Fact, interval: Interval) -> Interval:
    return readable_bounds(interval) if fact.origin is Origin.COMPUTED else interval


def _span(fact: Fact) -> str:
    """Whole numbers without a gap as "5–13"; empty for anything else."""
    numbers = [value for value in fact.values if isinstance(value, Decimal) and value.is_finite()]
    if len(numbers) < 3 or len(numbers) < len(fact.values) or numbers[-1] - numbers[0] != len(numbers) - 1:
        return ""
    return f"{digits(numbers[0])}–{number_text(numbers[-1], _unit(fact))}"


def _unit(fact: Fact) -> str:
    definition = FACTS.get(fact.name)
    return fact.unit or ("" if definition is None else definition.unit)


def _interval(interval: Interval, unit: str) -> str:
    low, high = interval.low, interval.high
    if low is not None and high is not None:
        return f"{digits(low)}–{number_text(high, unit)}"
    if low is not None:
        return f"{'≥' if interval.low_included else '>'}{number_text(low, unit)}"
    return "" if high is None else f"{'≤' if interval.high_included else '<'}{number_text(high, unit)}"


def condition_text(comparison: Comparison, limit: Limit) -> str:
    """A condition in words: "bilirubin above 2.0 mg/dL", "kind of tumour is HCC", "transplant listing: yes"."""
    subject = fact_word(comparison.fact)
    if isinstance(limit, bool):
        answer = limit if comparison.op is Op.IS else not limit
        return f"{subject}: {value_text(answer)}"
    match comparison.op, limit:
        case Op.ONE_OF, _:
            joint = "is"
        case Op.NOT_ONE_OF, tuple():
            return f"{subject} is {'neither' if len(limit) > 1 else 'not'} {' nor '.join(map(words, limit))}"
        case _:
            joint = comparison.op.value
    return f"{subject} {joint} {limit_text(comparison.fact, limit)}"


def filled(sentence: str, found: str, limit: str) -> str:
    """The sentence of a criterion with what was found and the limit; "0 days ago" is today."""
    if found == _TODAY:
        sentence = sentence.replace("{found} ago", "today").replace("{found} old", "of today")
    return sentence.replace("{found}", found or "not recorded").replace("{limit}", limit)
