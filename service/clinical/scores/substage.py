"""Sub-stages of BCLC B: Bolondi 2012 and Kinki 2015, from their decision tables. Knows neither dates nor sources.

Valid in BCLC B, hepatocellular carcinoma, before the first treatment. The systems leave gaps (Child-Pugh 5-7 with ECOG
1 in Bolondi's): a case in a gap is NOT_CLASSIFIED.
"""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from service.clinical.scores.bands import table_rows
from service.clinical.scores.possible import Answer, Number, Word, among, answers, every, words
from service.clinical.scores.transplant import Burden

NOT_CLASSIFIED = "not_classified"
TOTALS = tuple(Decimal(total) for total in range(5, 16))
ECOG = tuple(Decimal(status) for status in range(6))


def bolondi(
    child_pugh: Number, up_to_seven: Word, ecog: Number, portal_vein_thrombosis: Answer
) -> frozenset[str] | None:
    """B1, B2, B3, B4, quasi-C or NOT_CLASSIFIED; None when Child-Pugh or up-to-seven is missing. TBL7, BOL12.

    Thrombosis means segmental or subsegmental tumour thrombosis of the portal vein.
    """
    return _substages("bolondi", child_pugh, up_to_seven, ecog, portal_vein_thrombosis)


def kinki(
    child_pugh: Number, up_to_seven: Word, ecog: Number = Decimal(0), portal_vein_thrombosis: Answer = False
) -> frozenset[str] | None:
    """B1, B2, B3a, B3b or NOT_CLASSIFIED; None when Child-Pugh or up-to-seven is missing. KINKI15."""
    return _substages("kinki", child_pugh, up_to_seven, ecog, portal_vein_thrombosis)


def matches(system: str, total: Decimal, burden: str, ecog: Decimal, thrombosis: bool) -> tuple[str, ...]:
    """The results of every row that fits a case: one, or none in a gap; two would be an overlap."""
    answer = "yes" if thrombosis else "no"
    return tuple(
        row["result"]
        for row in table_rows(system)
        if _covers(row["child_pugh"], total)
        and row["up_to_seven"] in {"any", burden}
        and _covers(row["ecog"], ecog)
        and row["portal_vein_thrombosis"] == answer
    )


def _substages(
    system: str, child_pugh: Number, up_to_seven: Word, ecog: Number, thrombosis: Answer
) -> frozenset[str] | None:
    if child_pugh is None or up_to_seven is None:
        return None
    return every(
        partial(_substage, system),
        among(child_pugh, TOTALS),
        words(up_to_seven, Burden),
        among(ecog, ECOG),
        answers(thrombosis),
    )


def _substage(system: str, total: Decimal, burden: str, ecog: Decimal, thrombosis: bool) -> str:
    return next(iter(matches(system, total, burden, ecog, thrombosis)), NOT_CLASSIFIED)


def _covers(cell: str, value: Decimal) -> bool:
    low, _, high = cell.partition("-")
    return Decimal(low) <= value <= Decimal(high or low)
