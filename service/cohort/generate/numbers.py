"""Facts in numbers and days: five points of a distribution each (numbers.csv), straight lines between them.

A name "days:labs" is no fact: how many days ago the facts of that freshness class were recorded, all on the same day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from service.cohort.generate.draws import Draws
from service.cohort.generate.table import Group, group_for, groups_of

POINTS = (("lowest", Decimal(0)), ("tenth", Decimal("0.1")), ("median", Decimal("0.5")),
          ("ninth", Decimal("0.9")), ("highest", Decimal(1)))  # fmt: skip
"""Column of numbers.csv to the share of patients at or below it"""
DAYS = "days:"


def draw_numbers(state: Mapping[str, str], draws: Draws) -> dict[str, str]:
    """Name to a number with its unit ("1.9 mg/dL"), for every name of the table of which a group holds."""
    found: dict[str, str] = {}
    for name, groups in groups_of("numbers").items():
        group = group_for(groups, state)
        if group is not None:
            found[name] = _text(group, draws.share(f"number/{name}"))
    return found


def _text(group: Group, share: Decimal) -> str:
    row = group.rows[0]
    value = at([Decimal(row[point]) for point, _ in POINTS], share)
    return f"{value.quantize(Decimal(row['step']))} {row['unit']}".strip()


def at(points: Sequence[Decimal], share: Decimal) -> Decimal:
    """The value below which `share` of the patients lie."""
    shares = [place for _, place in POINTS]
    upper = next(n for n in range(1, len(shares)) if share <= shares[n])
    part = (share - shares[upper - 1]) / (shares[upper] - shares[upper - 1])
    return points[upper - 1] + part * (points[upper] - points[upper - 1])
