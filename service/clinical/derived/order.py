"""Facts about the order that follow from its other details."""

from __future__ import annotations

from service.clinical.derived.answers import Answer, all_true, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import Precedence, computed
from service.clinical.dictionary import FACTS
from service.clinical.scores.possible import every, words
from service.clinical.values import Value

EMBOLIC_OF = {
    "ctace": "ctace",
    "deb-tace": "deb_doxorubicin",
    "layered-tace": "deb_doxorubicin",
    "debiri": "deb_irinotecan",
    "tae": "bland",
}
NEEDLE_THERAPIES = ("rfa", "microwave", "cryoablation", "ire", "hdr-brachytherapy", "pve")
"""High bleeding risk in metastases-ablation.md 4: ablation of a solid organ, needles, portal vein embolisation."""

LIVER_CANCER = {"hcc", "icc", "pcc"}
ANTHRACYCLINES = {"doxorubicin", "epirubicin"}


@computed("embolic_type", "ordered_therapy")
def embolic_type(given: Given) -> Answer:
    """What the ordered therapy injects; nothing where one of the candidates does not say."""
    ordered = given.word("ordered_therapy")
    if ordered is None:
        return None
    embolics = {EMBOLIC_OF.get(therapy) for therapy in words(ordered, FACTS["ordered_therapy"].values)}
    return None if None in embolics else frozenset[Value](embolic for embolic in embolics if embolic)


@computed("high_bleeding_risk_procedure", "ordered_therapy", "tace_ablation_combination_planned", "sheath_above_7f")
def high_bleeding_risk_procedure(given: Given) -> Answer:
    """Ablation, alone or combined, or a sheath above 7 F."""
    return any_true(
        given.among("ordered_therapy", *NEEDLE_THERAPIES),
        given.yes("tace_ablation_combination_planned"),
        given.yes("sheath_above_7f"),
    )


@computed("drug_matches_tumour", "planned_drug", "target_tumour")
def drug_matches_tumour(given: Given) -> Answer:
    """Irinotecan for colorectal metastases, doxorubicin or epirubicin for cancer of the liver itself; no other pair."""
    return every(
        _matches,
        words(given.word("planned_drug"), FACTS["planned_drug"].values),
        words(given.word("target_tumour"), FACTS["target_tumour"].values),
    )


def _matches(drug: str, tumour: str) -> bool:
    return (drug == "irinotecan" and tumour == "crc_metastasis") or (drug in ANTHRACYCLINES and tumour in LIVER_CANCER)


@computed("first_layer_as_protocol", "bead_size_min", "bead_size_max", "planned_drug")
def first_layer_as_protocol(given: Given) -> Answer:
    """Microspheres of 100 to 300 um loaded with epirubicin."""
    return all_true(
        given.at_least("bead_size_min", 100),
        given.at_most("bead_size_max", 300),
        given.among("planned_drug", "epirubicin"),
    )


@computed("melphalan_dose_per_kg", "planned_melphalan_dose", "ideal_body_weight")
def melphalan_dose_per_kg(given: Given) -> Answer:
    """mg per kg of ideal body weight."""
    dose, weight = given.exact("planned_melphalan_dose"), given.exact("ideal_body_weight")
    return None if dose is None or weight is None else dose / weight


@computed("general_anaesthesia_planned", "anaesthesia_plan")
def general_anaesthesia_planned(given: Given) -> Answer:
    return given.among("anaesthesia_plan", "general", "general_with_paralysis")


@computed("transplant_intent", "transplant_listed", precedence=Precedence.SILENCE)
def transplant_intent(given: Given) -> Answer:
    """A silent order means it only where the patient is surely listed; never unknown."""
    return given.yes("transplant_listed") is True


@computed("access_site", precedence=Precedence.SILENCE)
def access_site(given: Given) -> Answer:
    """not_recorded where the order is silent."""
    return "not_recorded" if given.fact("access_site").is_unknown else given.word("access_site")
