"""`liver-cds cohort generate`: the same bytes every time, folders that replay, NDJSON, a manifest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from service.cli import main
from service.cohort.generate.mess.kinds import KINDS
from service.fixtures import find_exchanges, find_fixtures
from service.replay.run import run
from service.replay.targets import InProcess
from tests.cohort.making import AS_OF, cohort


def _generate(out: Path, *more: str) -> Result:
    arguments = ["cohort", "generate", "--patients", "6", "--as-of", AS_OF.isoformat(), "--out", str(out), *more]
    return CliRunner().invoke(main, arguments)


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("form", ["fixtures", "ndjson"])
def test_it_writes_the_same_bytes_every_time(form: str, tmp_path: Path) -> None:
    results = [_generate(tmp_path / name, "--format", form) for name in ("one", "two")]

    assert [result.exit_code for result in results] == [0, 0], results[0].output
    assert _files(tmp_path / "one") == _files(tmp_path / "two")
    assert "6 patients of seed 1 as of 2026-11-22" in results[0].output


def test_it_writes_another_cohort_for_another_seed(tmp_path: Path) -> None:
    _generate(tmp_path / "one", "--format", "ndjson")
    _generate(tmp_path / "two", "--format", "ndjson", "--seed", "2")

    assert _files(tmp_path / "one")["Observation.ndjson"] != _files(tmp_path / "two")["Observation.ndjson"]


def test_it_writes_every_resource_on_a_line_of_its_types_file(tmp_path: Path) -> None:
    _generate(tmp_path / "out", "--format", "ndjson")

    expected = Counter(each["resourceType"] for who in cohort(6) for each in (*who.resources, *who.orders))
    lines = {name: text.splitlines() for name, text in _files(tmp_path / "out").items() if name.endswith(".ndjson")}
    assert {name.removesuffix(".ndjson"): len(found) for name, found in lines.items()} == dict(expected)
    assert all(f"{json.loads(line)['resourceType']}.ndjson" == name for name, found in lines.items() for line in found)


def test_it_writes_folders_that_replay(tmp_path: Path) -> None:
    _generate(tmp_path / "out")

    results = list(run(find_exchanges(tmp_path / "out"), InProcess(tmp_path / "data")))
    assert [result.outcome for result in results] == ["answered"] * 12
    assert {fixture.as_of for fixture in find_fixtures(tmp_path / "out")} == {AS_OF}


def test_it_says_in_the_fixture_what_is_wrong_on_purpose(tmp_path: Path) -> None:
    _generate(tmp_path / "out")

    for who, fixture in zip(cohort(6), find_fixtures(tmp_path / "out"), strict=True):
        assert all(f"{each.kind}: {each.resource}" in fixture.why for each in who.mess)
        assert bool(who.mess) == ("on purpose: nothing" not in fixture.why)


@pytest.mark.parametrize("form", ["fixtures", "ndjson"])
def test_it_counts_in_the_manifest(form: str, tmp_path: Path) -> None:
    _generate(tmp_path / "out", "--format", form)

    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    done = Counter(each.kind for who in cohort(6) for each in who.mess)
    assert (manifest["patients"], manifest["seed"], manifest["as_of"], manifest["format"]) == (6, 1, "2026-11-22", form)
    assert manifest["mess"] == {kind: done[kind] for kind in KINDS}
    assert manifest["therapies"] == dict(sorted(Counter(who.therapy for who in cohort(6)).items()))
    assert sum(manifest["classes"]["feed"].values()) == 6


def test_it_prints_the_day_that_it_takes_by_itself(tmp_path: Path) -> None:
    arguments = ["cohort", "generate", "--patients", "1", "--out", str(tmp_path / "out"), "--format", "ndjson"]
    result = CliRunner().invoke(main, arguments)

    day = json.loads((tmp_path / "out" / "manifest.json").read_text())["as_of"]
    assert f"as of {day}" in result.output


def test_it_writes_no_second_cohort_into_the_folder(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = _generate(tmp_path)

    assert (result.exit_code, "not empty" in result.output) == (2, True)
    assert _files(tmp_path) == {"notes.txt": b"mine"}


def test_it_shows_what_it_draws_from() -> None:
    result = CliRunner().invoke(main, ["cohort", "distributions"])
    assert (result.exit_code, "# Cohorts of synthetic patients" in result.output) == (0, True)
