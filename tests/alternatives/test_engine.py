"""The whole list: merged in order, each text once, the worked examples of the source, limits in force."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from service.alternatives.engine import suggest, with_alternatives
from service.clinical.chart import Chart
from service.rules.engine import evaluate
from service.thresholds.sets import ThresholdSet
from tests.alternatives.making import (
    STAGED,
    TODAY,
    Given,
    chart,
    in_force,
    knowledge,
    named,
    only,
    rulebook,
    texts,
)  # fmt: skip

CRC = {**STAGED, "target_tumour": "crc_metastasis"}


def _first(therapy: str, given: Given, rule: str) -> list[str]:
    return [each.text for each in named(therapy, given) if each.rule == rule]


def test_a_small_hepatocellular_carcinoma_names_ablation_resection_and_transplantation() -> None:
    given = {**STAGED, "target_tumour": "hcc", "lesion_count": 1, "largest_lesion": "2.5", "child_pugh": 5}
    assert texts(named("ctace", given)) == [
        "Thermal ablation", "Resection referral if no portal hypertension", "Transplant referral",
    ]  # fmt: skip


def test_a_small_colorectal_metastasis_names_resection_ablation_and_sbrt_first() -> None:
    given = {**CRC, "lesion_count": 1, "largest_lesion": "2.5"}
    assert texts(named("ctace", given))[:3] == ["Resection referral", "Thermal ablation (microwave or RFA)", "SBRT"]


def test_refractory_colorectal_metastases_name_y90_debiri_pump_and_drugs() -> None:
    given = {**CRC, "lesion_count": 12, "resectable": False, "ablatable": False, "prior_systemic_lines": 2}
    assert _first("rfa", given, "sug-crc-refractory") == [
        "Y-90 radioembolisation", "DEBIRI", "HAI floxuridine", "Later-line systemic therapy or trial",
    ]  # fmt: skip


def test_progression_outside_the_liver_names_systemic_therapy_first_whatever_is_ordered() -> None:
    for therapy in knowledge().therapies:
        found = named(therapy, {**CRC, "extrahepatic_disease": "progressive"})
        assert "Systemic therapy (oncologist)" in texts(found)


def test_drug_eluting_beads_for_a_neuroendocrine_tumour_name_bland_embolisation() -> None:
    found = named("deb-tace", {**STAGED, "target_tumour": "net_metastasis", "lesion_count": 9})
    assert texts(each for each in found if each.rule == "sug-net-deb") == [
        "Bland embolisation", "Lipiodol TACE", "Y-90",
    ]  # fmt: skip


def test_each_text_is_named_once_under_the_first_rule_that_names_it() -> None:
    given = {**STAGED, "target_tumour": "hcc", "largest_lesion": 4}
    found = named("ctace", given)
    assert len(texts(found)) == len(set(texts(found)))
    assert [each.rule for each in found if each.text == "SBRT"] == ["sug-gen-tace-combo"]


def test_rules_keep_the_order_of_the_source() -> None:
    found = named("ctace", {**CRC, "bilirubin": "2.5", "ecog": 3, "lesion_count": 1})
    order = [rule.id for rule in rulebook().rules]
    places = [order.index(each.rule) for each in found]
    assert places == sorted(places)
    assert len(set(places)) > 2


def test_nothing_is_named_where_nothing_is_against_the_order() -> None:
    assert named("ctace", {"extrahepatic_disease": "none"}) == ()


def test_it_fires_by_the_limit_in_force_and_prints_it() -> None:
    thresholds = ThresholdSet.of({
        **in_force().values, "arterial-liver.max_bilirubin": Decimal("1.5"), "sbrt.max_bilirubin_sbrt": Decimal("2.5"),
    })  # fmt: skip
    facts = chart("ctace", {"bilirubin": "1.6"})
    found = suggest(only("sug-gen-bilirubin"), facts, "ctace", thresholds, TODAY)
    assert "SBRT only if bilirubin < 2.5 mg/dL" in texts(found)
    assert suggest(only("sug-gen-bilirubin"), facts, "ctace", in_force(), TODAY) == ()


def test_it_takes_the_therapys_own_limit_where_that_redeclares_the_shared_one() -> None:
    thresholds = ThresholdSet.of({**in_force().values, "y90-resin.max_lung_dose": Decimal(20)})
    for therapy, fires in (("y90-resin", True), ("y90-glass", False)):
        facts = chart(therapy, {"planned_lung_dose": 25})
        assert bool(suggest(only("sug-gen-y90-lungshunt"), facts, therapy, thresholds, TODAY)) is fires


def test_several_decisions_on_one_order_get_what_each_alone_would_get() -> None:
    therapies = ("ctace", "deb-tace", "y90-glass", "y90-resin", "tae")
    given = {**CRC, "lesion_count": 1, "bilirubin": "2.5", "resectable": False}
    decisions = [
        evaluate(knowledge().therapies[name], Chart(chart(name, given)), in_force(), TODAY) for name in therapies
    ]
    together = with_alternatives(decisions, rulebook(), in_force())
    assert [each.alternatives for each in together] == [named(name, given) for name in therapies]
    assert [replace(each, alternatives=()) for each in together] == decisions


def test_decisions_on_different_patients_are_kept_apart() -> None:
    charts = [chart("ctace", {**CRC, "central_bile_duct_distance": distance}) for distance in (5, 20)]
    decisions = [evaluate(knowledge().therapies["ctace"], Chart(facts), in_force(), TODAY) for facts in charts]
    near, far = with_alternatives(decisions, rulebook(), in_force())
    assert "Thermal ablation of all lesions" not in texts(near.alternatives)
    assert "Thermal ablation of all lesions" in texts(far.alternatives)
