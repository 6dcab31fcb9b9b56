"""The small folder of knowledge that tests of rules use."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.rules.loader import load_from
from service.rules.model import Knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_from(Path(__file__).parents[1] / "rules" / "data" / "knowledge")
