"""What the summary of an order's card names: what speaks against it, what is missing, or that nothing was found."""

from __future__ import annotations

from service.cards.findings import item
from service.cards.judged import DECIDING
from service.cards.reading import Reading
from service.cards.summary import Group, contraindications, each, listed, sentence
from service.rules.decision import Status
from service.rules.model import Kind


def summary(subject: str, reading: Reading) -> str:
    """One sentence, worst first: absolute, then required and relative, then cautions, then what is not recorded."""
    absolute = [row for row in reading.points if row.kind is Kind.ABSOLUTE and row.is_against]
    named = {row.finding.fact.name for row in reading.points if row.kind in DECIDING and row.is_against}
    serious = [row for row in reading.points if row.kind in DECIDING and row not in absolute]
    serious = [row for row in serious if row.is_against or row.finding.fact.name not in named]
    cautions = [row for row in reading.points if row.kind is Kind.CAUTION and row.is_against]
    missing = "to confirm" if reading.status is Status.CONFIRM else "not recorded"
    groups = [
        Group(tuple(item(row, reading.names) for row in absolute), contraindications),
        Group(tuple(item(row, reading.names) for row in serious), each),
        Group(() if absolute or serious else (_nothing_against(reading),), each),
        Group(tuple(item(row, reading.names) for row in cautions), listed("caution: ")),
        Group(tuple(gap.word for gap in reading.missing if gap.decides), listed(f"{missing}: "), missing),
    ]
    return sentence(subject, groups)


def _nothing_against(reading: Reading) -> str:
    met, total = reading.counts
    if reading.status is Status.NONE_FOUND:
        return f"no listed contraindication found ({met} of {total} criteria met)"
    return f"{met} of {total} criteria met{'' if reading.points else ', none unmet'}"
