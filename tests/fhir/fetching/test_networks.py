"""Addresses that a registered name may lead to, and those it never may."""

from __future__ import annotations

import pytest

from service.fhir.fetching.base import read_base
from service.fhir.fetching.networks import is_allowed, read_network
from service.fhir.fetching.outcome import FetchError, Outcome
from service.fhir.fetching.resolving import checked_addresses

ALL = (read_network("0.0.0.0/0"), read_network("::/0"))
HOSPITAL = (read_network("10.20.0.0/16"),)
BASE = read_base("https://ehr.example.org/fhir")
NEVER = [
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "169.254.169.254", "169.254.1.1", "192.0.0.8", "192.0.0.192", "224.0.0.1",
    "255.255.255.255", "240.0.0.1", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "2002:7f00:1::", "2002:808:808::1", "2001:0:1::1",
    "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "not an address", "",
]  # fmt: skip


@pytest.mark.reliability(29)
@pytest.mark.parametrize("address", NEVER)
def test_it_never_connects_to_these_whatever_is_registered(address: str) -> None:
    assert not is_allowed(address, ALL, loopback=False)
    assert not is_allowed(address, (), loopback=False)


@pytest.mark.reliability(30)
@pytest.mark.parametrize("address", ["10.20.0.5", "192.168.1.1", "172.16.0.1", "100.64.0.1", "fd12::1", "198.18.0.1"])
def test_it_connects_to_private_addresses_only_where_they_are_registered(address: str) -> None:
    assert not is_allowed(address, (), loopback=False)
    assert is_allowed(address, ALL, loopback=False)


@pytest.mark.parametrize("address", ["8.8.8.8", "2a00:1450:4001::1", "::ffff:8.8.8.8"])
def test_it_connects_to_public_addresses_unless_networks_are_registered(address: str) -> None:
    assert is_allowed(address, (), loopback=False)
    assert not is_allowed(address, HOSPITAL, loopback=False)


@pytest.mark.reliability(30)
def test_it_keeps_to_the_registered_network() -> None:
    assert is_allowed("10.20.0.5", HOSPITAL, loopback=False)
    assert is_allowed("::ffff:10.20.0.5", HOSPITAL, loopback=False)
    assert not is_allowed("10.21.0.5", HOSPITAL, loopback=False)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_it_connects_to_this_machine_in_development_alone(address: str) -> None:
    assert is_allowed(address, (), loopback=True)
    assert is_allowed(address, HOSPITAL, loopback=True)
    assert not is_allowed("169.254.169.254", (), loopback=True)


@pytest.mark.reliability(31)
def test_it_refuses_a_name_with_one_bad_address_among_good_ones() -> None:
    with pytest.raises(FetchError) as caught:
        checked_addresses(BASE, HOSPITAL, loopback=False, resolve=lambda *_: ["10.20.0.5", "127.0.0.1"])
    assert caught.value.outcome is Outcome.BLOCKED


def test_it_gives_every_address_once() -> None:
    found = checked_addresses(
        BASE, HOSPITAL, loopback=False, resolve=lambda *_: ["10.20.0.5", "10.20.0.6", "10.20.0.5"]
    )
    assert found == ("10.20.0.5", "10.20.0.6")


@pytest.mark.parametrize("error", [OSError(), UnicodeError()])
def test_it_takes_a_name_that_is_not_known_for_not_reachable(error: Exception) -> None:
    def fail(*_: object) -> list[str]:
        raise error

    with pytest.raises(FetchError) as caught:
        checked_addresses(BASE, (), loopback=False, resolve=fail)
    assert caught.value.outcome is Outcome.UNREACHABLE
