"""How a record usually writes a fact: forms.csv, looked up by fact, value and unit. Knows no resources."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

from service.codes.own import NEVER
from service.fixture_building.given import Given, is_age


@dataclass(frozen=True, slots=True)
class Form:
    """`form`: laboratory | survey | vital-signs | imaging | upper_limit | condition | absent | allergy | device |
    medication | procedure | report; `degree` is mild or severe. `low` and `high`: the reference range, in `unit`."""

    form: str
    degree: str
    system: str
    code: str
    display: str
    unit: str
    low: Decimal | None
    high: Decimal | None


def form_of(given: Given) -> Form | None:
    """None: no standard code, or "never": written in our own. Of several rows the one in the given unit counts."""
    if is_age(given.name) and given.value == NEVER:
        return None
    rows = [row for row in _ROWS.get(given.name, ()) if row[0] in {"", _word(given)}]
    return next((form for _, form in rows if form.unit == given.unit), rows[0][1] if rows else None)


def has_form(fact: str) -> bool:
    """Whether records usually hold the fact, in some value, in a standard code."""
    return fact in _ROWS


def _word(given: Given) -> str:
    return str(given.value).lower() if isinstance(given.value, bool) else str(given.value)


def _load() -> dict[str, list[tuple[str, Form]]]:
    text = resources.files(__package__).joinpath("forms.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, Form]]] = {}
    for row in csv.DictReader(text.splitlines()):
        form, _, degree = row["form"].partition(" ")
        low, high = (Decimal(row[end]) if row[end] else None for end in ("low", "high"))
        made = Form(form, degree, row["system"], row["code"], row["display"], row["unit"], low, high)
        found.setdefault(row["fact"], []).append((row["value"], made))
    return found


_ROWS = _load()
