from datetime import date, timedelta

import pytest

from service.clinical.freshness import Window
from service.clinical.values import Origin, known
from service.rules.model import When
from tests.cards.making import AS_OF, ascites, bilirubin, card_of, finding, met, missing, number

WINDOWS = {"acute": Window(judge=7, repeat_before=7)}


def board(days, benefit=True):
    return {
        "tumour_board_age": number("tumour_board_age", str(days), "d"),
        "mdt_benefit_stated": known("mdt_benefit_stated", benefit),
    }


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([ascites("absolute")], "critical"),
        ([ascites("absolute"), missing("ecog", "absolute")], "critical"),
        ([bilirubin("required"), missing("ecog", "absolute")], "warning"),
        ([bilirubin("relative")], "warning"),
        ([bilirubin("caution"), bilirubin("preferred")], "info"),
        ([missing("ecog", "absolute")], "info"),
        ([bilirubin("absolute", when=When.PROCEDURE)], "info"),
        ([met()], "info"),
        ([], "info"),
    ],
)
def test_it_follows_what_is_not_met(rows, expected):
    assert card_of(*rows).indicator == expected


@pytest.mark.parametrize(("row", "expected"), [(bilirubin("absolute"), "warning"), (bilirubin("relative"), "info")])
@pytest.mark.parametrize("priority", ["stat", "asap"])
def test_it_is_one_step_lower_for_an_emergency_order(row, expected, priority):
    card = card_of(row, priority=priority)
    assert card.indicator == expected
    assert "shown one step lower" in card.detail
    assert "Bilirubin 2.4 mg/dL" in card.detail
    assert "bilirubin 2.4 mg/dL" in card.summary


def test_it_stays_for_a_routine_order():
    assert card_of(bilirubin("absolute"), priority="routine").indicator == "critical"


def rupture(days):
    return {"tumour_rupture": known("tumour_rupture", True, on=AS_OF - timedelta(days=days))}


def test_it_is_one_step_lower_for_a_rupture_within_its_window():
    assert card_of(bilirubin("absolute"), facts=rupture(7), windows=WINDOWS).indicator == "warning"
    assert card_of(bilirubin("absolute"), facts=rupture(8), windows=WINDOWS).indicator == "critical"


def test_it_takes_only_a_rupture_of_today_without_windows():
    assert card_of(bilirubin("absolute"), facts=rupture(0)).indicator == "warning"
    assert card_of(bilirubin("absolute"), facts=rupture(1)).indicator == "critical"


def test_it_is_one_step_lower_when_the_board_met_after_the_data():
    card = card_of(bilirubin("absolute"), facts=board(20))
    assert card.indicator == "warning"
    assert "The tumour board record of 2 Nov is newer than these data" in card.detail
    assert card.extension["org.livercds.decision"]["status"] == "contraindicated"


def test_it_stays_when_the_board_met_on_the_day_of_the_data_or_before():
    assert card_of(bilirubin("absolute"), facts=board(21)).indicator == "critical"
    assert card_of(bilirubin("absolute"), facts=board(22)).indicator == "critical"


def test_it_stays_when_the_board_denies_a_benefit():
    assert card_of(bilirubin("absolute"), facts=board(5, benefit=False)).indicator == "critical"


def test_it_stays_when_the_board_record_is_itself_too_old():
    old = finding(
        "mdt", "required", "not_met", number("tumour_board_age", "43", "d", on=date(2026, 1, 1)), found="43 days"
    )
    assert card_of(old, ascites("absolute"), facts=board(1)).indicator == "critical"


def test_it_stays_when_a_datum_has_no_date():
    row = bilirubin("absolute", fact=number("bilirubin", "2.4", "mg/dL", on=None))
    assert card_of(row, facts=board(1)).indicator == "critical"


def test_it_looks_at_the_newest_input_of_a_computed_fact():
    computed = known("child_pugh", 11, on=date(2026, 10, 1), origin=Origin.COMPUTED, inputs=("albumin",))
    row = finding("cp", "absolute", "not_met", computed, found="11", limit="9")
    newer = {"albumin": number("albumin", "2.0", "g/dL", on=date(2026, 11, 20))}
    older = {"albumin": number("albumin", "2.0", "g/dL", on=date(2026, 10, 2))}
    assert card_of(row, facts=board(5) | newer).indicator == "critical"
    assert card_of(row, facts=board(5) | older).indicator == "warning"


def test_it_says_nothing_of_lowering_when_there_is_nothing_to_lower():
    card = card_of(met(), facts=board(1), priority="stat")
    assert card.indicator == "info"
    assert "lower" not in card.detail
