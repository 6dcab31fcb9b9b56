"""The documentation that travels with the package: Markdown files by their place under docs/. Renders nothing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

DOCUMENTS = Path(__file__).parents[1] / "docs"
"""Beside the package, in a checkout and where a wheel was installed: other distributions may own a `docs` too."""


def documents(folder: Path = DOCUMENTS) -> Mapping[str, Path]:
    """ "knowledge/facts.md" -> its file."""
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*.md"))}
