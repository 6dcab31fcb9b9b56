"""Every hazard has a control, and every control a test that exists."""

from __future__ import annotations

import re

import pytest

from tests.named_tests import NAMED, ROOT, gone

LOG = (ROOT / "docs" / "safety" / "hazard-log.md").read_text(encoding="utf-8")
_HAZARD = re.compile(r"^## (H\d+) (.+)$", re.MULTILINE)
NUMBERS = [f"H{number}" for number in range(1, 19)]


def _hazards() -> dict[str, str]:
    parts = _HAZARD.split(LOG)
    return dict(zip(parts[1::3], parts[3::3], strict=True))


def test_it_lists_the_hazards_in_order() -> None:
    assert list(_hazards()) == NUMBERS


@pytest.mark.parametrize("hazard", NUMBERS)
def test_it_says_cause_control_and_what_remains(hazard: str) -> None:
    text = _hazards()[hazard]
    assert all(f"\n- {word}: " in text for word in ("Cause", "Control", "Residual"))


@pytest.mark.parametrize("hazard", NUMBERS)
def test_it_proves_every_control_by_tests_that_exist(hazard: str) -> None:
    controls = _hazards()[hazard].split("\n- Control: ")[1:]
    for control in controls:
        assert NAMED.findall(control), control.splitlines()[0]
        assert gone(control) == []


def test_it_names_tests_in_one_way_only() -> None:
    assert LOG.count("::test_") == len(NAMED.findall(LOG))
