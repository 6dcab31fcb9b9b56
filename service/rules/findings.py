"""Turns a verdict into a Finding with its words: what was found, the limit, the sentence that says it."""

from __future__ import annotations

from dataclasses import replace

from service.rules.decision import Finding, Outcome
from service.rules.judging import Applicability, Bench, Verdict, verdict
from service.rules.model import Criterion, Missing
from service.rules.wording import condition_text, fact_text, filled, limit_text


def finding(criterion: Criterion, applicability: Applicability, bench: Bench) -> Finding:
    """The finding of a criterion that applies or may apply.

    Where `only if` cannot be settled, met stays met; a fact known to be unfavourable is unknown and asks, whatever
    `missing` says; an unknown fact stays what `missing` says.
    """
    judged = verdict(criterion, bench)
    applies_if = _applies_if(applicability, bench)
    suspended = bool(applies_if) and judged.outcome is Outcome.NOT_MET
    found, limit = fact_text(judged.fact), limit_text(judged.test.fact, judged.limit)
    say = filled(criterion.say, found, limit) if judged.outcome is Outcome.NOT_MET else ""
    return replace(
        _judged(criterion, judged, bench),
        outcome=Outcome.UNKNOWN if suspended else judged.outcome,
        found=found,
        limit=limit,
        missing=Missing.ASK if suspended else criterion.missing,
        say=say,
        ask=_ask(criterion, judged.outcome, applies_if, say, limit),
        applies_if=applies_if,
    )


def _judged(criterion: Criterion, judged: Verdict, bench: Bench) -> Finding:
    """The finding as the criterion and the verdict give it, still without its words."""
    return Finding(
        criterion=criterion.id,
        module=criterion.module,
        title=criterion.title,
        kind=bench.kind(criterion),
        outcome=judged.outcome,
        fact=judged.fact,
        fact_names=tuple(dict.fromkeys(test.fact for test in criterion.tests)),
        op=judged.test.op.value,
        found="",
        limit="",
        missing=criterion.missing,
        when=criterion.when,
        say="",
        ask="",
        cite=criterion.cite,
        conflict=criterion.conflict,
        default_limit=_default(criterion, judged, bench),
        repeat=judged.repeat,
    )


def _applies_if(applicability: Applicability, bench: Bench) -> str:
    texts = [condition_text(condition, bench.limit(condition)) for condition in applicability.open]
    return f"applies if {' and '.join(texts)}" if texts else ""


def _ask(criterion: Criterion, outcome: Outcome, applies_if: str, say: str, limit: str) -> str:
    """The question of an unknown finding: for a condition that is open, that condition and what it would mean."""
    if outcome is Outcome.UNKNOWN:
        return filled(criterion.ask, "", limit)
    return f"A{applies_if[1:]}. {say}" if applies_if and outcome is Outcome.NOT_MET else ""


def _default(criterion: Criterion, judged: Verdict, bench: Bench) -> str:
    """The default in words where the limit in force differs from it, else the default kind where that was changed."""
    name = judged.test.threshold
    default = judged.limit if name is None else bench.therapy.thresholds[name].default
    if default != judged.limit:
        return limit_text(judged.test.fact, default)
    return criterion.kind.value if bench.kind(criterion) is not criterion.kind else ""
