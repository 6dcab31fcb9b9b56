"""Elements that resources of one call repeat word for word (subject, category): validated once. Knows no facts."""

from __future__ import annotations

from typing import Any

import msgspec
from pydantic import BaseModel

_encode = msgspec.json.Encoder(decimal_format="number").encode
_Place = tuple[str, str, bytes]
"""resource type, element, its JSON"""


class Repeated:
    """What was validated so far in one call. Lives no longer, as it holds a patient's data."""

    def __init__(self) -> None:
        self._models: dict[_Place, Any] = {}

    def filled(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """The content, with the model in place of every element that was validated before."""
        return {
            element: self._models.get(place, part) if (place := _place(kind, element, part)) else part
            for element, part in content.items()
        }

    def keep(self, kind: str, content: dict[str, Any], model: BaseModel) -> None:
        """`content` as it came, of which nothing was mended, and its model."""
        for element, part in content.items():
            place = _place(kind, element, part)
            if place is not None and place not in self._models and element in type(model).model_fields:
                self._models[place] = getattr(model, element)


def _place(kind: str, element: str, part: Any) -> _Place | None:
    return (kind, element, _encode(part)) if isinstance(part, dict | list) else None
