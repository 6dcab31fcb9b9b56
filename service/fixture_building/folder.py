"""Writes a fixture's files: the record as a Bundle, both requests, fixture.yaml. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import yaml

from service.fixture_building.parts import Resource
from service.fixture_building.pretty import pretty


class Sheet(Protocol):
    """What fixture.yaml says. `expect`: order to status."""

    @property
    def title(self) -> str: ...
    @property
    def why(self) -> str: ...
    @property
    def as_of(self) -> date: ...
    @property
    def expect(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Content:
    """What a fixture's folder holds, golden answers apart. `requests`: hook to request."""

    sheet: Sheet
    bundle: Resource
    requests: Mapping[str, Any]


def write(content: Content, folder: Path) -> None:
    """Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bundle.json").write_bytes(pretty(content.bundle))
    for hook, request in content.requests.items():
        (folder / f"{hook}.json").write_bytes(pretty(request))
    write_sheet(content.sheet, folder)


def write_sheet(sheet: Sheet, folder: Path) -> None:
    """fixture.yaml alone."""
    rows = {
        "title": sheet.title,
        "why": sheet.why,
        "as_of": sheet.as_of.isoformat(),
        "expect": dict(sheet.expect),
    }
    text = yaml.safe_dump(rows, sort_keys=False, allow_unicode=True, width=118)
    (folder / "fixture.yaml").write_text(text, encoding="utf-8")


def collection(resources: Sequence[Resource]) -> Resource:
    """The patient's record as one Bundle."""
    entries = [
        {"fullUrl": f"https://ehr.example/fhir/{each['resourceType']}/{each['id']}", "resource": each}
        for each in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
