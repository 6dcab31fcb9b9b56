"""Devices in place."""

import pytest

from service.codes.systems import SNOMED
from tests.fhir.making import concept, fact, resource

PACEMAKER = concept((SNOMED, "14106009"))


def test_it_sees_a_pacemaker() -> None:
    assert fact("cied", resource("Device", "d1", type=PACEMAKER)).value is True
    assert fact("cied", resource("Device", "d1", type=PACEMAKER, status="active")).value is True


@pytest.mark.parametrize("status", ["inactive", "entered-in-error", "unknown"])
def test_it_does_not_count_a_device_that_is_not_in_place(status: str) -> None:
    assert fact("cied", resource("Device", "d1", type=PACEMAKER, status=status)).reason == "not recorded"


def test_it_does_not_know_what_a_broken_device_might_be() -> None:
    assert fact("cied", resource("Device", "d1", type=[PACEMAKER])).reason == "its result could not be read"
