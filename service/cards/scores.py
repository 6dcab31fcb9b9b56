"""The line of scores: each with its inputs or bounds, only if known well enough and of use for this tumour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from service.cards.child_pugh import child_pugh_items
from service.cards.judged import Judged
from service.cards.text import escaped
from service.cards.words import day
from service.clinical.values import Fact, Origin, State
from service.rules.amounts import digits
from service.rules.wording import fact_text

_HCC_ONLY = frozenset({"bclc_stage", "up_to_seven"})
_NO_BOUNDS = "5–15"
_MOST_STAGES = 3


def scores(facts: Mapping[str, Fact], rows: Iterable[Judged], as_of: date, *, with_items: bool) -> tuple[str, ...]:
    """The scores to print. HCC scores only for HCC; the others also where a criterion reads them."""
    tumour = facts.get("target_tumour")
    is_hcc = tumour is not None and tumour.value == "hcc"
    judged = {row.finding.fact.name: row.finding.fact for row in rows}
    shown = (name for name in _WRITERS if is_hcc or (name in judged and name not in _HCC_ONLY))
    texts = (_text(judged.get(name) or facts.get(name), facts, as_of, with_items=with_items) for name in shown)
    return tuple(escaped(text) for text in texts if text)


def _text(fact: Fact | None, facts: Mapping[str, Fact], as_of: date, *, with_items: bool) -> str:
    """Empty for an unknown score; a recorded one carries its date, as nothing else says how old it is."""
    if fact is None or fact.is_unknown:
        return ""
    text = _WRITERS[fact.name](fact, facts)
    if text and with_items and fact.name == "child_pugh":
        text += child_pugh_items(fact, facts)
    recorded = fact.origin is not Origin.COMPUTED and fact.on is not None
    return f"{text} ({day(fact.on, as_of)})" if text and recorded and fact.on else text


def _child_pugh(fact: Fact, _: Mapping[str, Fact]) -> str:
    return "" if number_text(fact) in {"", _NO_BOUNDS} else f"Child-Pugh {number_text(fact)}"


def _albi(fact: Fact, facts: Mapping[str, Fact]) -> str:
    if not fact.is_known:
        return ""
    rounded = f"{fact.number.quantize(Decimal('0.01'), ROUND_HALF_EVEN):f}".replace("-", "−")
    grade = number_text(facts["albi_grade"]) if "albi_grade" in facts else ""
    return f"ALBI {rounded}" + (f" (grade {grade})" if grade else "")


def _meld(fact: Fact, _: Mapping[str, Fact]) -> str:
    return f"MELD 3.0: {number_text(fact)}" if number_text(fact) else ""


def _bclc(fact: Fact, _: Mapping[str, Fact]) -> str:
    return f"BCLC {fact_text(fact)}" if len(fact.values) <= _MOST_STAGES else ""


def _up_to_seven(fact: Fact, _: Mapping[str, Fact]) -> str:
    return f"up-to-seven: {fact_text(fact)}" if fact.is_known else ""


def number_text(fact: Fact) -> str:
    """ "8", "8–10"; empty when open on one side."""
    if fact.is_known:
        return digits(fact.number)
    numbers = [value for value in fact.values if isinstance(value, Decimal)]
    if fact.state is State.ONE_OF and numbers:
        return range_text(min(numbers), max(numbers))
    interval = fact.interval
    if interval is None or interval.low is None or interval.high is None:
        return ""
    return range_text(interval.low, interval.high)


def range_text(low: Decimal, high: Decimal) -> str:
    return digits(low) if low == high else f"{digits(low)}–{digits(high)}"


_WRITERS: dict[str, Callable[[Fact, Mapping[str, Fact]], str]] = {
    "child_pugh": _child_pugh,
    "albi_score": _albi,
    "meld_3_0": _meld,
    "bclc_stage": _bclc,
    "up_to_seven": _up_to_seven,
}
