"""Who may call: clients.yaml, checked whole at start. Knows no HTTP and no medicine beyond names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from service.client_profiles.identity import identity_problems, shared_issuers
from service.client_profiles.preferences import Budget, CardPreferences
from service.client_profiles.profiles import plain, with_defaults
from service.clinical.dictionary import FACTS
from service.clinical.values import Value
from service.codes.site import Site
from service.fhir.fetching.registration import FhirServers
from service.rules.cells import read_cell
from service.rules.problems import Problem


class ClientsError(ValueError):
    """clients.yaml cannot be used; the message names file, place and what is allowed."""


class OrderCode(msgspec.Struct, forbid_unknown_fields=True):
    """A local order code and the therapies that it may mean."""

    system: str
    code: str
    therapies: list[str]
    phase: str = "therapy"


class FactCode(msgspec.Struct, forbid_unknown_fields=True):
    """A local Observation or order question and the fact that it answers."""

    system: str
    code: str
    fact: str


class Orderable(msgspec.Struct, forbid_unknown_fields=True):
    """What the client orders when a card suggests it: its own code for a laboratory test or therapy."""

    system: str
    code: str
    display: str


class Client(msgspec.Struct, forbid_unknown_fields=True):
    """One EHR installation. Without an issuer it calls only without a token."""

    title: str = ""
    profile: str = ""
    """a ready profile, whose values hold where nothing else is said"""
    issuer: str = ""
    audience: str = ""
    """public address of the service as this client writes it into its tokens; LIVER_CDS_BASE_URL if empty"""
    tenants: list[str] = []
    """`tenant` values of its tokens; any, or none, if empty"""
    jku: list[str] = []
    """exact addresses of its key sets"""
    jku_ca_bundle: str = ""
    """PEM file for these addresses; the system's store if empty"""
    keys: list[dict[str, Any]] = []
    """public JSON Web Keys agreed out of band"""
    algorithms: list[str] = msgspec.field(default_factory=lambda: ["ES384", "RS384"])
    max_token_lifetime: Annotated[int, msgspec.Meta(ge=1, le=3600)] = 300
    leeway: Annotated[int, msgspec.Meta(ge=0, le=120)] = 30
    """seconds that clocks may differ"""
    require_typ: bool = True
    """whether the token's header must say `typ: JWT`"""
    replay: Literal["reject", "warn"] = "reject"
    """`warn` for test tools that send one token with several bodies"""
    time_zone: str = "UTC"
    closed_world: list[str] = []
    settings: dict[str, str] = {}
    order_codes: list[OrderCode] = []
    fact_codes: list[FactCode] = []
    orderables: dict[str, Orderable] = {}
    card: CardPreferences = msgspec.field(default_factory=CardPreferences)
    fhir: FhirServers = msgspec.field(default_factory=FhirServers)
    budget: Budget = msgspec.field(default_factory=Budget)

    def site(self) -> Site:
        """The reader's view of this client."""
        return Site(
            time_zone=ZoneInfo(self.time_zone),
            fact_codes={(entry.system, entry.code): entry.fact for entry in self.fact_codes},
            order_codes={(e.system, e.code): (tuple(e.therapies), e.phase) for e in self.order_codes},
            closed_world=frozenset(self.closed_world),
            settings={name: _setting_value(text) for name, text in self.settings.items()},
        )


class ClientsFile(msgspec.Struct, forbid_unknown_fields=True):
    clients: dict[str, Client]


def _setting_value(text: str) -> Value:
    return text == "true" if text in {"true", "false"} else text


def load_clients(path: Path, therapies: frozenset[str], *, production: bool = False) -> Mapping[str, Client]:
    """The clients of `path` by name; ClientsError names every entry that cannot be used.

    `production`: clients whose private key is public knowledge are refused.
    """
    clients = _read(path)
    problems = [f"{name}: {text}" for name, client in clients.items() for text in _check(client, therapies)]
    problems += [
        f"{name}: {text}"
        for name, client in clients.items()
        for text in identity_problems(client, production=production)
    ]
    problems += shared_issuers(clients)
    if problems:
        raise ClientsError("\n".join(f"{path.name}: {problem}" for problem in problems))
    if not clients:
        raise ClientsError(f"{path.name}: names no client")
    return clients


def _read(path: Path) -> dict[str, Client]:
    problems: list[Problem] = []
    root = read_cell(path, path.name, problems)
    document = None if root is None else plain(root)
    if problems:
        raise ClientsError("\n".join(str(problem) for problem in problems))
    try:
        return msgspec.convert(_completed(document, path.name), ClientsFile, strict=False).clients
    except msgspec.ValidationError as error:
        raise ClientsError(f"{path.name}: {error}") from error


def _completed(document: object, file: str) -> object:
    """The file's content, every client with the defaults of its profile."""
    if not isinstance(document, dict) or not isinstance(document.get("clients"), dict):
        return document
    completed = {}
    for name, client in document["clients"].items():
        try:
            completed[name] = with_defaults(client)
        except ValueError as error:
            raise ClientsError(f"{file}: {name}: {error}") from error
    return {**document, "clients": completed}


def _check(client: Client, therapies: frozenset[str]) -> list[str]:
    problems = [
        f"order_codes {e.code}: no therapy {t!r}" for e in client.order_codes for t in e.therapies if t not in therapies
    ]
    problems += [
        f"order_codes {e.code}: phase is mapping or therapy" for e in client.order_codes if e.phase not in _PHASES
    ]
    problems += [f"fact_codes {e.code}: no fact {e.fact!r}" for e in client.fact_codes if e.fact not in FACTS]
    problems += [f"settings: no site setting {name!r}" for name in client.settings if name not in _SITE_FACTS]
    problems += [f"orderables: {name!r} is neither a fact nor a therapy" for name in client.orderables
                 if name not in FACTS and name not in therapies]  # fmt: skip
    problems += client.fhir.problems()
    try:
        ZoneInfo(client.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        problems.append(f"time_zone: {client.time_zone!r} is no time zone (try Europe/Berlin)")
    return problems


_PHASES = frozenset({"mapping", "therapy"})
_SITE_FACTS = frozenset(name for name, definition in FACTS.items() if definition.freshness == "setting")
