"""The one line of what is not recorded: named while short, else by group. Counts facts, never rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from service.cards.gaps import Gap
from service.cards.names import place

_FEW = 6


def not_recorded(missing: Sequence[Gap], *, named: int) -> str:
    """ "Not recorded: portal flow · ECOG · INR (last 1.3, 71 days old)", or by group, half of `named` of each."""
    if not missing:
        return ""
    if len(missing) <= _FEW <= named:
        return f"Not recorded: {' · '.join(gap.text for gap in missing)}"
    ordered = sorted(missing, key=lambda gap: place(gap.group))
    groups = [_group(name, list(members), named) for name, members in groupby(ordered, key=lambda gap: gap.group)]
    return f"Not recorded: {' · '.join(groups)}"


def _group(name: str, members: Sequence[Gap], named: int) -> str:
    """ "imaging: portal flow, ECOG +15": those that decide most, then how many others; a count without room."""
    shown = [gap.text for gap in members[: named // 2]]
    hidden = len(members) - len(shown)
    if not shown:
        return f"{name}: {hidden} fact{'s' if hidden > 1 else ''}"
    return f"{name}: {', '.join(shown)}{f' +{hidden}' if hidden else ''}"
