"""Ready profiles: what is usual for a kind of EHR, as defaults that clients.yaml may override. Knows no HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec

from service.rules.cells import Cell, read_cell
from service.rules.problems import KnowledgeError, Problem


class Profile(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`defaults`: fields of a client. `development_only`: whoever holds its key is anybody, so never in production."""

    title: str
    defaults: dict[str, Any]
    development_only: bool = False


@cache
def profiles() -> Mapping[str, Profile]:
    """The packaged profiles by name."""
    with resources.as_file(resources.files("service.client_profiles")) as folder:
        return {path.stem: _read(path) for path in sorted(folder.glob("*.yaml"))}


def with_defaults(client: object) -> object:
    """A client as clients.yaml has it, completed by the profile that it names. Raises ValueError for an unknown one."""
    if not isinstance(client, dict) or "profile" not in client:
        return client
    name = client["profile"]
    if not isinstance(name, str) or name not in profiles():
        raise ValueError(f"profile: {name!r} is not one of {', '.join(profiles())}")
    return {**profiles()[name].defaults, **client}


def development_issuers() -> frozenset[str]:
    """Issuers whose keys are public knowledge."""
    return frozenset(str(each.defaults.get("issuer")) for each in profiles().values() if each.development_only)


def development_jkus() -> frozenset[str]:
    """Addresses of keys whose private halves are public knowledge."""
    secure = (each.defaults.get("jku", ()) for each in profiles().values() if each.development_only)
    return frozenset(jku for jkus in secure for jku in jkus)


def plain(cell: Cell) -> object:
    """Scalars stay text (`no`, `on`, 12:30 as written) until the shape of their place types them."""
    if cell.is_list:
        return [plain(item) for item in cell.cells()]
    return cell.text() if cell.is_scalar else {name: plain(value) for name, value in cell.table().items()}


def _read(path: Path) -> Profile:
    problems: list[Problem] = []
    root = read_cell(path, path.name, problems)
    document = None if root is None else plain(root)
    if problems:
        raise KnowledgeError(problems)
    return msgspec.convert(document, Profile, strict=False)
