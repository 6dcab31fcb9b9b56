"""What H says of layered embolisation, bland embolisation, infusion and combinations, and what was mended against M.

Expected results are read from the tables 7.3, 7.4 and 7.6 to 7.9 (rows that fire are written the other way round).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from service.rules.decision import Decision, Outcome

Judge = Callable[..., Decision]
D = Decimal

SHUNT: dict[str, Any] = {"arteriovenous_shunt_significant": True}
NO_SHUNT: dict[str, Any] = {"arteriovenous_shunt_significant": False}
COMBINED: dict[str, Any] = {"tace_ablation_combination_planned": True}
SYSTEMIC: dict[str, Any] = {"systemic_therapy_planned": True}
ENDOSCOPY: dict[str, Any] = {**SYSTEMIC, "bevacizumab_planned": True}
CHECKPOINT: dict[str, Any] = {**SYSTEMIC, "checkpoint_inhibitor_planned": True}
BRIDGE: dict[str, Any] = {
    "transplant_intent": True,
    "transplant_listed": False,
    "treatment_goal": "curative",
    "unos_downstaging": "eligible",
    "macrovascular_invasion": False,
    "afp_highest": D(20),
}
LISTED: dict[str, Any] = {**BRIDGE, "transplant_listed": True, "days_since_checkpoint_inhibitor": D(400)}

CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    # 7.3 layered strategy
    ("layered-tace", "hcc", {"bclc_stage": "B"}, "layer-population-hcc", "not_met"),
    ("layered-tace", "crc_metastasis", {"resectable": True}, "layer-population-mets", "not_met"),
    ("layered-tace", "hcc", {"child_pugh": D(7)}, "layer-childpugh", "met"),
    ("layered-tace", "hcc", {"child_pugh": D(8)}, "layer-childpugh", "not_met"),
    ("layered-tace", "hcc", {"first_layer_as_protocol": False}, "layer-step1", "not_met"),
    ("layered-tace", "hcc", {"blank_microsphere_size": "700"}, "layer-step2", "met"),
    ("layered-tace", "hcc", {"blank_microsphere_size": "other"}, "layer-step2", "not_met"),
    ("layered-tace", "hcc", {"portal_vein_invasion": "Vp1"}, "layer-pvtt", "not_met"),
    ("layered-tace", "hcc", {"portal_vein_invasion": "Vp1"}, "gen-pvtt-12", "silent"),
    ("layered-tace", "hcc", {"portal_vein_invasion": "Vp4"}, "layer-vp4", "not_met"),
    ("layered-tace", "hcc", {"portal_vein_invasion": "Vp4"}, "gen-pvtt-4", "silent"),
    ("layered-tace", "hcc", {"portal_flow": "absent"}, "layer-portal-flow", "not_met"),
    ("layered-tace", "hcc", {"portal_flow": "severely_reduced"}, "layer-portal-flow", "met"),
    ("layered-tace", "hcc", {"protocol_approval": False}, "layer-consent", "not_met"),
    # 7.4 bland embolisation
    ("tae", "hcc", {"bclc_stage": "B"}, "tae-evidence", "not_met"),
    ("tae", "hcc", {"bclc_stage": "A"}, "tae-evidence", "met"),
    ("tae", "hcc", {"anthracycline_contraindicated": False}, "tae-prefer-anthra-contra", "not_met"),
    ("tae", "hcc", {**SHUNT, "bead_size_min": D(99)}, "tae-small-particles-lung", "not_met"),
    ("tae", "hcc", {**SHUNT, "bead_size_min": D(100)}, "tae-small-particles-lung", "met"),
    ("tae", "hcc", {**NO_SHUNT, "bead_size_min": D(99)}, "tae-small-particles-lung", "met"),
    ("tae", "hcc", {"sphincter_compromised": True}, "tae-bile", "not_met"),
    ("tae", "hcc", {"tumour_burden": None}, "tace-extent", "unknown"),
    ("tae", "hcc", {"planned_drug": "none"}, "tace-drug-matches", "silent"),
    ("tae", "crc_metastasis", {}, "tace-extent", "silent"),
    # 7.6 infusion
    ("haic", "hcc", {}, "haic-evidence", "not_met"),
    ("haic", "hcc", {"haic_large_or_portal": False}, "haic-window", "not_met"),
    ("haic", "hcc", {"child_pugh": D(7)}, "haic-window-child-pugh", "not_met"),
    ("haic", "hcc", {"neutrophils": D("1.2")}, "haic-anc", "met"),
    ("haic", "hcc", {"neutrophils": D("1.1")}, "haic-anc", "not_met"),
    ("haic", "hcc", {"platelets": D(60)}, "haic-plt", "met"),
    ("haic", "hcc", {"platelets": D(59)}, "haic-plt", "not_met"),
    ("haic", "hcc", {"bilirubin": D("1.75")}, "haic-bili", "met"),
    ("haic", "hcc", {"bilirubin": D("1.76")}, "haic-bili", "not_met"),
    ("haic", "hcc", {"albumin": D("2.9")}, "haic-albumin", "not_met"),
    ("haic", "hcc", {"child_pugh": D(8)}, "haic-cp8", "not_met"),
    ("haic", "hcc", {"planned_drug": "oxaliplatin", "dpd_deficiency": True}, "haic-dpd", "not_met"),
    ("haic", "hcc", {"planned_drug": "oxaliplatin", "neuropathy_grade": D(2)}, "haic-neuropathy", "not_met"),
    ("haic", "hcc", {"planned_drug": "cisplatin", "egfr": D(60)}, "haic-renal-cis", "met"),
    ("haic", "hcc", {"planned_drug": "cisplatin", "egfr": D(59)}, "haic-renal-cis", "not_met"),
    ("haic", "hcc", {"hai_access_ready": False}, "haic-port", "not_met"),
    # 7.6 sends metastases to section 10; M: infusion by pump, port or catheter
    ("haic", "hcc", {"extrahepatic_disease": "stable"}, "hai-liver-only", "silent"),
    ("haic", "crc_metastasis", {"extrahepatic_disease": "stable"}, "hai-liver-only", "not_met"),
    ("haic", "crc_metastasis", {"ablatable": True}, "crlm-hai-not-ablatable", "not_met"),
    ("haic", "crc_metastasis", {"neutrophils": D("1.4")}, "hai-marrow", "not_met"),
    ("hai", "crc_metastasis", {"neutrophils": D("1.5")}, "hai-marrow", "met"),
    ("hai", "crc_metastasis", {"platelets": D(99)}, "hai-marrow-platelets", "not_met"),
    ("hai", "crc_metastasis", {"main_portal_vein_patent": False}, "hai-portal", "not_met"),
    ("hai", "crc_metastasis", {"portal_hypertension": True}, "hai-portal-hypertension", "not_met"),
    ("hai", "icc", {"expert_programme": False}, "hai-icca", "not_met"),
    # 7.7 with ablation
    ("ctace", "hcc", {**COMBINED, "largest_lesion": D("3.0")}, "combo-abl-size", "not_met"),
    ("ctace", "hcc", {**COMBINED, "largest_lesion": D("3.1")}, "combo-abl-size", "met"),
    ("ctace", "hcc", {**COMBINED, "largest_lesion": D("5.1")}, "combo-abl-upper", "not_met"),
    ("ctace", "hcc", {**COMBINED, "largest_lesion": D("7.0")}, "combo-abl-over7", "met"),
    ("ctace", "hcc", {**COMBINED, "largest_lesion": D("7.1")}, "combo-abl-over7", "not_met"),
    ("ctace", "hcc", {**COMBINED, "lesion_count": D(4)}, "combo-abl-number", "not_met"),
    ("ctace", "hcc", {**COMBINED, "inr": D("1.9")}, "combo-abl-bleed", "not_met"),
    ("ctace", "hcc", {**COMBINED, "platelets": D(49)}, "combo-abl-bleed-platelets", "not_met"),
    ("ctace", "hcc", {**COMBINED, "days_tace_to_ablation": D(43)}, "combo-abl-interval", "not_met"),
    # 7.8 with systemic therapy
    ("ctace", "hcc", {**ENDOSCOPY, "endoscopy_age": D(183)}, "combo-sys-varices", "met"),
    ("ctace", "hcc", {**ENDOSCOPY, "endoscopy_age": D(184)}, "combo-sys-varices", "not_met"),
    ("ctace", "hcc", {**CHECKPOINT, "active_autoimmune_disease": True}, "combo-sys-autoimmune", "not_met"),
    ("ctace", "hcc", {**CHECKPOINT, "prior_liver_transplant": True}, "combo-sys-transplant", "not_met"),
    # 7.9 bridging and downstaging
    ("ctace", "hcc", {**BRIDGE, "transplant_candidate": False}, "lt-listed", "not_met"),
    ("ctace", "hcc", {**BRIDGE, "macrovascular_invasion": True}, "lt-mvi", "not_met"),
    ("ctace", "hcc", {**BRIDGE, "extrahepatic_disease": "limited"}, "lt-extrahepatic", "not_met"),
    ("ctace", "hcc", {**BRIDGE, "afp_highest": D(1000), "afp": D(499)}, "lt-afp-1000", "met"),
    ("ctace", "hcc", {**BRIDGE, "afp_highest": D(1000), "afp": D(500)}, "lt-afp-1000", "not_met"),
    ("ctace", "hcc", {**BRIDGE, "unos_downstaging": "not_eligible"}, "lt-all-comers", "not_met"),
    ("ctace", "hcc", {**LISTED, "child_pugh": D(8)}, "lt-liver-exception", "not_met"),
    ("ctace", "hcc", {**LISTED, "bilirubin": D("3.1")}, "lt-liver-exception-bilirubin", "not_met"),
    # M: rows of several facts
    ("ire", "crc_metastasis", {"thermal_ablation_suitable": True}, "ire-niche-thermal", "not_met"),
    ("hdr-brachytherapy", "hcc", {"bile_duct_bifurcation_lesion": True, "stent_plan": False},
     "hdr-bifurcation", "not_met"),
    ("pve", "hcc", {"flr_tumour_free": False, "two_stage_plan": True}, "pve-no-tumour-flr", "met"),
    ("pve", "hcc", {"flr_tumour_free": False, "two_stage_plan": False}, "pve-no-tumour-flr", "not_met"),
    ("pve", "icc", {"pve_done": True, "parenchyma": "normal", "degree_of_hypertrophy": D(5)}, "pve-dh", "not_met"),
    ("pve", "icc", {"pve_done": True, "parenchyma": "fibrosis_cirrhosis", "degree_of_hypertrophy": D(10)},
     "pve-dh-cirrhosis", "not_met"),
    ("php", "uveal_melanoma_metastasis", {"extrahepatic_disease": "limited", "extrahepatic_label_sites_only": True},
     "php-ehd", "met"),
    ("php", "uveal_melanoma_metastasis", {"extrahepatic_disease": None, "extrahepatic_label_sites_only": False},
     "php-ehd", "unknown"),
    ("php", "uveal_melanoma_metastasis", {"cirrhosis": True, "child_pugh": D(7)}, "php-child-pugh", "not_met"),
    ("php", "uveal_melanoma_metastasis", {"cirrhosis": True, "child_pugh": D(7)}, "art-child-pugh", "silent"),
    ("php", "uveal_melanoma_metastasis", {"portal_hypertension": True}, "php-portal-hypertension", "not_met"),
    ("php", "uveal_melanoma_metastasis", {"php_cycles_done": D(5)}, "php-cycles", "met"),
    ("php", "uveal_melanoma_metastasis", {"php_cycles_done": D(6)}, "php-cycles", "not_met"),
    # M 2.2: radiotherapy has the common rows and the radiation row on devices
    ("sbrt", "hcc", {}, "ana-allergy-drugs", "silent"),
    ("sbrt", "hcc", {}, "dev-implanted-hai-pump", "silent"),
    ("sbrt", "hcc", {"cied": True, "cied_dose": D(3)}, "dev-cied-radiation", "not_met"),
    ("pve", "crc_metastasis", {"extrahepatic_disease": "limited"}, "sys-crc-ehd", "not_met"),
    ("resection-referral", "crc_metastasis", {"multiorgan_disease": True}, "sys-crc-debulking", "not_met"),
]  # fmt: skip

BOARDS = [
    ("cryoablation", "cry-board", "hcc", "crc_metastasis"),
    ("ire", "ire-board", "other_metastasis", "crc_metastasis"),
    ("ire", "ire-research", "icc", "breast_metastasis"),
    ("litt", "litt-board", "net_metastasis", "breast_metastasis"),
    ("hdr-brachytherapy", "hdr-board", "icc", "crc_metastasis"),
    ("pve", "pve-board", "breast_metastasis", "icc"),
    ("hai", "hai-board", "net_metastasis", "crc_metastasis"),
    ("tae", "tae-board", "crc_metastasis", "net_metastasis"),
    ("tace-other", "tace-board", "other_metastasis", "icc"),
]
"""Therapy, note, a tumour for which M says "(MDT)", "(research)" or "-", and one for which it has a table."""


@pytest.mark.parametrize(("therapy", "tumour", "changed", "criterion", "outcome"), CASES)
def test_it_judges_rows_as_the_documents_say(
    judge: Judge, therapy: str, tumour: str, changed: dict[str, Any], criterion: str, outcome: str
) -> None:
    found = {finding.criterion: finding.outcome.value for finding in judge(therapy, tumour, **changed).findings}

    assert found.get(criterion, "silent") == outcome


@pytest.mark.parametrize(("therapy", "note", "limited", "known"), BOARDS)
def test_it_says_where_evidence_is_limited(judge: Judge, therapy: str, note: str, limited: str, known: str) -> None:
    assert note in {each.id for each in judge(therapy, limited).notes}
    assert note not in {each.id for each in judge(therapy, known).notes}


def test_it_blocks_bland_embolisation_of_liver_cancer_without_a_tumour_burden(judge: Judge) -> None:
    assert judge("tae", "hcc", tumour_burden=None).status.word == "needs_data"


def test_it_names_the_state_of_disease_outside_the_liver(judge: Judge) -> None:
    decision = judge("resection-referral", "crc_metastasis", extrahepatic_disease="progressive")
    (finding,) = (each for each in decision.findings if each.criterion == "res-crc-no-ehd")

    assert finding.outcome is Outcome.NOT_MET
    assert "is progressive" in finding.say
