"""What holds of every patient of a cohort: how a record is written down changes nothing, and gaps clear nothing."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from service.cohort.generate.draws import Draws
from service.cohort.generate.mess.making import sorts_of
from service.cohort.generate.mess.quantities import other_unit, unit_spelling
from service.cohort.generate.mess.shapes import times
from service.cohort.generate.patient import Patient
from service.fixture_building.parts import Resource
from service.order_check import OrderResult
from service.rules.decision import Decision, Outcome, Status
from service.rules.model import Missing
from tests.cohort.making import judged, patient

some = settings(deadline=None, max_examples=25)
patients = st.integers(0, 299)
tidy = patients.filter(lambda index: patient(index).classes["feed"] == "clean")
_NEVER_CHANGES_A_STATUS = frozenset({Missing.WARN, Missing.INFO, Missing.ABSENT_OK})

WORSE = {
    "laboratory-bilirubin": Decimal("1.5"), "laboratory-inr": Decimal("1.4"), "laboratory-creatinine": Decimal("1.6"),
    "laboratory-platelets": Decimal("0.5"), "laboratory-albumin": Decimal("0.8"),
    "laboratory-haemoglobin": Decimal("0.7"),
}  # fmt: skip
"""Result to a factor that worsens it and keeps it plausible"""


def _essence(result: OrderResult) -> Any:
    """Everything that is said of the order, but for ids."""
    return result.reason, [
        (each.therapy, each.status, [(f.criterion, f.outcome, f.found, f.decides, f.applies_if) for f in each.findings])
        for each in result.decisions
    ]


def _alternatives(result: OrderResult) -> Any:
    return [[each.rule for each in decision.alternatives] for decision in result.decisions]


@some
@given(index=patients, chance=st.integers(0, 99))
def test_the_order_of_resources_changes_nothing(index: int, chance: int) -> None:
    who = patient(index)
    shuffled = list(who.resources)
    random.Random(chance).shuffle(shuffled)
    before, after = judged(who), judged(who, shuffled)

    assert _essence(after) == _essence(before)
    assert _alternatives(after) == _alternatives(before)


@some
@given(index=patients, chance=st.integers(0, 99))
def test_the_ids_of_resources_change_nothing(index: int, chance: int) -> None:
    """Other ids sort otherwise; what refers to them follows."""
    who = patient(index)
    numbers = list(range(len(who.resources)))
    random.Random(chance).shuffle(numbers)
    new = {f"{each['resourceType']}/{each['id']}": f"r{n}" for each, n in zip(who.resources, numbers, strict=True)}
    new[f"Patient/{who.ident}"] = who.ident
    moved = Patient(
        who.ident, who.therapy, who.classes, tuple(_with_ids(each, new) for each in who.resources),
        tuple(_with_ids(each, new) for each in who.orders), (),
    )  # fmt: skip

    assert _essence(judged(moved)) == _essence(judged(who))


@some
@given(index=patients)
def test_display_texts_change_nothing(index: int) -> None:
    who = patient(index)
    told = [_with_displays(each, "refractory hepatic nonsense") for each in who.resources]
    silent = [_with_displays(each, None) for each in who.resources]

    assert _essence(judged(who, told)) == _essence(judged(who, silent)) == _essence(judged(who))


@some
@given(index=tidy, chance=st.integers(0, 99))
def test_units_and_their_spelling_change_no_outcome(index: int, chance: int) -> None:
    """A converted value that was rounded is another value, so only exact ones are converted."""
    who = patient(index)
    respelled = [_respelled(each, Draws(chance, 0)) for each in who.resources]

    assert _outcomes(judged(who, respelled)) == _outcomes(judged(who))


@some
@given(index=patients, which=st.integers(0, 10**6))
def test_a_result_that_is_missing_clears_nothing(index: int, which: int) -> None:
    """Unless all that spoke against the order was a finding whose being unknown never changes a status."""
    who = patient(index)
    gone = who.resources[1 + which % (len(who.resources) - 1)]
    left = [each for each in who.resources if not each["id"].startswith(gone["id"])]
    after = {each.therapy: each for each in judged(who, left).decisions}

    for before in judged(who).decisions:
        if after[before.therapy].status is Status.NONE_FOUND and not _clears_when_unknown(before):
            assert before.status is Status.NONE_FOUND, f"{who.ident}: {gone['id']}"


@some
@given(index=tidy, which=st.integers(0, 10**6))
def test_a_result_that_is_missing_never_gives_more_than_it_took(index: int, which: int) -> None:
    """In a record that states everything once, what was unknown stays unknown."""
    who = patient(index)
    gone = 1 + which % (len(who.resources) - 1)
    after = judged(who, [*who.resources[:gone], *who.resources[gone + 1 :]])

    for one, other in zip(judged(who).decisions, after.decisions, strict=True):
        unknown = {f.criterion for f in one.findings if f.outcome is Outcome.UNKNOWN and not f.applies_if}
        now = {f.criterion: f.outcome for f in other.findings}
        assert {name for name in unknown if now.get(name, Outcome.UNKNOWN) is Outcome.MET} == set(), who.ident


@some
@given(index=tidy, which=st.sampled_from(sorted(WORSE)))
def test_a_worse_result_never_improves_the_status(index: int, which: str) -> None:
    who = patient(index)
    worse = [_multiplied(each, WORSE[which]) if each["id"].endswith(which) else each for each in who.resources]

    for before, after in zip(judged(who).decisions, judged(who, worse).decisions, strict=True):
        assert after.status <= before.status, f"{who.ident}: {before.therapy}"


def _clears_when_unknown(decision: Decision) -> bool:
    deciding = [finding for finding in decision.findings if finding.decides]
    return all(f.outcome is Outcome.NOT_MET and f.missing in _NEVER_CHANGES_A_STATUS for f in deciding)


def _outcomes(result: OrderResult) -> Any:
    return [[(f.criterion, f.outcome) for f in decision.findings] for decision in result.decisions]


def _respelled(resource: Resource, draws: Draws) -> Resource:
    if "number" not in sorts_of(resource):
        return resource
    [converted] = other_unit(resource, draws)
    [spelled] = unit_spelling(resource, draws)
    exact = converted["valueQuantity"]["code"] in {"g/L", "/uL", "mm", "ug/L", "meq/L", "{INR}"}
    return converted if exact and Decimal(draws.whole(resource["id"], 0, 1)) else spelled


def _multiplied(resource: Resource, factor: Decimal) -> Resource:
    return {**resource, "valueQuantity": times(resource["valueQuantity"], factor, Decimal("0.1"))}


def _with_ids(value: Any, new: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_with_ids(part, new) for part in value]
    if not isinstance(value, dict):
        return value
    found = {name: _with_ids(part, new) for name, part in value.items()}
    if isinstance(found.get("reference"), str):
        kind, _, _ = found["reference"].partition("/")
        found["reference"] = f"{kind}/{new[found['reference']]}" if found["reference"] in new else found["reference"]
    place = f"{found.get('resourceType')}/{found.get('id')}"
    return {**found, "id": new[place]} if place in new else found


def _with_displays(value: Any, text: str | None) -> Any:
    if isinstance(value, list):
        return [_with_displays(part, text) for part in value]
    if not isinstance(value, dict):
        return value
    parts = {name: _with_displays(part, text) for name, part in value.items() if name != "display"}
    return {**parts, "display": text} if text and "display" in value else parts
