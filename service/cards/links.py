"""The one link of a card: where its criteria and their sources can be read. Only from constants, never of a patient."""

from __future__ import annotations

from collections.abc import Sequence

from cds_hooks.models import Link
from service.cards.style import CardStyle
from service.rules.decision import Decision


def links(decisions: Sequence[Decision], style: CardStyle) -> tuple[Link, ...]:
    """The page of the therapy, or of all of them where the order may mean several; none where no pages are served."""
    if not style.pages_url:
        return ()
    if len(decisions) > 1:
        return (Link(label="Criteria and sources, by therapy", url=f"{style.pages_url}/", type="absolute"),)
    (decision,) = decisions
    page = f"{style.pages_url}/therapies/{decision.therapy}"
    return (Link(label=f"Criteria and sources: {decision.short}", url=page, type="absolute"),)
