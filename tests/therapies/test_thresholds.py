"""Thresholds of the therapy files: defaults within their range, labels at the lax end, choices strictest first."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.rules.loader import load
from service.rules.model import Kind, Threshold

THRESHOLDS = load().thresholds
NUMBERS = {name: threshold for name, threshold in THRESHOLDS.items() if not threshold.choices}
CHOICES = {name: threshold for name, threshold in THRESHOLDS.items() if threshold.choices}
STRICTNESS = list(Kind)


@pytest.mark.parametrize("threshold", NUMBERS.values(), ids=NUMBERS.keys())
def test_it_keeps_every_default_within_its_range(threshold: Threshold) -> None:
    assert threshold.range is not None
    low, high = threshold.range
    assert isinstance(threshold.default, Decimal)
    assert low <= threshold.default <= high
    assert low < high, "a range of one value is no threshold"
    assert threshold.stricter in {"lower", "higher"}


@pytest.mark.parametrize("threshold", NUMBERS.values(), ids=NUMBERS.keys())
def test_it_lets_a_label_only_become_stricter(threshold: Threshold) -> None:
    assert threshold.range is not None
    if threshold.label:
        lax_end = threshold.range[1] if threshold.stricter == "lower" else threshold.range[0]
        assert threshold.default == lax_end


@pytest.mark.parametrize("threshold", CHOICES.values(), ids=CHOICES.keys())
def test_it_lists_choices_of_kind_strictest_first(threshold: Threshold) -> None:
    kinds = [Kind(choice) for choice in threshold.choices]
    assert kinds == sorted(kinds, key=STRICTNESS.index)
    assert threshold.default in threshold.choices


@pytest.mark.parametrize("threshold", THRESHOLDS.values(), ids=THRESHOLDS.keys())
def test_it_names_every_threshold_in_words_with_a_reference(threshold: Threshold) -> None:
    assert threshold.title[0].isupper()
    assert "_" not in threshold.title
    assert threshold.reference


def test_it_gives_no_two_thresholds_of_a_file_the_same_title() -> None:
    titles = [(name.partition(".")[0], threshold.title) for name, threshold in THRESHOLDS.items()]
    assert len(set(titles)) == len(titles)


def test_it_keeps_the_lung_dose_of_resin_microspheres_a_label_threshold() -> None:
    threshold = THRESHOLDS["y90-resin.max_lung_dose"]
    assert (threshold.default, threshold.range, threshold.label) == (Decimal(30), (Decimal(20), Decimal(30)), True)
