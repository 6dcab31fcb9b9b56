"""What a clinician reads in the therapy files: complete, short, without verdict words."""

from __future__ import annotations

import re

import pytest

from service.clinical.dictionary import FACTS
from service.rules.loader import load, packaged_folder
from service.rules.model import Criterion, Note

KNOWLEDGE = load()
VERDICTS = re.compile(r"\b(in)?eligib|\bapprov(ed|es)\b|\bden(y|ied|ies)\b", re.IGNORECASE)
ASKS = ("Record ", "Order ")


def _criteria() -> dict[str, Criterion]:
    return {
        criterion.id: criterion
        for therapy in KNOWLEDGE.therapies.values()
        for inclusion in therapy.inclusions
        for criterion in inclusion.criteria
    }


def _notes() -> dict[str, Note]:
    return {
        note.id: note
        for therapy in KNOWLEDGE.therapies.values()
        for inclusion in therapy.inclusions
        for note in inclusion.notes
    }


CRITERIA = _criteria()


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA.keys())
def test_it_says_everything_a_reader_needs(criterion: Criterion) -> None:
    assert criterion.title, "title"
    assert criterion.say.endswith((".", ")")), criterion.say
    assert criterion.ask.startswith(ASKS), criterion.ask
    assert criterion.ask.endswith("."), criterion.ask
    assert criterion.cite, "cite"
    assert criterion.evidence in {"read", "knowledge", "convention"}


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA.keys())
def test_it_uses_no_verdict_words_and_stays_short(criterion: Criterion) -> None:
    for text in (criterion.title, criterion.say, criterion.ask):
        assert not VERDICTS.search(text), text
    assert len(criterion.title) <= 70
    assert len(criterion.say) <= 220
    assert len(criterion.ask) <= 140


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA.keys())
def test_it_prints_no_yes_or_no_inside_a_sentence(criterion: Criterion) -> None:
    first = criterion.tests[0]
    if FACTS[first.fact].type == "boolean":
        assert "{found}" not in criterion.say
        assert "{limit}" not in criterion.say


def test_it_calls_use_outside_a_label_by_its_name_and_never_a_contraindication() -> None:
    label_rows = [row for row in CRITERIA.values() if row.say.startswith("Outside US label")]
    assert {row.id for row in label_rows} == {
        "y90-glass-onlabel",
        "y90-glass-onlabel-tumour",
        "y90-resin-onlabel",
        "y90-crc-us-status",
    }
    assert all(row.kind in {"preferred", "caution"} for row in label_rows)
    assert not any("contraindicat" in row.say for row in label_rows)


def test_it_writes_notes_without_verdict_words_and_with_a_citation() -> None:
    for note in _notes().values():
        assert not VERDICTS.search(note.text), note.id
        assert note.cite, note.id


def test_it_keeps_every_file_of_criteria_below_300_lines() -> None:
    files = [path for path in packaged_folder().rglob("*.yaml") if path.name != "references.yaml"]
    lengths = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in files}

    assert {name: length for name, length in lengths.items() if length > 300} == {}
