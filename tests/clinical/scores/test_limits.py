"""At and just beyond every limit of the tables."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.clinical.scores.bands import bands, meaning

STEP = Decimal("0.001")

LIMITS = [
    # table, item, unit, limit, just below, at, just above
    ("child_pugh", "bilirubin", "mg/dL", "2.0", "1", "2", "2"),
    ("child_pugh", "bilirubin", "mg/dL", "3.0", "2", "2", "3"),
    ("child_pugh", "bilirubin", "umol/L", "34", "1", "2", "2"),
    ("child_pugh", "bilirubin", "umol/L", "51", "2", "2", "3"),
    ("child_pugh", "bilirubin_cholestatic", "mg/dL", "4", "1", "2", "2"),
    ("child_pugh", "bilirubin_cholestatic", "mg/dL", "10", "2", "2", "3"),
    ("child_pugh", "albumin", "g/dL", "2.8", "3", "2", "2"),
    ("child_pugh", "albumin", "g/dL", "3.5", "2", "2", "1"),
    ("child_pugh", "albumin", "g/L", "28", "3", "2", "2"),
    ("child_pugh", "albumin", "g/L", "35", "2", "2", "1"),
    ("child_pugh", "inr", "1", "1.7", "1", "2", "2"),
    ("child_pugh", "inr", "1", "2.3", "2", "2", "3"),
    ("child_pugh", "inr_narrow", "1", "1.7", "1", "2", "2"),
    ("child_pugh", "inr_narrow", "1", "2.2", "2", "2", "3"),
    ("child_pugh", "prothrombin_prolongation", "s", "4", "1", "2", "2"),
    ("child_pugh", "prothrombin_prolongation", "s", "6", "2", "2", "3"),
    ("child_pugh", "total", "points", "6", "A", "A", "B"),
    ("child_pugh", "total", "points", "10", "B", "C", "C"),
    ("albi", "grade", "1", "-2.60", "1", "1", "2"),
    ("albi", "grade", "1", "-1.39", "2", "2", "3"),
    ("albi", "malbi", "1", "-2.60", "1", "1", "2a"),
    ("albi", "malbi", "1", "-2.27", "2a", "2b", "2b"),
    ("albi", "malbi", "1", "-1.39", "2b", "2b", "3"),
    ("hap", "albumin", "g/L", "36", "1", "0", "0"),
    ("hap", "bilirubin", "umol/L", "17", "0", "0", "1"),
    ("hap", "bilirubin_mhap", "umol/L", "17", "0", "0", "1"),
    ("hap", "bilirubin_mhap", "mg/dL", "0.9", "0", "0", "1"),
    ("hap", "afp", "ng/mL", "400", "0", "0", "1"),
    ("hap", "largest_lesion", "cm", "7", "0", "0", "1"),
    ("hap", "lesion_count", "1", "2", "0", "1", "1"),
    ("hap", "total", "points", "1", "A", "B", "B"),
    ("hap", "total", "points", "2", "B", "C", "C"),
    ("hap", "total", "points", "3", "C", "D", "D"),
    ("abcr", "afp", "ng/mL", "200", "0", "1", "1"),
    ("abcr", "child_pugh_increase", "points", "2", "0", "2", "2"),
    ("abcr", "total", "points", "0", "<=0", "<=0", "1-3"),
    ("abcr", "total", "points", "4", "1-3", ">=4", ">=4"),
    ("art", "child_pugh_increase", "points", "1", "0", "1.5", "1.5"),
    ("art", "child_pugh_increase", "points", "2", "1.5", "3", "3"),
    ("art", "total", "points", "2.5", "0-1.5", ">=2.5", ">=2.5"),
    ("tace", "state", "points", "18", "<18", ">=18", ">=18"),
    ("tace", "six_and_twelve", "1", "6", "<=6", "<=6", ">6-12"),
    ("tace", "six_and_twelve", "1", "12", ">6-12", ">6-12", ">12"),
    ("tace", "tumour_burden_score", "1", "3.36", "low", "medium", "medium"),
    ("tace", "tumour_burden_score", "1", "13.74", "medium", "medium", "high"),
    ("fong", "disease_free_interval", "mo", "12", "1", "0", "0"),
    ("fong", "lesion_count", "1", "1", "0", "0", "1"),
    ("fong", "cea", "ng/mL", "200", "0", "0", "1"),
    ("fong", "largest_lesion", "cm", "5", "0", "0", "1"),
    ("fong", "total", "points", "3", "low", "high", "high"),
    ("metastases", "tumour_burden_zone", "1", "3", "1", "2", "2"),
    ("metastases", "tumour_burden_zone", "1", "9", "2", "3", "3"),
    ("metastases", "tumour_replacement", "%", "25", "<=25", "<=25", "25-50"),
    ("metastases", "tumour_replacement", "%", "50", "25-50", "25-50", "50-70"),
    ("metastases", "tumour_replacement", "%", "70", "50-70", "50-70", ">70"),
    ("remnant", "normal", "%", "20", "below_minimum", "below_minimum", "caution"),
    ("remnant", "normal", "%", "25", "caution", "at_or_above_minimum", "at_or_above_minimum"),
    ("remnant", "chemo_or_steatosis", "%", "30", "below_minimum", "below_minimum", "at_or_above_minimum"),
    ("remnant", "fibrosis_cirrhosis", "%", "40", "below_minimum", "below_minimum", "at_or_above_minimum"),
    ("y90", "resin_activity_factor", "%", "10", "1", "0.8", "0.8"),
    ("y90", "resin_activity_factor", "%", "15", "0.8", "0.6", "0.6"),
    ("y90", "resin_activity_factor", "%", "20", "0.6", "0.6", "0"),
    ("karnofsky", "ecog", "%", "0", "5", "5", "4"),
    ("karnofsky", "ecog", "%", "40", "4", "3", "3"),
    ("karnofsky", "ecog", "%", "60", "3", "2", "2"),
    ("karnofsky", "ecog", "%", "80", "2", "1", "1"),
    ("karnofsky", "ecog", "%", "100", "1", "0", "0"),
    ("bleeding", "inr_high", "1", "1.5", "met", "met", "met_with_caution"),
    ("bleeding", "inr_high", "1", "1.8", "met_with_caution", "met_with_caution", "not_met"),
    ("bleeding", "inr_low", "1", "3.0", "met", "met", "not_met"),
    ("bleeding", "inr_chronic", "1", "2.5", "met_with_caution", "not_met", "not_met"),
    ("bleeding", "platelets_high", "10*9/L", "50", "not_met", "met", "met"),
    ("bleeding", "platelets_low", "10*9/L", "20", "not_met", "met", "met"),
    ("bleeding", "platelets_chronic", "10*9/L", "30", "not_met", "not_met", "met_with_caution"),
    ("bleeding", "fibrinogen_chronic", "mg/dL", "100", "not_met", "not_met", "met_with_caution"),
]


@pytest.mark.parametrize(("table", "item", "unit", "limit", "below", "at", "above"), LIMITS)
def test_it_changes_exactly_at_the_limit(
    table: str, item: str, unit: str, limit: str, below: str, at: str, above: str
) -> None:
    judged, value = bands(table, item, unit), Decimal(limit)
    assert [judged.of(value - STEP), judged.of(value), judged.of(value + STEP)] == [below, at, above]


@pytest.mark.parametrize(
    ("table", "item", "word", "result"),
    [
        ("child_pugh_words", "ascites", "none", "1"),
        ("child_pugh_words", "ascites", "mild", "2"),
        ("child_pugh_words", "ascites", "moderate_severe", "3"),
        ("child_pugh_words", "ascites", "refractory", "3"),
        ("child_pugh_words", "encephalopathy", "none", "1"),
        ("child_pugh_words", "encephalopathy", "grade_1_2", "2"),
        ("child_pugh_words", "encephalopathy", "grade_3_4", "3"),
        ("abcr_words", "bclc_stage", "A", "0"),
        ("abcr_words", "bclc_stage", "B", "2"),
        ("abcr_words", "bclc_stage", "C", "3"),
        ("tace_morphology", "responds_badly", "simple_nodular", "no"),
        ("tace_morphology", "responds_badly", "confluent_multinodular", "yes"),
        ("tace_morphology", "responds_badly", "massive", "yes"),
        ("tace_morphology", "responds_badly", "simple_nodular_extranodular_growth", "yes"),
        ("tace_morphology", "responds_badly", "poorly_differentiated", "yes"),
        ("tace_morphology", "responds_badly", "intrahepatic_dissemination", "yes"),
        ("tace_morphology", "responds_badly", "sarcomatous_change", "yes"),
    ],
)
def test_it_reads_a_word(table: str, item: str, word: str, result: str) -> None:
    assert meaning(table, item, word) == {result}
