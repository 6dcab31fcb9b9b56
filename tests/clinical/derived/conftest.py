"""Computes facts on one day with the packaged freshness classes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import resources

import pytest
import yaml

from service.clinical.derive import derive
from service.clinical.derived.auxiliary import freshness_class
from service.clinical.freshness import Window
from service.clinical.values import Fact
from tests.clinical.derived.table import TODAY, read

Compute = Callable[[Mapping[str, Fact]], dict[str, Fact]]


@pytest.fixture(scope="session")
def windows() -> dict[str, Window]:
    text = resources.files("service.therapies").joinpath("freshness.yaml").read_text(encoding="utf-8")
    written = yaml.load(text, Loader=yaml.BaseLoader)
    return {
        name: Window(*(int(row[key]) if key in row else None for key in ("judge", "repeat before")))
        if row
        else Window()
        for name, row in written.items()
    }


@pytest.fixture(scope="session")
def compute(windows: dict[str, Window]) -> Compute:
    return lambda facts: derive(facts, TODAY, windows)


@pytest.fixture(scope="session")
def from_words(compute: Compute) -> Callable[..., dict[str, Fact]]:
    """Compute from words as the tables write them: from_words(bilirubin="2.4")."""
    return lambda **given: compute({name: read(name, written) for name, written in given.items()})


@pytest.fixture(scope="session")
def judge_of(windows: dict[str, Window]) -> Callable[[str], int | None]:
    """Days after which a fact is stale; None for never."""
    return lambda name: windows[freshness_class(name)].judge
