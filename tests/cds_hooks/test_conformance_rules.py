"""The list of rules and the checks name the same rules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cds_hooks.conformance import RULES, Level, Rule

FOLDER = Path(__file__).parents[2] / "cds_hooks"
CODE = "".join(path.read_text(encoding="utf-8") for path in sorted(FOLDER.rglob("*.py")))
NAMED = set(re.findall(r'"((?:[A-Z]|cds-(?:r|resp|fb))-\d+)"', CODE))


def test_it_has_a_check_for_every_rule_and_a_rule_for_every_check() -> None:
    assert set(RULES) == NAMED


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_it_says_of_every_rule_how_binding_it_is_and_where_it_stands(rule: Rule) -> None:
    assert rule.level in Level
    assert rule.since in {"1.0", "2.0", "3.0"}
    assert rule.section
    assert rule.words
