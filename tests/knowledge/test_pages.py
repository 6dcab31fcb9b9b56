"""The pages of docs/knowledge are those that the data give today."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from service.clinical.dictionary import FACTS
from service.knowledge_pages.pages import pages, write_pages
from service.rules.loader import load
from service.rules.model import Knowledge

ROOT = Path(__file__).parents[2]
WRITTEN = ROOT / "docs" / "knowledge"
BY_HAND = {"reconciliation.md", "seeds.md"}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="module")
def texts(knowledge: Knowledge) -> Mapping[str, str]:
    return pages(knowledge, ROOT / "tests" / "cases")


def _files(folder: Path) -> dict[str, str]:
    found = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}
    return {place: text for place, text in found.items() if place not in BY_HAND}


def test_it_finds_the_written_pages_up_to_date(texts: Mapping[str, str], tmp_path: Path) -> None:
    """If this fails: liver-cds knowledge write --out docs/knowledge."""
    write_pages(texts, tmp_path)
    fresh, written = _files(tmp_path), _files(WRITTEN)
    assert set(written) == set(fresh)
    assert [place for place in fresh if fresh[place] != written[place]] == []


def test_it_gives_every_therapy_a_page_that_names_all_its_criteria_and_thresholds(
    texts: Mapping[str, str], knowledge: Knowledge
) -> None:
    for name, therapy in knowledge.therapies.items():
        text = texts[f"therapies/{name}.md"]
        criteria = [each.id for inclusion in therapy.inclusions for each in inclusion.criteria]
        assert [each for each in criteria if f"`{each}`" not in text and f"`{each};" not in text] == []
        assert [each for each in therapy.thresholds if f"`{each}`" not in text] == []


def test_it_lists_every_fact_threshold_and_reference(texts: Mapping[str, str], knowledge: Knowledge) -> None:
    assert [name for name in FACTS if f"| `{name}` |" not in texts["facts.md"]] == []
    assert [name for name in knowledge.thresholds if f"| `{name}` |" not in texts["thresholds.md"]] == []
    assert [key for key in knowledge.references if f"| {key} |" not in texts["references.md"]] == []


def test_it_shows_a_limit_with_its_range_its_condition_and_its_age(texts: Mapping[str, str]) -> None:
    row = next(line for line in texts["therapies/y90-resin.md"].splitlines() if "(`y90-lung-dose`" in line)
    assert "at most 30 Gy" in row
    assert "20 Gy to 30 Gy" in row
    assert "needs data" in row


def test_it_never_writes_a_table_with_a_row_of_another_width(texts: Mapping[str, str]) -> None:
    for text in texts.values():
        width = 0
        for line in text.splitlines():
            columns = line.replace("\\|", "").count("|")
            assert not columns or not width or columns == width, line
            width = columns


def test_it_uses_no_word_that_decides_in_the_clinicians_place(texts: Mapping[str, str], knowledge: Knowledge) -> None:
    """Titles of documents may; we do not."""
    quoted = [reference.title.lower() for reference in knowledge.references.values()]
    for place, text in texts.items():
        ours = text.lower()
        for quote in quoted:
            ours = ours.replace(quote, "")
        assert [line for line in ours.splitlines() if " eligible" in line or "denied" in line] == [], place


def test_it_removes_the_page_of_a_therapy_that_is_gone_and_nothing_else(tmp_path: Path) -> None:
    write_pages({"README.md": "# A\n", "therapies/old.md": "# Old\n"}, tmp_path)
    (tmp_path / "reconciliation.md").write_text("by hand\n", encoding="utf-8")
    write_pages({"README.md": "# B\n", "therapies/new.md": "# New\n"}, tmp_path)
    assert {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md")} == {
        "README.md",
        "reconciliation.md",
        "therapies/new.md",
    }
