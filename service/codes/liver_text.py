"""Whether an order's text looks like a liver-directed therapy. Only for the card "not mapped, nothing was checked"."""

from __future__ import annotations

import re

_PHRASES = (
    r"chemo-?emboli[sz]ation",
    r"bland emboli",
    r"radio-?emboli[sz]ation",
    r"theraspheres?",
    r"sir-?spheres",
    r"quiremspheres",
    r"microwave",
    r"radiofrequency",
    r"cryoabl",
    r"irreversible electroporation",
    r"nanoknife",
    r"portal vein emboli",
    r"histotripsy",
)
_ABBREVIATIONS = (r"c?TACE", r"DEB-?TACE", r"TAE", r"SIRT", r"TARE", r"Y-?90", r"MWA", r"RFA", r"PVE", r"HAIC? pump")
"""As whole words only: "RFA" also stands inside "surface"."""

_PATTERN = re.compile(rf"{'|'.join(_PHRASES)}|\b(?:{'|'.join(_ABBREVIATIONS)})\b", re.IGNORECASE)


def looks_liver_directed(text: str) -> bool:
    """Words of terminology.md 6. Never chooses a therapy."""
    return _PATTERN.search(text) is not None
