"""The card of the design's section 6, from a decision made by hand."""

from datetime import date
from decimal import Decimal

from service.clinical.values import Fact, Interval, Origin, State, known, unknown
from tests.cards.making import ascites, bilirubin, card_of, lines, met, missing, number

INR = number("inr", "1.3", "1", on=date(2026, 9, 12)).as_unknown("stale: 71 days old, limit 30")
FACTS = {
    "target_tumour": known("target_tumour", "hcc"),
    "albumin": number("albumin", "3.0", "g/dL"),
    "inr": INR.last,
    "encephalopathy": known("encephalopathy", "none"),
    "child_pugh": Fact(
        "child_pugh", State.INTERVAL, interval=Interval(Decimal(9), Decimal(11)), origin=Origin.COMPUTED,
        inputs=("bilirubin", "albumin", "ascites", "encephalopathy"),
    ),
}  # fmt: skip


def made():
    return card_of(
        met(),
        bilirubin(),
        ascites(),
        missing("portal_flow", "absolute", ask="Record the portal flow."),
        missing("ecog", ask="Record the ECOG."),
        missing("inr", "relative", fact=INR, ask="Repeat the INR."),
        facts=FACTS,
    )


def test_it_summarises_worst_first():
    assert made().summary == (
        "cTACE: absolute contraindication (ascites, refractory); bilirubin 2.4 mg/dL; "
        "not recorded: portal flow, ECOG, INR"
    )
    assert made().indicator == "critical"


def test_it_lists_found_things_then_asks_then_what_is_missing():
    assert lines(made()) == [
        "- **Ascites, refractory** (Condition, 12 Oct): absolute; allowed none [CRA]",
        "- Bilirubin 2.4 mg/dL (1 Nov): relative; at most 2.0 [SHZ]",
        "- Missing (absolute): Record the portal flow.",
        "- Missing (required): Record the ECOG.",
        "- Missing (relative): Repeat the INR.",
        "",
        "Not recorded: portal flow · ECOG · INR (last 1.3, 71 days old)",
        "Child-Pugh 9–11 (bilirubin 2, albumin 2, INR 1–3, ascites 3, encephalopathy 1) · 1 of 6 met · set 7f3a91c2",
        "Supports, does not replace, clinical judgement.",
    ]


def test_it_carries_the_key_data_for_machines():
    card = made()
    outcomes = card.extension["org.livercds.decision"].pop("outcomes")
    assert (outcomes["met"], len(outcomes["not_met"]), len(outcomes["unknown"])) == (1, 2, 3)
    assert card.extension == {
        "org.livercds.decision": {
            "id": card.uuid,
            "order": "ServiceRequest/1",
            "therapy": "ctace",
            "status": "contraindicated",
            "thresholdSet": "7f3a91c2" * 8,
            "asOf": "2026-11-22",
        }
    }


def test_it_names_a_source_with_a_code_of_letters_and_digits():
    source = made().source
    assert source.label == "Liver-directed therapy criteria"
    assert source.topic is not None
    assert source.topic.code == "ctace"


def test_it_says_when_nothing_is_recorded_at_all():
    card = card_of(missing("ecog"), missing("bilirubin"), facts={"ecog": unknown("ecog")})
    assert card.summary == "cTACE: 0 of 2 criteria met, none unmet; not recorded: bilirubin, ECOG"
    assert card.indicator == "info"
