"""Performance status from Karnofsky. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.bands import bands
from service.clinical.scores.possible import Number


def ecog_from_karnofsky(karnofsky: Number) -> frozenset[Decimal]:
    """100: 0, 80-90: 1, 60-70: 2, 40-50: 3, 10-30: 4, 0: 5 (mark the result "derived from Karnofsky").

    Other tables give 90, 70, 50 and 30 the better status; the worse holds here.
    """
    return frozenset(map(Decimal, bands("karnofsky", "ecog", "%").possible(karnofsky)))
