"""The declared queries that a call still needs, filled: for keys that did not come, and no others. Sends nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from cds_hooks import json
from cds_hooks.prefetch import Prefetched, State
from cds_hooks.templates import UnfillableError, fill

_ALSO = {"MedicationRequest": frozenset({"Medication"})}
"""Types that servers add on their own and without which the ones asked for say nothing."""


@dataclass(frozen=True, slots=True)
class Query:
    """One key to complete. `relative`: "Condition?patient=1", or "" where a prefetched Bundle's next page is wanted.

    repr shows the key alone: a query names a patient.
    """

    key: str
    kind: str
    is_search: bool
    relative: str = field(repr=False)
    begun: Prefetched | None = field(default=None, repr=False)

    @property
    def kinds(self) -> frozenset[str]:
        """Resource types that an answer may hold."""
        return _ALSO.get(self.kind, frozenset()) | {self.kind}


def queries(
    templates: Mapping[str, str],
    prefetched: Mapping[str, Prefetched],
    context: Mapping[str, msgspec.Raw],
    patient_id: str,
) -> tuple[list[Query], list[str]]:
    """The queries to send, and the keys of those that the context cannot fill.

    Null, empty and failed keys are not asked for again: the client looked.
    """
    filled = {**context, "patientId": msgspec.Raw(json.encode(patient_id))}
    wanted, unfillable = [], []
    for key, template in templates.items():
        try:
            query = _query(key, template, prefetched[key], filled)
        except UnfillableError:
            unfillable.append(key)
            continue
        wanted += [query] if query is not None else []
    return wanted, unfillable


def _query(key: str, template: str, value: Prefetched, context: Mapping[str, msgspec.Raw]) -> Query | None:
    name, is_search = (template.partition("?")[0], True) if "?" in template else (template.partition("/")[0], False)
    if value.state is State.ABSENT:
        return Query(key, name, is_search, fill(template, context))
    if value.state is State.PAGED:
        return Query(key, name, True, "", begun=value)
    return None
