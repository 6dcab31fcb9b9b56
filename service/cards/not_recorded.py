"""The one line of what is not recorded: named while short, else counted by group. Counts facts, never rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from service.cards.gaps import Gap
from service.cards.names import place

_FEW = 6
_NAMED_FIRST = frozenset({"laboratory", "performance"})
"""groups that a clinician can order or record at once: their first facts are named even where there are many"""


def not_recorded(missing: Sequence[Gap], *, named: int) -> str:
    """ "Not recorded: portal flow · ECOG · INR (last 1.3, 71 days old)", or groups of more than `named` as counts."""
    if not missing:
        return ""
    if len(missing) <= _FEW <= named:
        return f"Not recorded: {' · '.join(gap.text for gap in missing)}"
    ordered = sorted(missing, key=lambda gap: place(gap.group))
    groups = [_group(name, list(members), named) for name, members in groupby(ordered, key=lambda gap: gap.group)]
    return f"Not recorded: {' · '.join(groups)}"


def _group(name: str, members: Sequence[Gap], named: int) -> str:
    if len(members) <= named // 2:
        return f"{name}: {', '.join(gap.text for gap in members)}"
    shown = [gap.text for gap in members[: named // 2]] if name in _NAMED_FIRST else []
    if shown:
        return f"{name}: {', '.join(shown)}, +{len(members) - len(shown)} more"
    return f"{name}: {len(members)} fact{'s' if len(members) > 1 else ''}"
