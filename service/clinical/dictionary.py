"""The dictionary of facts (facts.csv): names, types, units, values, plausible ranges, freshness class."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from importlib import resources

OPTIONAL = "closed-world optional"
"""A client's settings may say that silence of the record means "no"."""


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """One row of facts.csv. `minimum` and `maximum` bound what is plausible, in `unit`; `freshness` names a class."""

    name: str
    type: str
    """quantity | integer | coded | boolean | date_age"""
    unit: str
    values: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    freshness: str
    how_obtained: str
    absence_means_no: str
    """never | closed-world optional"""
    definition: str

    @property
    def is_number(self) -> bool:
        return self.type in {"quantity", "integer", "date_age"}


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def _load() -> dict[str, FactDefinition]:
    text = resources.files(__package__).joinpath("facts.csv").read_text(encoding="utf-8")
    return {
        row["name"]: FactDefinition(
            name=row["name"],
            type=row["type"],
            unit=row["unit"],
            values=tuple(filter(None, row["values"].split(";"))) if row["type"] == "coded" else (),
            minimum=_decimal(row["min"]),
            maximum=_decimal(row["max"]),
            freshness=row["freshness"],
            how_obtained=row["how_obtained"],
            absence_means_no=row["absence_means_no"],
            definition=row["definition"],
        )
        for row in csv.DictReader(text.splitlines())
    }


FACTS: dict[str, FactDefinition] = _load()
