"""The list of threats: every number that matters is proven by tests that exist, or said to be missing."""

from __future__ import annotations

import re
import sys

from tests.named_tests import NAMED, ROOT, gone

PAGE = (ROOT / "docs" / "safety" / "reliability-tests.md").read_text(encoding="utf-8")
PROVEN, MISSING = (
    [int(number) for number in re.findall(r"^\| (\d+) \|", part, re.MULTILINE)] for part in PAGE.split("## Not yet")
)
CALLERS = {*range(1, 12), *range(14, 19), 21}
FETCHING = {*range(26, 38), 39, 40}
BODIES = {46, 47, 48, 50, 51, 52, 56}
OUTPUT = {59, 60, *range(62, 67)}
STAYING_UP = {87, 88, *range(97, 108), 113, 114, 118, 120}
REQUIRED = CALLERS | FETCHING | BODIES | OUTPUT | STAYING_UP


def test_it_names_tests_that_exist() -> None:
    assert gone(PAGE) == []
    assert PAGE.count("::test_") == len(NAMED.findall(PAGE))


def test_it_proves_every_row() -> None:
    rows = [line for line in PAGE.partition("## Not yet")[0].splitlines() if re.match(r"\| \d", line)]
    assert [row for row in rows if not NAMED.search(row)] == []


def test_it_has_or_lacks_every_number_that_matters_and_says_which() -> None:
    """The count goes to the test run's report."""
    sys.stdout.write(f"{len(REQUIRED & set(PROVEN))} of {len(REQUIRED)} threats proven, not yet: {MISSING}\n")
    assert set(PROVEN) | set(MISSING) >= REQUIRED
    assert not set(PROVEN) & set(MISSING)


def test_it_is_in_order() -> None:
    for numbers in (PROVEN, MISSING):
        assert numbers == sorted(set(numbers))
