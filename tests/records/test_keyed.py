"""Identifiers become keyed hashes; the key is made once and read by its owner alone."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import pytest

from service.records.key_file import own_key, read_key
from service.records.keyed import Keyed
from service.records.storage import StorageUnavailableError

KEYED = Keyed(b"k" * 32, "ward")
SPAWN = multiprocessing.get_context("spawn")


def test_it_gives_the_same_word_to_the_same_patient_only() -> None:
    assert KEYED.word("patient", "p1") == KEYED.word("patient", "p1")
    others = [
        KEYED.word("patient", "p2"),
        KEYED.word("order", "p1"),
        Keyed(b"k" * 32, "other").word("patient", "p1"),
        Keyed(b"l" * 32, "ward").word("patient", "p1"),
    ]
    assert KEYED.word("patient", "p1") not in others
    assert len(set(others)) == 4


def test_it_says_nothing_for_nothing() -> None:
    assert KEYED.word("patient", "") == ""


def test_it_replaces_the_ids_of_resources_and_keeps_their_types() -> None:
    text = KEYED.references("Observation/b1, Patient/7")
    first, second = text.split(", ")
    assert first.startswith("Observation/")
    assert second.startswith("Patient/")
    assert "b1" not in text.split("/")[1]
    assert text == KEYED.references("Observation/b1, Patient/7")


@pytest.mark.parametrize("text", ["order", "2.4 mg/dL", "41 IU/L", "", "BodyStructure", "stale: 41 days old, limit 30"])
def test_it_leaves_other_texts_alone(text: str) -> None:
    assert KEYED.references(text) == text


def test_it_makes_a_key_that_its_owner_alone_can_read(tmp_path: Path) -> None:
    path = tmp_path / "patient.key"
    key = own_key(path)
    assert own_key(path) == key
    assert len(key) == 64
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["patient.key"]


def test_it_says_unavailable_where_no_key_can_be_made(tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailableError, match="patient key"):
        own_key(tmp_path / "missing" / "patient.key")


def test_it_refuses_a_short_key(tmp_path: Path) -> None:
    path = tmp_path / "patient.key"
    path.write_text("short")
    with pytest.raises(ValueError, match="fewer than 32"):
        read_key(path)
    with pytest.raises(StorageUnavailableError):
        own_key(path)


def _make(path: str) -> None:
    (Path(path).parent / f"seen-{own_key(Path(path)).decode()}").touch()


def test_it_makes_one_key_when_several_processes_want_it(tmp_path: Path) -> None:
    makers = [SPAWN.Process(target=_make, args=(str(tmp_path / "patient.key"),)) for _ in range(3)]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    assert len(list(tmp_path.glob("seen-*"))) == 1
