"""Every fact that a code table or reader names is defined."""

import pytest

from service.codes import tables
from service.fhir.coverage import known_facts
from service.fhir.definitions import DEFINITIONS, is_named
from service.fhir.lookup import condition


def named_by_tables() -> set[str]:
    meanings = (tables.ANSWERS, tables.CONDITIONS, tables.PROCEDURES, tables.ALLERGIES, tables.DEVICES)
    named = {row.fact for table in meanings for rows in table.values() for row in rows}
    named |= {row.fact for rows in tables.OBSERVATIONS.values() for row in rows}
    named |= {row.fact for rows in tables.DRUG_GROUPS.values() for row in rows}
    return (named | set(tables.IMAGING.values()) | known_facts()) - {tables.ANY_FACT}


def test_it_defines_every_fact_that_the_code_tables_name() -> None:
    assert {name for name in named_by_tables() if name not in DEFINITIONS} == set()


@pytest.mark.parametrize(
    ("name", "named"),
    [
        ("bilirubin", True),
        ("sex", True),
        ("order_phase", True),
        ("ordered_therapy", False),
        ("alt_times_uln", False),
        ("nonsense", False),
    ],
)
def test_it_knows_which_names_a_site_may_use(name: str, named: bool) -> None:
    assert is_named(name) is named


def test_it_gives_no_meaning_to_an_unknown_code() -> None:
    assert condition(("http://snomed.info/sct", "1")) == ()
