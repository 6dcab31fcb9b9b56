"""Spells names of facts, values and groups as the clinic writes them. Knows no facts."""

from __future__ import annotations

_CAPITALS = (
    "AFP ALBI ALT ASA AST BCLC CIED CRC CRP CT ECOG EU FLR HAI HAIC HAP HBV HBsAg HCC HVPG ICC INR IRE LVEF MAA MELD "
    "MR NET NYHA PCC PHP REMS TACE TIPS TSH US eGFR QTc"
)
_SPELLED = {word.lower(): word for word in _CAPITALS.split()}
"""Words whose capitals a snake_case name has lost."""
_PHRASES = {
    "moderate_severe": "moderate or severe",
    "grade_1_2": "grade 1–2",
    "grade_3_4": "grade 3–4",
    "mild_moderate": "mild or moderate",
    "within_milan": "within Milan",
    "eligible": "within the criteria",
    "not_eligible": "outside the criteria",
}
"""Names that say more than their parts in a row would."""


def words(name: str) -> str:
    """A snake_case name as words: "target_tumour" -> "target tumour", "hcc" -> "HCC"."""
    return _PHRASES.get(name) or " ".join(_SPELLED.get(part, part) for part in name.split("_"))
