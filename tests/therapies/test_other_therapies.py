"""What M says of the therapies besides the six main ones: each row at its limit, just beyond it, and without its fact.

tests/data/other_therapies.csv was made from the document's machine form, not from the therapy files.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from service.clinical.dictionary import FACTS
from service.clinical.values import Value
from service.rules.decision import Decision, Outcome, Status
from service.rules.model import Kind, When

Judge = Callable[..., Decision]
Row = Mapping[str, str]

WORST = {Kind.ABSOLUTE: Status.CONTRAINDICATED, Kind.REQUIRED: Status.NOT_MET, Kind.RELATIVE: Status.REVIEW}
"""The best status that a decision may have where a row of this kind is not met."""


def _rows() -> list[dict[str, str]]:
    path = Path(__file__).parent.parent / "data" / "other_therapies.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _rows()
every_row = pytest.mark.parametrize("row", ROWS, ids=[row["row"] for row in ROWS])


def _value(name: str, text: str) -> Value:
    kind = FACTS[name].type
    if kind == "boolean":
        return text == "true"
    return text if kind == "coded" else Decimal(text)


def _decided(judge: Judge, row: Row, value: Value | None) -> tuple[Decision, Outcome, When]:
    given = dict(pair.split("=") for pair in row["given"].split())
    changed: dict[str, Value | None] = {name: _value(name, text) for name, text in given.items()}
    decision = judge(row["therapy"], row["tumour"], **{**changed, row["fact"]: value})
    finding = next(each for each in decision.findings if each.criterion == row["criterion"])
    return decision, finding.outcome, finding.when


@every_row
def test_it_calls_a_row_met_at_its_limit(judge: Judge, row: Row) -> None:
    _, outcome, _ = _decided(judge, row, _value(row["fact"], row["met"]))

    assert outcome is Outcome.MET


@pytest.mark.parametrize("row", [row for row in ROWS if row["not_met"]], ids=lambda row: row["row"])
def test_it_calls_a_row_not_met_just_beyond_its_limit(judge: Judge, row: Row) -> None:
    decision, outcome, when = _decided(judge, row, _value(row["fact"], row["not_met"]))

    assert outcome is Outcome.NOT_MET
    if when is When.ORDER:
        assert decision.status <= WORST.get(Kind(row["kind"]), Status.NONE_FOUND)


@every_row
def test_it_calls_a_row_unknown_without_its_fact(judge: Judge, row: Row) -> None:
    decision, outcome, when = _decided(judge, row, None)

    assert outcome is Outcome.UNKNOWN
    if when is When.ORDER and row["missing"] == "block" and Kind(row["kind"]) in WORST:
        assert decision.status <= Status.NEEDS_DATA


def test_it_holds_every_row_of_the_document_on_one_fact() -> None:
    assert len(ROWS) == 206
    assert {row["therapy"] for row in ROWS} == {
        "cryoablation", "ire", "litt", "hdr-brachytherapy", "sbrt", "pve", "resection-referral", "hai", "debiri",
        "tace-breast", "tae", "php", "tace-other", "layered-tace", "ctace", "microwave", "systemic",
    }  # fmt: skip
