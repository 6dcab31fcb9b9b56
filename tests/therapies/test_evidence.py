"""Each row says what it rests on, and each reference what it is and whether it was read."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from service.rules.loader import load, load_from, packaged_folder
from service.rules.model import STANDINGS, Criterion, Reference
from service.rules.problems import KnowledgeError

KNOWLEDGE = load()
CRITERIA = {
    criterion.id: criterion
    for therapy in KNOWLEDGE.therapies.values()
    for inclusion in therapy.inclusions
    for criterion in inclusion.criteria
}
NAMED = re.compile(r"doi:(10\.\S+?)(?=[,;)\s]|$)|(PMC\d+)|PMID (\d+)")
every_criterion = pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA.keys())
every_reference = pytest.mark.parametrize("reference", KNOWLEDGE.references.values(), ids=KNOWLEDGE.references.keys())


def _cited(criterion: Criterion) -> list[Reference]:
    return [KNOWLEDGE.references[key] for key in criterion.cite]


@every_criterion
def test_it_says_how_strong_every_row_is(criterion: Criterion) -> None:
    assert criterion.strength
    assert criterion.evidence in {"read", "knowledge", "convention"}


@every_criterion
def test_it_calls_no_row_read_whose_documents_nobody_read(criterion: Criterion) -> None:
    if criterion.evidence == "read":
        assert any(reference.read for reference in _cited(criterion)), criterion.cite


@every_criterion
def test_it_calls_a_row_a_convention_where_no_document_states_it(criterion: Criterion) -> None:
    stated = {key for key in criterion.cite if KNOWLEDGE.references[key].standing != "convention"} - {"KNOWLEDGE"}
    only_conventions = not stated and "KNOWLEDGE" not in criterion.cite

    assert (criterion.evidence == "convention") == only_conventions


@every_reference
def test_it_says_what_every_reference_is(reference: Reference) -> None:
    assert reference.title
    assert reference.standing in STANDINGS
    assert not (reference.second_hand and not reference.read), "second hand means read where it is quoted"
    assert not (reference.standing == "convention" and reference.read), "nobody states a convention"
    assert (reference.standing == "seed") == reference.key.startswith("SEED")


@every_reference
def test_it_links_every_reference_whose_number_is_known(reference: Reference) -> None:
    own_number = NAMED.search(reference.title.partition("(cites")[0])
    if own_number:
        assert reference.url.startswith(("https://doi.org/", "https://pmc.ncbi.nlm.nih.gov/", "https://pubmed."))


def test_it_needs_a_local_signature_for_every_row_that_nobody_read() -> None:
    unread = [name for name, row in CRITERIA.items() if not any(reference.read for reference in _cited(row))]

    assert unread
    assert {CRITERIA[name].evidence for name in unread} == {"knowledge", "convention"}


def test_it_refuses_a_reference_of_unknown_standing(tmp_path: Path) -> None:
    folder = tmp_path / "therapies"
    shutil.copytree(packaged_folder(), folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    references = folder / "references.yaml"
    text = references.read_text(encoding="utf-8")
    references.write_text(text.replace("  standing: label\n", "  standing: heard\n", 1), encoding="utf-8")

    with pytest.raises(KnowledgeError, match="unknown standing"):
        load_from(folder)
