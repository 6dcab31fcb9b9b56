"""What the record says of one patient: every fact that can be read, what could not, and whose resources they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from msgspec import Raw

from service.clinical.chart import Unreadable
from service.clinical.values import Fact
from service.codes.site import Site
from service.fhir import lookup
from service.fhir.absence import absent_facts
from service.fhir.allergy import read_allergies
from service.fhir.bodystructure import read_body_structures
from service.fhir.condition import read_conditions
from service.fhir.context import Context
from service.fhir.device import read_devices
from service.fhir.diagnosis import Diagnosis, diagnoses
from service.fhir.history import combine_history
from service.fhir.imaging import read_imaging
from service.fhir.medication import read_medications
from service.fhir.models import MODULES
from service.fhir.newest import read_observations
from service.fhir.patient import PatientRead, foreign, is_foreign, read_patient, same_person
from service.fhir.procedure import read_procedures
from service.fhir.questionnaire import read_questionnaires
from service.fhir.scan import Item
from service.fhir.shelf import shelve
from service.fhir.stage import read_stages
from service.fhir.statement import read_statements
from service.fhir.tally import Tally, facts_of

DECEASED = "The patient is recorded as deceased."
READERS = (
    read_procedures,
    read_observations,
    read_imaging,
    read_medications,
    read_allergies,
    read_devices,
    read_body_structures,
    read_statements,
    read_questionnaires,
)


@dataclass(frozen=True, slots=True)
class Record:
    """`facts` by name, settled; `tally` the readings behind them, to which an order adds its own.

    foreign     resources of another patient ("Observation/x9"): nothing was read, the evaluation stops
    ongoing     names of facts that rest on something that still holds (an active Condition): they do not become stale
    incomplete  what could not be had at all, in words for a clinician
    alerts      what every card says first: that the patient is recorded as deceased
    notes       what was mended before reading
    """

    facts: Mapping[str, Fact]
    context: Context
    tally: Tally
    patient: PatientRead | None = None
    diagnoses: tuple[Diagnosis, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    incomplete: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    ongoing: frozenset[str] = frozenset()
    alerts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def is_another_patients(self, item: Item) -> bool:
        """Whether a resource (a draft order) names another patient: its evaluation stops too."""
        return is_foreign(item, self.context.patient_ids)


def read_record(
    resources: Iterable[tuple[str, bytes | Raw]],
    *,
    patient_id: str,
    today: date,
    site: Site,
    problems: tuple[str, ...] = (),
) -> Record:
    """Read one patient's resources, given as (place such as "labs[3]" or the entry's fullUrl, raw JSON), in any order.

    Never raises for any content: what cannot be read is listed. `problems` are passed on as `incomplete`.
    """
    shelf = shelve(resources)
    ids = same_person(shelf, patient_id)
    local = {key: fact for code, fact in site.fact_codes.items() if (key := lookup.key_of(*code)) is not None}
    context = Context(shelf, site, today, ids, unreadable=list(shelf.unreadable), local_codes=local)
    tally = Tally()
    others = foreign(shelf, ids)
    if others:
        return Record({}, context, tally, unreadable=tuple(context.unreadable), incomplete=problems, foreign=others)
    patient, personal = read_patient(context)
    found = diagnoses(context, tally)
    tally.add((*read_conditions(found, context), *read_stages(found)))
    for reader in READERS:
        reader(context, tally)
    _list_shapeless(context)
    combine_history(tally)
    facts, ongoing = facts_of(tally)
    silent = absent_facts(context, {*facts, *tally.ahead}, problems)
    return Record(
        facts={**{fact.name: fact for fact in (*personal, *silent)}, **facts},
        context=context,
        tally=tally,
        patient=patient,
        unreadable=tuple(context.unreadable),
        incomplete=problems,
        diagnoses=tuple(found),
        ongoing=ongoing,
        alerts=(DECEASED,) if patient is not None and patient.deceased else (),
        notes=tuple(context.notes),
    )


def _list_shapeless(context: Context) -> None:
    """A resource whose code cannot even be seen gives no fact and must not hide."""
    for item in context.shelf.of(*MODULES):
        if item.crooked and not any(item.codings):
            context.model(item)
