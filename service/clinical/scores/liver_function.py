"""Preserved, impaired or end-stage liver function, as BCLC needs it. Knows neither dates nor sources."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from service.clinical.scores.bclc import LiverFunction
from service.clinical.scores.child_pugh import child_pugh_class
from service.clinical.scores.possible import Answer, Number, Word, among, answers, every, samples, words

ASCITES = ("none", "trace", "mild", "moderate_severe", "refractory")
ENCEPHALOPATHY = ("none", "grade_1_2", "grade_3_4")
TOTALS = tuple(Decimal(total) for total in range(5, 16))
JAUNDICE = Decimal(3)
PRESERVED_UP_TO = Decimal(7)


def liver_function(
    child_pugh: Number,
    bilirubin: Number,
    ascites: Word,
    encephalopathy: Word,
    hepatorenal_syndrome: Answer,
    *,
    preserved_up_to: Decimal = PRESERVED_UP_TO,
) -> frozenset[LiverFunction]:
    """Preserved: Child-Pugh at most `preserved_up_to` (5-7), ascites at most mild, bilirubin at most 3 mg/dL and no
    encephalopathy. End-stage: Child-Pugh C, or B with refractory ascites, hepatorenal syndrome or encephalopathy. Else
    impaired (hcc.md 1.1; a working definition, BCLC gives no number).
    """
    burdens = every(
        _burden, words(ascites, ASCITES), words(encephalopathy, ENCEPHALOPATHY), answers(hepatorenal_syndrome)
    )
    jaundiced = frozenset(value > JAUNDICE for value in samples(bilirubin, (JAUNDICE,)))
    return every(partial(_function, preserved_up_to), among(child_pugh, TOTALS), jaundiced, burdens)


def _burden(ascites: str, encephalopathy: str, hepatorenal: bool) -> str:
    """What decompensation there is: severe (end-stage with class B), some, or none."""
    if ascites == "refractory" or encephalopathy != "none" or hepatorenal:
        return "severe"
    return "some" if ascites == "moderate_severe" else "none"


def _function(preserved_up_to: Decimal, total: Decimal, jaundiced: bool, burden: str) -> LiverFunction:
    grade = child_pugh_class(total)
    if grade == "C" or (grade == "B" and burden == "severe"):
        return LiverFunction.END_STAGE
    if total <= preserved_up_to and not jaundiced and burden == "none":
        return LiverFunction.PRESERVED
    return LiverFunction.IMPAIRED
