"""What the source documents say of the six therapies that every site orders, at each limit and just beyond it.

Expected results are read from the documents' tables (rows that fire are written there the other way round).
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from service.rules.decision import Decision, Outcome
from service.rules.model import Knowledge

Judge = Callable[..., Decision]
D = Decimal

DILATED: dict[str, Any] = {"biliary_obstruction": True}
HORMONES: dict[str, Any] = {"octreotide_cover_planned": False, "functioning_tumour": True}
LOBAR: dict[str, Any] = {"treatment_extent": "lobar", "hepatic_reserve": D(31)}
PROGRESSING: dict[str, Any] = {"extrahepatic_disease": "progressive"}
PLANNED = ("contraindicated", "y90-capecitabine-planned-resin")

CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    # 6.1 patient and liver
    ("ctace", "hcc", {"ecog": D(1)}, "none_found", ""),
    ("ctace", "hcc", {"ecog": D(2)}, "not_met", "gen-ecog"),
    ("ctace", "hcc", {"ecog": D(3)}, "contraindicated", "gen-ecog-abs"),
    ("ctace", "hcc", {"life_expectancy": D(3)}, "none_found", ""),
    ("ctace", "hcc", {"life_expectancy": D("2.9")}, "contraindicated", "gen-life-expectancy"),
    ("ctace", "hcc", {"child_pugh": D(7)}, "none_found", ""),
    ("ctace", "hcc", {"child_pugh": D(8)}, "contraindicated", "gen-childpugh-b89"),
    ("ctace", "hcc", {"child_pugh": D(8), "child_pugh_b_exception": None}, "contraindicated", "gen-childpugh-b89"),
    ("ctace", "hcc", {"child_pugh": D(8), "child_pugh_b_exception": True}, "not_met", "tace-child-pugh"),
    ("ctace", "hcc", {"child_pugh": D(10), "child_pugh_b_exception": True}, "contraindicated", "gen-childpugh-c"),
    ("ctace", "hcc", {"bilirubin": D("2.0"), "planned_drug": "other"}, "none_found", ""),
    ("ctace", "hcc", {"bilirubin": D("2.1")}, "review", "gen-bili-rel"),
    ("ctace", "hcc", {"bilirubin": D("3.0")}, "review", "gen-bili-rel"),
    ("ctace", "hcc", {"bilirubin": D("3.1")}, "contraindicated", "gen-bili-abs"),
    ("ctace", "hcc", {"bilirubin": D("3.1"), "bilirubin_exception": True}, "review", "gen-bili-abs-rel"),
    ("ctace", "hcc", {"albumin": D("2.8")}, "none_found", ""),
    ("ctace", "hcc", {"albumin": D("2.7")}, "review", "gen-albumin-low"),
    ("ctace", "hcc", {"albi_grade": D(3)}, "review", "gen-albi-3"),
    ("ctace", "hcc", {"ascites": "mild", "clinical_ascites": True}, "review", "gen-ascites-mild"),
    ("ctace", "hcc", {"ascites": "refractory"}, "contraindicated", "gen-ascites-severe"),
    ("ctace", "hcc", {"encephalopathy": "grade_1_2"}, "contraindicated", "gen-encephalopathy"),
    ("ctace", "hcc", {"tumour_board_age": D(43)}, "not_met", "gen-mdt"),
    ("ctace", "hcc", {"tumour_board_age": None}, "confirm", "gen-mdt"),
    ("ctace", "hcc", {"liver_imaging_age": D(43)}, "not_met", "gen-imaging"),
    # 6.2 tumour and vessels
    ("ctace", "hcc", {"portal_vein_invasion": "Vp2"}, "none_found", ""),
    ("ctace", "hcc", {"portal_vein_invasion": "Vp3"}, "review", "gen-pvtt-3"),
    ("ctace", "hcc", {"portal_vein_invasion": "Vp4"}, "contraindicated", "gen-pvtt-4"),
    ("ctace", "hcc", {"portal_flow": "hepatofugal"}, "contraindicated", "gen-portal-flow"),
    ("ctace", "hcc", {"portal_flow": None}, "confirm", "gen-portal-flow"),
    ("ctace", "hcc", {"tumour_burden": D(51)}, "review", "gen-burden-50"),
    ("ctace", "hcc", {"tumour_burden": D(70)}, "review", "gen-burden-50"),
    ("ctace", "hcc", {"tumour_burden": D(71)}, "contraindicated", "gen-burden-70"),
    ("ctace", "hcc", {"largest_lesion": D("9.9")}, "none_found", ""),
    ("ctace", "hcc", {"largest_lesion": D("10.0")}, "review", "gen-size-10"),
    ("ctace", "hcc", {"extrahepatic_disease": "stable"}, "review", "gen-ehs-limited"),
    ("ctace", "hcc", {"extrahepatic_disease": "progressive"}, "contraindicated", "gen-ehs-progressive"),
    ("ctace", "hcc", {"extrahepatic_disseminated": True}, "contraindicated", "gen-ehs-disseminated"),
    # 6.3 blood, kidney, contrast
    ("ctace", "hcc", {"inr": D("1.7")}, "none_found", ""),
    ("ctace", "hcc", {"inr": D("1.8")}, "not_met", "gen-inr-femoral"),
    ("ctace", "hcc", {"inr": D("1.8"), "access_site": None}, "not_met", "gen-inr-femoral"),
    ("ctace", "hcc", {"inr": D("1.8"), "access_site": "radial"}, "none_found", ""),
    ("ctace", "hcc", {"inr": D("2.2"), "access_site": "radial"}, "not_met", "gen-inr-radial"),
    ("ctace", "hcc", {"inr": D("2.6")}, "contraindicated", "gen-inr-high"),
    ("ctace", "hcc", {"platelets": D(50)}, "none_found", ""),
    ("ctace", "hcc", {"platelets": D(49)}, "review", "gen-plt-rel"),
    ("ctace", "hcc", {"platelets": D(19)}, "contraindicated", "gen-plt-abs"),
    ("ctace", "hcc", {"creatinine": D("1.9")}, "none_found", ""),
    ("ctace", "hcc", {"creatinine": D("2.0")}, "contraindicated", "gen-creatinine"),
    ("ctace", "hcc", {"egfr": D(29)}, "contraindicated", "gen-creatinine-egfr"),
    ("ctace", "hcc", {"egfr": D(29), "chronic_dialysis": True}, "none_found", ""),
    ("ctace", "hcc", {"transaminases_times_uln": D(6)}, "review", "gen-transaminases"),
    # 7.1 conventional chemoembolisation
    ("ctace", "hcc", {"tace_stage_indication": False}, "not_met", "ctace-indication"),
    ("ctace", "hcc", {"bclc_stage": "C"}, "review", "ctace-bclc-c"),
    ("ctace", "hcc", {"bclc_stage": "D"}, "contraindicated", "gen-bclc-d"),
    ("ctace", "hcc", {"lvef": D(50)}, "none_found", ""),
    ("ctace", "hcc", {"lvef": D(49)}, "contraindicated", "anthra-lvef"),
    ("ctace", "hcc", {"lvef": None}, "none_found", ""),
    ("ctace", "hcc", {"lvef": None, "anthracycline_cumulative": D(100)}, "needs_data", "anthra-lvef-prior"),
    ("ctace", "hcc", {"lvef": D(49), "planned_drug": "cisplatin"}, "none_found", ""),
    ("ctace", "hcc", {"hyperthyroidism": True}, "contraindicated", "ctace-lipiodol-hyperthyroid"),
    ("ctace", "hcc", {**DILATED, "biliary_external_drain": False}, "contraindicated", "ctace-lipiodol-bile"),
    ("ctace", "hcc", {**DILATED, "biliary_external_drain": True}, "review", "gen-bile-obstruct"),
    ("ctace", "hcc", {"lipiodol_volume": D(15)}, "none_found", ""),
    ("ctace", "hcc", {"lipiodol_volume": D(16)}, "review", "ctace-lipiodol-volume"),
    ("ctace", "crc_metastasis", {"bclc_stage": None, "child_pugh": D(7)}, "none_found", ""),
    ("ctace", "crc_metastasis", {"prior_systemic_lines": D(0)}, "not_met", "deb-crc-lines"),
    ("ctace", "net_metastasis", HORMONES, "not_met", "net-emb-octreotide"),
    # 7.10 repeated sessions
    ("ctace", "hcc", {"embolisation_sessions": D(2), "response_last_session": None}, "needs_data", "re-response"),
    # 7.2 drug-eluting beads
    ("deb-tace", "hcc", {"hyperthyroidism": True}, "none_found", ""),
    ("deb-tace", "hcc", {"arteriovenous_shunt_significant": True}, "contraindicated", "deb-shunt"),
    ("deb-tace", "hcc", {"planned_doxorubicin_dose": D(150)}, "none_found", ""),
    ("deb-tace", "hcc", {"planned_doxorubicin_dose": D(151)}, "review", "deb-dose-max"),
    ("deb-tace", "net_metastasis", {"embolic_type": "deb_doxorubicin"}, "review", "net-emb-no-deb"),
    # 7.5 Y-90
    ("y90-glass", "hcc", {"clinical_ascites": True}, "contraindicated", "y90-ascites"),
    ("y90-glass", "hcc", {"planned_lung_dose": D(30)}, "none_found", ""),
    ("y90-glass", "hcc", {"planned_lung_dose": D("30.1")}, "contraindicated", "y90-lung-dose"),
    ("y90-glass", "hcc", {"planned_lung_dose": D("30.1"), "order_phase": "mapping"}, "none_found", ""),
    ("y90-glass", "hcc", {"lung_activity": D("0.62")}, "contraindicated", "y90-lung-activity-glass"),
    ("y90-glass", "hcc", {"mapping_age": D(29)}, "not_met", "y90-mapping"),
    ("y90-glass", "hcc", {"portal_vein_thrombosis": True}, "none_found", ""),
    ("y90-glass", "hcc", {"portal_vein_invasion": "Vp4"}, "review", "gen-pvtt-4-rel"),
    ("y90-glass", "hcc", {"pvt_type4_without_uptake": True}, "contraindicated", "y90-pvt4"),
    ("y90-glass", "hcc", {"prior_liver_radiation": True}, "review", "y90-prior-ebrt"),
    ("y90-glass", "hcc", {"days_since_capecitabine": D(27)}, "none_found", ""),
    ("y90-glass", "hcc", {"glass_label_window": False}, "none_found", ""),
    ("y90-glass", "hcc", {**LOBAR, "bilirubin": D("2.0")}, "none_found", ""),
    ("y90-glass", "hcc", {**LOBAR, "bilirubin": D("2.1")}, "contraindicated", "y90-bili-lobar"),
    ("y90-glass", "hcc", {"bilirubin": D("2.1")}, "review", "y90-bili-seg"),
    ("y90-glass", "hcc", {"bilirubin": D("3.0")}, "review", "y90-bili-seg"),
    ("y90-glass", "hcc", {"bilirubin": D("3.1")}, "contraindicated", "y90-bili-seg-abs"),
    ("y90-glass", "crc_metastasis", {"bilirubin": D("2.1")}, "not_met", "y90-bilirubin"),
    ("y90-resin", "crc_metastasis", {"planned_lung_dose": D("30.1")}, "contraindicated", "y90-lung-dose"),
    ("y90-resin", "crc_metastasis", {"lung_shunt_fraction": D(20)}, "none_found", ""),
    ("y90-resin", "crc_metastasis", {"lung_shunt_fraction": D("20.1")}, "contraindicated", "y90-lsf-resin"),
    ("y90-resin", "crc_metastasis", {"portal_vein_thrombosis": True}, "contraindicated", "y90-pvt-resin"),
    ("y90-resin", "crc_metastasis", {"prior_liver_radiation": True}, "contraindicated", "y90-prior-ebrt-resin"),
    ("y90-resin", "crc_metastasis", {"days_since_capecitabine": D(61)}, "none_found", ""),
    ("y90-resin", "crc_metastasis", {"days_since_capecitabine": D(60)}, "contraindicated", "y90-capecitabine-resin"),
    ("y90-resin", "crc_metastasis", {"capecitabine_planned": True}, *PLANNED),
    ("y90-resin", "crc_metastasis", {"prior_systemic_lines": D(0)}, "not_met", "y90-crc-lines"),
    ("y90-resin", "crc_metastasis", {"first_line_setting": True}, "not_met", "y90-crc-not-first-line"),
    ("y90-resin", "crc_metastasis", {"resectable": True}, "not_met", "y90-crc-unresectable"),
    ("y90-resin", "crc_metastasis", {"extrahepatic_disease": "stable"}, "not_met", "y90-crc-ehd"),
    ("y90-resin", "crc_metastasis", {"ecog": D(3)}, "contraindicated", "y90-ecog"),
    ("y90-resin", "crc_metastasis", {"spo2": D(89)}, "contraindicated", "y90-lung-disease"),
    ("y90-resin", "breast_metastasis", PROGRESSING, "not_met", "y90-bre-ehd-stable"),
    ("y90-resin", "breast_metastasis", {**PROGRESSING, "treatment_goal": "palliative"}, "none_found", ""),
    # ABL, PERC, DEV
    ("rfa", "crc_metastasis", {"largest_lesion": D("5.0")}, "none_found", ""),
    ("rfa", "crc_metastasis", {"largest_lesion": D("5.1")}, "not_met", "abl-size-max"),
    ("rfa", "crc_metastasis", {"lesion_count": D(10)}, "none_found", ""),
    ("rfa", "crc_metastasis", {"lesion_count": D(11)}, "not_met", "abl-crc-count"),
    ("rfa", "crc_metastasis", {"central_bile_duct_distance": D(10)}, "none_found", ""),
    ("rfa", "crc_metastasis", {"central_bile_duct_distance": D(9)}, "contraindicated", "abl-central-bile-duct"),
    ("rfa", "crc_metastasis", {"extrahepatic_disease": "stable"}, "not_met", "abl-crc-limited-ehd"),
    ("rfa", "crc_metastasis", {"compromised_liver": True}, "review", "abl-crc-liver-function"),
    ("rfa", "crc_metastasis", {"all_lesions_treatable": None}, "needs_data", "abl-all-treatable"),
    ("rfa", "hcc", {"largest_lesion": D("3.0")}, "none_found", ""),
    ("rfa", "hcc", {"largest_lesion": D("3.1")}, "not_met", "abl-hcc-size"),
    ("rfa", "hcc", {"lesion_count": D(4)}, "not_met", "abl-hcc-number"),
    ("microwave", "hcc", {"inr": D("1.8")}, "none_found", ""),
    ("microwave", "hcc", {"inr": D("1.9")}, "not_met", "perc-inr-max"),
    ("microwave", "hcc", {"platelets": D(49)}, "not_met", "perc-platelets"),
    ("microwave", "hcc", {"bilirubin": D("3.1")}, "review", "perc-bilirubin"),
    ("microwave", "hcc", {"child_pugh": D(8)}, "not_met", "abl-hcc-child-pugh"),
    ("microwave", "breast_metastasis", {"lesion_count": D(4)}, "not_met", "abl-bre-number"),
    ("microwave", "icc", {"largest_lesion": D("5.1")}, "contraindicated", "abl-icca-size-max"),
    ("microwave", "hcc", {"pregnant": True}, "contraindicated", "gen-pregnancy"),
    ("microwave", "hcc", {"antithrombotic_unmanaged": True}, "not_met", "perc-anticoag-managed"),
]  # fmt: skip


@pytest.mark.parametrize(("therapy", "tumour", "changed", "status", "criterion"), CASES)
def test_it_judges_as_the_documents_say(
    judge: Judge, therapy: str, tumour: str, changed: dict[str, Any], status: str, criterion: str
) -> None:
    decision = judge(therapy, tumour, **changed)
    deciding = {finding.criterion for finding in decision.findings if finding.decides}
    assert decision.status.word == status, deciding
    assert not criterion or criterion in deciding, deciding


def test_it_finds_nothing_on_the_favourable_patient_of_any_therapy(judge: Judge, knowledge: Knowledge) -> None:
    for therapy in knowledge.therapies.values():
        for tumour in therapy.tumours:
            decision = judge(therapy.id, tumour)
            assert decision.status.word == "none_found", (
                therapy.id,
                tumour,
                [f.criterion for f in decision.findings if f.decides],
            )


def test_it_says_outside_us_label_without_changing_the_status(judge: Judge) -> None:
    decision = judge("y90-resin", "breast_metastasis")
    label = next(finding for finding in decision.findings if finding.criterion == "y90-resin-onlabel")
    assert label.outcome is Outcome.NOT_MET
    assert label.say.startswith("Outside US label")
    assert decision.status.word == "none_found"


def test_it_keeps_fasting_and_the_pregnancy_test_out_of_the_status(judge: Judge) -> None:
    changed = {"fasting_plan": False, "childbearing_possible": True, "pregnancy_test_age": D(8), "breastfeeding": False}
    decision = judge("ctace", "hcc", **changed)
    assert {f.criterion for f in decision.findings if f.outcome is Outcome.NOT_MET} >= {
        "ana-fasting",
        "gen-pregnancy-test",
    }
    assert decision.status.word == "none_found"
