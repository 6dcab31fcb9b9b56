"""Who the patient is: ids that mean the same person, sex, birth date, death. Says which resources are another's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from service.clinical.values import Fact, Interval, State, known, unknown
from service.fhir.context import Context
from service.fhir.moments import Moment
from service.fhir.scan import Item
from service.fhir.shelf import Shelf, local, names_patient

_SEXES = {"female": "female", "male": "male", "other": "other", "unknown": "other"}


@dataclass(frozen=True, slots=True)
class PatientRead:
    """`deceased` is None where the record is silent."""

    source: str
    sex: str | None
    birth: Moment | None
    deceased: bool | None


def same_person(shelf: Shelf, patient_id: str) -> frozenset[str]:
    """Every id that means the patient: the one asked for, those in `Patient.link`, and what the Bundle calls it."""
    ids = {patient_id}
    for item in shelf.of("Patient"):
        if item.head.id == patient_id or local(item.place) == patient_id:
            ids |= {local(item.place), item.head.id or patient_id, *map(local, item.links)}
    return frozenset(name.removeprefix("Patient/") for name in ids)


def foreign(shelf: Shelf, ids: frozenset[str]) -> tuple[str, ...]:
    """Resources that name another patient, and another Patient itself."""
    seen: dict[str | None, bool] = {}
    return tuple(item.source for item in shelf.items if _is_foreign(item, ids, seen))


def is_foreign(item: Item, ids: frozenset[str]) -> bool:
    return _is_foreign(item, ids, {})


def _is_foreign(item: Item, ids: frozenset[str], seen: dict[str | None, bool]) -> bool:
    """`seen` holds the references judged so far: nearly all resources name the patient in the same words."""
    head = item.head
    if item.kind == "Patient":
        return head.id is not None and head.id not in ids and local(item.place) not in ids
    for named in (head.subject, head.patient):
        if named is not None:
            text = named.reference
            if text not in seen:
                seen[text] = names_patient(named, ids) is False
            if seen[text]:
                return True
    return False


def read_patient(context: Context) -> tuple[PatientRead | None, list[Fact]]:
    """The patient and the facts age and sex; None and two unknown facts where no readable Patient came."""
    for item in context.shelf.of("Patient"):
        found = context.model(item)
        if found is not None:
            read = _patient(item, found, context)
            return read, [_age(read, context.today), _sex(read)]
    return None, [unknown("age"), unknown("sex")]


def _patient(item: Item, found: Any, context: Context) -> PatientRead:
    birth = context.moment(item.head.birth_date)
    if birth is not None and birth.on > context.today:
        birth = None
    deceased = True if found.deceasedDateTime is not None else found.deceasedBoolean
    return PatientRead(item.source, _SEXES.get(found.gender or ""), birth, deceased)


def _sex(patient: PatientRead) -> Fact:
    return known("sex", patient.sex, source=patient.source) if patient.sex else unknown("sex")


def _age(patient: PatientRead, today: date) -> Fact:
    """Completed years; with a partial birth date every age that is still possible."""
    if patient.birth is None:
        return unknown("age")
    oldest, youngest = _years(patient.birth.on, today), _years(min(patient.birth.last, today), today)
    if oldest == youngest:
        return known("age", oldest, unit="a", source=patient.source)
    ages = Interval(Decimal(youngest), Decimal(oldest))
    return Fact("age", State.INTERVAL, interval=ages, unit="a", source=patient.source)


def _years(birth: date, today: date) -> int:
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
