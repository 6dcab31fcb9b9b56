"""Writes patients as a bulk export: one NDJSON file per resource type, drafts of orders among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from cds_hooks.json import encode
from service.cohort.generate.patient import Patient


def write_ndjson(patients: Iterable[Patient], out: Path) -> Iterator[Patient]:
    """Each patient when his resources are written. Raises OSError."""
    with ExitStack() as open_files:
        files: dict[str, BinaryIO] = {}
        for patient in patients:
            for resource in (*patient.resources, *patient.orders):
                kind = resource["resourceType"]
                if kind not in files:
                    files[kind] = open_files.enter_context((out / f"{kind}.ndjson").open("wb"))
                files[kind].write(encode(resource) + b"\n")
            yield patient
