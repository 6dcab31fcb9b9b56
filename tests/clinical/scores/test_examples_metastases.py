"""Runs the 66 worked examples of scores-mets.json against the scores."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from service.clinical.scores.ablation import ablation_zone
from service.clinical.scores.albi import albi, albi_grade, malbi_grade
from service.clinical.scores.bleeding import bleeding_gate
from service.clinical.scores.metastases import (
    fong,
    fong_category,
    replacement_band,
    tumour_burden_zone,
    tumour_replacement,
    tumour_volume,
)
from service.clinical.scores.performance import ecog_from_karnofsky
from service.clinical.scores.possible import exact, single
from service.clinical.scores.remnant import (
    body_surface,
    body_surface_dubois,
    growth_is_favourable,
    hypertrophy,
    kinetic_growth_rate,
    liver_volume,
    liver_volume_urata,
    relative_hypertrophy,
    remnant_function_is_favourable,
    remnant_per_surface,
    remnant_status,
    resected_share,
    standardised_remnant,
)
from service.clinical.scores.tace import tumour_burden_score
from service.clinical.scores.y90 import cumulative_lung_dose, lung_activity, lung_dose, lung_limits
from tests.clinical.scores.examples import Answers, Inputs, agrees, load

SCORES = load("scores-mets.json")["scores"]
EXAMPLES = [(score["id"], example) for score in SCORES for example in score["examples"]]
STATUS = {"caution": "caution", "at or": "at_or_above_minimum", "below": "below_minimum"}
CATEGORY = {"low (0-2)": "low", "high (3-5)": "high", "undetermined": None}
PHYSICAL_CONSTANT = Decimal("49.67")


def run_albi(inputs: Inputs) -> Answers:
    score = albi(inputs["bilirubin_umol_l"], inputs["albumin_g_l"])
    return {"score": score, "grade": single(albi_grade(score)), "malbi": single(malbi_grade(score))}


def run_fong(inputs: Inputs) -> Answers:
    points = fong(
        inputs["primary_node_positive"],
        inputs["disease_free_interval_months"],
        inputs["liver_lesion_count"],
        inputs["cea_ng_ml"],
        inputs["largest_cm"],
    )
    return {"min": points.low, "max": points.high, "category": single(fong_category(points))}


def run_tumour_burden(inputs: Inputs) -> Answers:
    score = exact(tumour_burden_score(inputs["lesion_count"], inputs["max_diameter_cm"]))
    return {"tbs": score, "zone": single(tumour_burden_zone(score))}


def run_body_surface(inputs: Inputs) -> Answers:
    height, weight = inputs["height_cm"], inputs["weight_kg"]
    return {"mosteller_m2": body_surface(height, weight), "dubois_m2": body_surface_dubois(height, weight)}


def run_liver_volume(inputs: Inputs) -> Answers:
    surface = body_surface(inputs["height_cm"], inputs["weight_kg"])
    return {"bsa_m2": surface, "tlv_ml": liver_volume(surface), "urata_ml": liver_volume_urata(surface)}


def run_remnant(inputs: Inputs) -> Answers:
    volume = liver_volume(body_surface(inputs["height_cm"], inputs["weight_kg"]))
    share = standardised_remnant(inputs["flr_ml"], volume)
    return {
        "tlv_ml": volume,
        "sflr_pct": share,
        "resected_pct": resected_share(share),
        "status": single(remnant_status(share, inputs["parenchyma"])),
    }


def run_growth(inputs: Inputs) -> Answers:
    before, after, days = inputs["sflr_pre_pct"], inputs["sflr_post_pct"], inputs["days_since_pve"]
    return {
        "dh_pp": hypertrophy(before, after),
        "kgr_pp_per_week": kinetic_growth_rate(before, after, days),
        "relative_hypertrophy_pct": relative_hypertrophy(before, after),
        "favourable": growth_is_favourable(before, after, days, cirrhosis=inputs["cirrhosis"]),
    }


def run_replacement(inputs: Inputs) -> Answers:
    volume = inputs["tumour_ml"] if "tumour_ml" in inputs else tumour_volume(map(tuple, inputs["lesions_cm"]))
    share = tumour_replacement(volume, inputs["whole_liver_ml"])
    return {"tumour_ml": volume, "pct": share, "band": single(replacement_band(share))}


def run_lung_dose(inputs: Inputs) -> Answers:
    activity, shunt, prior = inputs["activity_gbq"], inputs["lsf_pct"], [inputs["prior_lung_gy"]]
    dose = lung_dose(activity, shunt, lung_mass=inputs["lung_mass_kg"], constant=PHYSICAL_CONSTANT)
    limits = lung_limits(activity, shunt, dose, prior)
    return {
        "lung_activity_gbq": lung_activity(activity, shunt),
        "lung_dose_gy": dose,
        "cumulative_gy": cumulative_lung_dose(prior, dose),
        "glass_activity_ok": limits["glass_activity"],
        "single_ok": limits["single"],
        "cumulative_ok": limits["cumulative"],
        "resin_lsf_ok": limits["resin_shunt"],
    }


def run_ablation_zone(inputs: Inputs) -> Answers:
    return {"required_zone_cm": ablation_zone(inputs["lesion_cm"], inputs["margin_mm"])}


def run_remnant_per_surface(inputs: Inputs) -> Answers:
    volume = remnant_per_surface(inputs["remnant_ml"], body_surface(inputs["height_cm"], inputs["weight_kg"]))
    return {"rlv_bsa_ml_m2": volume, "cca_ge_300": volume >= 300, "shirabe_ge_250": volume >= 250}


def run_remnant_function(inputs: Inputs) -> Answers:
    return {"favourable": remnant_function_is_favourable(inputs["frlf"])}


def run_karnofsky(inputs: Inputs) -> Answers:
    return {"ecog": single(ecog_from_karnofsky(inputs["kps"]))}


def run_bleeding(inputs: Inputs) -> Answers:
    gate = bleeding_gate(
        inputs["inr"],
        inputs["platelets_e9_l"],
        inputs["fibrinogen_mg_dl"],
        high_risk=inputs["procedure_risk"] == "high",
        chronic_liver_disease=inputs["chronic_liver_disease_thresholds_enabled"],
    )
    return {"result": str(single(gate)).replace("_", " ")}


RUN: dict[str, Callable[[Inputs], Answers]] = {
    "albi": run_albi,
    "fong-crs": run_fong,
    "tbs": run_tumour_burden,
    "bsa": run_body_surface,
    "tlv-vauthey": run_liver_volume,
    "sflr": run_remnant,
    "dh-kgr": run_growth,
    "hepatic-tumour-replacement": run_replacement,
    "y90-lung-dose": run_lung_dose,
    "ablation-zone": run_ablation_zone,
    "rlv-bsa": run_remnant_per_surface,
    "hbs-frlf": run_remnant_function,
    "ecog": run_karnofsky,
    "sir2019-bleeding-gate": run_bleeding,
}


def expected_words(name: str, expected: object) -> object:
    """The document's sentence as the word that the score answers with."""
    if name == "status":
        return next(word for start, word in STATUS.items() if str(expected).startswith(start))
    return CATEGORY[str(expected)] if name == "category" else expected


@pytest.mark.parametrize(("score", "example"), EXAMPLES, ids=lambda part: part if isinstance(part, str) else part["id"])
def test_it_gives_the_published_result(score: str, example: dict[str, Any]) -> None:
    found = RUN[score](example["inputs"])
    wrong = {
        name: (found[name], expected)
        for name, expected in example["expect"].items()
        if not agrees(found[name], expected_words(name, expected), example["tolerance"])
    }
    assert not wrong


def test_it_covers_every_example_of_the_document() -> None:
    assert len(EXAMPLES) == 66
    assert {score["id"] for score in SCORES} == set(RUN)
