"""Cases at and just beyond a limit are found by the values that they name themselves."""

from __future__ import annotations

from pathlib import Path

from service.knowledge_pages.cases_held import cases_held
from service.rules.loader import load

CASES = """
- case: {title}
  order: y90-resin
  on: 2026-11-01
  base: patient
  given: {{planned_lung_dose: {dose}}}
  expect: needs_data
"""
LIMIT = ("y90-resin", "y90-resin.max_lung_dose")


def _held(folder: Path, **doses: str) -> dict[str, str]:
    (folder / "bases.yaml").write_text("patient: {planned_lung_dose: 30 Gy}\n", encoding="utf-8")
    text = "".join(CASES.format(title=title, dose=dose) for title, dose in doses.items())
    (folder / "y90-resin.yaml").write_text(text, encoding="utf-8")
    found = cases_held(load(), folder)
    assert len(found.of["y90-resin"]) == len(doses)
    return {title: side for side, title in found.at_limits.get(LIMIT, ())}


def test_it_tells_the_cases_at_a_limit_from_those_just_beyond_and_elsewhere(tmp_path: Path) -> None:
    assert _held(tmp_path, equal="30 Gy", above="30.1 Gy", within="12 Gy", far="80 Gy", absent="unknown") == {
        "equal": "at",
        "above": "just beyond",
    }


def test_it_counts_a_value_that_only_the_base_names_for_nothing(tmp_path: Path) -> None:
    (tmp_path / "bases.yaml").write_text("patient: {planned_lung_dose: 30 Gy}\n", encoding="utf-8")
    case = "- {case: a, order: y90-resin, on: 2026-11-01, base: patient, given: {ecog: 1}, expect: needs_data}\n"
    (tmp_path / "y90-resin.yaml").write_text(case, encoding="utf-8")
    assert LIMIT not in cases_held(load(), tmp_path).at_limits


def test_it_names_none_where_there_is_no_folder() -> None:
    assert cases_held(load(), None).of == {}
