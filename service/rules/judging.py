"""Judges questions and rows on one chart, three-valued. Sets no status and words nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from service.clinical.chart import Chart
from service.clinical.compare import holds
from service.clinical.freshness import fresh, repeat_due
from service.clinical.values import Fact
from service.rules.checklist import Question, Row


class Verdict(NamedTuple):
    """A question's answer (True, False, or None: unknown) with the fact that gave it.

    repeat  the fact is judged but should be repeated before the procedure
    """

    question: Question
    fact: Fact
    holds: bool | None
    repeat: bool


class Applicability(NamedTuple):
    """Whether all conditions hold; `open` are those that cannot be settled (empty unless `applies` is None)."""

    applies: bool | None
    open: tuple[Question, ...] = ()


_APPLIES, _DOES_NOT = Applicability(True), Applicability(False)


@dataclass(frozen=True, slots=True)
class Bench:
    """One chart on one day. Rows share questions, so each is judged once."""

    chart: Chart
    now: date
    _verdicts: dict[Question, Verdict] = field(default_factory=dict)

    def settled(self, row: Row) -> Verdict:
        """The verdict of a row; of `any of`, the one that settled it: met by one, not met by all, else unknown."""
        if len(row.tests) == 1:
            return self._verdict(row.tests[0])
        verdicts = [self._verdict(question) for question in row.tests]
        for outcome in (True, None):
            for each in verdicts:
                if each.holds is outcome:
                    return each
        return verdicts[0]

    def applicability(self, conditions: Iterable[Question]) -> Applicability:
        """True if every condition surely holds, False if one surely does not, None otherwise."""
        unsettled = []
        for condition in conditions:
            outcome = self._verdict(condition).holds
            if outcome is False:
                return _DOES_NOT
            if outcome is None:
                unsettled.append(condition)
        return Applicability(None, tuple(unsettled)) if unsettled else _APPLIES

    def _verdict(self, question: Question) -> Verdict:
        found = self._verdicts.get(question)
        if found is None:
            found = self._verdicts[question] = self._judged(question)
        return found

    def _judged(self, question: Question) -> Verdict:
        fact = self.chart.fact(question.fact)
        usable = fact if fact.is_unknown else self._usable(fact, question)
        if usable.is_unknown:
            return Verdict(question, usable, None, repeat=False)
        repeat = repeat_due(usable, question.window, self.now)
        return Verdict(question, usable, holds(usable, question.op, question.limit), repeat)

    def _usable(self, fact: Fact, question: Question) -> Fact:
        """The fact itself; stale, or weak where that does not do, it is unknown."""
        found = fresh(fact, question.window, self.now)
        return found.firmly() if question.firm else found
