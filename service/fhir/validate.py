"""Decode one selected resource and validate it with fhir.resources, mending only what the design allows.

Mended, each with a note: unknown elements are dropped, a dateTime without a zone gets the client's, spaces at the ends
of text go. Anything else that does not fit makes the resource unreadable.
"""

from __future__ import annotations

import importlib
import re
from datetime import tzinfo
from functools import cache
from typing import Any

from pydantic import BaseModel, ValidationError

from cds_hooks.json import BadJsonError, decode
from service.fhir.dates import moment
from service.fhir.scan import Item

MODULES = {
    "AllergyIntolerance": "allergyintolerance",
    "BodyStructure": "bodystructure",
    "CarePlan": "careplan",
    "Condition": "condition",
    "Consent": "consent",
    "Device": "device",
    "DiagnosticReport": "diagnosticreport",
    "Goal": "goal",
    "ImagingStudy": "imagingstudy",
    "List": "list",
    "Medication": "medication",
    "MedicationAdministration": "medicationadministration",
    "MedicationRequest": "medicationrequest",
    "MedicationStatement": "medicationstatement",
    "Observation": "observation",
    "Patient": "patient",
    "Procedure": "procedure",
    "QuestionnaireResponse": "questionnaireresponse",
    "ServiceRequest": "servicerequest",
}
"""Resource types that are read, and the fhir.resources module of each (importing one takes tens of milliseconds)."""

_ZONELESS = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d+)?)?")
_ROUNDS = 3
"""Mending one fault may bring the next to light, but not for ever."""


class UnreadableError(ValueError):
    """A resource that cannot be used; the text names elements and rules, never a patient's value."""


@cache
def model(kind: str) -> type[BaseModel]:
    found: type[BaseModel] = getattr(importlib.import_module(f"fhir.resources.R4B.{MODULES[kind]}"), kind)
    return found


def load_models() -> None:
    """Import every model now, so that the first request does not wait for it."""
    for kind in MODULES:
        model(kind)


_Faults = list[tuple[str, tuple[str | int, ...]]]
"""kind of fault and the path to the element"""


def validate(item: Item, zone: tzinfo) -> tuple[Any, tuple[str, ...]]:
    """The resource as its R4B model, and what was mended ("unknown element dropped: Observation.foo").

    Raises UnreadableError. Contained resources are left out: they are read one by one where something refers to them.
    """
    content = _content(item)
    notes: list[str] = []
    for _ in range(_ROUNDS):
        try:
            return _model_of(item.kind, content), tuple(dict.fromkeys(notes))
        except ValidationError as error:
            faults = [(fault["type"], fault["loc"]) for fault in error.errors(include_input=False, include_url=False)]
            mended = [_mend(content, kind, path, zone) for kind, path in faults]
            if not all(mended):
                raise UnreadableError(_reason(item.kind, faults, mended)) from None
            notes += [f"{note}: {_name(item.kind, path)}" for note, (_, path) in zip(mended, faults, strict=True)]
    raise UnreadableError("too many faults")


def content_of(item: Item) -> dict[str, Any]:
    """The resource's JSON as it came, unvalidated; empty if it cannot be read."""
    try:
        content = decode(item.raw)
    except BadJsonError:
        return {}
    return content if isinstance(content, dict) else {}


def parts_of(content: object, element: str) -> list[dict[str, Any]]:
    """The objects in a list element of unvalidated JSON; none where it is no list."""
    parts = content.get(element) if isinstance(content, dict) else None
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _content(item: Item) -> dict[str, Any]:
    content = content_of(item)
    if not content:
        raise UnreadableError("not readable as JSON")
    if item.kind not in MODULES:
        raise UnreadableError("a resource type that is not read")
    content = {key: part for key, part in content.items() if key not in {"contained", "text"}}
    for element in ("modifierExtension", "implicitRules"):
        if element.encode() in bytes(item.raw) and _holds(content, element):
            raise UnreadableError(f"{item.kind}: {element} may change the meaning of everything else")
    return content


def _holds(content: Any, element: str) -> bool:
    if isinstance(content, list):
        return any(_holds(part, element) for part in content)
    return isinstance(content, dict) and (
        bool(content.get(element)) or any(_holds(part, element) for part in content.values())
    )


def _model_of(kind: str, content: dict[str, Any]) -> BaseModel:
    try:
        return model(kind).model_validate(content)
    except ValidationError:
        raise
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError):
        raise UnreadableError("does not fit FHIR R4") from None


def _mend(content: dict[str, Any], kind: str, path: tuple[str | int, ...], zone: tzinfo) -> str:
    """What was mended, "" if nothing could be."""
    holder = _holder(content, path)
    if holder is None:
        return ""
    last: Any = path[-1]
    if kind == "extra_forbidden":
        del holder[last]
        return "unknown element dropped"
    text = holder[last]
    if not isinstance(text, str):
        return ""
    if text != text.strip() and text.strip():
        holder[last] = text.strip()
        return "spaces at the ends removed"
    return _with_zone(holder, last, text, zone)


def _with_zone(holder: Any, last: Any, text: str, zone: tzinfo) -> str:
    match = _ZONELESS.fullmatch(text)
    found = moment(text, zone) if match else None
    if match is None or found is None:
        return ""
    holder[last] = found.start.astimezone(zone).isoformat()
    return "time without zone read in the client's"


def _holder(content: Any, path: tuple[str | int, ...]) -> Any:
    """The object or list that holds the element at `path`; None where the path is not one of the content."""
    holder: Any = None
    for step in path:
        holder = content
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return None
    return holder


def _reason(kind: str, faults: _Faults, mended: list[str]) -> str:
    left = [(fault, path) for (fault, path), note in zip(faults, mended, strict=True) if not note]
    return "; ".join(f"{_name(kind, path)}: {fault.replace('_', ' ')}" for fault, path in left[:3])


def _name(kind: str, path: tuple[str | int, ...]) -> str:
    """Element names only: an unknown element's name may itself be a patient's datum, so odd ones are not repeated."""
    named = [step for step in path if isinstance(step, str)]
    plain = [step if re.fullmatch(r"_?[A-Za-z]{1,40}", step) else "?" for step in named]
    return ".".join([kind, *plain])
