"""BCLC stage: every stage that what is known still allows. Knows neither dates nor sources."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from operator import or_
from typing import NamedTuple

from service.clinical.scores.possible import Answer, Number, Word, among, answers, counts, every, samples, words

VERY_EARLY_SIZE = Decimal("2.0")
EARLY_SIZE = Decimal("3.0")
EARLY_COUNT = 3
ECOG = (Decimal(0), Decimal(1), Decimal(2), Decimal(3), Decimal(4), Decimal(5))


class Stage(StrEnum):
    VERY_EARLY = "0"
    EARLY = "A"
    INTERMEDIATE = "B"
    ADVANCED = "C"
    TERMINAL = "D"


class LiverFunction(StrEnum):
    PRESERVED = "preserved"
    IMPAIRED = "impaired"
    END_STAGE = "end_stage"


class Staged(NamedTuple):
    """One stage, with what it rests on."""

    stage: Stage
    c_by_ecog_only: bool = False
    """C although there is neither invasion nor spread: rests on ECOG 1 or 2 alone"""
    via_transplant: bool = False
    """end-stage liver, staged by the tumour because transplantation is an option"""


@dataclass(frozen=True, slots=True)
class Bclc:
    possible: frozenset[Staged]

    @property
    def stages(self) -> tuple[Stage, ...]:
        """From 0 to D; one means that the stage is settled."""
        found = {staged.stage for staged in self.possible}
        return tuple(stage for stage in Stage if stage in found)

    @property
    def stage(self) -> Stage | None:
        return self.stages[0] if len(self.stages) == 1 else None

    @property
    def c_by_ecog_only(self) -> bool:
        """The stage is C in every case, and in every case by ECOG alone."""
        return all(staged.c_by_ecog_only for staged in self.possible)

    @property
    def via_transplant(self) -> bool:
        return all(staged.via_transplant for staged in self.possible)


def tumour_stage(count: int, largest: Decimal) -> Stage:
    """0: one nodule of at most 2.0 cm; A: one of any size, or 2-3 of at most 3.0 cm each; B: beyond."""
    if count == 1:
        return Stage.VERY_EARLY if largest <= VERY_EARLY_SIZE else Stage.EARLY
    return Stage.EARLY if count <= EARLY_COUNT and largest <= EARLY_SIZE else Stage.INTERMEDIATE


def staged(tumour: Stage, outgrown: bool, ecog: Decimal, liver: str, transplant: bool) -> Staged:
    """The stage of a patient of whom everything is known; `outgrown`: invasion or spread (hcc.md 1.2). BCLC22."""
    end_stage = liver == LiverFunction.END_STAGE
    if ecog >= 3 or (end_stage and not transplant):
        return Staged(Stage.TERMINAL)
    if outgrown or ecog >= 1:
        return Staged(Stage.ADVANCED, c_by_ecog_only=not outgrown, via_transplant=end_stage)
    return Staged(tumour, via_transplant=end_stage)


def bclc(
    *,
    lesion_count: Number,
    largest_lesion: Number,
    macrovascular_invasion: Answer,
    extrahepatic: Answer,
    ecog: Number,
    liver_function: Word,
    transplant_candidate: Answer,
) -> Bclc:
    """Every stage that is possible for the inputs, each of which may be one value, several, an interval or None.

    Viable nodules and the longest diameter of the largest in cm; ECOG 0-5 as caused by the tumour; liver function
    preserved, impaired or end_stage.
    """
    tumour = every(
        tumour_stage,
        counts(lesion_count, EARLY_COUNT + 1),
        samples(largest_lesion, (VERY_EARLY_SIZE, EARLY_SIZE)),
    )
    outgrown = every(or_, answers(macrovascular_invasion), answers(extrahepatic))
    return Bclc(
        every(
            staged,
            tumour,
            outgrown,
            among(ecog, ECOG),
            words(liver_function, LiverFunction),
            answers(transplant_candidate),
        )
    )
