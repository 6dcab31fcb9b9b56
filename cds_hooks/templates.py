"""Prefetch templates: which tokens one holds, and a template filled from a hook's context. Sends no query."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import quote

import msgspec

from cds_hooks import json
from cds_hooks.hooks import USER_TOKENS

_TOKEN = re.compile(r"\{\{(.*?)\}\}")
_MEMBER = re.compile(r"context\.(\w+)")
_SAFE_TEXT = re.compile(r"([A-Z][A-Za-z]{0,63}/)?[A-Za-z0-9\-.]{1,64}")


class UnfillableError(ValueError):
    """A token has no value in this context, so the query cannot be sent. `token` is the template's own word."""

    def __init__(self, token: str) -> None:
        super().__init__(f"no value for {{{{{token}}}}}")
        self.token = token


def tokens(template: str) -> tuple[str, ...]:
    """ "Condition?patient={{context.patientId}}" -> ("context.patientId",)"""
    return tuple(token.strip() for token in _TOKEN.findall(template))


def fill(template: str, context: Mapping[str, msgspec.Raw]) -> str:
    """The FHIR query for this context. Raises UnfillableError.

    Only root-level primitive members stand in tokens, and texts only if they are a FHIR id or "Type/id": whatever else
    a client sends can never reach into a query.
    """
    return _TOKEN.sub(lambda found: _value(found[1].strip(), context), template)


def _value(token: str, context: Mapping[str, msgspec.Raw]) -> str:
    if token in USER_TOKENS:
        kind, _, user = _primitive("context.userId", context).partition("/")
        if kind == USER_TOKENS[token] and user:
            return user
        raise UnfillableError(token)
    return _primitive(token, context)


def _primitive(token: str, context: Mapping[str, msgspec.Raw]) -> str:
    member = _MEMBER.fullmatch(token)
    if not member or member[1] not in context:
        raise UnfillableError(token)
    try:
        value = json.decode(context[member[1]])
    except json.BadJsonError:
        raise UnfillableError(token) from None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return quote(str(value))
    # ".." is a FHIR id by its letters and a way out of the folder in a URL
    if isinstance(value, str) and _SAFE_TEXT.fullmatch(value) and value.rpartition("/")[2] not in {".", ".."}:
        return value
    raise UnfillableError(token)
