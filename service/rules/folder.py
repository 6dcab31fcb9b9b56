"""Reads a folder of knowledge: references, freshness classes, modules and therapies, and the hash of their content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from service.rules.cells import Cell, read_cell
from service.rules.files import Shelf, read_file, read_references, read_windows
from service.rules.problems import Place, Problem
from service.rules.sources import Library, SourceFile

REFERENCES = "references.yaml"
FRESHNESS = "freshness.yaml"
_SHARED = frozenset({REFERENCES, FRESHNESS})


def read_folder(folder: Path, problems: list[Problem]) -> Library:
    """Everything readable of `folder`; what is not goes to `problems`."""
    therapy_paths = [path for path in sorted(folder.glob("*.yaml")) if path.name not in _SHARED]
    module_paths = sorted((folder / "modules").glob("*.yaml"))
    if not therapy_paths:
        problems.append(Problem(Place(str(folder)), "the folder holds no therapy file"))
    references = _shared(folder, REFERENCES, problems)
    windows = _shared(folder, FRESHNESS, problems)
    shelf = Shelf(
        references=read_references(references) if references else {},
        windows=read_windows(windows) if windows else {},
        modules=tuple(path.stem for path in module_paths),
    )
    return Library(
        modules=_files(folder, module_paths, shelf, problems, is_module=True),
        therapies=_files(folder, therapy_paths, shelf, problems, is_module=False),
        references=shelf.references,
        windows=shelf.windows,
        version=_version(folder, [*therapy_paths, *module_paths, folder / REFERENCES, folder / FRESHNESS]),
    )


def _shared(folder: Path, name: str, problems: list[Problem]) -> Cell | None:
    return read_cell(folder / name, name, problems)


def _files(
    folder: Path, paths: list[Path], shelf: Shelf, problems: list[Problem], *, is_module: bool
) -> dict[str, SourceFile]:
    found: dict[str, SourceFile] = {}
    for path in paths:
        cell = read_cell(path, path.relative_to(folder).as_posix(), problems)
        if cell is not None:
            found[path.stem] = read_file(cell, path.stem, shelf, is_module=is_module)
    return found


def _version(folder: Path, paths: list[Path]) -> str:
    """SHA-256 over names and contents."""
    digest = hashlib.sha256()
    for path in sorted(path for path in paths if path.is_file()):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
