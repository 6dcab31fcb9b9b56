"""The line of scores: each with its inputs or bounds, only if known well enough and of use for this tumour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from service.cards.judged import Judged
from service.cards.text import escaped
from service.cards.words import fact_text, value_text
from service.clinical.scores.child_pugh import ITEMS, ChildPugh, child_pugh
from service.clinical.scores.possible import Number, Word
from service.clinical.values import Fact, State

HCC_ONLY = frozenset({"bclc_stage", "up_to_seven"})
_WORTHLESS = "5–15"
_MOST_STAGES = 3


def scores(facts: Mapping[str, Fact], rows: Iterable[Judged], *, with_items: bool) -> tuple[str, ...]:
    """The scores to print. HCC scores only for HCC; the others also where a criterion reads them."""
    tumour = facts.get("target_tumour")
    is_hcc = tumour is not None and tumour.value == "hcc"
    read = {name for row in rows for name in row.finding.fact_names or (row.finding.fact.name,)}
    shown = (name for name in _WRITERS if is_hcc or (name in read and name not in HCC_ONLY))
    texts = (_WRITERS[name](facts, with_items) for name in shown if name in facts and not facts[name].is_unknown)
    return tuple(escaped(text) for text in texts if text)


def _child_pugh(facts: Mapping[str, Fact], with_items: bool) -> str:
    total = _number_text(facts["child_pugh"])
    if total in {"", _WORTHLESS}:
        return ""
    items = _items(facts, total) if with_items else ""
    return f"Child-Pugh {total}{items}"


def _items(facts: Mapping[str, Fact], total: str) -> str:
    """The points of the five items; nothing when they do not add up to the total that was judged."""
    inputs = [facts.get(name) for name in ITEMS]
    bilirubin, albumin, inr = (_number(fact) for fact in inputs[:3])
    ascites, encephalopathy = (_word(fact) for fact in inputs[3:])
    found = child_pugh(bilirubin, albumin, inr, ascites, encephalopathy)
    if _range(found.low, found.high) != total:
        return ""
    return f" ({', '.join(_item(found, name) for name in ITEMS)})"


def _item(found: ChildPugh, name: str) -> str:
    points = found.items[name]
    return f"{'INR' if name == 'inr' else name} {_range(min(points), max(points))}"


def _number(fact: Fact | None) -> Number:
    if fact is None:
        return None
    if fact.state is State.ONE_OF:
        return frozenset(value for value in fact.values if isinstance(value, Decimal))
    return fact.number if fact.is_known else fact.interval


def _word(fact: Fact | None) -> Word:
    values = (fact.value,) if fact and fact.is_known else fact.values if fact else ()
    words = frozenset(value for value in values if isinstance(value, str))
    return words or None


def _albi(facts: Mapping[str, Fact], _: bool) -> str:
    score, grade = facts["albi_score"], facts.get("albi_grade")
    if not score.is_known:
        return ""
    rounded = f"{score.number.quantize(Decimal('0.01'), ROUND_HALF_EVEN):f}".replace("-", "−")
    return f"ALBI {rounded}" + (f" (grade {_number_text(grade)})" if grade and _number_text(grade) else "")


def _meld(facts: Mapping[str, Fact], _: bool) -> str:
    text = _number_text(facts["meld_3_0"])
    return f"MELD 3.0 {text}" if text else ""


def _bclc(facts: Mapping[str, Fact], _: bool) -> str:
    stage = facts["bclc_stage"]
    return f"BCLC {fact_text(stage)}" if len(stage.values) <= _MOST_STAGES else ""


def _up_to_seven(facts: Mapping[str, Fact], _: bool) -> str:
    fact = facts["up_to_seven"]
    return f"up-to-seven: {value_text(fact.value)}" if fact.is_known and fact.value is not None else ""


def _number_text(fact: Fact) -> str:
    """ "8", "8–10"; empty when open on one side."""
    if fact.is_known:
        return f"{fact.number:f}"
    if fact.state is State.ONE_OF:
        numbers = [value for value in fact.values if isinstance(value, Decimal)]
        return _range(min(numbers), max(numbers)) if numbers else ""
    interval = fact.interval
    return (
        _range(interval.low, interval.high)
        if interval and interval.low is not None and interval.high is not None
        else ""
    )


def _range(low: Decimal, high: Decimal) -> str:
    return f"{low:f}" if low == high else f"{low:f}–{high:f}"


_WRITERS: dict[str, Callable[[Mapping[str, Fact], bool], str]] = {
    "child_pugh": _child_pugh,
    "albi_score": _albi,
    "meld_3_0": _meld,
    "bclc_stage": _bclc,
    "up_to_seven": _up_to_seven,
}
