"""What a card proposes to do: suggestions and their actions. Refuse to be built against the specification."""

from __future__ import annotations

import re
from typing import Any, Literal

from cds_hooks.parts import Part
from cds_hooks.strict import InvalidCardError, extension, one_of, text

ActionType = Literal["create", "update", "delete"]
REFERENCE = re.compile(r"[A-Z][A-Za-z]{0,63}/[A-Za-z0-9\-.]{1,64}")


class Action(Part, frozen=True, kw_only=True):
    """One change that a suggestion makes.

    resource     create: a new FHIR resource; update: the whole changed resource; delete: none
    resource_id  delete: what to delete, "Type/id"
    """

    type: ActionType
    description: str
    resource: dict[str, Any] | None = None
    resource_id: str | None = None
    extension: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        one_of("action.type", self.type, ("create", "update", "delete"))
        text("action.description", self.description)
        extension("action.extension", self.extension)
        if self.type == "delete":
            self._check_delete()
        else:
            self._check_resource()

    def _check_delete(self) -> None:
        if self.resource is not None:
            raise InvalidCardError("action.resource", "is not allowed on delete; name it in resourceId")
        if self.resource_id is None or not REFERENCE.fullmatch(self.resource_id):
            raise InvalidCardError("action.resourceId", 'must be "Type/id" on delete')

    def _check_resource(self) -> None:
        if self.resource_id is not None:
            raise InvalidCardError("action.resourceId", "is allowed on delete only")
        if not isinstance(self.resource, dict) or not self.resource.get("resourceType"):
            raise InvalidCardError("action.resource", "must be a FHIR resource on create and update")
        if self.type == "update" and not self.resource.get("id"):
            raise InvalidCardError("action.resource.id", "is required on update")


class Suggestion(Part, frozen=True, kw_only=True):
    """A choice the clinician may accept; all its actions apply together. Without `uuid` no feedback comes back."""

    label: str
    uuid: str | None = None
    is_recommended: bool | None = None
    actions: tuple[Action, ...] = ()
    extension: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        text("suggestion.label", self.label)
        text("suggestion.uuid", self.uuid, optional=True)
        extension("suggestion.extension", self.extension)
