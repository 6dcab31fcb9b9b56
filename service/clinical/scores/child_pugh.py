"""Child-Pugh: points, total and class; bounds while an item is missing. Knows neither dates nor sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from types import MappingProxyType

from service.clinical.scores.bands import bands, meaning
from service.clinical.scores.possible import Number, Word

ITEMS = ("bilirubin", "albumin", "inr", "ascites", "encephalopathy")
POINTS = frozenset({Decimal(1), Decimal(2), Decimal(3)})


@dataclass(frozen=True, slots=True)
class ChildPugh:
    """`items` holds the points that are possible for each of ITEMS; `totals` and `classes` what they can add up to.

    `inr_band_matters`: a table that ends the middle INR band at 2.2 would give another class (conflict C23).
    """

    items: Mapping[str, frozenset[Decimal]]
    inr_band_matters: bool = False

    @property
    def totals(self) -> frozenset[Decimal]:
        return frozenset(sum(points, Decimal(0)) for points in product(*self.items.values()))

    @property
    def low(self) -> Decimal:
        return min(self.totals)

    @property
    def high(self) -> Decimal:
        return max(self.totals)

    @property
    def classes(self) -> frozenset[str]:
        return frozenset(child_pugh_class(total) for total in self.totals)


def child_pugh_class(total: Decimal) -> str:
    """A 5-6, B 7-9, C 10-15."""
    return bands("child_pugh", "class", "points").of(total)


def child_pugh(
    bilirubin: Number,
    albumin: Number,
    inr: Number,
    ascites: Word,
    encephalopathy: Word,
    *,
    bilirubin_unit: str = "mg/dL",
    albumin_unit: str = "g/dL",
    inr_unit: str = "1",
    cholestatic: bool = False,
) -> ChildPugh:
    """Points 1 to 3 for each item, sum 5 to 15, integer, no rounding, no clamps, no imputation.

    Bilirubin in mg/dL or umol/L and albumin in g/dL or g/L are judged by the cut-offs of the unit they are reported in,
    never converted first. `inr_unit` "s" means prolongation of the prothrombin time in seconds. `cholestatic`: primary
    biliary or sclerosing cholangitis, bilirubin cut-offs 4 and 10 mg/dL (KeyError for umol/L: none are published here).
    Ascites none, trace, mild, moderate_severe, refractory; trace (seen on imaging alone) may count as none or as mild.
    Encephalopathy none, grade_1_2, grade_3_4. Valid in cirrhosis; INR under anticoagulants is None. PUGH73.
    """
    bilirubin_item = "bilirubin_cholestatic" if cholestatic else "bilirubin"
    clotting_item = "prothrombin_prolongation" if inr_unit == "s" else "inr"
    points = {
        "bilirubin": _numbers(bilirubin_item, bilirubin_unit, bilirubin),
        "albumin": _numbers("albumin", albumin_unit, albumin),
        "inr": _numbers(clotting_item, inr_unit, inr),
        "ascites": _words("ascites", _ascites(ascites)),
        "encephalopathy": _words("encephalopathy", encephalopathy),
    }
    found = ChildPugh(MappingProxyType(points))
    if clotting_item == "prothrombin_prolongation" or inr is None:
        return found
    narrow = ChildPugh({**points, "inr": _numbers("inr_narrow", inr_unit, inr)})
    return ChildPugh(found.items, inr_band_matters=narrow.classes != found.classes)


def _numbers(item: str, unit: str, value: Number) -> frozenset[Decimal]:
    return frozenset(map(Decimal, bands("child_pugh", item, unit).possible(value)))


def _words(item: str, word: Word) -> frozenset[Decimal]:
    return frozenset(map(Decimal, meaning("child_pugh_words", item, word)))


def _ascites(ascites: Word) -> Word:
    given = frozenset({ascites}) if isinstance(ascites, str) else ascites
    return given if given is None or "trace" not in given else given - {"trace"} | {"none", "mild"}
