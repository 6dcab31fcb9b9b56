"""Inputs that only computed facts read, not listed in facts.csv. Whoever reads the record delivers them."""

from __future__ import annotations

from dataclasses import dataclass

from service.clinical.dictionary import FACTS


@dataclass(frozen=True, slots=True)
class Auxiliary:
    """`freshness` names a class of freshness.yaml; `values` only for coded inputs."""

    name: str
    unit: str
    freshness: str
    source: str
    values: tuple[str, ...] = ()


_ASCITES = FACTS["ascites"].values
_STAGES = FACTS["bclc_stage"].values
_SEXES = ("female", "male", "other")
_MORPHOLOGIES = (
    "simple_nodular",
    "simple_nodular_extranodular_growth",
    "confluent_multinodular",
    "massive",
    "infiltrative",
    "poorly_differentiated",
    "intrahepatic_dissemination",
    "sarcomatous_change",
)

AUXILIARY: dict[str, Auxiliary] = {
    row.name: row
    for row in (
        Auxiliary("sex", "", "lifelong", "Patient.gender; other and unknown are 'other'", _SEXES),
        Auxiliary("sterilised_or_menopausal", "", "lifelong", "code of sterilisation, hysterectomy or menopause"),
        Auxiliary("body_height", "cm", "lifelong", "newest body height"),
        Auxiliary("body_weight", "kg", "current", "newest body weight"),
        Auxiliary("ideal_body_weight", "kg", "lifelong", "as the order or record states it"),
        Auxiliary("sheath_above_7f", "", "plan", "order detail"),
        Auxiliary("diuretics_for_ascites", "", "medication", "diuretic whose reason is ascites"),
        Auxiliary("ascites_drained", "", "imaging", "ascites on the needle path drained"),
        Auxiliary("ascites_before_last_session", "", "lifelong", "ascites before the last session", _ASCITES),
        Auxiliary("bilirubin_before_last_session", "mg/dL", "lifelong", "bilirubin before the last session"),
        Auxiliary("child_pugh_before_first_session", "{score}", "lifelong", "total before the first session"),
        Auxiliary("ast_before_first_session", "U/L", "lifelong", "newest AST before the first session"),
        Auxiliary("ast_after_first_session", "U/L", "labs", "newest AST after the first session"),
        Auxiliary("bclc_stage_before_first_session", "", "lifelong", "baseline stage", _STAGES),
        Auxiliary("sum_of_diameters", "cm", "imaging", "sum of the longest diameters of all viable lesions"),
        Auxiliary("tumour_morphology", "", "imaging", "gross type (hcc.md 4.1)", _MORPHOLOGIES),
        Auxiliary("consecutive_progressions", "1", "imaging", "intrahepatic progressions in a row"),
        Auxiliary("continuous_marker_rise", "", "staging_labs", "markers kept rising right after the sessions"),
        Auxiliary("primary_node_positive", "", "lifelong", "nodes of the colorectal primary, pathology"),
        Auxiliary("cea", "ng/mL", "staging_labs", "newest CEA"),
        Auxiliary("bland_portal_thrombosis", "", "imaging", "thrombus without tumour in the portal vein"),
        Auxiliary("maa_uptake_in_thrombus", "", "mapping", "uptake of MAA in the portal thrombus"),
        Auxiliary("remnant_volume", "mL", "imaging", "volumetry, before portal vein embolisation if any"),
        Auxiliary("remnant_volume_after_pve", "mL", "imaging", "first volumetry after portal vein embolisation"),
        Auxiliary("remnant_share", "%", "imaging", "remnant as share of the liver without tumour, volumetry"),
        Auxiliary("days_pve_to_volumetry", "d", "imaging", "portal vein embolisation to that volumetry"),
        Auxiliary("tumour_volume", "mL", "imaging", "volumetry"),
        Auxiliary("whole_liver_volume", "mL", "imaging", "volumetry, tumour included"),
        Auxiliary("lung_counts", "1", "mapping", "geometric mean of the lung counts"),
        Auxiliary("liver_counts", "1", "mapping", "geometric mean of the liver counts"),
        Auxiliary("planned_activity", "GBq", "mapping", "dosimetry"),
        Auxiliary("lung_mass", "kg", "mapping", "measured on CT"),
        Auxiliary("earlier_y90", "", "lifelong", "true whenever any Y-90 treatment is on record, whatever the lobe"),
        Auxiliary("earlier_lung_dose", "Gy", "lifelong", "sum over earlier Y-90 treatments"),
        Auxiliary("antiplatelet_active", "", "antithrombotic", "any antiplatelet drug, aspirin included"),
        Auxiliary("hold_plan_recorded", "", "antithrombotic", "plan to hold or continue the antithrombotic"),
        Auxiliary("planned_anthracycline_dose", "mg/m2", "plan", "doxorubicin equivalent"),
        Auxiliary("epirubicin_cumulative", "mg/m2", "lifelong", "epirubicin given so far"),
        Auxiliary("planned_epirubicin_dose", "mg/m2", "plan", "order"),
        Auxiliary("allergy_to_planned", "", "current", "allergy to a planned drug or material"),
        Auxiliary("allergy_plan_recorded", "", "current", "plan for that allergy"),
        Auxiliary("neutrophils_after_last_cycle", "10*9/L", "lifelong", "lowest since the last cycle"),
        Auxiliary("platelets_after_last_cycle", "10*9/L", "lifelong", "lowest since the last cycle"),
        Auxiliary("chemotherapy_weeks", "wk", "documentation", "weeks of chemotherapy"),
        Auxiliary("steatosis_share", "%", "portal_pressure", "liver fat, pathology or imaging"),
        Auxiliary("cholestasis", "", "current", "cholestasis of the liver that would remain"),
    )
}


def freshness_class(name: str) -> str:
    """KeyError for a name that neither facts.csv nor this module lists."""
    return FACTS[name].freshness if name in FACTS else AUXILIARY[name].freshness
