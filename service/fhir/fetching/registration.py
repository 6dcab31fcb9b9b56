"""What clients.yaml says of a client's FHIR servers: bases, networks, certificates, scopes, limits. Asks nothing."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Annotated

import msgspec

from service.fhir.fetching.base import LOOPBACK_NAMES, Base, BaseError, read_base
from service.fhir.fetching.networks import Network, read_network

MEBIBYTE = 1024 * 1024


class Limits(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """How much one hook call may read. `pages` of one query; `parallel`: connections at once, of all calls together."""

    response_bytes: Annotated[int, msgspec.Meta(ge=1024, le=64 * MEBIBYTE)] = 4 * MEBIBYTE
    call_bytes: Annotated[int, msgspec.Meta(ge=1024, le=256 * MEBIBYTE)] = 16 * MEBIBYTE
    pages: Annotated[int, msgspec.Meta(ge=1, le=20)] = 10
    entries: Annotated[int, msgspec.Meta(ge=1, le=20_000)] = 5000
    parallel: Annotated[int, msgspec.Meta(ge=1, le=64)] = 16
    failures: Annotated[int, msgspec.Meta(ge=1, le=100)] = 5
    """calls in a row without any answer, after which the server is left alone"""
    pause_seconds: Annotated[int, msgspec.Meta(ge=1, le=600)] = 5


class FhirServers(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`bases`: exact base URLs; `networks`: CIDR blocks their names may resolve to, public addresses only if empty;
    `ca_bundle`: PEM file, the system's store if empty; `scopes`: what a token must carry to be used."""

    bases: list[str] = []
    networks: list[str] = []
    ca_bundle: str = ""
    scopes: list[str] = []
    limits: Limits = msgspec.field(default_factory=Limits)

    def problems(self) -> Iterator[str]:
        """What cannot be used, each with its place."""
        for text in self.bases:
            yield from _base_problems(text)
        for text in self.networks:
            try:
                read_network(text)
            except ValueError:
                yield f"fhir: networks: {text!r} is no network (try 10.20.0.0/16)"
        try:
            self.tls()
        except (OSError, ValueError):
            yield f"fhir: ca_bundle: {self.ca_bundle!r} is no file with certificates"

    def read_bases(self) -> frozenset[Base]:
        return frozenset(map(read_base, self.bases))

    def read_networks(self) -> tuple[Network, ...]:
        return tuple(map(read_network, self.networks))

    def tls(self) -> ssl.SSLContext:
        """Certificates and names are always checked. Environment variables for proxies or key logs have no effect."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        if self.ca_bundle:
            context.load_verify_locations(self.ca_bundle)
        elif self.bases:
            context.load_default_certs()
        return context


def _base_problems(text: str) -> Iterator[str]:
    try:
        base = read_base(text)
    except BaseError as error:
        yield f"fhir: bases: {text!r} {error}"
        return
    if base.scheme == "http" and base.host not in LOOPBACK_NAMES:
        yield f"fhir: bases: {text!r} must be https; http only on this machine, for development"
