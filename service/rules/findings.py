"""Turns a verdict into a Finding with its words: what was found, the limit, the sentence that says it."""

from __future__ import annotations

from functools import lru_cache

from msgspec.structs import replace

from service.clinical.compare import holds
from service.clinical.values import unknown
from service.rules.checklist import Question, Row
from service.rules.decision import Finding, Outcome
from service.rules.judging import Applicability, Verdict
from service.rules.model import Missing
from service.rules.wording import fact_text, filled


def finding(row: Row, applicability: Applicability, verdict: Verdict) -> Finding:
    """The finding of a criterion that applies or may apply.

    Where `only if` cannot be settled, met stays met; a fact known to be unfavourable is unknown and asks, whatever
    `missing` says; an unknown fact stays what `missing` says.
    """
    if verdict.fact is unknown(verdict.fact.name):
        return _unrecorded(row, verdict.question, applicability.open)
    return _written(row, applicability.open, verdict)


@lru_cache(maxsize=16384)
def _unrecorded(row: Row, question: Question, conditions: tuple[Question, ...]) -> Finding:
    """What is not recorded reads the same for everyone, and of every patient most is not: it is worded once."""
    return _written(row, conditions, Verdict(question, unknown(question.fact), None, repeat=False))


def _written(row: Row, conditions: tuple[Question, ...], verdict: Verdict) -> Finding:
    """`conditions` are those that cannot be settled."""
    question = verdict.question
    applies_if = _applies_if(conditions)
    suspended = bool(applies_if) and verdict.holds is False
    found, limit = fact_text(verdict.fact), question.limit_words
    say = filled(row.criterion.say, found, limit) if verdict.holds is False else ""
    return replace(
        row.blank,
        outcome=Outcome.UNKNOWN if suspended else _OUTCOMES[verdict.holds],
        fact=verdict.fact,
        op=question.op.value,
        found=found,
        limit=limit,
        missing=Missing.ASK if suspended else row.criterion.missing,
        say=say,
        ask=_ask(row, verdict, applies_if, say),
        default_limit=question.default_words or row.blank.default_limit,
        applies_if=applies_if,
        repeat=verdict.repeat,
        conflict="" if _is_beyond_every_position(row, verdict) else row.criterion.conflict,
    )


_OUTCOMES = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}


def _is_beyond_every_position(row: Row, verdict: Verdict) -> bool:
    """Whether a value not met would not be met at the mildest limit either: then the sources' disagreement is idle."""
    question = verdict.question
    if verdict.holds is not False or question.mildest is None or len(row.tests) > 1:
        return False
    return holds(verdict.fact, question.op, question.mildest) is False


def _applies_if(conditions: tuple[Question, ...]) -> str:
    return f"applies if {' and '.join(condition.words for condition in conditions)}" if conditions else ""


def _ask(row: Row, verdict: Verdict, applies_if: str, say: str) -> str:
    """The question of an unknown finding: for a condition that is open, that condition and what it would mean."""
    if verdict.holds is None:
        return filled(row.criterion.ask, "", verdict.question.limit_words)
    return f"A{applies_if[1:]}. {say}" if applies_if and verdict.holds is False else ""
