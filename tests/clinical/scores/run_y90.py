"""How the worked examples of Y-90 and of trial populations are run."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.possible import single
from service.clinical.scores.trials import dosisphere, layered, legacy, per_cent, target
from service.clinical.scores.y90 import (
    CUMULATIVE_LUNG_DOSE,
    SINGLE_LUNG_DOSE,
    cumulative_lung_dose,
    glass_activity,
    lung_activity,
    lung_dose,
    lung_shunt,
    perfused_dose,
    resin_activity,
    resin_activity_after_shunt,
)
from tests.clinical.scores.examples import (
    Answers,
    Inputs,
    Runs,
    tumours,
    word,
)


def run_y90_dose(inputs: Inputs) -> Answers:
    activity, shunt = inputs["activity"]["value"], inputs["lsf"] * 100
    lung_mass = inputs.get("lung_mass", {"value": Decimal(1)})["value"]
    dose = lung_dose(activity, shunt, lung_mass=lung_mass, constant=inputs["k"])
    found: Answers = {
        "lung_gy": dose,
        "activity_to_lung_gbq": lung_activity(activity, shunt),
        "exceeds_single_30gy": dose > SINGLE_LUNG_DOSE,
    }
    if "perfused_mass" in inputs:
        found["perfused_gy"] = perfused_dose(activity, shunt, inputs["perfused_mass"]["value"], constant=inputs["k"])
    return found


def run_cumulative_lung(inputs: Inputs) -> Answers:
    total = cumulative_lung_dose(inputs["prior_lung_gy"], inputs["planned_lung_gy"])
    return {
        "single_ok": inputs["planned_lung_gy"] <= SINGLE_LUNG_DOSE,
        "cumulative_gy": total,
        "cumulative_ok": total <= CUMULATIVE_LUNG_DOSE,
    }


def run_resin(inputs: Inputs) -> Answers:
    activity = resin_activity(inputs["bsa"]["value"], inputs["tumour_fraction"] * 100)
    return {
        "activity_gbq": activity,
        "after_lsf_reduction_gbq": resin_activity_after_shunt(activity, inputs["lsf"] * 100),
    }


def run_glass(inputs: Inputs) -> Answers:
    activity = glass_activity(inputs["target_dose"]["value"], inputs["perfused_mass"]["value"], inputs["lsf"] * 100)
    return {"activity_gbq": activity}


def run_shunt(inputs: Inputs) -> Answers:
    counts = (inputs[name] for name in ("lung_ant", "lung_post", "liver_ant", "liver_post"))
    return {"lsf": lung_shunt(*counts) / 100}


def verdict(possible: frozenset[bool]) -> Answers:
    met = single(possible)
    return {"result": "unknown" if met is None else "met" if met else "not-met"}


def run_legacy(inputs: Inputs) -> Answers:
    return verdict(legacy(**tumours(inputs), child_pugh=inputs["child_pugh"], ecog=inputs["ecog"]))


def run_target(inputs: Inputs) -> Answers:
    return verdict(
        target(
            nodules_per_lobe=inputs["nodules_per_lobe_max"],
            largest_lesion=inputs["largest_cm"],
            child_pugh=inputs["child_pugh"],
            bclc_stage=inputs["bclc"],
            prior_intraarterial=inputs["prior_intraarterial"],
            liver_dominant=inputs["liver_dominant"],
        )
    )


def run_dosisphere(inputs: Inputs) -> Answers:
    return verdict(dosisphere(inputs["largest_cm"], inputs["hepatic_reserve_pct"]))


def run_layered(inputs: Inputs) -> Answers:
    return verdict(
        layered(word(inputs["tumour"]) or "", inputs.get("bclc"), inputs["child_pugh"], inputs.get("resectable"))
    )


def run_seed_arithmetic(inputs: Inputs) -> Answers:
    return {
        "ae_pct": per_cent(inputs["ae"], inputs["n"]),
        "g12_pct": per_cent(inputs["g12"], inputs["ae"]),
        "hepatic_pct": per_cent(inputs["hepatic"], inputs["n"]),
        "pes_pct": per_cent(inputs["pes"], inputs["n"]),
        "dcr_pct": per_cent(inputs["pr"] + inputs["sd"], inputs["evaluable"]),
    }


RUNS: Runs = {
    ("y90_mird_dose", "default"): run_y90_dose,
    ("y90_lung_dose", "default"): run_y90_dose,
    ("y90_cumulative_lung", "default"): run_cumulative_lung,
    ("y90_resin_bsa", "default"): run_resin,
    ("y90_glass_activity", "default"): run_glass,
    ("lung_shunt_fraction", "default"): run_shunt,
    ("legacy_eligible", "default"): run_legacy,
    ("target_eligible", "default"): run_target,
    ("dosisphere_eligible", "default"): run_dosisphere,
    ("layered_seed_eligible", "default"): run_layered,
    ("seed002_arithmetic", "default"): run_seed_arithmetic,
}
