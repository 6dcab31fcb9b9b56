"""An absolute limit stricter than the relative one beside it makes the relative row mute."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from service.clinical.compare import Op
from service.rules.crosscheck import crossed
from service.rules.model import Comparison, Criterion, Inclusion, Kind, Knowledge, Therapy

LISTED = Comparison("transplant_listed", Op.IS, True)


def _row(kind: Kind, op: Op, limit: Decimal | str, **more: Any) -> Criterion:
    number, name = (limit, None) if isinstance(limit, Decimal) else (None, limit)
    fields = {"id": f"{kind}-row", "module": "m", "title": ""} | more
    return Criterion(kind=kind, tests=(Comparison("bilirubin", op, number, name),), **fields)


def _knowledge(*inclusions: Inclusion) -> Knowledge:
    therapy = Therapy("t", "", "", (), inclusions, {}, {}, "")
    return Knowledge({"t": therapy}, {}, {}, {}, "")


def _crossed(absolute: Criterion, relative: Criterion, values: dict[str, Any] | None = None) -> list[str]:
    pairs = crossed(_knowledge(Inclusion("m", (), (absolute, relative))), values or {})
    return [each.absolute for each in pairs]


@pytest.mark.parametrize(
    ("op", "absolute", "relative", "is_crossed"),
    [
        (Op.AT_MOST, 3, 2, False),
        (Op.AT_MOST, 2, 2, False),
        (Op.AT_MOST, 1, 2, True),
        (Op.AT_LEAST, 2, 3, False),
        (Op.AT_LEAST, 4, 3, True),
    ],
)
def test_it_compares_the_limits(op: Op, absolute: int, relative: int, is_crossed: bool) -> None:
    strict, lax = _row(Kind.ABSOLUTE, op, Decimal(absolute)), _row(Kind.RELATIVE, op, Decimal(relative))

    assert bool(_crossed(strict, lax)) is is_crossed


def test_it_compares_the_values_in_force() -> None:
    strict, lax = _row(Kind.ABSOLUTE, Op.AT_MOST, "m.a"), _row(Kind.RELATIVE, Op.AT_MOST, "m.r")

    assert _crossed(strict, lax, {"m.a": Decimal(1), "m.r": Decimal(2)}) == ["absolute-row"]
    assert _crossed(strict, lax, {"m.a": Decimal(3), "m.r": Decimal(2)}) == []


def test_rows_on_different_sides_are_no_pair() -> None:
    strict, lax = _row(Kind.ABSOLUTE, Op.AT_MOST, Decimal(1)), _row(Kind.RELATIVE, Op.AT_LEAST, Decimal(2))

    assert _crossed(strict, lax) == []


def test_an_absolute_row_under_more_conditions_is_no_pair() -> None:
    strict = _row(Kind.ABSOLUTE, Op.AT_MOST, Decimal(1), only_if=(LISTED,))
    lax = _row(Kind.RELATIVE, Op.AT_MOST, Decimal(2))

    assert _crossed(strict, lax) == []
    assert _crossed(_row(Kind.ABSOLUTE, Op.AT_MOST, Decimal(1)), _row(Kind.RELATIVE, Op.AT_MOST, Decimal(2))) != []


def test_the_condition_of_an_include_counts() -> None:
    strict, lax = _row(Kind.ABSOLUTE, Op.AT_MOST, Decimal(1)), _row(Kind.RELATIVE, Op.AT_MOST, Decimal(2))
    knowledge = _knowledge(Inclusion("m", (LISTED,), (strict,)), Inclusion("n", (), (lax,)))

    assert crossed(knowledge, {}) == []


def test_an_exception_to_the_absolute_row_is_no_pair() -> None:
    strict = _row(Kind.ABSOLUTE, Op.AT_MOST, Decimal(1))
    lax = _row(Kind.RELATIVE, Op.AT_MOST, Decimal(2), replaces=("absolute-row",))

    assert _crossed(strict, lax) == []


def test_a_choice_decides_whether_there_is_a_pair() -> None:
    strict = _row(Kind.ABSOLUTE, Op.AT_MOST, Decimal(1), kind_threshold="m.k")
    lax = _row(Kind.RELATIVE, Op.AT_MOST, Decimal(2))

    assert _crossed(strict, lax, {"m.k": "absolute"}) == ["absolute-row"]
    assert _crossed(strict, lax, {"m.k": "caution"}) == []
