"""A therapy made ready for one threshold set: limits, kinds, windows and their words are looked up once, not for every
chart. Knows no patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from service.clinical.compare import Limit, Op
from service.clinical.dictionary import FACTS
from service.clinical.freshness import Window
from service.clinical.values import unknown
from service.rules.decision import Finding, Outcome
from service.rules.model import Comparison, Criterion, Inclusion, Kind, Note, Therapy, Threshold
from service.rules.wording import condition_text, limit_text
from service.thresholds.sets import ThresholdSet

FIRM = frozenset({Kind.ABSOLUTE, Kind.REQUIRED})
"""Kinds that a preliminary result may not settle."""
_ALWAYS = Window()


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A comparison with its limit in force; one object for all rows that ask it.

    firm           a preliminary result may not settle it
    words          the condition in words; limit_words the limit alone
    default_words  the default limit where the limit in force differs from it
    mildest        the mildest limit that may be set, None if none may: what the sources' positions span
    """

    fact: str
    op: Op
    limit: Limit
    window: Window
    firm: bool
    words: str
    limit_words: str
    default_words: str
    mildest: Decimal | None


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A criterion: it applies where all `conditions` hold, and is met by any one of `tests`.

    blank  its finding, still without anything that depends on the chart
    """

    criterion: Criterion
    tests: tuple[Question, ...]
    conditions: tuple[Question, ...]
    blank: Finding


@dataclass(frozen=True, slots=True, eq=False)
class Section:
    """The rows of one file, silent unless every condition surely holds; notes with their own conditions."""

    conditions: tuple[Question, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[Note, tuple[Question, ...]], ...]


@lru_cache(maxsize=512)
def sections(therapy: Therapy, thresholds: ThresholdSet) -> tuple[Section, ...]:
    """The therapy's inclusions, in order. Remembered: the same for every patient."""
    maker = _Maker(therapy, thresholds)
    return tuple(maker.section(inclusion) for inclusion in therapy.inclusions)


class _Maker:
    def __init__(self, therapy: Therapy, thresholds: ThresholdSet) -> None:
        self._therapy, self._thresholds = therapy, thresholds
        self._asked: dict[tuple[Comparison, str, bool], Question] = {}

    def section(self, inclusion: Inclusion) -> Section:
        return Section(
            conditions=self._conditions(inclusion.conditions),
            rows=tuple(map(self._row, inclusion.criteria)),
            notes=tuple((note, self._conditions(note.only_if)) for note in inclusion.notes),
        )

    def _row(self, criterion: Criterion) -> Row:
        kind = self._kind(criterion)
        firm = kind in FIRM
        return Row(
            criterion,
            tests=tuple(self._question(test, criterion.fresh, firm=firm) for test in criterion.tests),
            conditions=self._conditions(criterion.only_if, firm=firm),
            blank=_blank(criterion, kind),
        )

    def _kind(self, criterion: Criterion) -> Kind:
        if criterion.kind_threshold is None:
            return criterion.kind
        return Kind(str(self._thresholds.values[criterion.kind_threshold]))

    def _conditions(self, comparisons: Iterable[Comparison], *, firm: bool = False) -> tuple[Question, ...]:
        """A preliminary result may not take a firm row away any more than it may settle it."""
        return tuple(self._question(comparison, "", firm=firm) for comparison in comparisons)

    def _question(self, comparison: Comparison, freshness: str, *, firm: bool) -> Question:
        key = (comparison, freshness, firm)
        if key not in self._asked:
            self._asked[key] = self._new(*key)
        return self._asked[key]

    def _new(self, comparison: Comparison, freshness: str, firm: bool) -> Question:
        name, limit = comparison.fact, self._limit(comparison)
        threshold = self._therapy.thresholds.get(comparison.threshold or "")
        default = limit if threshold is None else threshold.default
        return Question(
            fact=name,
            op=comparison.op,
            limit=limit,
            window=self._therapy.windows.get(freshness or FACTS[name].freshness, _ALWAYS),
            firm=firm,
            words=condition_text(comparison, limit),
            limit_words=limit_text(name, limit),
            default_words="" if default == limit else limit_text(name, default),
            mildest=_mildest(threshold),
        )

    def _limit(self, comparison: Comparison) -> Limit:
        if comparison.limit is not None:
            return comparison.limit
        return self._thresholds.values[comparison.threshold or ""]


def _mildest(threshold: Threshold | None) -> Decimal | None:
    if threshold is None or threshold.range is None:
        return None
    return threshold.range[1 if threshold.stricter == "lower" else 0]


def _blank(criterion: Criterion, kind: Kind) -> Finding:
    first = criterion.tests[0]
    return Finding(
        criterion=criterion.id,
        module=criterion.module,
        title=criterion.title,
        kind=kind,
        outcome=Outcome.UNKNOWN,
        fact=unknown(first.fact),
        fact_names=tuple(dict.fromkeys(test.fact for test in criterion.tests)),
        op=first.op.value,
        found="",
        limit="",
        missing=criterion.missing,
        when=criterion.when,
        say="",
        ask="",
        cite=criterion.cite,
        conflict=criterion.conflict,
        default_limit="" if kind is criterion.kind else criterion.kind.value,
        strength=criterion.strength,
        evidence=criterion.evidence,
    )
