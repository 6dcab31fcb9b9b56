"""How the worked examples of Child-Pugh, ALBI, MELD and eGFR are run."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.scores.albi import albi, albi_borderline, albi_grade, malbi_grade
from service.clinical.scores.child_pugh import child_pugh
from service.clinical.scores.kidney import egfr_ckd_epi
from service.clinical.scores.meld import (
    meld,
    meld_3_0,
    meld_3_0_raw,
    meld_na,
    meld_na_kim_raw,
    meld_na_raw,
    meld_raw,
    whole_score,
)
from service.clinical.scores.possible import single
from tests.clinical.scores.examples import (
    ALBUMIN,
    BILIRUBIN,
    CREATININE,
    Answers,
    Inputs,
    Runs,
    value,
    word,
)


def run_child_pugh(inputs: Inputs) -> Answers:
    found = child_pugh(
        inputs["bilirubin"]["value"],
        inputs["albumin"]["value"],
        inputs["inr"]["value"],
        word(inputs["ascites"]),
        word(inputs["encephalopathy"]),
        bilirubin_unit=inputs["bilirubin"]["unit"],
        albumin_unit=inputs["albumin"]["unit"],
    )
    return {
        "total": found.total,
        "class": single(found.classes),
        "min": found.low,
        "max": found.high,
        "possible_classes": sorted(found.classes),
    }


def run_albi(inputs: Inputs) -> Answers:
    score = albi(value(inputs, "bilirubin", "umol/L", BILIRUBIN), value(inputs, "albumin", "g/L", ALBUMIN))
    return {
        "score": score,
        "grade": single(albi_grade(score)),
        "malbi": single(malbi_grade(score)),
        "borderline": albi_borderline(score),
    }


def labs(inputs: Inputs) -> tuple[Decimal, Decimal, Decimal]:
    return (
        value(inputs, "creatinine", "mg/dL", CREATININE),
        value(inputs, "bilirubin", "mg/dL", BILIRUBIN),
        inputs["inr"]["value"],
    )


def run_meld(inputs: Inputs) -> Answers:
    dialysis = inputs["dialysis"]
    return {"raw": meld_raw(*labs(inputs), dialysis=dialysis), "score": meld(*labs(inputs), dialysis=dialysis)}


def run_meld_na(inputs: Inputs) -> Answers:
    given = (*labs(inputs), inputs["sodium"]["value"])
    return {
        "raw": meld_na_raw(*given, dialysis=inputs["dialysis"]),
        "score": meld_na(*given, dialysis=inputs["dialysis"]),
    }


def run_meld_na_kim(inputs: Inputs) -> Answers:
    raw = meld_na_kim_raw(*labs(inputs), inputs["sodium"]["value"], dialysis=inputs["dialysis"])
    return {"raw": raw, "score": whole_score(raw)}


def run_meld_3_0(inputs: Inputs) -> Answers:
    given = (*labs(inputs), inputs["sodium"]["value"], value(inputs, "albumin", "g/dL", ALBUMIN))
    who = {"sex": inputs["sex"], "age": inputs["age"]["value"], "dialysis": inputs["dialysis"]}
    return {"raw": meld_3_0_raw(*given, **who), "score": meld_3_0(*given, **who)}


def run_egfr(inputs: Inputs) -> Answers:
    return {"egfr": egfr_ckd_epi(inputs["creatinine"]["value"], inputs["age"]["value"], sex=inputs["sex"])}


RUNS: Runs = {
    ("child_pugh", "default"): run_child_pugh,
    ("albi", "default"): run_albi,
    ("meld", "default"): run_meld,
    ("meld_na", "optn2016"): run_meld_na,
    ("meld_na", "kim2008"): run_meld_na_kim,
    ("meld_3_0", "default"): run_meld_3_0,
    ("ckd_epi_2021", "default"): run_egfr,
}
