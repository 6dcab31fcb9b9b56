"""Before another chemoembolisation: ABCR, ART, refractoriness, unsuitability. Knows neither dates nor sources.

Information only, never a stop; ART failed a validation (ARTTW), and experts disagree on refractoriness (CCI21).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from service.clinical.scores.bands import meaning
from service.clinical.scores.points import Points, answer_points, number_points, word_points
from service.clinical.scores.possible import Answer, Number, Word, all_of, answers, any_of, hull, samples, words
from service.clinical.scores.transplant import Burden

AST_FACTOR = Decimal("1.25")
MALBI = ("1", "2a", "2b", "3")
CONSECUTIVE = Decimal(2)


class Reason(StrEnum):
    """Why chemoembolisation may be unsuitable."""

    LIKELY_REFRACTORY = "likely_refractory"
    LIKELY_CHILD_PUGH_B = "likely_child_pugh_b"
    UNLIKELY_TO_RESPOND = "unlikely_to_respond"


@dataclass(frozen=True, slots=True)
class Unsuitable:
    """`reasons` says of each Reason whether it applies: {True}, {False} or both."""

    reasons: dict[Reason, frozenset[bool]]

    @property
    def unsuitable(self) -> frozenset[bool]:
        return any_of(*self.reasons.values())


def abcr(afp: Number, bclc_stage: Word, child_pugh_increase: Number, response: Answer) -> Points | None:
    """AFP >=200 ng/mL +1; BCLC A 0, B +2, C +3; Child-Pugh rise >=2 +2; response -3. ABCR15.

    Before the second session. Groups: <=0, 1-3, >=4 (further sessions doubtful). None when an input is
    missing or a stage other than A-C is possible.
    """
    if None in (afp, bclc_stage, child_pugh_increase, response):
        return None
    if not words(bclc_stage, ("0", "A", "B", "C", "D")) <= {"A", "B", "C"}:
        return None
    return Points(
        {
            "afp": number_points("abcr", "afp", "ng/mL", afp),
            "bclc_stage": word_points("abcr_words", "bclc_stage", bclc_stage),
            "child_pugh_increase": number_points("abcr", "child_pugh_increase", "points", child_pugh_increase),
            "response": answer_points(response, yes=-3),
        }
    )


def art(child_pugh_increase: Number, ast_before: Number, ast_after: Number, response: Answer) -> Points | None:
    """Child-Pugh +1: 1.5, >=+2: 3; AST rise >25 %: 4; no response: 1. ARTrev.

    Within 90 days, before the second session. AST in one unit before and after. Groups 0-1.5, >=2.5.
    None when an input is missing.
    """
    if None in (child_pugh_increase, ast_before, ast_after, response):
        return None
    return Points(
        {
            "child_pugh_increase": number_points("art", "child_pugh_increase", "points", child_pugh_increase),
            "ast": answer_points(_ast_rises(ast_before, ast_after), yes=4),
            "response": answer_points(response, no=1),
        }
    )


def tace_unsuitable(up_to_seven: Word, malbi: Word, morphology: Word, *, any_grade_2: bool = True) -> Unsuitable:
    """Beyond up-to-seven; beyond and ALBI grade 2 (APPLE 2019) or mALBI 2b (JSH 2021, `any_grade_2` False); or a
    morphology that responds badly. Can be settled as true, not as false, while the morphology is unknown.
    APPLE20, JSH21.
    """
    liver_declines = {"2a", "2b"} if any_grade_2 else {"2b"}
    beyond = frozenset(burden == Burden.BEYOND for burden in words(up_to_seven, Burden))
    declining = frozenset(grade in liver_declines for grade in words(malbi, MALBI))
    resistant = frozenset(answer == "yes" for answer in meaning("tace_morphology", "responds_badly", morphology))
    return Unsuitable(
        {
            Reason.LIKELY_REFRACTORY: beyond,
            Reason.LIKELY_CHILD_PUGH_B: all_of(beyond, declining),
            Reason.UNLIKELY_TO_RESPOND: resistant,
        }
    )


def tace_refractory(
    consecutive_insufficient_responses: Number,
    consecutive_intrahepatic_progressions: Number,
    continuous_marker_rise: Answer,
    new_vascular_invasion: Answer,
    new_extrahepatic_spread: Answer,
) -> frozenset[bool]:
    """Two insufficient responses (viable >50 %) or two intrahepatic progressions in a row, markers that keep rising,
    new vascular invasion or new spread. JSH14.
    """
    return any_of(
        _twice(consecutive_insufficient_responses),
        _twice(consecutive_intrahepatic_progressions),
        answers(continuous_marker_rise),
        answers(new_vascular_invasion),
        answers(new_extrahepatic_spread),
    )


def _twice(times: Number) -> frozenset[bool]:
    return frozenset(value >= CONSECUTIVE for value in samples(times, (CONSECUTIVE,)))


def _ast_rises(before: Number, after: Number) -> frozenset[bool]:
    first, then = hull(before), hull(after)
    may_rise = then.high is None or first.low is None or then.high > AST_FACTOR * first.low
    may_stay = first.high is None or then.low is None or then.low <= AST_FACTOR * first.high
    return frozenset(answer for answer, possible in ((True, may_rise), (False, may_stay)) if possible)
