"""Tests that a document names as `tests/file.py::test_name`, and whether they exist."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def _tests(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def gone(text: str) -> list[str]:
    """The tests that `text` names and that do not exist."""
    return [f"{file}::{test}" for file, test in NAMED.findall(text) if test not in _tests(file)]
