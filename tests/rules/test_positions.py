"""That sources differ is said only of a value whose outcome hangs on it."""

from datetime import date
from decimal import Decimal

import pytest

from service.clinical.chart import Chart
from service.clinical.values import known
from service.rules.engine import evaluate
from service.rules.loader import load
from service.thresholds.sets import defaults

KNOWLEDGE = load()
TODAY = date(2026, 11, 22)


def conflict(criterion, fact, value, unit):
    therapy = next(each for each in KNOWLEDGE.therapies.values() if criterion in _ids(each))
    chart = Chart({fact: known(fact, Decimal(value), unit=unit, on=TODAY)})
    found = evaluate(therapy, chart, defaults(KNOWLEDGE), TODAY).findings
    return next(each.conflict for each in found if each.criterion == criterion)


def _ids(therapy):
    return {criterion.id for inclusion in therapy.inclusions for criterion in inclusion.criteria}


@pytest.mark.parametrize(("value", "differ"), [("2.1", True), ("3.0", True), ("3.1", False)])
def test_it_keeps_a_disagreement_up_to_the_mildest_limit_that_may_be_set(value, differ):
    assert bool(conflict("gen-bili-rel", "bilirubin", value, "mg/dL")) is differ


def test_it_keeps_the_disagreement_about_what_is_met():
    assert conflict("gen-bili-rel", "bilirubin", "1.0", "mg/dL")


def test_it_keeps_a_disagreement_where_no_other_limit_may_be_set():
    assert conflict("y90-lung-activity-glass", "lung_activity", "0.7", "GBq")
