"""Writes a fixture's files and judges it, so that its expectations can be filled or compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from cds_hooks import json
from service.fixture_building.parts import Resource


@dataclass(frozen=True, slots=True)
class Content:
    """What a fixture's folder holds, golden answers apart. `requests`: hook to request; `expect`: order to status."""

    title: str
    why: str
    as_of: date
    bundle: Resource
    requests: Mapping[str, Any]
    expect: Mapping[str, str]


def write(content: Content, folder: Path) -> None:
    """Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bundle.json").write_bytes(pretty(content.bundle))
    for hook, request in content.requests.items():
        (folder / f"{hook}.json").write_bytes(pretty(request))
    write_sheet(content, folder)


def write_sheet(content: Content, folder: Path) -> None:
    """fixture.yaml alone."""
    sheet = {
        "title": content.title,
        "why": content.why,
        "as_of": content.as_of.isoformat(),
        "expect": dict(content.expect),
    }
    text = yaml.safe_dump(sheet, sort_keys=False, allow_unicode=True, width=118)
    (folder / "fixture.yaml").write_text(text, encoding="utf-8")


def pretty(value: Any) -> bytes:
    return msgspec.json.format(json.encode(value), indent=2) + b"\n"


def collection(resources: Sequence[Resource]) -> Resource:
    """The patient's record as one Bundle."""
    entries = [
        {"fullUrl": f"https://ehr.example/fhir/{each['resourceType']}/{each['id']}", "resource": each}
        for each in resources
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
