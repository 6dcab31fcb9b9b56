"""Populations of trials, as evidence windows: {True} inside, {False} outside, both unknown. Knows no dates."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from service.clinical.scores.bclc import Stage
from service.clinical.scores.child_pugh import child_pugh_class
from service.clinical.scores.possible import Answer, Number, Word, all_of, among, answers, counts, samples, words

TOTALS = tuple(Decimal(total) for total in range(5, 16))


def legacy(
    *,
    lesion_count: Number,
    largest_lesion: Number,
    child_pugh: Number,
    ecog: Number,
    macrovascular_invasion: Answer,
    extrahepatic: Answer,
) -> frozenset[bool]:
    """One nodule of at most 8 cm, Child-Pugh A, ECOG 0-1, no invasion, no spread. LEGACY."""
    return all_of(
        frozenset(count == 1 for count in counts(lesion_count, 2)),
        _holds(largest_lesion, Decimal(8), lambda size: size <= 8),
        _child_pugh(child_pugh, lambda total: child_pugh_class(total) == "A"),
        _holds(ecog, Decimal(1), lambda status: status <= 1),
        _not(macrovascular_invasion),
        _not(extrahepatic),
    )


def target(
    *,
    nodules_per_lobe: Number,
    largest_lesion: Number,
    child_pugh: Number,
    bclc_stage: Word,
    prior_intraarterial: Answer,
    liver_dominant: Answer,
) -> frozenset[bool]:
    """Liver-dominant, fewer than 10 nodules a lobe, one of at least 3 cm, Child-Pugh A or B7, BCLC A-C, no
    intra-arterial treatment before. TARGET.
    """
    return all_of(
        _holds(nodules_per_lobe, Decimal(10), lambda count: count < 10),
        _holds(largest_lesion, Decimal(3), lambda size: size >= 3),
        _child_pugh(child_pugh, lambda total: total <= 7),
        frozenset(stage in {"A", "B", "C"} for stage in words(bclc_stage, Stage)),
        _not(prior_intraarterial),
        answers(liver_dominant),
    )


def dosisphere(largest_lesion: Number, hepatic_reserve: Number) -> frozenset[bool]:
    """One lesion above 7 cm and a hepatic reserve above 30 %. DOSI."""
    return all_of(
        _holds(largest_lesion, Decimal(7), lambda size: size > 7),
        _holds(hepatic_reserve, Decimal(30), lambda share: share > 30),
    )


def layered(tumour: str, bclc_stage: Word, child_pugh: Number, resectable: Answer) -> frozenset[bool]:
    """Child-Pugh at most 7, and HCC of BCLC C or liver metastases that cannot be resected. Seed 002."""
    liver_suffices = _child_pugh(child_pugh, lambda total: total <= 7)
    if tumour == "hcc":
        return all_of(liver_suffices, frozenset(stage == Stage.ADVANCED for stage in words(bclc_stage, Stage)))
    return all_of(liver_suffices, _not(resectable))


def per_cent(part: Decimal, whole: Decimal) -> Decimal:
    """Share in %, not rounded."""
    return 100 * part / whole


def _holds(number: Number, limit: Decimal, condition: Callable[[Decimal], bool]) -> frozenset[bool]:
    """Whether a condition that changes at `limit` holds, for every value still possible."""
    return frozenset(condition(value) for value in samples(number, (limit,)))


def _child_pugh(total: Number, condition: Callable[[Decimal], bool]) -> frozenset[bool]:
    return frozenset(condition(value) for value in among(total, TOTALS))


def _not(answer: Answer) -> frozenset[bool]:
    return frozenset(not answered for answered in answers(answer))
