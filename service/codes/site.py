"""What a client's settings change about reading: its local codes, time zone and what its record being silent means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, tzinfo

from service.clinical.values import Value


@dataclass(frozen=True, slots=True)
class Site:
    """The reader's view of one client.

    time_zone      zone of dates that come without one
    fact_codes     (system, code) of local Observations or order questions -> fact name
    order_codes    (system, code) of local orders -> (therapy ids, phase)
    closed_world   FHIR resource types whose silence means "no" for facts marked `closed-world optional`
    settings       site-wide facts, e.g. {"label_region": "us", "specialist_centre": True}
    """

    time_zone: tzinfo = UTC
    fact_codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    order_codes: Mapping[tuple[str, str], tuple[tuple[str, ...], str]] = field(default_factory=dict)
    closed_world: frozenset[str] = frozenset()
    settings: Mapping[str, Value] = field(default_factory=dict)
