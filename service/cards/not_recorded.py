"""The one line of what is not recorded: named while short, else counted by group. Counts facts, never rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from service.cards.gaps import Gap
from service.cards.names import GROUPS

_FEW = 6


def not_recorded(missing: Sequence[Gap], *, named: int) -> str:
    """ "Not recorded: portal flow · ECOG · INR (last 1.3, 71 days old)", or groups of more than `named` as counts."""
    if not missing:
        return ""
    if len(missing) <= _FEW and named >= _FEW:
        return f"Not recorded: {' · '.join(gap.text for gap in missing)}"
    ordered = sorted(missing, key=lambda gap: _place(gap.group))
    groups = [_group(name, list(members), named) for name, members in groupby(ordered, key=lambda gap: gap.group)]
    return f"Not recorded: {' · '.join(groups)}"


def _place(group: str) -> int:
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)


def _group(name: str, members: Sequence[Gap], named: int) -> str:
    if len(members) <= min(named, _NAMED_IN_GROUP):
        return f"{name}: {', '.join(gap.text for gap in members)}"
    return f"{name}: {len(members)} fact{'s' if len(members) > 1 else ''}"


_NAMED_IN_GROUP = 4
