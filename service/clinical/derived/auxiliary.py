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

AUXILIARY: dict[str, Auxiliary] = {
    row.name: row
    for row in (
        Auxiliary("sex", "", "lifelong", "Patient.gender; other and unknown are 'other'", ("female", "male", "other")),
        Auxiliary("sterilised_or_menopausal", "", "lifelong", "code of sterilisation, hysterectomy or menopause"),
        Auxiliary("height", "cm", "lifelong", "newest body height"),
        Auxiliary("weight", "kg", "current", "newest body weight"),
        Auxiliary("sheath_above_7f", "", "plan", "order detail"),
        Auxiliary("diuretics_for_ascites", "", "medication", "diuretic whose reason is ascites"),
        Auxiliary("ascites_drained", "", "imaging", "drainage on the needle path"),
        Auxiliary("ascites_before_last_session", "", "lifelong", "ascites before the last session", _ASCITES),
        Auxiliary("bilirubin_before_last_session", "mg/dL", "lifelong", "bilirubin before the last session"),
        Auxiliary("child_pugh_before_first_session", "{score}", "lifelong", "total before the first session"),
        Auxiliary("ast_rise_since_session", "%", "labs", "AST after against before the first session"),
        Auxiliary("bclc_stage_before_first_session", "", "lifelong", "baseline stage", FACTS["bclc_stage"].values),
        Auxiliary("sum_of_diameters", "cm", "imaging", "sum of the longest diameters of all viable lesions"),
        Auxiliary("single_nodule_extranodular_growth", "", "imaging", "extranodular growth"),
        Auxiliary("consecutive_progressions", "1", "imaging", "intrahepatic progressions in a row"),
        Auxiliary("continuous_marker_rise", "", "staging_labs", "markers rose right after each session"),
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
        Auxiliary("earlier_lung_dose", "Gy", "lifelong", "sum over earlier Y-90; 0 when there surely was none"),
        Auxiliary("antiplatelet_active", "", "antithrombotic", "any antiplatelet drug"),
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
        Auxiliary("cholestasis", "", "current", "cholestasis of the remnant liver"),
        Auxiliary("alt_times_uln", "{xULN}", "labs", "ALT over its upper limit"),
    )
}


def freshness_class(name: str) -> str:
    """KeyError for a name that neither facts.csv nor this module lists."""
    return FACTS[name].freshness if name in FACTS else AUXILIARY[name].freshness
