"""The static checks behind `liver-cds check`: what the loader refuses, and what it lets pass but no reviewer would."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from service.clinical.dictionary import FACTS
from service.rules.cases import CaseResult, Suggest, run_cases
from service.rules.coverage import uncovered
from service.rules.crosscheck import crossed
from service.rules.linking import link
from service.rules.loader import read_library
from service.rules.model import Knowledge
from service.rules.problems import KnowledgeError, Place, Problem
from service.rules.sources import CriterionRow, Library
from service.rules.thresholds_used import compared
from service.rules.used_facts import used_facts
from service.thresholds.overrides import from_file, is_laxer
from service.thresholds.sets import defaults

VERDICTS = re.compile(r"\b(?:in|un)?(?:eligible|approved|denied)\b", re.IGNORECASE)
"""Words that decide in the clinician's place."""


@dataclass(frozen=True, slots=True)
class Report:
    """`problems` must be mended; `advice` is worth a look; `results` are those of the cases."""

    problems: tuple[Problem, ...]
    advice: tuple[Problem, ...] = ()
    results: tuple[CaseResult, ...] = ()

    @property
    def is_good(self) -> bool:
        return not self.problems and all(result.holds for result in self.results)


def check(
    folder: Path, *, cases: Path | None = None, thresholds: Path | None = None, suggest: Suggest | None = None
) -> Report:
    """Checks the knowledge in `folder`, the administrators' `thresholds` file and the `cases`; raises nothing."""
    try:
        library = read_library(folder)
        knowledge = link(library)
        in_force = defaults(knowledge) if thresholds is None else from_file(knowledge, thresholds)
        results = [] if cases is None else run_cases(cases, knowledge, thresholds=in_force, suggest=suggest)
    except KnowledgeError as error:
        return Report(error.problems)
    advice = [*_unused(library), *_crossed(library, knowledge, same_file=False)]
    advice += [] if cases is None else _uncovered(library, knowledge, results)
    return Report(tuple(sorted(static_problems(library, knowledge))), tuple(sorted(advice)), tuple(results))


def static_problems(library: Library, knowledge: Knowledge) -> Iterator[Problem]:
    for row in (row for file in library.files for row in file.criteria):
        yield from _incomplete(row)
        yield from _verdicts(row)
    yield from _lax_labels(library)
    yield from _crossed(library, knowledge, same_file=True)


def _incomplete(row: CriterionRow) -> Iterator[Problem]:
    criterion = row.criterion
    for key, value in (("say", criterion.say), ("ask", criterion.ask), ("cite", criterion.cite)):
        if not value:
            yield Problem(row.place, f"criterion without {key}", criterion.id)


def _verdicts(row: CriterionRow) -> Iterator[Problem]:
    for text in (row.criterion.title, row.criterion.say, row.criterion.ask):
        for word in VERDICTS.findall(text):
            yield Problem(row.place, f"{row.criterion.id} decides in the clinician's place", word)


def _crossed(library: Library, knowledge: Knowledge, *, same_file: bool) -> Iterator[Problem]:
    places = {row.criterion.id: row.place for file in library.files for row in file.criteria}
    for each in crossed(knowledge, defaults(knowledge).values):
        if each.same_file is same_file:
            yield Problem(places[each.absolute], each.message)


def _lax_labels(library: Library) -> Iterator[Problem]:
    for row in (row for file in library.files for row in file.thresholds.values()):
        bounds = row.threshold.range or ()
        if row.threshold.label and any(is_laxer(row.threshold, bound) for bound in bounds):
            yield Problem(row.place, "range of a label threshold reaches the lax side of its default", row.threshold.id)


def _unused(library: Library) -> Iterator[Problem]:
    included = {include.module for therapy in library.therapies.values() for include in therapy.includes}
    for name, module in library.modules.items():
        if name not in included:
            yield Problem(module.place, "module that no therapy includes", name)
    used = used_facts(placed.comparison.fact for file in library.files for placed in compared(file))
    for line, name in enumerate(FACTS, start=2):
        if name not in used:
            yield Problem(Place("facts.csv", line, 1), "fact that no criterion uses", name)


def _uncovered(library: Library, knowledge: Knowledge, results: list[CaseResult]) -> Iterator[Problem]:
    places = {row.threshold.id: row.place for file in library.files for row in file.thresholds.values()}
    for name, lacking in uncovered(knowledge, results).items():
        yield Problem(places[name], f"no case {' or '.join(lacking)} of {name}")
