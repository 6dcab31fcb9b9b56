"""The small parts of a card: coding, override reason, source, link. Refuse to be built against the specification."""

from __future__ import annotations

from typing import Literal

import msgspec

from cds_hooks.strict import InvalidCardError, one_of, text, web_address

LinkType = Literal["absolute", "smart"]


class Part(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """A part of an answer: immutable, its members in camel case on the wire and left out when they have no value."""


class Coding(Part, frozen=True, kw_only=True):
    code: str
    system: str
    display: str | None = None

    def __post_init__(self) -> None:
        text("coding.code", self.code)
        text("coding.system", self.system)
        text("coding.display", self.display, optional=True)


class OverrideReason(Coding, frozen=True, kw_only=True):
    """A reason that a clinician may give for not following the card: its display is required."""

    def __post_init__(self) -> None:
        super().__post_init__()
        text("overrideReasons.display", self.display)


class Source(Part, frozen=True, kw_only=True):
    """Who stands behind the card. `url` is about the organisation; clients remember overrides by `topic`."""

    label: str
    url: str | None = None
    icon: str | None = None
    topic: Coding | None = None

    def __post_init__(self) -> None:
        text("source.label", self.label)
        web_address("source.url", self.url, optional=True)
        web_address("source.icon", self.icon, optional=True)


class Link(Part, frozen=True, kw_only=True):
    """`app_context` reaches a SMART app with its token; it is a text, so JSON in it is serialised first."""

    label: str
    url: str
    type: LinkType
    app_context: str | None = None
    autolaunchable: bool | None = None

    def __post_init__(self) -> None:
        text("link.label", self.label)
        web_address("link.url", self.url)
        one_of("link.type", self.type, ("absolute", "smart"))
        text("link.appContext", self.app_context, optional=True)
        if self.app_context is not None and self.type != "smart":
            raise InvalidCardError("link.appContext", "is allowed on smart links only")
