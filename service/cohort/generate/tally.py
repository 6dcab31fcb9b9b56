"""The manifest of a cohort: how many patients and resources of which sort, and how often which mess was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from service.cohort.generate.mess.kinds import KINDS
from service.cohort.generate.patient import Patient


@dataclass(slots=True)
class Tally:
    """What was written so far. Drafts of orders are counted among the resources."""

    patients: int = 0
    resources: Counter[str] = field(default_factory=Counter)
    therapies: Counter[str] = field(default_factory=Counter)
    mess: Counter[str] = field(default_factory=Counter)
    classes: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, patient: Patient) -> None:
        self.patients += 1
        self.therapies[patient.therapy] += 1
        self.resources.update(each["resourceType"] for each in (*patient.resources, *patient.orders))
        self.mess.update(each.kind for each in patient.mess)
        for name, word in patient.classes.items():
            self.classes.setdefault(name, Counter())[word] += 1

    def manifest(self, seed: int, as_of: date, form: str) -> Mapping[str, Any]:
        """Counts by name, in order; every kind of mess, those that never happened too."""
        return {
            "patients": self.patients,
            "seed": seed,
            "as_of": as_of.isoformat(),
            "format": form,
            "therapies": _sorted(self.therapies),
            "resources": _sorted(self.resources),
            "classes": {name: _sorted(words) for name, words in sorted(self.classes.items())},
            "mess": {kind: self.mess[kind] for kind in KINDS},
        }


def _sorted(counts: Counter[str]) -> Mapping[str, int]:
    return dict(sorted(counts.items()))
