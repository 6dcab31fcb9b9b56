"""The favourable patient of each therapy: every question answered in favour of the order (favourable.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from service.fixture_building.forms import has_form
from service.fixture_building.given import NAMES
from service.fixture_building.patient import FACTS_OF_THE_PERSON
from service.fixture_building.record import TUMOUR
from service.fixture_building.relevance import asked_facts
from service.rules.cells import Cell, read_cell
from service.rules.model import Therapy
from service.rules.problems import KnowledgeError, Problem

FILE = "favourable.yaml"
_KEYS = ("patients", "therapies")


def favourable(therapy: Therapy, patient: str = "") -> dict[str, str]:
    """Fact to text, in the order of the file: what `therapy` asks and what records usually hold.

    `patient` names one of the file; the therapy's own if empty. Raises KnowledgeError.
    """
    problems: list[Problem] = []
    root = read_cell(Path(str(resources.files(__package__))) / FILE, FILE, problems)
    rows = root.table(_KEYS) if root is not None else {}
    facts: dict[str, str] = {}
    if len(rows) == len(_KEYS):
        patients, therapies = rows["patients"].table(), rows["therapies"].table()
        name = patient or (therapies[therapy.id].text() if therapy.id in therapies else "")
        facts = _facts(name, patients, rows["patients"])
    if problems:
        raise KnowledgeError(problems)
    asked = {*asked_facts(therapy), *FACTS_OF_THE_PERSON, TUMOUR}
    return {fact: text for fact, text in facts.items() if fact in asked or has_form(fact)}


def _facts(name: str, patients: Mapping[str, Cell], place: Cell) -> dict[str, str]:
    if name not in patients:
        place.refuse("unknown patient", name, tuple(patients))
        return {}
    row = patients[name].table(("extends", "facts"))
    inherited = _facts(row["extends"].text(), patients, row["extends"]) if "extends" in row else {}
    given = row["facts"].table(NAMES) if "facts" in row else {}
    return {**inherited, **{fact: cell.text() for fact, cell in given.items()}}
