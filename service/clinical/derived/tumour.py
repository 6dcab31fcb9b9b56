"""Facts about the tumour, its vessels and its surroundings that follow from others."""

from __future__ import annotations

from decimal import Decimal

from service.clinical.derived.answers import Answer, all_true, any_true
from service.clinical.derived.given import Given
from service.clinical.derived.registry import Precedence, computed
from service.clinical.scores import tace
from service.clinical.scores.metastases import tumour_replacement
from service.clinical.scores.possible import counts, every, samples
from service.clinical.values import Value

INVADED = ("Vp1", "Vp2", "Vp3", "Vp4")
SMALL_LESION = Decimal(4)


@computed("macrovascular_invasion", "portal_vein_invasion", "hepatic_vein_or_ivc_invasion", precedence=Precedence.BOTH)
def macrovascular_invasion(given: Given) -> Answer:
    """Of the portal or a hepatic vein; a report that denies it does not outweigh a named invaded vein."""
    found = any_true(given.among("portal_vein_invasion", *INVADED), given.yes("hepatic_vein_or_ivc_invasion"))
    stated = given.yes("macrovascular_invasion")
    if stated is None or found is True:
        return found if stated is None else any_true(stated, found)
    return stated


@computed(
    "portal_vein_thrombosis", "portal_vein_invasion", "bland_portal_thrombosis", also=("extensive_portal_thrombus",)
)
def portal_vein_thrombosis(given: Given) -> Answer:
    """Any thrombus, tumour or bland; Vp0 alone does not exclude a bland one."""
    if given.yes("extensive_portal_thrombus"):
        return True
    return any_true(given.among("portal_vein_invasion", *INVADED), given.yes("bland_portal_thrombosis"))


@computed("pvt_type4_without_uptake", "portal_vein_invasion", "main_portal_vein_patent", "maa_uptake_in_thrombus")
def pvt_type4_without_uptake(given: Given) -> Answer:
    """Thrombus of the main trunk (Vp4, or a trunk recorded as not patent) that takes up no MAA."""
    if given.no("main_portal_vein_patent"):
        return all_true(True, given.no("maa_uptake_in_thrombus"))
    return all_true(given.among("portal_vein_invasion", "Vp4"), given.no("maa_uptake_in_thrombus"))


@computed("heat_sink", "heat_sink_vessel_diameter")
def heat_sink(given: Given) -> Answer:
    """A vessel of 3 mm or more touches the lesion."""
    return given.at_least("heat_sink_vessel_diameter", 3)


@computed("haic_large_or_portal", "largest_lesion", "portal_vein_invasion")
def haic_large_or_portal(given: Given) -> Answer:
    """Above 7 cm, or first-order branches or the trunk of the portal vein invaded."""
    return any_true(given.above("largest_lesion", 7), given.among("portal_vein_invasion", "Vp3", "Vp4"))


@computed("multiple_lesions_below_4cm", "lesion_count", "largest_lesion")
def multiple_lesions_below_4cm(given: Given) -> Answer:
    """More than one lesion below 4 cm; of three or more the largest alone does not tell when it is not below."""
    sizes = samples(given.number("largest_lesion"), (SMALL_LESION,))
    return frozenset[Value].union(*every(_several_small, counts(given.number("lesion_count"), 3), sizes))


def _several_small(count: int, largest: Decimal) -> frozenset[Value]:
    if count == 1:
        return frozenset({False})
    if largest < SMALL_LESION:
        return frozenset({True})
    return frozenset({False}) if count == 2 else frozenset({True, False})


@computed("tumour_burden", "tumour_volume", "whole_liver_volume")
def tumour_burden(given: Given) -> Answer:
    tumour, liver = given.exact("tumour_volume"), given.exact("whole_liver_volume")
    return None if tumour is None or liver is None else tumour_replacement(tumour, liver)


@computed("tumour_burden_score", "lesion_count", "largest_lesion")
def tumour_burden_score(given: Given) -> Answer:
    return tace.tumour_burden_score(given.number("lesion_count"), given.number("largest_lesion"))


@computed("death_risk_cluster", "tumour_burden", "bilirubin", "ldh", "ast")
def death_risk_cluster(given: Given) -> Answer:
    """How many hold of: burden above 50 %, bilirubin above 2.0 mg/dL, LDH above 425 U/L, AST above 100 U/L."""
    signs = (
        given.above("tumour_burden", 50),
        given.above("bilirubin", 2),
        given.above("ldh", 425),
        given.above("ast", 100),
    )
    surely, at_most = signs.count(True), len(signs) - signs.count(False)
    return frozenset[Value](map(Decimal, range(surely, at_most + 1)))
