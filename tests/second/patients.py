"""Which facts a random chart holds. The limits are those of hcc.md, metastases-ablation.md and facts.csv."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.second.drawing import Drawn, Quantity, Words, in_si

ANSWER = ("false", "true")
DRAWS: tuple[Quantity | Words, ...] = (
    Quantity("bilirubin", "0.8", ("1.0", "1.5", "2.0", "3.0", "1.2"), ("0.2", "30"), may_be_preliminary=True),
    Quantity("albumin", "4.1", ("2.8", "3.5", "1.5", "3.0"), ("1.0", "5.5"), may_be_preliminary=True),
    Quantity("inr", "1.1", ("1.0", "1.5", "1.7", "1.8", "2.2", "2.3"), ("0.8", "6"), may_be_preliminary=True),
    Quantity("creatinine", "0.9", ("1.0", "1.5", "2.0", "3.0"), ("0.3", "8"), may_be_preliminary=True),
    Quantity("sodium", "139", ("125", "130", "137"), ("110", "160"), step="1"),
    Quantity("fibrinogen", "300", ("100", "120"), ("20", "600"), step="1", missing=0.3),
    Quantity("neutrophils", "4.0", ("1.2", "1.5"), ("0.1", "12")),
    Quantity("largest_lesion", "4.0", ("2.0", "3.0", "5.0"), ("0.5", "18")),
    Quantity("lesion_count", "1", ("2", "3", "4"), ("1", "12"), step="1", may_be_below=False),
    Quantity("sflr", "35", ("20", "25"), ("8", "70"), step="1"),
    Quantity("hvpg", "6", ("12",), ("2", "30"), step="1", missing=0.5),
    Quantity("charlson_index", "4", ("8",), ("1", "20"), step="1"),
    Words("sex", ("female", "male", "other"), missing=0.05, several=0, usual=0.4),
    Words("ecog", ("0", "1", "2", "3", "4"), usual=0.4),
    Words("ascites", ("none", "trace", "mild", "moderate_severe", "refractory")),
    Words("encephalopathy", ("none", "grade_1_2", "grade_3_4"), usual=0.7),
    Words("hepatorenal_syndrome", ANSWER, usual=0.8, several=0),
    Words("chronic_dialysis", ANSWER, usual=0.8, several=0),
    Words("anticoagulant_active", ANSWER, usual=0.8, several=0),
    Words("extrahepatic_disease", ("none", "limited", "stable", "progressive"), usual=0.7),
    Words("curative_option_available", ANSWER, several=0),
    Words("transplant_candidate", ANSWER, several=0),
    Words("transplant_listed", ANSWER, several=0),
    Words("transplant_intent", ANSWER, missing=0.6, several=0),
    Words("treatment_extent", ("lobar", "superselective", "segmental", "whole_liver")),
    Words("hepatic_artery_usable", ("true", "false"), usual=0.8, several=0),
    Words("access_site", ("femoral", "radial", "not_recorded")),
    Words("planned_drug", ("doxorubicin", "epirubicin", "cisplatin", "none")),
    Words("sphincter_compromised", ANSWER, several=0),
    Words("antibiotic_prophylaxis_planned", ANSWER, several=0),
    Words("cld_bleeding_limits_enabled", ANSWER, several=0),
    Words("parenchyma", ("normal", "chemo_or_steatosis", "fibrosis_cirrhosis")),
    Words("fasting_plan", ("true", "false"), several=0),
    Words("bclc_stage", ("0", "A", "B", "C", "D"), missing=0.85, usual=0.2, several=0),
    Words("macrovascular_invasion", ANSWER, missing=0.6, several=0),
)
PARTS_OF_INVASION = (
    Words("portal_vein_invasion", ("Vp0", "Vp1", "Vp2", "Vp3", "Vp4"), usual=0.7),
    Words("hepatic_vein_or_ivc_invasion", ANSWER, usual=0.7, several=0),
)


def chart(random: Random) -> list[Drawn]:
    """One patient with an order; the tumour is always known."""
    return [Drawn("target_tumour", words=("hcc",)), *_age(random), *_drawn(random), *_never_given(random)]


def _drawn(random: Random) -> Iterator[Drawn]:
    names = set()
    for draw in DRAWS:
        if (drawn := draw.draw(random)) is not None:
            names.add(drawn.name)
            yield in_si(drawn, random) if drawn.name == "bilirubin" and random.random() < 0.3 else drawn
    if "macrovascular_invasion" not in names:
        yield from (drawn for draw in PARTS_OF_INVASION if (drawn := draw.draw(random)) is not None)


def _age(random: Random) -> Iterator[Drawn]:
    """A number of years, never open; now and then no birth date."""
    years = Quantity("age", "64", ("12", "18"), ("5", "95"), step="1").number(random)
    if random.random() < 0.97:
        yield Drawn("age", numbers=(years, years, True, True))


def _never_given(random: Random) -> Iterator[Drawn]:
    """Days since an anti-VEGF drug; infinitely many where it was never given."""
    days = Quantity("days_since_antivegf", "90", ("28",), ("0", "200"), step="1").number(random)
    kind = random.random()
    if kind < 0.7:
        yield Drawn("days_since_antivegf", numbers=(days, days, True, True))
    elif kind < 0.9:
        yield Drawn("days_since_antivegf", words=("never",))
