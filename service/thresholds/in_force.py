"""The threshold set that the service judges with: the defaults, or the administrators' file over them."""

from __future__ import annotations

from pathlib import Path

from service.rules.model import Knowledge
from service.thresholds.overrides import from_file
from service.thresholds.sets import ThresholdSet, defaults


def in_force(knowledge: Knowledge, file: Path | None) -> ThresholdSet:
    """Raises KnowledgeError naming each line of `file` that cannot be used."""
    return defaults(knowledge) if file is None else from_file(knowledge, file)
