"""Size of an ablation zone. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal


def ablation_zone(largest_lesion: Decimal, margin_mm: Decimal) -> Decimal:
    """Diameter in cm that a planned margin needs: lesion (cm) + 2 x margin (mm) / 10, rounded up to 0.1 cm."""
    return (largest_lesion + 2 * margin_mm / 10).quantize(Decimal("0.1"), rounding=ROUND_CEILING)
