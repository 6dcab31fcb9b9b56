"""What the sources attach to an alternative: surely violated leaves it out, unknown asks, fulfilled needs nothing."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from service.alternatives.limits import ruling
from service.alternatives.other_therapy import facts_for, facts_without_order
from service.clinical.values import Fact, Interval, State, known
from service.rules.model import Kind
from tests.alternatives.making import (
    COMBINATION,
    STAGED,
    TODAY,
    Given,
    chart,
    fact,
    in_force,
    knowledge,
    named,
    only,
    rulebook,
    texts,
)  # fmt: skip

CRC = {**STAGED, "target_tumour": "crc_metastasis"}
HCC = {**STAGED, "target_tumour": "hcc"}
NET = {**STAGED, "target_tumour": "net_metastasis"}
LARGE = {**CRC, "lesion_count": 1, "largest_lesion": "5.5", "resectable": False}
SMALL = {**CRC, "lesion_count": 3}

# rule, order, what makes it fire, words of the alternative, guarded fact, a value that fulfils it, one that does not
GUARDS = [
    ("sug-gen-bilirubin", "ctace", {}, "SBRT only", "bilirubin", "2.99", "3.0"),
    ("sug-gen-bleeding", "rfa", {}, "Transarterial", "inr", "2.19", "2.2"),
    ("sug-gen-central-duct", "rfa", {"central_bile_duct_distance": 5, "cied": False, "arrhythmia_history": False},
     "IRE", "largest_lesion", "2.9", "3.0"),
    ("sug-gen-central-duct", "rfa", {"central_bile_duct_distance": 5, "largest_lesion": 2, "arrhythmia_history": False},
     "IRE", "cied", False, True),
    ("sug-gen-central-duct", "rfa", {"central_bile_duct_distance": 5, "largest_lesion": 2, "cied": False},
     "IRE", "arrhythmia_history", False, True),
    ("sug-gen-heat-sink", "rfa", {"heat_sink_vessel_diameter": 4}, "IRE", "largest_lesion", "2.9", "3.0"),
    ("sug-gen-ire-device", "ire", {"cied": True}, "Microwave", "central_bile_duct_distance", 10, "9.9"),
    ("sug-gen-ire-arrhythmia", "ire", {"arrhythmia_history": True}, "Microwave", "central_bile_duct_distance", 10, 9),
    ("sug-crc-oligo-small", "ctace", CRC, "Ablation plus", "resectable", False, True),
    ("sug-crc-oligo-small", "ctace", CRC, "SBRT", "lesion_count", 3, 4),
    ("sug-crc-over5", "ctace", LARGE, "SBRT", "largest_lesion", "5.9", "6.0"),
    ("sug-crc-over5", "ctace", LARGE, "Y-90", "prior_systemic_lines", 1, 0),
    ("sug-crc-resectable-flr-ok", "ctace", {**CRC, "resectable": True, "sflr_status": "at_or_above_minimum"},
     "Thermal ablation", "largest_lesion", "3.0", "3.1"),
    ("sug-crc-resectable-flr-ok", "ctace", {**CRC, "resectable": True, "sflr_status": "at_or_above_minimum"},
     "Thermal ablation", "lesion_count", 10, 11),
    ("sug-bre-oligo", "ctace", {**STAGED, "target_tumour": "breast_metastasis"}, "Resection", "surgical_candidate",
     True, False),
    ("sug-net-resectable", "ctace", {**NET, "resectable": True, "net_grade": 2}, "Ablation", "lesion_count", 5, 6),
    ("sug-net-resectable", "ctace", {**NET, "resectable": True, "net_grade": 2}, "Ablation", "largest_lesion",
     4, "4.1"),
    ("sug-um-few", "ctace", {**STAGED, "target_tumour": "uveal_melanoma_metastasis", "resectable": True},
     "Percutaneous", "lesion_count", 2, 1),
    ("sug-icca-resect-flr", "ctace",
     {**STAGED, "target_tumour": "icc", "resectable": True, "sflr_status": "below_minimum"},
     "Biliary drainage", "biliary_obstruction", True, False),
    ("sug-hcc-tace-small", "ctace", {**HCC, "lesion_count": 1, "child_pugh": 6}, "Resection", "portal_hypertension",
     False, True),
    ("sug-hcc-advanced", "ctace", {**HCC, "main_portal_vein_patent": False}, "Y-90 glass", "pvt_type4_without_uptake",
     False, True),
]  # fmt: skip
SETTLED_BY_FIRING = {"bilirubin", "inr", *STAGED}
"""Facts that the rule itself, or the staging, needs: unknown, nothing is named at all."""


def _found(rule: str, therapy: str, given: Given, words: str) -> list[tuple[str, ...]]:
    return [each.needs for each in named(therapy, given, only(rule)) if words in each.text]


@pytest.mark.parametrize(("rule", "therapy", "given", "words", "guarded", "good", "bad"), GUARDS)
def test_it_is_named_inside_the_guard_and_left_out_beyond(rule, therapy, given, words, guarded, good, bad) -> None:
    (needs,) = _found(rule, therapy, {**given, guarded: good}, words)
    assert guarded not in needs
    assert _found(rule, therapy, {**given, guarded: bad}, words) == []


@pytest.mark.parametrize(
    ("rule", "therapy", "given", "words", "guarded"),
    [row[:5] for row in GUARDS if row[4] not in SETTLED_BY_FIRING or row[0].startswith("sug-gen-central")],
)
def test_it_needs_a_guard_that_cannot_be_told(rule, therapy, given, words, guarded) -> None:
    (needs,) = _found(rule, therapy, {**given, guarded: None}, words)
    assert guarded in needs


# An absolute criterion of the alternative: microwave needs 10 mm to a central duct.
def test_a_therapy_with_an_absolute_criterion_not_met_is_not_named() -> None:
    given = {**SMALL, "central_bile_duct_distance": "9.9"}
    assert not any("ablation" in text.lower() for text in texts(named("ctace", given, only("sug-crc-solitary-small"))))
    assert "Thermal ablation of all lesions" not in texts(named("ctace", given))


def test_a_therapy_that_may_be_ruled_out_says_what_it_waits_for() -> None:
    (ablation,) = (each for each in named("ctace", SMALL) if each.text == "Thermal ablation of all lesions")
    assert ablation.therapy == "microwave"
    assert len(ablation.needs) == 3
    assert ablation.more_needs > 0


def test_a_stale_or_preliminary_result_rules_nothing_out_and_asks() -> None:
    old = known("central_bile_duct_distance", Decimal(5), unit="mm", on=TODAY - timedelta(days=400))
    preliminary = Fact("central_bile_duct_distance", State.KNOWN, Decimal(5), unit="mm", on=TODAY, preliminary=True)
    for given in (old, preliminary):
        found = named("ctace", {**SMALL, "central_bile_duct_distance": given}, only("sug-crc-oligo-small"))
        assert "Thermal ablation of all lesions" in texts(found)


def test_a_stale_or_preliminary_result_fires_no_rule() -> None:
    for on, preliminary in ((TODAY - timedelta(days=31), False), (TODAY, True)):
        high = Fact("bilirubin", State.KNOWN, Decimal("2.5"), unit="mg/dL", on=on, preliminary=preliminary)
        assert named("ctace", {"bilirubin": high}, only("sug-gen-bilirubin")) == ()
    assert named(
        "ctace", {"bilirubin": fact("bilirubin", "2.5", TODAY - timedelta(days=30))}, only("sug-gen-bilirubin")
    )


def test_an_interval_fires_a_rule_only_if_all_of_it_does() -> None:
    def above(low: str) -> Fact:
        interval = Interval(low=Decimal(low), low_included=False)
        return Fact("bilirubin", State.INTERVAL, interval=interval, unit="mg/dL", on=TODAY)

    assert named("ctace", {"bilirubin": above("2.0")}, only("sug-gen-bilirubin"))
    assert named("ctace", {"bilirubin": above("1.9")}, only("sug-gen-bilirubin")) == ()


def test_staging_is_asked_for_where_it_is_unknown_or_stale() -> None:
    stale = fact("extrahepatic_disease", "none", TODAY - timedelta(days=400))
    for given in (None, stale):
        (found,) = named("ctace", {"extrahepatic_disease": given}, only("sug-gen-staging"))
        assert found.needs == ("extrahepatic_disease",)
        assert found.therapy is None


def test_a_therapy_is_named_only_for_tumours_that_it_is_for() -> None:
    given = {"y90_device": "resin", "capecitabine_active": True}
    rule = only("sug-gen-y90-capecitabine")
    therapies = {
        tumour: [each.therapy for each in named("y90-resin", {**given, "target_tumour": tumour}, rule)][-1]
        for tumour in ("crc_metastasis", "breast_metastasis", "net_metastasis", "icc", "hcc")
    }
    assert therapies == {
        "crc_metastasis": "debiri", "breast_metastasis": "tace-breast", "net_metastasis": "tace-net",
        "icc": "tace-other", "hcc": "ctace",
    }  # fmt: skip


def test_the_tumour_is_needed_where_it_is_unknown() -> None:
    given = {"y90_device": "resin", "capecitabine_active": True, "target_tumour": None}
    assert "target_tumour" in named("y90-resin", given, only("sug-gen-y90-capecitabine"))[-1].needs


@pytest.mark.parametrize("order", ["microwave", "rfa"])
def test_the_ordered_therapy_is_never_named(order: str) -> None:
    given = {**NET, "resectable": True, "net_grade": 1}
    assert "Ablation if few and small" in texts(named("ctace", given, only("sug-net-resectable")))
    assert "Ablation if few and small" not in texts(named(order, given, only("sug-net-resectable")))


def test_microwave_may_be_named_instead_of_rfa_but_not_instead_of_itself() -> None:
    given = {"heat_sink_vessel_diameter": 3}
    assert "Microwave instead of RFA" in texts(named("rfa", given, only("sug-gen-heat-sink")))
    assert "Microwave instead of RFA" not in texts(named("microwave", given, only("sug-gen-heat-sink")))


def test_y90_is_not_named_instead_of_the_other_device() -> None:
    given = {**NET, "lesion_count": 6, "symptomatic_disease": True}
    assert not any("Y-90" in text for text in texts(named("y90-glass", given, only("sug-net-diffuse"))))
    assert any("Y-90" in text for text in texts(named("rfa", given, only("sug-net-diffuse"))))


def test_a_combination_that_is_planned_already_is_not_named() -> None:
    given = {**HCC, "largest_lesion": 4}
    rule = only("sug-hcc-3to5")
    assert "Chemoembolisation then ablation" in texts(named("ctace", given, rule))
    assert "Chemoembolisation then ablation" not in texts(named("ctace", {**given, COMBINATION: True}, rule))


def test_a_combination_is_ruled_out_by_either_of_its_therapies() -> None:
    given = {**HCC, "largest_lesion": 4}
    for ruled_out in ({"central_bile_duct_distance": 5}, {"ascites": "refractory"}):
        found = texts(named("ctace", {**given, **ruled_out}, only("sug-hcc-3to5")))
        assert "Chemoembolisation then ablation" not in found


def test_advice_on_the_ordered_therapy_falls_with_the_ordered_therapy() -> None:
    words = "TACE only with about 2 weeks of antibiotics and bowel preparation"
    rule = only("sug-gen-sphincter-tace")
    assert words in texts(named("ctace", {"sphincter_compromised": True}, rule))
    assert words not in texts(named("ctace", {"sphincter_compromised": True, "ascites": "refractory"}, rule))


def test_the_other_device_is_taken_where_the_first_is_ruled_out() -> None:
    given = {**CRC, "resectable": False, "ablatable": False, "prior_systemic_lines": 2, "days_since_capecitabine": 10}
    found = named("rfa", given, only("sug-crc-refractory"))
    assert found[0].text == "Y-90 radioembolisation"
    assert found[0].therapy == "y90-glass"


def test_what_is_planned_for_this_order_says_nothing_of_another_therapy() -> None:
    """A planned drug of a chemoembolisation would otherwise rule out another one, or let it pass."""
    given = {**HCC, "embolic_type": "bland", "planned_drug": "doxorubicin"}
    kept = facts_without_order(chart("ctace", given), rulebook().groups.only_this_order)
    assert {"embolic_type", "planned_drug", "drug_matches_tumour", "ordered_therapy"}.isdisjoint(kept)
    microwave = facts_for("microwave", kept, TODAY, knowledge().windows)
    assert microwave["ordered_therapy"].value == "microwave"
    assert microwave["high_bleeding_risk_procedure"].value is True
    assert microwave["target_tumour"].value == "hcc"
    assert facts_for("deb-tace", kept, TODAY, knowledge().windows)["embolic_type"].value == "deb_doxorubicin"


def test_a_module_that_could_rule_a_therapy_out_is_asked_about_while_its_condition_is_unknown() -> None:
    """Chemoembolisation of breast metastases has absolute criteria of oil or of beads, by what is injected."""
    settled = ruling(
        rulebook().limits["tace-breast"], _for("tace-breast", {"embolic_type": "bland"}), in_force(), TODAY
    )
    open_ = ruling(rulebook().limits["tace-breast"], _for("tace-breast", {}), in_force(), TODAY)
    assert "embolic_type" in open_.needs
    assert "embolic_type" not in settled.needs


def _for(therapy: str, given: Given) -> dict[str, Fact]:
    return chart(therapy, {"target_tumour": "breast_metastasis", **given})


def test_a_criterion_that_another_replaces_rules_nothing_out() -> None:
    """Every replacement of an absolute criterion stays in what can rule a therapy out."""
    for name, therapy in knowledge().therapies.items():
        whole = {row.id: row for each in therapy.inclusions for row in each.criteria}
        kept = {row.id for each in rulebook().limits[name].inclusions for row in each.criteria}
        absolute = {row.id for row in whole.values() if row.kind is Kind.ABSOLUTE or row.kind_threshold}
        assert absolute | {row.id for row in whole.values() if absolute.intersection(row.replaces)} <= kept
