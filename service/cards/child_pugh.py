"""The five items of a Child-Pugh score as a card prints them, so that a reader can check what was counted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from service.clinical.derived.given import Given
from service.clinical.scores.child_pugh import ITEMS, ChildPugh, child_pugh
from service.clinical.values import Fact, State, unknown


def child_pugh_items(total: Fact, facts: Mapping[str, Fact]) -> str:
    """ " (bilirubin 2, albumin 2, INR 1–3, ascites 2, encephalopathy 1)".

    An input that the total was computed without counts as missing. Empty where the items do not give the total:
    it was recorded, or judged in other units.
    """
    used = {name: facts[name] if name in facts and name in total.inputs else unknown(name) for name in ITEMS}
    given = Given(used)
    found = child_pugh(
        given.number("bilirubin"), given.number("albumin"), given.number("inr"), given.word("ascites"),
        given.word("encephalopathy"),
    )  # fmt: skip
    if not total.inputs or (found.low, found.high) != _bounds(total):
        return ""
    return f" ({', '.join(_item(found, name) for name in ITEMS)})"


def _bounds(total: Fact) -> tuple[Decimal | None, Decimal | None]:
    if total.interval is not None:
        return total.interval.low, total.interval.high
    numbers = [v for v in (total.values if total.state is State.ONE_OF else (total.value,)) if isinstance(v, Decimal)]
    return min(numbers, default=None), max(numbers, default=None)


def _item(found: ChildPugh, name: str) -> str:
    low, high = min(found.items[name]), max(found.items[name])
    word = "INR" if name == "inr" else name
    return f"{word} {low:f}" if low == high else f"{word} {low:f}–{high:f}"
