"""Child-Pugh: points, total and class; bounds while an item is missing. Knows neither dates nor sources."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from types import MappingProxyType

from service.clinical.scores.bands import bands
from service.clinical.scores.points import Points, number_points, word_points
from service.clinical.scores.possible import Number, Word

TABLE, WORDS = "child_pugh", "child_pugh_words"

ITEMS = ("bilirubin", "albumin", "inr", "ascites", "encephalopathy")


@dataclass(frozen=True, slots=True)
class ChildPugh(Points):
    """`items` holds the points that are possible for each of ITEMS.

    `inr_band_matters`: a table that ends the middle INR band at 2.2 would give another class (conflict C23).
    """

    inr_band_matters: bool = False

    @property
    def classes(self) -> frozenset[str]:
        return self.groups(TABLE)


def child_pugh_class(total: Decimal) -> str:
    """A 5-6, B 7-9, C 10-15."""
    return bands(TABLE, "total", "points").of(total)


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
    items = {
        "bilirubin": number_points(TABLE, bilirubin_item, bilirubin_unit, bilirubin),
        "albumin": number_points(TABLE, "albumin", albumin_unit, albumin),
        "inr": number_points(TABLE, clotting_item, inr_unit, inr),
        "ascites": word_points(WORDS, "ascites", _ascites(ascites)),
        "encephalopathy": word_points(WORDS, "encephalopathy", encephalopathy),
    }
    found = ChildPugh(MappingProxyType(items))
    if inr_unit == "s" or inr is None:
        return found
    narrow = Points({**items, "inr": number_points(TABLE, "inr_narrow", inr_unit, inr)})
    return replace(found, inr_band_matters=narrow.groups(TABLE) != found.classes)


def _ascites(ascites: Word) -> Word:
    given = frozenset({ascites}) if isinstance(ascites, str) else ascites
    return given if given is None or "trace" not in given else given - {"trace"} | {"none", "mild"}
