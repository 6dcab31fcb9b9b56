"""The sizes of the plan: files stay short enough to be read."""

from __future__ import annotations

from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
SOURCES = [path for folder in ("service", "cds_hooks") for path in sorted((ROOT / folder).rglob("*.py"))]
LENGTHS = {path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}


def test_it_keeps_every_file_below_300_lines() -> None:
    assert {name: length for name, length in LENGTHS.items() if length > 300} == {}


def test_it_keeps_the_median_file_at_60_lines_or_less() -> None:
    assert median(LENGTHS.values()) <= 60
