"""No order stops the reader, whatever its elements hold, and no chart is left unmade."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from service.codes.own import FACTS_SYSTEM, THERAPIES_SYSTEM, VALUES_SYSTEM
from service.codes.site import Site
from service.fhir.chart import chart_for
from service.fhir.definitions import DEFINITIONS
from service.fhir.orders import read_orders
from tests.fhir.making import HCC, TODAY, WINDOWS, concept, condition, lab, order, read

RECORD = read(condition(HCC), lab(1.2))
ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["#q", "Condition/c1", "Observation/o1"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["reference", "coding", "url", "valueString", "extension", "text"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
DETAIL = st.builds(
    lambda name, answer, text: concept((FACTS_SYSTEM, name), (VALUES_SYSTEM, answer), text=text),
    st.sampled_from(sorted(DEFINITIONS)),
    st.sampled_from(["true", "false", "none", "hcc", "radial", "3"]),
    st.sampled_from(["18 Gy", "3", "<5 mg/dL", "", "text"]),
)
ELEMENTS = (
    "orderDetail",
    "extension",
    "reasonReference",
    "reasonCode",
    "supportingInfo",
    "contained",
    "bodySite",
    "note",
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(ELEMENTS), ANY, max_size=4), st.lists(DETAIL, max_size=3))
def test_it_makes_a_chart_of_any_order(elements: dict[str, object], details: list[object]) -> None:
    drafted = order(**{"orderDetail": details, **elements})
    content = json.dumps({"resourceType": "Bundle", "entry": [{"resource": drafted}]}).encode()
    for found in read_orders(content, None, Site()):
        made = chart_for(RECORD, found, "ctace", today=TODAY, windows=WINDOWS, site=Site())
        assert made.facts["ordered_therapy"].value == "ctace"


@settings(deadline=None)
@given(st.text(max_size=8), st.text(max_size=8))
def test_it_maps_no_order_by_an_unknown_code(system: str, code: str) -> None:
    drafted = order(code={"coding": [{"system": system, "code": code}], "text": "TACE"})
    content = json.dumps({"resourceType": "Bundle", "entry": [{"resource": drafted}]}).encode()
    [found] = read_orders(content, None, Site())
    assert found.therapies == () or system == THERAPIES_SYSTEM
