"""A decision as JSON for machines: the shape of `explain --json` (docs/explain.md). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from service.clinical.derived.auxiliary import freshness_class
from service.clinical.freshness import Window, fresh
from service.clinical.values import Fact, State, Value
from service.rules.amounts import digits, reported_text
from service.rules.decision import Alternative, Decision, Finding


def decision_json(decision: Decision, windows: Mapping[str, Window]) -> dict[str, Any]:
    """`windows`: freshness classes; a fact older than its own is shown as unknown, as the criteria see it."""
    return {
        "order": decision.order,
        "therapy": decision.therapy,
        "status": decision.status.word,
        "set": decision.threshold_set[:8],
        "as_of": decision.as_of.isoformat(),
        "facts": {
            name: fact_json(_current(fact, decision.as_of, windows)) for name, fact in sorted(decision.facts.items())
        },
        "findings": [finding_json(finding) for finding in decision.findings],
        "alternatives": [alternative_json(each) for each in decision.alternatives],
        "unreadable": [{"resource": each.resource, "reason": each.reason} for each in decision.unreadable],
    }


def _current(fact: Fact, today: date, windows: Mapping[str, Window]) -> Fact:
    return fresh(fact, windows[freshness_class(fact.name)], today)


def finding_json(finding: Finding) -> dict[str, Any]:
    entry = {
        "criterion": finding.criterion,
        "kind": finding.kind.value,
        "outcome": finding.outcome.value,
        "fact": finding.fact.name,
        "found": finding.found,
        "limit": finding.limit,
        "say": finding.say,
        "ask": finding.ask,
        "applies_if": finding.applies_if,
        "when": finding.when.value,
        "missing": finding.missing.value,
        "cite": list(finding.cite),
        "strength": finding.strength,
        "evidence": finding.evidence,
    }
    return {name: value for name, value in entry.items() if value}


def alternative_json(alternative: Alternative) -> dict[str, Any]:
    """`therapy` null: no order; `needs`: the first facts to be known, `more_needs` counts the others."""
    return {
        "rule": alternative.rule,
        "text": alternative.text,
        "therapy": alternative.therapy,
        "needs": list(alternative.needs),
        "more_needs": alternative.more_needs,
        "cite": list(alternative.cite),
    }


def fact_json(fact: Fact) -> dict[str, Any]:
    entry: dict[str, Any] = {"state": fact.state.value, **_content(fact)}
    entry |= {
        "unit": "" if fact.unit == "1" else fact.unit,
        "reported": fact.reported and reported_text(fact.reported),
        "date": fact.on.isoformat() if fact.on else None,
        "source": fact.source,
        "from": list(fact.inputs),
        "marks": list(fact.marks),
    }
    return {name: value for name, value in entry.items() if value not in (None, "", [])}


def _content(fact: Fact) -> dict[str, Any]:
    match fact.state:
        case State.KNOWN:
            return {"value": _text(fact.value)}
        case State.ONE_OF:
            return {"values": [_text(value) for value in fact.values], "reason": fact.reason}
        case State.INTERVAL:
            bounds = fact.interval
            return {"low": _text(bounds.low), "high": _text(bounds.high)} if bounds else {}
        case State.UNKNOWN:
            return {"reason": fact.reason}


def _text(value: Value | None) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return str(value).lower() if isinstance(value, bool) else digits(value)
