"""What the worked examples of scores-hcc.json need to be run: loading, units, words, comparison."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

Inputs = dict[str, Any]
Answers = dict[str, object]
Run = Callable[[Inputs], Answers]
Runs = Mapping[tuple[str, str], Run]

DATA = Path(__file__).parents[2] / "data"
BILIRUBIN, ALBUMIN, CREATININE = Decimal("17.1"), Decimal(10), Decimal("88.4")
WORDS = {"moderate-severe": "moderate_severe", "grade1-2": "grade_1_2", "grade3-4": "grade_3_4"}


def load(name: str) -> dict[str, Any]:
    """A file of tests/data with every number as Decimal."""
    text = (DATA / name).read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    return content


def agrees(found: object, expected: object, tolerance: Decimal) -> bool:
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        return abs(found - expected) <= tolerance
    return found == expected


def word(text: str | None) -> str | None:
    return None if text is None else WORDS.get(text, text.replace("-", "_"))


def value(inputs: Inputs, name: str, unit: str, factor: Decimal = Decimal(1)) -> Decimal:
    """The value in `unit`; `factor` turns the smaller unit family (mg/dL, g/dL) into the SI one."""
    given: Decimal = inputs[name]["value"]
    if inputs[name]["unit"] == unit:
        return given
    return given / factor if unit.endswith("dL") else given * factor


def tumours(inputs: Inputs) -> dict[str, Any]:
    diameters = inputs["nodule_diameters_cm"]
    return {
        "lesion_count": inputs.get("nodule_number") if diameters is None else Decimal(len(diameters)),
        "largest_lesion": None if diameters is None else max(diameters),
        "macrovascular_invasion": inputs["macrovascular_invasion"],
        "extrahepatic": inputs["extrahepatic"],
    }
