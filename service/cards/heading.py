"""The first line of a detail: alerts, which therapies the order may mean, and which are set aside. Judges none."""

from __future__ import annotations

from collections.abc import Sequence

from service.cards.candidates import tumour
from service.cards.reading import Reading
from service.cards.text import escaped
from service.rules.wording import fact_text

_CANDIDATES_LIMIT = 90
_FEW = 3


def choice(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"


def heading(reading: Reading) -> str:
    """What must be said first, and what the order may mean; empty when neither is worth a line."""
    alerts = dict.fromkeys(alert for decision in reading.decisions for alert in decision.alerts)
    bold = (f"**{escaped(alert)}**" for alert in alerts)
    return " ".join(filter(None, (*bold, _candidates(reading), _set_aside(reading))))


def _candidates(reading: Reading) -> str:
    names = [decision.short for decision in reading.decisions]
    if len(names) == 1:
        return ""
    meant = choice(names)
    if len(meant) > _CANDIDATES_LIMIT:
        meant = choice([*names[:_FEW], f"{len(names) - _FEW} others"])
    differ = any(row.therapies for row in (*reading.points, *(wait.row for wait in reading.waits)))
    return f"The order may mean {escaped(meant)}{'; rows for some of them say so' if differ else ''}."


def _set_aside(reading: Reading) -> str:
    """ "Not written for HCC: DEBIRI, TACE (NET)." """
    if not reading.set_aside:
        return ""
    names = ", ".join(decision.short for decision in reading.set_aside)
    return f"Not written for {escaped(fact_text(tumour(reading.set_aside[0])))}: {escaped(names)}."
