"""Every fact that the five founding documents name is found where the register says."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from service.alternatives import loader as alternatives
from service.rules.loader import load
from service.rules.model import Comparison, Criterion, Threshold
from service.rules.wording import limit_text, value_text

ROOT = Path(__file__).parent.parent.parent
KNOWLEDGE = load()


def _register() -> list[dict[str, str]]:
    with (ROOT / "tests" / "data" / "seed_register.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _register()
every_row = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def _criterion_text(criterion: Criterion) -> str:
    return " ".join((criterion.title, criterion.say, criterion.ask, *map(_limit, criterion.tests)))


def _limit(comparison: Comparison) -> str:
    if comparison.threshold is not None:
        return _default(KNOWLEDGE.thresholds[comparison.threshold])
    return "" if comparison.limit is None else limit_text(comparison.fact, comparison.limit)


def _default(threshold: Threshold) -> str:
    return f"{threshold.title} {value_text(threshold.default, threshold.unit)}"


def _sections(page: Path) -> dict[str, str]:
    """Text under each heading of a page, by the heading's anchor."""
    _, *parts = re.split(r"^#+ ", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {_anchor(heading): body for heading, _, body in (part.partition("\n") for part in parts)}


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9 -]", "", heading.strip().lower()).replace(" ", "-")


def _places() -> dict[str, str]:
    """What a reader finds at every place that the register may name."""
    inclusions = [inclusion for therapy in KNOWLEDGE.therapies.values() for inclusion in therapy.inclusions]
    rules = alternatives.load(KNOWLEDGE).rules
    page = "docs/knowledge/seeds.md"
    return {
        **{f"criterion:{row.id}": _criterion_text(row) for each in inclusions for row in each.criteria},
        **{f"note:{note.id}": note.text for each in inclusions for note in each.notes},
        **{f"threshold:{name}": _default(threshold) for name, threshold in KNOWLEDGE.thresholds.items()},
        **{f"therapy:{name}": therapy.title for name, therapy in KNOWLEDGE.therapies.items()},
        **{f"alternative:{rule.id}": " ".join(named.text for named in rule.named) for rule in rules},
        **{f"page:{page}#{anchor}": text for anchor, text in _sections(ROOT / page).items()},
    }


PLACES = _places()


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace(" %", "%").replace("µm", "um").replace("–", "-").lower()


def test_it_holds_both_registers_whole() -> None:
    assert Counter(row["id"].partition("-")[0] for row in ROWS) == {"hcc": 43, "mets": 80}
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_it_draws_on_all_five_documents() -> None:
    for register in ("hcc", "mets"):
        assert {row["seed"] for row in ROWS if row["id"].startswith(register)} == {"000", "001", "002", "003", "004"}


@every_row
def test_it_finds_every_seed_fact_where_the_register_says(row: dict[str, str]) -> None:
    places = row["places"].split()

    assert places
    assert [place for place in places if place not in PLACES] == []


@every_row
def test_it_finds_the_figures_of_every_seed_fact_there(row: dict[str, str]) -> None:
    text = _plain(" ".join(PLACES[place] for place in row["places"].split()))
    figures = [figure for figure in row["figures"].split(";") if figure]

    assert [figure for figure in figures if not re.search(rf"(?<![\d.]){re.escape(_plain(figure))}", text)] == []
