from __future__ import annotations

import pytest

from service.codes.liver_text import looks_liver_directed


@pytest.mark.parametrize(
    "text",
    ["IR TACE LIVER", "cTACE right lobe", "DEB-TACE", "Chemoembolisation", "chemo-embolization", "Y-90 mapping", "Y90",
     "SIR-Spheres", "Radioembolization", "CT guided microwave ablation", "RFA liver", "Portal vein embolization",
     "HAI pump refill", "HAIC pump", "histotripsy", "TAE"],
)  # fmt: skip
def test_it_recognises_liver_directed_therapies(text: str) -> None:
    assert looks_liver_directed(text)


@pytest.mark.parametrize(
    "text", ["", "Surface dressing", "Bronchoscopy 39334", "Steak diet", "CT abdomen", "Staetch", "Retarestart"]
)
def test_it_does_not_find_abbreviations_inside_words(text: str) -> None:
    assert not looks_liver_directed(text)
