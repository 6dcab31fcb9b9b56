"""Says criteria, conditions, thresholds and citations in words for a page. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from service.clinical.dictionary import FACTS
from service.codes.spelling import words
from service.rules.amounts import number_text
from service.rules.model import (
    Comparison,
    Criterion,
    Knowledge,
    Missing,
    Reference,
    Threshold,
    ThresholdValue,
    When,
)
from service.rules.status import WEIGHTY
from service.rules.wording import condition_text

SIGN_OFF = "needs local sign-off"
BASIS = {"read": "text read", "knowledge": f"general knowledge: {SIGN_OFF}", "convention": f"convention: {SIGN_OFF}"}
_UNKNOWN_DECIDES = {Missing.BLOCK: "needs data", Missing.ASK: "asks: to be confirmed"}
_SAID = "said; status unchanged"


def requirement(comparison: Comparison, thresholds: Mapping[str, Threshold], *, named: bool = True) -> str:
    """ "bilirubin at most 2.0 mg/dL (`arterial-liver.max_bilirubin`, 1.0 mg/dL to 3.0 mg/dL)"; without the brackets
    when not `named`."""
    threshold = thresholds.get(comparison.threshold or "")
    limit = comparison.limit if threshold is None else threshold.default
    said = condition_text(comparison, "" if limit is None else limit)
    if threshold is None or not named:
        return said
    bounds = allowed(threshold)
    return f"{said} (`{threshold.id}`{f', {bounds}' if bounds else ''})"


def requirements(criterion: Criterion, thresholds: Mapping[str, Threshold]) -> str:
    """What must hold; one of several joined by "or"."""
    return " **or** ".join(requirement(test, thresholds) for test in criterion.tests)


def conditions(comparisons: Iterable[Comparison], thresholds: Mapping[str, Threshold]) -> str:
    return " and ".join(requirement(each, thresholds, named=False) for each in comparisons)


def value(threshold: Threshold, number: ThresholdValue | None = None) -> str:
    """The default, or `number` in its place, with the threshold's unit."""
    shown = threshold.default if number is None else number
    return number_text(shown, threshold.unit) if isinstance(shown, Decimal) else words(shown)


def allowed(threshold: Threshold) -> str:
    """What an administrator may enter: "1.0 mg/dL to 3.0 mg/dL", "absolute or relative"."""
    if threshold.range is not None:
        low, high = threshold.range
        return f"{value(threshold, low)} to {value(threshold, high)}"
    return " or ".join(map(words, threshold.choices))


def kind(criterion: Criterion) -> str:
    setting = f" (`{criterion.kind_threshold}`)" if criterion.kind_threshold else ""
    return f"{criterion.kind.value}{setting}"


def when_unknown(criterion: Criterion) -> str:
    """What its being unknown does to the decision."""
    if criterion.missing is Missing.ABSENT_OK:
        return "nothing"
    decides = criterion.kind in WEIGHTY and criterion.when is When.ORDER
    return _UNKNOWN_DECIDES.get(criterion.missing, _SAID) if decides else _SAID


def oldest(criterion: Criterion, knowledge: Knowledge) -> str:
    """How old its data may be: "labs: 30 days"; a class that never becomes stale has no figure."""
    classes = dict.fromkeys(criterion.fresh or FACTS[test.fact].freshness for test in criterion.tests)
    return "; ".join(filter(None, (window(name, knowledge) for name in classes)))


def window(name: str, knowledge: Knowledge) -> str:
    found = knowledge.windows.get(name)
    if found is None or found.judge is None:
        return ""
    repeat = f", repeat after {found.repeat_before}" if found.repeat_before not in {None, found.judge} else ""
    return f"{name.replace('_', ' ')}: {found.judge} days{repeat}"


def sources(keys: Iterable[str], references: Mapping[str, Reference]) -> str:
    """The citations' keys, each with a mark when its text was not read."""
    return ", ".join(key if references[key].read else f"{key} (not read)" for key in keys)
