"""The three kinds of URL that the protocol has, and the audience that a token for each must name."""

from __future__ import annotations

from dataclasses import dataclass

ROOT = "/cds-services"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Discovery (no service id), a service, or its feedback. The id is what the client asked for, known or not."""

    service_id: str | None = None
    is_feedback: bool = False

    @property
    def path(self) -> str:
        if self.service_id is None:
            return ROOT
        return f"{ROOT}/{self.service_id}/feedback" if self.is_feedback else f"{ROOT}/{self.service_id}"

    def audiences(self, base_url: str) -> tuple[str, ...]:
        """The `aud` values to accept; base_url is the configured public one, never the request's.

        What feedback's `aud` is the specification leaves open: the service's own URL is accepted there too.
        """
        base = base_url.rstrip("/")
        if self.is_feedback:
            return (base + self.path, base + Endpoint(self.service_id).path)
        return (base + self.path,)
