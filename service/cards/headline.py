"""What the summary of an order's card names: what speaks against it, what is missing, or that nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from service.cards.datum import item
from service.cards.judged import DECIDING, Judged
from service.cards.reading import Reading
from service.cards.summary import Group, contraindications, each, listed, relative_ones, sentence, unmet
from service.rules.decision import Status
from service.rules.model import Kind


def summary(subject: str, reading: Reading) -> str:
    """One sentence, worst first: absolute, then required and relative, then cautions, then what is not recorded."""
    deciding = [row for row in reading.points if row.kind in DECIDING]
    against = [row for row in deciding if row.is_against]
    named = {row.finding.fact.name for row in against}
    open_ones = [row for row in deciding if not row.is_against and row.finding.fact.name not in named]
    cautions = [row for row in reading.points if row.kind is Kind.CAUTION and row.is_against]
    groups = [
        *_against(against, reading),
        Group(_items(open_ones, reading), each),
        Group(() if against or open_ones else (_nothing_against(reading),), each),
        Group(_items(cautions, reading), listed("caution: ")),
        _missing(reading),
    ]
    return sentence(subject, groups)


def _against(rows: Sequence[Judged], reading: Reading) -> Iterator[Group]:
    """What follows an absolute contraindication needs no word for its kind: that one is what counts."""
    absolute, required, relative = (
        _items([row for row in rows if row.kind is kind], reading)
        for kind in (Kind.ABSOLUTE, Kind.REQUIRED, Kind.RELATIVE)
    )
    yield Group(absolute, contraindications)
    yield Group(required, each if absolute else unmet)
    yield Group(relative, each if absolute else relative_ones)


def _items(rows: Iterable[Judged], reading: Reading) -> tuple[str, ...]:
    return tuple(item(row, reading.names) for row in rows)


def _missing(reading: Reading) -> Group:
    word = "to confirm" if reading.status is Status.CONFIRM else "not recorded"
    return Group(tuple(gap.word for gap in reading.missing if gap.decides), listed(f"{word}: "), word)


def _nothing_against(reading: Reading) -> str:
    met, total = reading.counts
    if reading.status is Status.NONE_FOUND and not reading.set_aside:
        return f"no listed contraindication found ({met} of {total} criteria met)"
    return f"{met} of {total} criteria met{'' if reading.points else ', none unmet'}"
