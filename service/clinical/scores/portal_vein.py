"""Portal vein invasion: Vp class and Cheng type of the most proximal tumour thrombus. Knows no dates."""

from __future__ import annotations

from service.clinical.scores.bands import meaning
from service.clinical.scores.possible import Word


def vp_class(most_proximal: Word) -> frozenset[str]:
    """Vp0 to Vp4 for none, distal_to_second_order, second_order, first_order, main_trunk, contralateral_first_order,
    superior_mesenteric_vein. Bland thrombus does not count. VPfig.
    """
    return meaning("portal_vein", "vp", most_proximal)


def cheng_type(most_proximal: Word) -> frozenset[str]:
    """I to IV for the same words, "" without invasion; distal branches are filed with I. VPfig."""
    return meaning("portal_vein", "cheng", most_proximal)
