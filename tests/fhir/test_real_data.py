"""Everything in a folder of real FHIR data passes the reader; set LIVER_CDS_TEST_DATA to try it (-s prints counts)."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from service.codes.site import Site
from service.fhir.bundle import NotABundleError, open_bundle
from service.fhir.orders import OrdersError, read_orders
from service.fhir.record import Record, read_record
from service.fhir.shelf import local

FOLDER = os.environ.get("LIVER_CDS_TEST_DATA", "")
TODAY = date(2026, 11, 22)


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _resources(path: Path) -> list[tuple[str, bytes]]:
    content = path.read_bytes()
    try:
        return [(place, bytes(raw)) for place, raw in open_bundle(content)]
    except NotABundleError:
        return [(path.name, content)]


def _subject(place: str, raw: bytes) -> str | None:
    """The patient that a resource is of, as it calls him or her."""
    try:
        resource: Any = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    if not isinstance(resource, dict):
        return None
    if resource.get("resourceType") == "Patient":
        return str(resource.get("id") or local(place)).removeprefix("Patient/")
    who = resource.get("subject") or resource.get("patient")
    reference = who.get("reference") if isinstance(who, dict) else None
    return local(reference).removeprefix("Patient/") if isinstance(reference, str) else None


def _by_patient(resources: list[tuple[str, bytes]]) -> dict[str, list[tuple[str, bytes]]]:
    subjects = [_subject(place, raw) for place, raw in resources]
    patients = {subject for subject in subjects if subject} or {"nobody"}
    return {
        patient: [each for each, subject in zip(resources, subjects, strict=True) if subject in {None, patient}]
        for patient in patients
    }


def _records() -> Iterator[tuple[int, Record]]:
    for path in sorted(Path(FOLDER).rglob("*.json")):
        for patient, resources in _by_patient(_resources(path)).items():
            yield len(resources), read_record(resources, patient_id=patient, today=TODAY, site=Site())


@pytest.mark.skipif(not FOLDER, reason="set LIVER_CDS_TEST_DATA to a folder of FHIR data")
def test_it_reads_every_resource_of_a_folder_without_an_uncaught_exception() -> None:
    resources, reasons, facts, unknown, foreign = 0, Counter[str](), Counter[str](), Counter[str](), 0
    for count, record in _records():
        resources += count
        reasons.update(each.reason for each in record.unreadable)
        facts.update(name for name, fact in record.facts.items() if not fact.is_unknown)
        unknown.update(f"{name} ({fact.reason})" for name, fact in record.facts.items() if fact.is_unknown)
        foreign += bool(record.foreign)
    tell(f"\n{resources} resources, {sum(reasons.values())} unreadable, {foreign} patients with foreign resources")
    for reason, number in reasons.most_common():
        tell(f"  {number:5}  {reason}")
    tell("  known: " + ", ".join(f"{name} {number}" for name, number in facts.most_common()))
    tell("  unknown: " + ", ".join(f"{name} {number}" for name, number in unknown.most_common()))
    assert resources


@pytest.mark.skipif(not FOLDER, reason="set LIVER_CDS_TEST_DATA to a folder of FHIR data")
def test_it_reads_every_file_as_draft_orders_or_says_that_it_is_no_bundle() -> None:
    orders = 0
    for path in sorted(Path(FOLDER).rglob("*.json")):
        with contextlib.suppress(OrdersError):
            orders += len(read_orders(path.read_bytes(), None, Site()))
    tell(f"\n{orders} orders")
