"""A wheel holds all that the service shows: unpacked somewhere else, it serves the same pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from shutil import copy, copytree, ignore_patterns
from zipfile import ZipFile

import pytest

from service.documents import documents

pytestmark = pytest.mark.system
ROOT = Path(__file__).parents[2]
ASK = """
from pathlib import Path

from service.app import create_app
from service.documents import DOCUMENTS
from service.settings import read_settings

reader = create_app(read_settings({}, mode="development", data_dir="data")).test_client()
assert DOCUMENTS.parent == Path.cwd(), DOCUMENTS
for path in ("/docs/", "/docs/style.css", "/docs/knowledge/therapies/ctace", "/dsi/source-attributes", "/fhir/metadata",
             "/openapi.json"):
    print(path, reader.get(path).status_code)
"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("cds_hooks", "docs", "fixtures", "service"):
        copytree(ROOT / name, folder / "source" / name, ignore=ignore_patterns("__pycache__"))
    for name in ("LICENSE", "NOTICE", "README.md", "pyproject.toml"):
        copy(ROOT / name, folder / "source")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-w", "wheels"]
    command = [sys.executable, "-m", "pip", "wheel", *options, "./source"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=300)
    (wheel,) = (folder / "wheels").glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(folder / "there")
    return folder / "there"


def test_it_holds_every_document(unpacked: Path) -> None:
    assert [name for name in documents() if not (unpacked / "docs" / name).is_file()] == []


def test_it_shows_the_pages(unpacked: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIVER_CDS_")}
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=unpacked, env=environment | {"PYTHONPATH": str(unpacked)},
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    assert {line.split()[1] for line in done.stdout.splitlines()} == {"200"}
    assert len(done.stdout.splitlines()) == 6
