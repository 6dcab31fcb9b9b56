"""Checks of what says who a client is: issuer, places of keys, keys, algorithms. Opens no connection."""

from __future__ import annotations

import ssl
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from cds_hooks.auth import ASYMMETRIC
from service.client_profiles.jwk import problem_of
from service.client_profiles.profiles import development_issuers, development_jkus, profiles
from service.fhir.fetching.base import BaseError, read_base

MOST_JKUS = 4


class Identity(Protocol):
    """What of a client is looked at here."""

    profile: str
    issuer: str
    audience: str
    jku: list[str]
    jku_ca_bundle: str
    keys: list[dict[str, Any]]
    algorithms: list[str]


def identity_problems(client: Identity, *, production: bool) -> Iterator[str]:
    """Everything that cannot be used, each with its place."""
    yield from _algorithm_problems(client.algorithms)
    yield from _key_problems(client.keys)
    yield from _jku_problems(client)
    if client.audience and not client.audience.startswith(("https://", "http://")):
        yield "audience: is not an http(s) address"
    if client.issuer and not client.keys and not client.jku:
        yield "jku or keys: an issuer without keys could never call"
    if not client.issuer and (client.keys or client.jku):
        yield "issuer: keys need the exact `iss` of the tokens that they sign"
    if production:
        yield from _production_problems(client)


def shared_issuers(clients: Mapping[str, Identity]) -> Iterator[str]:
    """One issuer speaks for one client."""
    counts = Counter(client.issuer for client in clients.values() if client.issuer)
    for name, client in clients.items():
        if counts[client.issuer] > 1:
            yield f"{name}: issuer: {client.issuer!r} speaks for another client too"


def _production_problems(client: Identity) -> Iterator[str]:
    if client.profile and profiles()[client.profile].development_only:
        yield f"profile: {client.profile!r} is for development only, its private key is public"
    elif client.issuer in development_issuers() or development_jkus() & set(client.jku):
        yield "issuer, jku: the sandbox's private key is public; in development only"


def _algorithm_problems(algorithms: list[str]) -> Iterator[str]:
    if not algorithms:
        yield "algorithms: at least one is needed"
    for name in algorithms:
        if name not in ASYMMETRIC:
            yield f"algorithms: {name!r} is not one of {', '.join(sorted(ASYMMETRIC))}"


def _key_problems(keys: list[dict[str, Any]]) -> Iterator[str]:
    for number, key in enumerate(keys, 1):
        if problem := problem_of(key):
            yield f"keys: key {number} {problem}"
    for key_id, times in Counter(str(key.get("kid")) for key in keys).items():
        if times > 1:
            yield f"keys: kid {key_id!r} occurs {times} times"


def _jku_problems(client: Identity) -> Iterator[str]:
    if len(client.jku) > MOST_JKUS:
        yield f"jku: at most {MOST_JKUS}"
    for text in client.jku:
        try:
            if read_base(text).scheme != "https":
                yield f"jku: {text!r} must be https"
        except BaseError as error:
            yield f"jku: {text!r} {error}"
    if client.jku_ca_bundle:
        try:
            ssl.create_default_context(cafile=client.jku_ca_bundle)
        except (OSError, ValueError):
            yield f"jku_ca_bundle: {client.jku_ca_bundle!r} is no file with certificates"
