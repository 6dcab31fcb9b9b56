"""A large prefetch costs little: only what is needed is validated, and once."""

from service.codes.site import Site
from service.codes.systems import LOINC
from service.fhir.chart import chart_for
from tests.fhir.making import TODAY, WINDOWS, lab, order, orders, read


def test_it_validates_no_result_that_a_newer_one_has_settled() -> None:
    results = [lab(1.2, key=f"o{day}", effectiveDateTime=f"2026-10-{day:02}") for day in range(1, 31)]
    record = read(*results)
    assert [each.item.source for each in record.context.validated] == ["Patient/p1", "Observation/o30"]


def test_it_validates_no_result_that_no_fact_needs() -> None:
    record = read(*(lab(1.2, means=(LOINC, f"{number}-0"), key=f"x{number}") for number in range(90000, 90100)))
    assert [each.item.source for each in record.context.validated] == ["Patient/p1"]


def test_it_validates_an_order_once_for_all_its_therapies() -> None:
    record, [drafted] = read(), orders(order())
    for therapy in ("ctace", "tae"):
        made = chart_for(record, drafted, therapy, today=TODAY, windows=WINDOWS, site=Site())
        assert made.facts["ordered_therapy"].value == therapy
    assert [each.item.source for each in record.context.validated] == ["Patient/p1", "ServiceRequest/1"]
