"""Tumour-burden criteria: Milan, up-to-seven, UCSF, UNOS downstaging. Knows neither dates nor sources.

Diameters in cm, of viable tumour, the longest of each nodule. Every function takes one value, several, an interval or
None (not recorded) and gives the set of results still possible: a size out of the limits settles "beyond" although
invasion is unknown, and nothing settles "within" while a needed input is unknown. Valid in hepatocellular carcinoma.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum

from service.clinical.scores.possible import Answer, Number, answers, counts, every, samples
from service.clinical.values import Interval


class Burden(StrEnum):
    WITHIN = "within"
    BEYOND = "beyond"


class Downstaging(StrEnum):
    WITHIN_MILAN = "within_milan"
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"


UCSF_CUTS = (Decimal("4.5"), Decimal("6.5"))
TOTAL_LIMIT = Decimal(8)


def milan(
    lesion_count: Number, largest_lesion: Number, macrovascular_invasion: Answer, extrahepatic: Answer
) -> frozenset[Burden]:
    """One nodule of at most 5.0 cm, or 2-3 of at most 3.0 cm no invasion or spread; no lower size (C26). MILtbl."""
    pairs = _sizes(lesion_count, largest_lesion, 4, (Decimal(3), Decimal(5)))
    return _burden({_fits_milan(*pair) for pair in pairs}, macrovascular_invasion, extrahepatic)


def up_to_seven(
    lesion_count: Number, largest_lesion: Number, macrovascular_invasion: Answer, extrahepatic: Answer
) -> frozenset[Burden]:
    """Number of nodules + largest diameter at most 7; no invasion or spread. MILtbl."""
    pairs = _sizes(lesion_count, largest_lesion, 7, map(Decimal, range(1, 7)))
    return _burden({count + largest <= 7 for count, largest in pairs}, macrovascular_invasion, extrahepatic)


def ucsf(
    lesion_count: Number,
    largest_lesion: Number,
    macrovascular_invasion: Answer,
    extrahepatic: Answer,
    *,
    total_diameter: Number = None,
) -> frozenset[Burden]:
    """One nodule of at most 6.5 cm, or 2-3, the largest at most 4.5 and all together at most 8.0 cm. MILtbl.

    Without `total_diameter` (the sum of all) every sum that number and largest allow is tried.
    """
    triples = _with_totals(lesion_count, largest_lesion, total_diameter, 4, UCSF_CUTS)
    return _burden({_fits_ucsf(*triple) for triple in triples}, macrovascular_invasion, extrahepatic)


def unos_downstaging(
    lesion_count: Number,
    largest_lesion: Number,
    macrovascular_invasion: Answer,
    extrahepatic: Answer,
    *,
    total_diameter: Number = None,
) -> frozenset[Downstaging]:
    """Entry to downstaging: beyond Milan, and one nodule of at most 8.0 cm, or 2-3 of at most 5.0 or 4-5 below 3.0 cm
    each with a sum of at most 8.0 cm; no invasion or spread. AASLD23 T4 (prints "<=3"; the stricter "<3" holds, C25).
    """
    cuts = (Decimal(3), Decimal(5), TOTAL_LIMIT)
    sizes = frozenset(
        _downstaging(*triple) for triple in _with_totals(lesion_count, largest_lesion, total_diameter, 6, cuts)
    )
    return every(_without_invasion, sizes, answers(macrovascular_invasion), answers(extrahepatic))


def _fits_milan(count: int, largest: Decimal) -> bool:
    return largest <= 5 if count == 1 else count <= 3 and largest <= 3


def _fits_ucsf(count: int, largest: Decimal, total: Decimal) -> bool:
    single_limit, limit = UCSF_CUTS[1], UCSF_CUTS[0]
    return largest <= single_limit if count == 1 else count <= 3 and largest <= limit and total <= TOTAL_LIMIT


def _downstaging(count: int, largest: Decimal, total: Decimal) -> Downstaging:
    if _fits_milan(count, largest):
        return Downstaging.WITHIN_MILAN
    if count == 1:
        return Downstaging.ELIGIBLE if largest <= TOTAL_LIMIT else Downstaging.NOT_ELIGIBLE
    each_fits = largest <= 5 if count <= 3 else count <= 5 and largest < 3
    return Downstaging.ELIGIBLE if each_fits and total <= TOTAL_LIMIT else Downstaging.NOT_ELIGIBLE


def _without_invasion(result: Downstaging, invasion: bool, spread: bool) -> Downstaging:
    return Downstaging.NOT_ELIGIBLE if invasion or spread else result


def _burden(size_fits: Iterable[bool], invasion: Answer, spread: Answer) -> frozenset[Burden]:
    return every(_verdict, frozenset(size_fits), answers(invasion), answers(spread))


def _verdict(size_fits: bool, invasion: bool, spread: bool) -> Burden:
    return Burden.WITHIN if size_fits and not invasion and not spread else Burden.BEYOND


def _sizes(lesion_count: Number, largest: Number, cap: int, cuts: Iterable[Decimal]) -> Iterator[tuple[int, Decimal]]:
    """Every number of nodules with every size that matters."""
    tried = samples(_above_nothing(largest), tuple(cuts))
    return ((count, size) for count in counts(lesion_count, cap) for size in tried)


def _above_nothing(size: Number) -> Number:
    """A size of which no lower bound is known is still above 0."""
    if size is None:
        return Interval(Decimal(0), low_included=False)
    if isinstance(size, Interval) and size.low is None:
        return size._replace(low=Decimal(0), low_included=False)
    return size


def _with_totals(
    lesion_count: Number, largest: Number, total: Number, cap: int, cuts: Iterable[Decimal]
) -> Iterator[tuple[int, Decimal, Decimal]]:
    """As `_sizes`, with every sum of diameters that matters: above the largest, at most the largest for each nodule."""
    shares = (TOTAL_LIMIT / count for count in range(1, cap + 1))
    for count, size in _sizes(lesion_count, largest, cap, (*cuts, *shares)):
        if count == 1:
            yield count, size, size
            continue
        possible = Interval(size, count * size, low_included=False) if total is None else total
        yield from ((count, size, tried) for tried in samples(possible, (TOTAL_LIMIT,)))
