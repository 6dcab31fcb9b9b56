"""Decode one selected resource and validate it with fhir.resources, mending only what the design allows.

Mended, each with a note: unknown elements are dropped, a dateTime without a zone gets the client's, spaces at the ends
of text go. Anything else that does not fit makes the resource unreadable.
"""

from __future__ import annotations

import re
from datetime import tzinfo
from typing import Any

from pydantic import BaseModel, ValidationError

from service.fhir.content import content_of
from service.fhir.mend import mend
from service.fhir.models import MODULES, load_models, model_class
from service.fhir.repeated import Repeated
from service.fhir.scan import Item

__all__ = ["UnreadableError", "load_models", "validate"]

_ROUNDS = 3
"""Mending one fault may bring the next to light, but not for ever."""


class UnreadableError(ValueError):
    """A resource that cannot be used; the text names elements and rules, never a patient's value."""


_Faults = list[tuple[str, tuple[str | int, ...]]]
"""kind of fault and the path to the element"""


def validate(item: Item, zone: tzinfo, repeated: Repeated) -> tuple[Any, tuple[str, ...]]:
    """The resource as its R4B model, and what was mended ("unknown element dropped: Observation.foo").

    Raises UnreadableError. Contained resources are left out: they are read one by one where something refers to them.
    """
    whole = _content(item)
    content = repeated.filled(item.kind, whole)
    notes: list[str] = []
    for _ in range(_ROUNDS):
        try:
            model = _model_of(item.kind, content)
            if not notes:
                repeated.keep(item.kind, whole, model)
            return model, tuple(dict.fromkeys(notes))
        except ValidationError as error:
            faults = [(fault["type"], fault["loc"]) for fault in error.errors(include_input=False, include_url=False)]
            mended = [mend(content, kind, path, zone) for kind, path in faults]
            if not all(mended):
                raise UnreadableError(_reason(item.kind, faults, mended)) from None
            notes += [f"{note}: {_name(item.kind, path)}" for note, (_, path) in zip(mended, faults, strict=True)]
    raise UnreadableError("too many faults")


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
        return model_class(kind).model_validate(content)
    except ValidationError:
        raise
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, AssertionError, RecursionError):
        raise UnreadableError("does not fit FHIR R4") from None


def _reason(kind: str, faults: _Faults, mended: list[str]) -> str:
    left = [(fault, path) for (fault, path), note in zip(faults, mended, strict=True) if not note]
    return "; ".join(f"{_name(kind, path)}: {fault.replace('_', ' ')}" for fault, path in left[:3])


def _name(kind: str, path: tuple[str | int, ...]) -> str:
    """Element names only: an unknown element's name may itself be a patient's datum, so odd ones are not repeated."""
    named = [step for step in path if isinstance(step, str)]
    plain = [step if re.fullmatch(r"_?[A-Za-z]{1,40}", step) else "?" for step in named]
    return ".".join([kind, *plain])
