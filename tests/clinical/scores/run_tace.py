"""How the worked examples of chemoembolisation are run."""

from __future__ import annotations

from collections.abc import Callable

from service.clinical.scores.possible import exact, single
from service.clinical.scores.retreatment import abcr, art, tace_refractory, tace_unsuitable
from service.clinical.scores.tace import (
    hap,
    hap_group,
    mhap_ii,
    state,
    stratum,
)
from tests.clinical.scores.examples import (
    ALBUMIN,
    BILIRUBIN,
    Answers,
    Inputs,
    Runs,
    value,
    word,
)


def run_hap(inputs: Inputs) -> Answers:
    points = hap(
        value(inputs, "bilirubin", "umol/L", BILIRUBIN),
        value(inputs, "albumin", "g/L", ALBUMIN),
        inputs["afp"]["value"],
        inputs["largest_cm"],
    )
    return {"points": points.total, "class": single(hap_group(points))}


def run_mhap_ii(inputs: Inputs) -> Answers:
    points = mhap_ii(
        inputs["bilirubin"]["value"],
        value(inputs, "albumin", "g/L", ALBUMIN),
        inputs["afp"]["value"],
        inputs["largest_cm"],
        inputs["nodule_number"],
        bilirubin_unit=inputs["bilirubin"]["unit"],
    )
    return {"points": points.total, "class": single(hap_group(points))}


def run_abcr(inputs: Inputs) -> Answers:
    points = abcr(
        inputs["afp"]["value"], inputs["bclc"], inputs["child_pugh_increase"], inputs["radiological_response"]
    )
    assert points is not None
    return {"score": points.total, "group": single(points.groups("abcr"))}


def run_art(inputs: Inputs) -> Answers:
    points = art(
        inputs["child_pugh_increase"],
        inputs["ast_before"]["value"],
        inputs["ast_after"]["value"],
        inputs["radiological_response"],
    )
    assert points is not None
    return {"score": points.total, "group": single(points.groups("art"))}


def run_state(inputs: Inputs) -> Answers:
    score = exact(state(inputs["albumin"]["value"], inputs["crp"]["value"], inputs["up_to_seven"]))
    return {"score": score, "group": single(stratum("state", score))}


def run_unsuitable(*, any_grade_2: bool) -> Callable[[Inputs], Answers]:
    def run(inputs: Inputs) -> Answers:
        found = tace_unsuitable(
            inputs["up_to_seven"], inputs["malbi"], word(inputs["morphology"]), any_grade_2=any_grade_2
        )
        reasons = [str(reason).replace("_", "-") for reason, applies in found.reasons.items() if applies == {True}]
        return {"unsuitable": single(found.unsuitable), "reasons": reasons}

    return run


def run_refractory(inputs: Inputs) -> Answers:
    return {
        "refractory": single(
            tace_refractory(
                inputs["consecutive_insufficient_responses"],
                inputs["consecutive_intrahepatic_progressions"],
                inputs["continuous_marker_rise"],
                inputs["new_vascular_invasion"],
                inputs["new_extrahepatic"],
            )
        )
    }


RUNS: Runs = {
    ("hap", "default"): run_hap,
    ("mhap_ii", "default"): run_mhap_ii,
    ("abcr", "default"): run_abcr,
    ("art", "default"): run_art,
    ("state", "default"): run_state,
    ("tace_unsuitable", "apple2019"): run_unsuitable(any_grade_2=True),
    ("tace_unsuitable", "jsh2021"): run_unsuitable(any_grade_2=False),
    ("tace_refractory", "jsh-lcsgj-2014"): run_refractory,
}
