"""How dates, sources and limits read on a card. Knows no layout; values and units are written by rules/wording.py."""

from __future__ import annotations

from datetime import date

from service.clinical.compare import NUMERIC, Op
from service.clinical.values import Fact
from service.rules.decision import Finding

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(on: date, as_of: date) -> str:
    """ "1 Nov" in the year of `as_of`, else "1 Nov 2025"."""
    text = f"{on.day} {_MONTHS[on.month - 1]}"
    return text if on.year == as_of.year else f"{text} {on.year}"


def origin_text(fact: Fact, as_of: date) -> str:
    """ "(Condition, 12 Oct 2026)", "(1 Nov)", "(order)" or nothing: where a datum stands and of which day it is."""
    kind = fact.source.partition("/")[0]
    parts = [kind] if kind and kind != "Observation" else []
    parts += [day(fact.on, as_of)] if fact.on else []
    return f"({', '.join(parts)})" if parts else ""


def limit_text(finding: Finding) -> str:
    """ "at most 2.0", "allowed none": the limit, without its unit where the value beside it shows the same one."""
    if not finding.limit:
        return ""
    if finding.op in NUMERIC:
        number, _, unit = finding.limit.partition(" ")
        return f"{finding.op} {number if unit and finding.found.endswith(f' {unit}') else finding.limit}"
    return f"{'allowed' if finding.op in {Op.IS, Op.ONE_OF} else 'not allowed:'} {finding.limit}"


def default_text(finding: Finding) -> str:
    return f", local setting, default {finding.default_limit}" if finding.default_limit else ""
