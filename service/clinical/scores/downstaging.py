"""What came of downstaging to transplantation. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.possible import Answer, Number, Word, all_of, answers, any_of, samples, words
from service.clinical.scores.transplant import Burden, Downstaging

AFP_ONCE, AFP_NOW = Decimal(1000), Decimal(500)
STABLE_MONTHS = Decimal(3)


def downstaging_succeeded(milan: Word, months_within: Number) -> frozenset[bool]:
    """Residual viable tumour within Milan, stable for at least 3 months before transplantation. AASLD23 T4."""
    within = frozenset(burden == Burden.WITHIN for burden in words(milan, Burden))
    stable = frozenset(months >= STABLE_MONTHS for months in samples(months_within, (STABLE_MONTHS,)))
    return all_of(within, stable)


def downstaging_failed(
    entry: Word, node_or_spread: Answer, infiltrative: Answer, afp_highest: Number, afp: Number
) -> frozenset[bool]:
    """Beyond the entry criteria (`entry` not_eligible), nodes or spread, infiltrative growth, or AFP above 500 ng/mL
    after 1000 or more. AASLD23 T4.
    """
    beyond = frozenset(result == Downstaging.NOT_ELIGIBLE for result in words(entry, Downstaging))
    once_high = frozenset(value >= AFP_ONCE for value in samples(afp_highest, (AFP_ONCE,)))
    still_high = frozenset(value > AFP_NOW for value in samples(afp, (AFP_NOW,)))
    marker = all_of(once_high, still_high)
    return any_of(beyond, answers(node_or_spread), answers(infiltrative), marker)
