"""Runs the 163 worked examples of scores-hcc.json against the scores."""

from __future__ import annotations

from typing import Any

import pytest

from tests.clinical.scores import run_liver, run_tace, run_tumour, run_y90
from tests.clinical.scores.examples import agrees, load

EXAMPLES = load("scores-hcc.json")["examples"]
RUNS = {**run_liver.RUNS, **run_tumour.RUNS, **run_tace.RUNS, **run_y90.RUNS}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["id"])
def test_it_gives_the_published_result(example: dict[str, Any]) -> None:
    found = RUNS[example["score"], example["variant"]](example["inputs"])
    wrong = {
        name: (found[name], expected)
        for name, expected in example["expected"].items()
        if not agrees(found[name], expected, example["tolerance"])
    }
    assert not wrong


def test_it_covers_every_example_of_the_document() -> None:
    assert len(EXAMPLES) == 163
    assert {(example["score"], example["variant"]) for example in EXAMPLES} == set(RUNS)
