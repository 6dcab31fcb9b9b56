from __future__ import annotations

import pytest

from service.codes.orders import MAPPING, ORDERS, THERAPY, OrderMatch
from service.codes.own import THERAPIES_SYSTEM
from service.codes.site import Site
from service.codes.systems import CPT, ICD_10_PCS, LOINC, SNOMED

Y90 = ("y90-glass", "y90-resin")


def found(*codings: tuple[str, str], site: Site | None = None) -> OrderMatch:
    match = ORDERS.lookup(codings, site or Site())
    assert match is not None
    return match


def test_it_keeps_every_therapy_that_an_unspecific_code_may_mean() -> None:
    match = found((CPT, "37243"))
    assert {"ctace", "deb-tace", "tae", *Y90} <= set(match.therapies)
    assert match.confirm_liver
    assert not match.conflict


@pytest.mark.parametrize(
    ("coding", "therapies", "phase", "confirm"),
    [
        ((CPT, "79445"), Y90, THERAPY, True),
        ((CPT, "47382"), ("rfa",), THERAPY, False),
        ((CPT, "47384"), ("ire",), THERAPY, False),
        ((CPT, "0600T"), ("ire",), THERAPY, True),
        ((CPT, "37241"), ("pve",), THERAPY, True),
        ((ICD_10_PCS, "06L83DZ"), ("pve",), THERAPY, False),
        ((LOINC, "88936-0"), Y90, MAPPING, False),
        ((LOINC, "87070-9"), ("microwave",), THERAPY, False),
        ((SNOMED, "764677008"), Y90, THERAPY, False),
        (("urn:oid:2.16.840.1.113883.6.12", "47383"), ("cryoablation",), THERAPY, False),
        ((THERAPIES_SYSTEM, "y90-resin-mapping"), ("y90-resin",), MAPPING, False),
        ((THERAPIES_SYSTEM, "layered-tace"), ("layered-tace",), THERAPY, False),
    ],
)
def test_it_knows_what_an_order_means(
    coding: tuple[str, str], therapies: tuple[str, ...], phase: str, confirm: bool
) -> None:
    match = found(coding)
    assert (match.therapies, match.phases, match.confirm_liver) == (therapies, (phase,), confirm)


def test_it_narrows_the_candidates_by_a_second_code_that_also_names_the_liver() -> None:
    match = found((CPT, "37243"), (LOINC, "88939-4"))
    assert match.therapies == Y90
    assert not match.confirm_liver
    assert not match.conflict


def test_it_keeps_all_candidates_when_codes_disagree() -> None:
    match = found((CPT, "47382"), (CPT, "47383"))
    assert match.therapies == ("rfa", "cryoablation")
    assert match.conflict


def test_it_keeps_both_phases_when_codes_disagree() -> None:
    assert set(found((LOINC, "88936-0"), (CPT, "79445")).phases) == {MAPPING, THERAPY}


def test_it_reads_a_clients_own_codes() -> None:
    site = Site(order_codes={("urn:oid:1.2.3", "39334"): (("ctace",), THERAPY)})
    assert found(("urn:oid:1.2.3", "39334"), site=site).therapies == ("ctace",)


def test_it_lets_a_client_say_what_a_standard_code_means_there() -> None:
    site = Site(order_codes={(CPT, "37243"): (("ctace",), THERAPY)})
    assert found((CPT, "37243"), site=site).therapies == ("ctace",)


@pytest.mark.parametrize(
    "coding", [(CPT, "37244"), (CPT, "47399"), (CPT, "70450"), ("", "37243"), ("urn:oid:1.2.3", "39334")]
)  # fmt: skip
def test_it_does_not_guess(coding: tuple[str, str]) -> None:
    assert ORDERS.lookup([coding], Site()) is None


def test_it_takes_the_order_without_codes_for_unmapped() -> None:
    assert ORDERS.lookup([], Site()) is None
