"""A threshold set is its content: same values, same identity."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.rules.model import Knowledge
from service.thresholds.sets import ThresholdSet, defaults


def test_the_identity_does_not_depend_on_order() -> None:
    assert ThresholdSet.of({"a": Decimal(1), "b": "x"}).id == ThresholdSet.of({"b": "x", "a": Decimal(1)}).id


@pytest.mark.parametrize("other", [{"a": Decimal(2)}, {"b": Decimal(1)}, {"a": Decimal(1), "b": Decimal(1)}, {}])
def test_other_content_is_another_set(other: dict[str, Decimal | str]) -> None:
    assert ThresholdSet.of({"a": Decimal(1)}).id != ThresholdSet.of(other).id


def test_a_choice_is_no_number() -> None:
    with pytest.raises(TypeError, match="threshold a is a choice"):
        ThresholdSet.of({"a": "relative"}).number("a")


def test_defaults_hold_every_threshold(knowledge: Knowledge) -> None:
    assert defaults(knowledge).values == {name: each.default for name, each in knowledge.thresholds.items()}
