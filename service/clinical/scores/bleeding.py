"""Bleeding risk before a procedure (SIR 2019). Knows neither dates nor sources."""

from __future__ import annotations

from enum import StrEnum

from service.clinical.scores.bands import bands
from service.clinical.scores.possible import Number, every


class Gate(StrEnum):
    MET = "met"
    CAUTION = "met_with_caution"
    NOT_MET = "not_met"


WORST_FIRST = (Gate.NOT_MET, Gate.CAUTION, Gate.MET)


def bleeding_gate(
    inr: Number, platelets: Number, fibrinogen: Number, *, high_risk: bool, chronic_liver_disease: bool = False
) -> frozenset[Gate]:
    """High risk (needle through the liver): INR <=1.5, with caution <=1.8; platelets >=50. Low (arterial): <=3.0; >=20.

    `chronic_liver_disease` (a setting) also accepts, at high risk and with caution, INR <2.5, platelets >30 10*9/L and
    fibrinogen >100 mg/dL. Elective procedures; limits by arterial access are criteria of their own. SIR19.
    """
    risk = "high" if high_risk else "low"
    usual = every(_worst, _band("inr", risk, "1", inr), _band("platelets", risk, "10*9/L", platelets))
    if not (high_risk and chronic_liver_disease):
        return usual
    lenient = every(
        _worst,
        _band("inr", "chronic", "1", inr),
        _band("platelets", "chronic", "10*9/L", platelets),
        _band("fibrinogen", "chronic", "mg/dL", fibrinogen),
    )
    return every(_better, usual, lenient)


def _band(item: str, risk: str, unit: str, value: Number) -> frozenset[Gate]:
    return frozenset(map(Gate, bands("bleeding", f"{item}_{risk}", unit).possible(value)))


def _worst(*gates: Gate) -> Gate:
    return min(gates, key=WORST_FIRST.index)


def _better(one: Gate, other: Gate) -> Gate:
    return max(one, other, key=WORST_FIRST.index)
