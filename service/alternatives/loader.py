"""Loads the rules for alternatives, or raises one KnowledgeError that lists everything wrong with them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from service.alternatives.groups import read_groups
from service.alternatives.limits import only_limits
from service.alternatives.model import Groups, Rule, Rulebook
from service.alternatives.named_rows import Vocabulary
from service.alternatives.rows import read_rules
from service.rules.cells import read_cell
from service.rules.files import read_references
from service.rules.model import Knowledge
from service.rules.problems import KnowledgeError, Place, Problem

GROUPS = "groups.yaml"
REFERENCES = "references.yaml"


def load(knowledge: Knowledge) -> Rulebook:
    """The packaged rules, for the therapies and thresholds of `knowledge`; raises KnowledgeError."""
    return load_from(Path(str(resources.files("service.alternatives").joinpath("rules"))), knowledge)


def load_from(folder: Path, knowledge: Knowledge) -> Rulebook:
    """The rules in `folder`: groups.yaml, references.yaml and the files that groups.yaml lists."""
    problems: list[Problem] = []
    own = read_cell(folder / REFERENCES, REFERENCES, problems)
    references = {**knowledge.references, **(read_references(own) if own else {})}
    cell = read_cell(folder / GROUPS, GROUPS, problems)
    if cell is None:
        raise KnowledgeError(problems)
    groups = read_groups(cell, knowledge.therapies, knowledge.thresholds)
    words = Vocabulary(groups, knowledge.therapies, knowledge.thresholds, references)
    rules = _rules(folder, groups, words, problems)
    if problems:
        raise KnowledgeError(problems)
    limits = {name: only_limits(therapy) for name, therapy in knowledge.therapies.items()}
    return Rulebook(rules, groups, limits, knowledge.windows, references)


def _rules(folder: Path, groups: Groups, words: Vocabulary, problems: list[Problem]) -> tuple[Rule, ...]:
    rules: dict[str, Rule] = {}
    for name in groups.files:
        cell = read_cell(folder / f"{name}.yaml", f"{name}.yaml", problems)
        for rule in () if cell is None else read_rules(cell, words):
            if rule.id in rules:
                problems.append(Problem(Place(f"{name}.yaml"), "duplicate rule", rule.id))
            rules[rule.id] = rule
    listed = {f"{name}.yaml" for name in groups.files} | {GROUPS, REFERENCES}
    problems += [
        Problem(Place(path.name), "file that groups.yaml does not list", path.stem, groups.files)
        for path in sorted(folder.glob("*.yaml"))
        if path.name not in listed
    ]
    return tuple(rules.values())
