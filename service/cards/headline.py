"""What the summary of an order's card names: what speaks against it, what is missing, or that nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.findings import item
from service.cards.gaps import Gap
from service.cards.judged import DECIDING, Judged
from service.cards.names import FactNames
from service.cards.summary import Group, contraindications, each, listed, sentence
from service.rules.decision import Outcome, Status
from service.rules.model import Kind, When


def summary(subject: str, status: Status, rows: Sequence[Judged], points: Sequence[Judged], missing: Sequence[Gap],
            names: FactNames) -> str:  # fmt: skip
    """`rows` are all findings (for the counts), `points` those to name, worst first and one per datum."""
    absolute = [row for row in points if row.kind is Kind.ABSOLUTE and row.is_against]
    serious = [row for row in points if row.kind in DECIDING and row not in absolute]
    milder = [row for row in points if row.kind not in DECIDING and row.is_against]
    groups = [
        Group(tuple(item(row, names) for row in absolute), contraindications),
        Group(tuple(item(row, names) for row in serious), each),
        Group(() if absolute or serious else (_nothing_against(status, rows, bool(milder)),), each),
        Group(tuple(item(row, names) for row in milder if row.kind is Kind.CAUTION), listed("caution: ")),
        Group(tuple(gap.word for gap in missing if gap.decides), listed(_missing_label(status))),
    ]
    return sentence(subject, groups)


def _missing_label(status: Status) -> str:
    return "to confirm: " if status is Status.CONFIRM else "not recorded: "


def _nothing_against(status: Status, rows: Sequence[Judged], milder: bool) -> str:
    met, total = counts(rows)
    if status is Status.NONE_FOUND:
        return f"no listed contraindication found ({met} of {total} criteria met)"
    return f"{met} of {total} criteria met" + ("" if milder else ", none unmet")


def counts(rows: Sequence[Judged]) -> tuple[int, int]:
    """How many criteria are met, of how many; those for the day of the procedure are not counted."""
    judged = [row.finding for row in rows if row.finding.when is When.ORDER]
    return sum(finding.outcome is Outcome.MET for finding in judged), len(judged)
