"""One cohort for all its tests, and its patients judged in process. Made once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

from cds_hooks.json import encode
from service.cli.request_file import Setup
from service.cohort.generate.patient import Patient, generate
from service.fixture_building.judged import statuses
from service.fixture_building.parts import Resource
from service.order_check import OrderCheck, OrderResult, PatientData

SEED, AS_OF = 1, date(2026, 11, 22)


@cache
def patient(index: int, seed: int = SEED) -> Patient:
    return generate(seed, index, AS_OF)


def cohort(count: int) -> list[Patient]:
    return [patient(index) for index in range(count)]


@cache
def check() -> OrderCheck:
    return Setup().check()


def judged(who: Patient, resources: Sequence[Resource] | None = None) -> OrderResult:
    """His one order on his record, or on `resources` in its place."""
    drafts = {"resourceType": "Bundle", "entry": [{"resource": order} for order in who.orders]}
    record = [
        (f"record[{n}]", encode(each)) for n, each in enumerate(who.resources if resources is None else resources)
    ]
    [order] = check().orders(encode(drafts), None)
    [result] = check().judge([order], PatientData(record), who.ident, AS_OF)
    return result


@cache
def status(index: int) -> str:
    """Worst status of what the order may mean, or why it was not judged."""
    [word] = statuses([judged(patient(index))]).values()
    return word
