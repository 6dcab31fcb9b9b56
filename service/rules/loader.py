"""Loads the therapy folder into Knowledge, or raises one KnowledgeError that lists everything wrong with it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from service.rules.folder import read_folder
from service.rules.identities import identity_problems
from service.rules.linking import link
from service.rules.model import Knowledge
from service.rules.problems import KnowledgeError, Problem
from service.rules.sources import Library
from service.rules.thresholds_used import direction_problems, threshold_problems


def packaged_folder() -> Path:
    """The folder `service/therapies` as installed."""
    return Path(str(resources.files("service.therapies")))


@cache
def load() -> Knowledge:
    """The packaged knowledge, read once in a process; raises KnowledgeError."""
    return load_from(packaged_folder())


def load_from(folder: Path) -> Knowledge:
    """The knowledge in `folder`: *.yaml, modules/*.yaml, references.yaml, freshness.yaml; raises KnowledgeError."""
    return link(read_library(folder))


def read_library(folder: Path) -> Library:
    """The files of `folder`, each read and checked against the others; raises KnowledgeError."""
    problems: list[Problem] = []
    library = read_folder(folder, problems)
    problems += identity_problems(library)
    problems += threshold_problems(library)
    problems += direction_problems(library)
    if problems:
        raise KnowledgeError(problems)
    return library
