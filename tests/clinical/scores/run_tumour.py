"""How the worked examples of stages, tumour burden and portal vein invasion are run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from service.clinical.scores.bclc import bclc
from service.clinical.scores.portal_vein import cheng_type, vp_class
from service.clinical.scores.possible import exact, single
from service.clinical.scores.substage import NOT_CLASSIFIED, bolondi, kinki
from service.clinical.scores.tace import (
    six_and_twelve,
    stratum,
    tumour_burden_score,
)
from service.clinical.scores.transplant import milan, ucsf, unos_downstaging, up_to_seven
from tests.clinical.scores.examples import (
    Answers,
    Inputs,
    Runs,
    tumours,
    word,
)


def burden(criterion: Callable[..., frozenset[Any]]) -> Callable[[Inputs], Answers]:
    def run(inputs: Inputs) -> Answers:
        result = single(criterion(**tumours(inputs)))
        return {"result": "unknown" if result is None else str(result).replace("_", "-")}

    return run


def burden_with_total(criterion: Callable[..., frozenset[Any]]) -> Callable[[Inputs], Answers]:
    def run(inputs: Inputs) -> Answers:
        total = sum(inputs["nodule_diameters_cm"])
        result = single(criterion(**tumours(inputs), total_diameter=total))
        return {"result": "unknown" if result is None else str(result).replace("_", "-")}

    return run


def run_six_and_twelve(inputs: Inputs) -> Answers:
    total = exact(six_and_twelve(inputs["nodule_number"], inputs["largest_cm"]))
    return {"sum": total, "stratum": single(stratum("six_and_twelve", total))}


def run_tumour_burden_score(inputs: Inputs) -> Answers:
    score = exact(tumour_burden_score(inputs["nodule_number"], inputs["largest_cm"]))
    return {"score": score, "category": single(stratum("tumour_burden_score", score))}


def run_bclc(inputs: Inputs) -> Answers:
    found = bclc(
        **tumours(inputs),
        ecog=inputs["ecog"],
        liver_function=word(inputs["liver_function"]),
        transplant_candidate=inputs["transplant_candidate"],
    )
    return {
        "stage": found.stage,
        "possible": [str(stage) for stage in found.stages],
        "c_by_ecog_only": found.c_by_ecog_only,
        "via_transplant": found.via_transplant,
    }


def run_bolondi(inputs: Inputs) -> Answers:
    found = bolondi(inputs["child_pugh"], inputs["up_to_seven"], inputs["ecog"], inputs["portal_vein_thrombosis"])
    assert found is not None
    return {"substage": None if found == {NOT_CLASSIFIED} else single(found)}


def run_kinki(inputs: Inputs) -> Answers:
    found = kinki(inputs["child_pugh"], inputs["up_to_seven"])
    assert found is not None
    return {"substage": single(found)}


def run_portal_vein(inputs: Inputs) -> Answers:
    place = word(inputs["most_proximal_invasion"])
    return {"vp": single(vp_class(place)), "cheng": single(cheng_type(place)) or None}


RUNS: Runs = {
    ("milan", "default"): burden(milan),
    ("up_to_seven", "default"): burden(up_to_seven),
    ("ucsf", "default"): burden_with_total(ucsf),
    ("unos_ds", "default"): burden_with_total(unos_downstaging),
    ("six_and_twelve", "default"): run_six_and_twelve,
    ("tumour_burden_score", "default"): run_tumour_burden_score,
    ("bclc", "2022"): run_bclc,
    ("bclc_b_bolondi", "default"): run_bolondi,
    ("bclc_b_kinki", "default"): run_kinki,
    ("portal_vein_class", "default"): run_portal_vein,
}
