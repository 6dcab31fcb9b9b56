"""The words of OpenAPI 3.1 that every route is described with. Knows no route."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

Schema = dict[str, Any]
JSON = "application/json"
FHIR_JSON = "application/fhir+json"
PLAIN = "text/plain"
HTML = "text/html"


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What may come with one status: media types with the schemas of their bodies, and headers beside."""

    content: Mapping[str, Schema] = field(default_factory=dict)
    headers: tuple[str, ...] = ()

    def described(self, status: int) -> Schema:
        told: Schema = {"description": HTTPStatus(status).phrase}
        if self.content:
            told["content"] = {kind: {"schema": schema} for kind, schema in self.content.items()}
        if self.headers:
            told["headers"] = {name: {"schema": {"type": "string"}} for name in self.headers}
        return told


TEXT: Schema = {"type": "string"}
OUTCOME = Answer({JSON: ref("OperationOutcome")})
RETRY = Answer({JSON: ref("OperationOutcome")}, ("Retry-After",))
CHALLENGE = Answer({JSON: ref("OperationOutcome")}, ("WWW-Authenticate",))


def kept(content: Mapping[str, Schema]) -> dict[int, Answer]:
    """What a route gives that changes with the release alone: with its ETag, or 304 for one who has it."""
    return {200: Answer(content, ("ETag", "Cache-Control")), 304: Answer()}


@dataclass(frozen=True, slots=True)
class Described:
    """One operation on a route.

    name      operationId
    body      schema of a JSON request
    queries   parameter -> what it does
    security  OpenAPI's; None: open to everybody
    """

    name: str
    summary: str
    tag: str
    answers: Mapping[int, Answer]
    description: str = ""
    body: Schema | None = None
    queries: Mapping[str, str] = field(default_factory=dict)
    security: list[Schema] | None = None

    def operation(self, places: Mapping[str, str]) -> Schema:
        """`places`: parameters in the path, each with what it stands for."""
        answers = {400: OUTCOME, **self.answers}
        told: Schema = {
            "operationId": self.name,
            "summary": self.summary,
            "tags": [self.tag],
            "security": self.security or [],
            "responses": {str(status): answers[status].described(status) for status in sorted(answers)},
        }
        parameters = [_parameter("path", *each) for each in places.items()]
        parameters += [_parameter("query", *each) for each in self.queries.items()]
        if self.description:
            told["description"] = self.description
        if parameters:
            told["parameters"] = parameters
        if self.body is not None:
            told["requestBody"] = {"required": True, "content": {JSON: {"schema": self.body}}}
        return told


def _parameter(where: str, name: str, meaning: str) -> Schema:
    return {"name": name, "in": where, "required": where == "path", "description": meaning, "schema": TEXT}
