"""Scores of liver metastases: Fong, tumour burden zones, tumour replacement. Knows neither dates nor sources."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from service.clinical.scores.bands import bands
from service.clinical.scores.points import Points, answer_points, number_points
from service.clinical.scores.possible import Answer, Number

PI = Decimal("3.141592653589793238462643383")


def fong(
    primary_node_positive: Answer,
    disease_free_interval: Number,
    lesion_count: Number,
    cea: Number,
    largest_lesion: Number,
) -> Points:
    """1 point each: node-positive primary, interval <12 months, >1 lesion, CEA >200 ng/mL, largest >5 cm; bounds if any
    is missing. Context only: adults before a first resection of colorectal metastases, values of before and after
    chemotherapy. Fong 1999, Ayez 2011.
    """
    return Points(
        {
            "primary_node_positive": answer_points(primary_node_positive, yes=1),
            "disease_free_interval": number_points("fong", "disease_free_interval", "mo", disease_free_interval),
            "lesion_count": number_points("fong", "lesion_count", "1", lesion_count),
            "cea": number_points("fong", "cea", "ng/mL", cea),
            "largest_lesion": number_points("fong", "largest_lesion", "cm", largest_lesion),
        }
    )


def fong_category(points: Points) -> frozenset[str]:
    """low 0-2, high 3-5."""
    return points.groups("fong")


def tumour_burden_zone(score: Number) -> frozenset[Decimal]:
    """Zone 1 below 3, 2 below 9, else 3, of the unrounded score; colorectal metastases only. Sasaki 2018."""
    return frozenset(map(Decimal, bands("metastases", "tumour_burden_zone", "1").possible(score)))


def lesion_volume(a: Decimal, b: Decimal, c: Decimal) -> Decimal:
    """Ellipsoid with three diameters in cm: pi/6 x a x b x c, mL. With one diameter hand it in thrice (sphere)."""
    return PI / 6 * a * b * c


def tumour_replacement(tumour_volume: Decimal, whole_liver_volume: Decimal) -> Decimal:
    """Tumour as a share of the whole liver including tumour, %. A partial list of lesions gives a lower bound."""
    return 100 * tumour_volume / whole_liver_volume


def tumour_volume(lesions: Iterable[tuple[Decimal, Decimal, Decimal]]) -> Decimal:
    return sum((lesion_volume(*diameters) for diameters in lesions), Decimal(0))


def replacement_band(share: Number) -> frozenset[str]:
    """<=25, 25-50, 50-70, >70 (each upper end belongs to its band); a radiologist's band comes as an interval."""
    return bands("metastases", "tumour_replacement", "%").possible(share)
